"""Searching the archive: newest first, or by relevance; with the places that were hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, Select, func, select, text
from sqlalchemy.sql.expression import TextClause

from newsarchive.archive.models import ArticleRow, ImageRow, SourceRow
from newsarchive.archive.search_index import ARTICLE_ID, document_number
from newsarchive.archive.search_query import AnyOf, Node, Term, parse, terms
from newsarchive.archive.selection import Selection
from newsarchive.archive.snippets import Marked, mark, snippet

Order = Literal["newest", "relevance"]

_COLUMNS = {"caption": "captions", "tag": "tags"}  # a field's column, where its name is not the field's
# A word in the headline says more of what a story is about than one in its body.
_WEIGHTS = (8.0, 4.0, 1.0, 2.0, 2.0, 4.0)


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
    wanted = (ArticleRow.id, ArticleRow.url, ArticleRow.headline, ArticleRow.body, ArticleRow.byline,
              ArticleRow.section, ArticleRow.published_at, ArticleRow.published_date,
              SourceRow.name.label("source"))  # fmt: skip
    found = matching(tree, selection, *wanted)
    if tree is None:
        found = found.order_by(ArticleRow.published_at.desc().nulls_last(), ArticleRow.id.desc())
    elif order == "newest":
        found = found.order_by(text("article_search.rowid DESC"))
    else:
        weights = ", ".join(map(str, _WEIGHTS))
        found = found.order_by(text(f"bm25(article_search, {weights}), article_search.rowid DESC"))
    found = found.join(SourceRow, SourceRow.id == ArticleRow.source_id).limit(limit).offset(offset)
    hits = terms(tree) if tree is not None else []
    with engine.connect() as connection:
        rows = connection.execute(found).all()
        captions = _captions(connection, [row.id for row in rows]) if hits else {}
    return [_hit(row, hits, captions.get(row.id, "")) for row in rows]


def count(engine: Engine, query: str | None, selection: Selection = Selection()) -> int:  # noqa: B008 - immutable
    """How many articles a search finds. Raises `QueryError`."""
    tree = parse(query) if query and query.strip() else None
    with engine.connect() as connection:
        return int(connection.execute(matching(tree, selection, func.count())).scalar_one())


def matching(tree: Node | None, selection: Selection, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Select ``columns`` of the articles that a query (parsed) and a selection mean."""
    conditions = selection.conditions()
    if tree is None:
        return select(*columns).select_from(ArticleRow).where(*conditions)
    # CROSS JOIN: SQLite then reads the index first, in its order, and looks each article up.
    joined = text(f"article_search CROSS JOIN articles ON articles.id = {ARTICLE_ID}")
    span = list(_span(selection.since, selection.until))
    matches = text("article_search MATCH :match").bindparams(match=match_expression(tree))
    return select(*columns).select_from(joined).where(matches, *span, *conditions)


def match_expression(node: Node) -> str:
    """Write a query as FTS5 reads it: what to type after MATCH in SQL."""
    if isinstance(node, Term):
        words = " ".join(token.replace('"', '""') for token in node.tokens)
        column = f"{_COLUMNS.get(node.field, node.field)} : " if node.field else ""
        return f'{column}"{words}"' + (" *" if node.prefix else "")
    if isinstance(node, AnyOf):
        return "(" + " OR ".join(match_expression(part) for part in node.of) + ")"
    wanted = " AND ".join(match_expression(part) for part in node.wanted)
    for part in node.unwanted:
        wanted = f"({wanted}) NOT {match_expression(part)}"
    return f"({wanted})"


def _span(since: date | None, until: date | None) -> Iterator[TextClause]:
    """Bound the documents' numbers too, so that the index is read only where the dates can be.

    A local date may begin 14 hours before and end 12 hours after the same date in UTC.
    """
    if since is not None:
        first = datetime(since.year, since.month, since.day, tzinfo=UTC) - timedelta(hours=14)
        yield text("article_search.rowid >= :first").bindparams(first=document_number(first))
    if until is not None:
        last = datetime(until.year, until.month, until.day, tzinfo=UTC) + timedelta(hours=36)
        yield text("article_search.rowid <= :last").bindparams(last=document_number(last))


def _captions(connection: Connection, article_ids: list[int]) -> dict[int, str]:
    query = select(ImageRow.article_id, ImageRow.caption).where(ImageRow.article_id.in_(article_ids))
    found: dict[int, list[str]] = {}
    for article_id, caption in connection.execute(query.order_by(ImageRow.article_id, ImageRow.position)):
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
