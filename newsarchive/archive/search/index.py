"""The full-text index: kept in the transaction that stores an article, in the SQLite file itself.

An FTS5 table without content: its text is what ``revisions`` hold already, cut into tokens by
`newsarchive.normalize.tokens`. No extension is loaded, so any program with SQLite can search it.

A document's number (``articles.search_id``) is its time of publication, in steps: see `archive.search.numbers`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Engine, bindparam, column, func, select, table, text

from newsarchive.archive.connection import place, writing
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.models import ArticleRow, RevisionRow
from newsarchive.archive.search import postgresql
from newsarchive.archive.search.numbers import (
    STEPS,
    document_number,
    drifted,
    free_numbers,
    read_step,
    spread,
    write_step,
)
from newsarchive.archive.statements import ARTICLES, chunks
from newsarchive.normalize.tokens import tokens

# The body first: in every other column than the first FTS5 spends two bytes more on each word of each document.
COLUMNS = ("body", "headline", "subheadline", "captions", "byline", "tags")
_AT_ONCE = 100  # articles that are indexed anew in one go
_LARGE = 20_000  # articles; so many are indexed anew in some fifteen seconds
_PAGES = 500  # that are merged in one transaction: a tenth of a second in which no other can write

# The ascii tokenizer takes every other character for a letter, so that it leaves our tokens as they are.
_CREATE = f"CREATE VIRTUAL TABLE article_search USING fts5({', '.join(COLUMNS)}, content='', tokenize='ascii')"
# Every transaction adds a piece to the index. By default four of one size are merged, again and again; sixteen at once
# save a quarter of what indexing costs, and a search asks at most fifteen pieces of a size until `settle` merges them.
_SELDOM = "INSERT INTO article_search (article_search, rank) VALUES ('automerge', 16)"
_VALUES = f"(:docid, {', '.join(f':{name}' for name in COLUMNS)})"
_INSERT = f"INSERT INTO article_search (rowid, {', '.join(COLUMNS)}) VALUES {_VALUES}"
# A table without content cannot look up what it has to forget.
_DELETE = (
    f"INSERT INTO article_search (article_search, rowid, {', '.join(COLUMNS)}) "
    f"VALUES ('delete', {_VALUES.removeprefix('(')}"
)
# FTS5 keeps what was added in pieces. A negative number begins to merge all of them, a positive one goes on.
_MERGE = f"INSERT INTO article_search (article_search, rank) VALUES ('merge', {_PAGES})"
_MERGE_ALL = _MERGE.replace("', ", "', -")
_PIECES = "SELECT count(*) FROM article_search_idx GROUP BY segid"
_LOOSE = 1 / 8  # part of the index that may stand in pieces beside the largest
_DELETE_ALL = "INSERT INTO article_search (article_search) VALUES ('delete-all')"
_DELETE_ROW = "DELETE FROM article_search WHERE docid = :docid"

INDEX = {
    "sqlite": table("article_search", column("rowid", BigInteger)),
    "postgresql": table("article_search", column("docid", BigInteger), *map(column, (*COLUMNS, "words"))),
}
"""The index as a table, by database; its first column has the documents' numbers."""

Document = tuple[int, datetime, Mapping[str, Any]]
"""An article's id, when it was first seen (which dates those without a date), and its wording."""


def create(connection: Connection) -> None:
    """Make the empty index."""
    statements = postgresql.create_statements(COLUMNS) if _is_postgresql(connection) else [_CREATE, _SELDOM]
    for statement in statements:
        connection.execute(text(statement))


def index_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Add articles to the index, which does not have them; their rows are written already."""
    step = read_step(connection)
    # In the order of their numbers: FTS5 writes out what it holds in memory whenever a number is not the next higher.
    wanted = sorted(
        (document_number(wording["published_at"] or seen, step), id_, wording) for id_, seen, wording in documents
    )
    first = [number for number, _, _ in wanted]
    numbers = free_numbers(connection, first)
    if drifted(first, numbers, step):
        rebuild(connection, finer_than=step)
    elif wanted:
        _add(connection, [(number, id_, wording) for number, (_, id_, wording) in zip(numbers, wanted, strict=True)])


def _add(connection: Connection, documents: Sequence[tuple[int, int, Mapping[str, Any]]]) -> None:
    """Add documents by number, id and wording."""
    set_number = ARTICLES.update().where(ARTICLES.c.id == bindparam("article")).values(search_id=bindparam("number"))
    connection.execute(set_number, [{"article": id_, "number": number} for number, id_, _ in documents])
    rows: list[dict[str, Any]] = [{"docid": number, **searched(wording)} for number, _, wording in documents]
    statement = _INSERT
    if _is_postgresql(connection):
        statement = postgresql.insert_statement(COLUMNS)
        rows = [{"docid": row.pop("docid"), **postgresql.vectors(row)} for row in rows]
    connection.execute(text(statement), rows)


def forget_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Take articles out again; the wording must be the one they were added with."""
    wordings = {id_: wording for id_, _, wording in documents}
    rows: list[dict[str, Any]] = []
    for some in chunks(wordings):
        mine = ARTICLES.c.id.in_(some)
        for id_, number in connection.execute(select(ARTICLES.c.id, ARTICLES.c.search_id).where(mine)):
            rows.append({"docid": number, **searched(wordings[id_])})
        connection.execute(ARTICLES.update().where(mine).values(search_id=None))
    if rows:
        connection.execute(text(_DELETE_ROW if _is_postgresql(connection) else _DELETE), rows)


def rebuild(connection: Connection, finer_than: int | None = None) -> int:
    """Make the index anew from the archive, with steps that fit it; returns the number of articles.

    Where articles that came one by one did not fit, the steps have to be ``finer_than`` they were: in the order of
    their times all might fit once more, and not the next one. A large archive gets the finest at once, so that the
    minutes that this takes are spent but once.
    """
    connection.execute(ARTICLES.update().values(search_id=None))
    connection.execute(text("DELETE FROM article_search" if _is_postgresql(connection) else _DELETE_ALL))
    at = func.coalesce(ArticleRow.published_at, ArticleRow.first_seen_at)
    ids, seconds = array("q"), array("q")
    # Sixteen bytes an article: lists would take megabytes, which the crawl that meets this never gave back.
    for id_, time in connection.execute(
        select(ArticleRow.id, at).order_by(at, ArticleRow.id).execution_options(yield_per=1000)
    ):
        ids.append(id_)
        seconds.append(document_number(time, 1))
    steps = [step for step in STEPS if finer_than is None or step < finer_than]
    step, numbers = spread(seconds, steps if finer_than is None or len(seconds) < _LARGE else steps[-1:])
    write_step(connection, step)
    wanted = ("headline", "subheadline", "body", "byline", "authors", "images", "tags")
    # Fetched by their ids, a handful at a time: to put whole wordings in order, SQLite would hold megabytes of them.
    latest = select(ArticleRow.id, *(RevisionRow.__table__.c[name] for name in wanted)).join(
        RevisionRow, (RevisionRow.article_id == ArticleRow.id) & (RevisionRow.number == ArticleRow.revision_count)
    )
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE].tolist()
        wordings = {row.id: dict(row._mapping) for row in connection.execute(latest.where(ArticleRow.id.in_(some)))}
        if documents := [(numbers[start + n], id_, wordings[id_]) for n, id_ in enumerate(some) if id_ in wordings]:
            _add(connection, documents)
    return len(ids)


def settle(engine: Engine) -> None:
    """Merge what crawls added with what stood there: the index is then a seventh smaller, and faster.

    Only when a good part of it is new, since all of it is written again; and a little at a time, so that nobody waits
    for the archive. Raises `ArchiveError`.
    """
    if engine.dialect.name != "sqlite":
        return
    with plain_errors(place(engine)), writing(engine) as connection:
        with connection.begin():
            pieces = connection.scalars(text(_PIECES)).all()
            if sum(pieces) - max(pieces, default=0) <= _LOOSE * sum(pieces):
                return
            connection.execute(text(_MERGE_ALL))
        more = True
        while more:
            with connection.begin():
                before = _changes(connection)
                connection.execute(text(_MERGE))
                more = _changes(connection) - before > 1  # fewer: there was nothing to do


def _changes(connection: Connection) -> int:
    return int(connection.execute(text("SELECT total_changes()")).scalar_one())


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def searched(wording: Mapping[str, Any]) -> dict[str, str]:
    """What is searched of an article, by column, as tokens."""
    people = [author["name"] for author in wording["authors"]]
    columns = {
        "headline": wording["headline"],
        "subheadline": wording["subheadline"],
        "body": wording["body"],
        "captions": "\n".join(image["caption"] for image in wording["images"] if image["caption"]),
        "byline": "\n".join([wording["byline"] or "", *people]),
        "tags": "\n".join(wording["tags"]),
    }
    return {name: " ".join(tokens(value)) if value else "" for name, value in columns.items()}
