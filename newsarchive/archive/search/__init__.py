"""Searching the archive: newest first, or by relevance; with the places that were hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Float,
    Row,
    Select,
    TableClause,
    bindparam,
    func,
    literal_column,
    select,
    text,
)

from newsarchive.archive.models import ArticleRow, ImageRow, SourceRow
from newsarchive.archive.search.index import INDEX
from newsarchive.archive.search.numbers import document_time, first_number, last_number, read_step
from newsarchive.archive.search.postgresql import matches, relevance
from newsarchive.archive.search.query import COLUMN, AnyOf, Node, Term, parse, terms
from newsarchive.archive.search.snippets import Marked, mark, snippet
from newsarchive.archive.selection import Selection
from newsarchive.archive.statements import chunks

Order = Literal["newest", "relevance"]

# A word in the headline says more of what a story is about than one in its body.
_BM25 = "bm25(article_search, 1.0, 8.0, 4.0, 2.0, 2.0, 4.0)"


# Written once: making a statement takes SQLAlchemy longer than SQLite needs for answering it.
_STORIES = (
    select(ArticleRow.id, ArticleRow.url, ArticleRow.headline, ArticleRow.body, ArticleRow.byline, ArticleRow.section,
           ArticleRow.published_at, ArticleRow.published_date, SourceRow.name.label("source"))
    .join(SourceRow, SourceRow.id == ArticleRow.source_id)
    .where(ArticleRow.id.in_(bindparam("ids", expanding=True)))
)  # fmt: skip
_CAPTIONS = (
    select(ImageRow.article_id, ImageRow.caption)
    .where(ImageRow.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(ImageRow.article_id, ImageRow.position)
)
_ASIDE = 20  # hits that are read beyond those wanted, since some stand a few places from where they belong


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found. ``headline`` and ``snippet`` have the places that were hit."""

    id: int
    source: str
    url: str
    headline: Marked
    snippet: Marked
    byline: str | None
    section: str | None
    published_at: datetime | None
    published_date: str | None


def search(
    engine: Engine,
    query: str | None,
    selection: Selection = Selection(),  # noqa: B008 - immutable
    *,
    order: Order = "newest",
    limit: int = 20,
    offset: int = 0,
) -> list[Hit]:
    """Find articles. Without a query all that the selection means, newest first.

    Raises `QueryError` where the query cannot be understood.
    """
    tree = parse(query) if query and query.strip() else None
    index = INDEX[engine.dialect.name]
    with engine.connect() as connection:
        if tree is not None and order == "newest":
            found = _newest(connection, tree, selection, index, offset + limit)[offset:]
        else:
            first = _relevance(tree, index) if tree is not None else ArticleRow.published_at.desc().nulls_last()
            wanted = matching(tree, selection, index, ArticleRow.id).order_by(first, ArticleRow.id.desc())
            found = list(connection.scalars(wanted.limit(limit).offset(offset)))
        return _hits(connection, found, terms(tree) if tree is not None else [])


def _newest(connection: Connection, tree: Node, selection: Selection, index: TableClause, many: int) -> list[int]:
    """The newest articles' ids: read by the index's numbers, which are nearly in the order of time, sorted by time.

    An article's number is never that of an earlier time. So the newest are known when enough of those read are newer
    than the time of the last number read.
    """
    number = next(iter(index.c))
    query = matching(tree, selection, index, number, ArticleRow.id, ArticleRow.published_at, ArticleRow.first_seen_at)
    step = read_step(connection)
    limit = many + _ASIDE
    while True:
        rows = connection.execute(query.order_by(number.desc()).limit(limit)).all()
        times = sorted(((row.published_at or row.first_seen_at, row[0], row.id) for row in rows), reverse=True)[:many]
        if len(rows) < limit or times[-1][0] >= document_time(rows[-1][0], step):
            return [id_ for _, _, id_ in times]
        limit *= 4


def _hits(connection: Connection, ids: list[int], hits: list[Term]) -> list[Hit]:
    rows = {row.id: row for some in chunks(ids) for row in connection.execute(_STORIES, {"ids": some})}
    captions = _captions(connection, ids) if hits else {}
    return [_hit(rows[id_], hits, captions.get(id_, "")) for id_ in ids]


def count(engine: Engine, query: str | None, selection: Selection = Selection()) -> int:  # noqa: B008 - immutable
    """How many articles a search finds. Raises `QueryError`."""
    tree = parse(query) if query and query.strip() else None
    found = matching(tree, selection, INDEX[engine.dialect.name], func.count())
    with engine.connect() as connection:
        return int(connection.execute(found).scalar_one())


def matching(tree: Node | None, selection: Selection, index: TableClause, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Select ``columns`` of the articles that a query (parsed) and a selection mean; ``index`` is one of `INDEX`."""
    conditions = selection.conditions()
    if tree is None:
        return select(*columns).select_from(ArticleRow).where(*conditions)
    number = next(iter(index.c))
    joined = index.join(ArticleRow.__table__, ArticleRow.search_id == number)
    if index is INDEX["postgresql"]:
        found: Any = matches(tree, index)
    else:
        found = text("article_search MATCH :match").bindparams(match=match_expression(tree))
    return select(*columns).select_from(joined).where(found, *_span(number, selection), *conditions)


def _relevance(tree: Node, index: TableClause) -> ColumnElement[float]:
    return relevance(tree, index).desc() if index is INDEX["postgresql"] else literal_column(_BM25, Float)


def match_expression(node: Node) -> str:
    """Write a query as FTS5 reads it: what to type after MATCH in SQL."""
    if isinstance(node, Term):
        words = " ".join(token.replace('"', '""') for token in node.tokens)
        column = f"{COLUMN[node.field]} : " if node.field else ""
        return f'{column}"{words}"' + (" *" if node.prefix else "")
    if isinstance(node, AnyOf):
        return "(" + " OR ".join(match_expression(part) for part in node.of) + ")"
    wanted = " AND ".join(match_expression(part) for part in node.wanted)
    for part in node.unwanted:
        wanted = f"({wanted}) NOT {match_expression(part)}"
    return f"({wanted})"


def _span(number: ColumnElement[int], selection: Selection) -> Iterator[ColumnElement[bool]]:
    """Bound the documents' numbers too, so that the index is read only where the dates can be.

    A local date may begin 14 hours before and end 12 hours after the same date in UTC.
    """
    if selection.since is not None:
        yield number >= first_number(_midnight(selection.since) - timedelta(hours=14))
    if selection.until is not None:
        yield number <= last_number(_midnight(selection.until) + timedelta(hours=36))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _captions(connection: Connection, article_ids: list[int]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for some in chunks(article_ids):
        for article_id, caption in connection.execute(_CAPTIONS, {"ids": some}):
            if caption:
                found.setdefault(article_id, []).append(caption)
    return {article_id: "\n".join(texts) for article_id, texts in found.items()}


def _hit(row: Row[*tuple[Any, ...]], hits: list[Term], captions: str) -> Hit:
    return Hit(
        id=row.id,
        source=row.source,
        url=row.url,
        headline=mark(row.headline, hits),
        snippet=snippet([row.body, captions], hits),
        byline=row.byline,
        section=row.section,
        published_at=row.published_at,
        published_date=row.published_date,
    )
