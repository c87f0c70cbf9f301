"""The full-text index: kept in the transaction that stores an article, in the SQLite file itself.

An FTS5 table without content: its text is what ``revisions`` hold already, cut into tokens by
`newsarchive.normalize.tokens`. No extension is loaded, so any program with SQLite can search it.

A document's number (``articles.search_id``) is its time of publication in steps of eight seconds, or the next step that
no other article has. FTS5 reads a word's documents in the order of their numbers, backwards too: the newest hits come
first and the reading stops when there are enough of them, however frequent the word and in whatever order the articles
were archived. The index stores the distances between numbers, so that finer steps make it larger: with seconds by 8 %.
Eight leave room for 10,800 stories a day; where several fall on one step, search puts them into their true order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from math import floor
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, column, select, table, text

from newsarchive.archive.models import ArticleRow, RevisionRow
from newsarchive.archive.search import postgresql
from newsarchive.archive.statements import ARTICLES, chunks
from newsarchive.normalize.tokens import tokens

# The body first: in every other column than the first FTS5 spends two bytes more on each word of each document.
COLUMNS = ("body", "headline", "subheadline", "captions", "byline", "tags")
STEP = 8  # seconds
EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())  # numbers of today then take four bytes, not five
_RUN = 1_000  # numbers that are read at once in the search for a free one
_NO_MORE = 1 << 62

# The ascii tokenizer takes every other character for a letter, so that it leaves our tokens as they are.
_CREATE = f"CREATE VIRTUAL TABLE article_search USING fts5({', '.join(COLUMNS)}, content='', tokenize='ascii')"
_VALUES = f"(:docid, {', '.join(f':{name}' for name in COLUMNS)})"
_INSERT = f"INSERT INTO article_search (rowid, {', '.join(COLUMNS)}) VALUES {_VALUES}"
# A table without content cannot look up what it has to forget.
_DELETE = (
    f"INSERT INTO article_search (article_search, rowid, {', '.join(COLUMNS)}) "
    f"VALUES ('delete', {_VALUES.removeprefix('(')}"
)
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
    statements = postgresql.create_statements(COLUMNS) if _is_postgresql(connection) else [_CREATE]
    for statement in statements:
        connection.execute(text(statement))


def document_number(at: datetime) -> int:
    """The first number that a document of this time may have; negative before 2000."""
    return floor(at.timestamp() - EPOCH) // STEP


def document_time(number: int) -> datetime:
    """The time of a number; its document may be of an earlier one."""
    return datetime.fromtimestamp(EPOCH + number * STEP, UTC)


def index_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Add articles to the index, which does not have them."""
    # In the order of their numbers: FTS5 writes out what it holds in memory whenever a number is not the next higher.
    wanted = sorted(
        (document_number(wording["published_at"] or seen), id_, wording) for id_, seen, wording in documents
    )
    if not wanted:
        return
    numbers = _free_numbers(connection, [number for number, _, _ in wanted])
    rows: list[dict[str, Any]] = [
        {"docid": number, **searched(wording)} for number, (_, _, wording) in zip(numbers, wanted, strict=True)
    ]
    set_number = ARTICLES.update().where(ARTICLES.c.id == bindparam("article")).values(search_id=bindparam("number"))
    articles = [{"article": id_, "number": number} for number, (_, id_, _) in zip(numbers, wanted, strict=True)]
    connection.execute(set_number, articles)
    if _is_postgresql(connection):
        statement = postgresql.insert_statement(COLUMNS)
        rows = [{"docid": row.pop("docid"), **postgresql.vectors(row)} for row in rows]
    else:
        statement = _INSERT
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


def _free_numbers(connection: Connection, first: list[int]) -> list[int]:
    """For each of these numbers (rising) itself or the next higher one that no document has."""
    number = ARTICLES.c.search_id
    taken: set[int] = set()
    for some in chunks(set(first)):
        taken.update(connection.scalars(select(number).where(number.in_(some))))
    free: list[int] = []
    known_to = None  # where all taken numbers are known up to, from the last number that was not free
    for wanted in first:
        at = max(wanted, free[-1] + 1) if free else wanted
        while at in taken or (at != wanted and (known_to is None or at > known_to)):
            if known_to is None or at > known_to:
                run = connection.scalars(select(number).where(number >= at).order_by(number).limit(_RUN)).all()
                taken.update(run)
                known_to = run[-1] if len(run) == _RUN else _NO_MORE
            else:
                at += 1
        free.append(at)
    return free


def rebuild(connection: Connection) -> int:
    """Make the index anew from the archive; returns the number of articles."""
    connection.execute(ARTICLES.update().values(search_id=None))
    connection.execute(text("DELETE FROM article_search" if _is_postgresql(connection) else _DELETE_ALL))
    wanted = ("headline", "subheadline", "body", "byline", "published_at", "authors", "images", "tags")
    query = (
        select(ArticleRow.id, ArticleRow.first_seen_at, *(RevisionRow.__table__.c[name] for name in wanted))
        .join(
            RevisionRow, (RevisionRow.article_id == ArticleRow.id) & (RevisionRow.number == ArticleRow.revision_count)
        )
        .order_by(ArticleRow.published_at, ArticleRow.id)
        .execution_options(yield_per=500)
    )
    count = 0
    for some in connection.execute(query).partitions():
        index_articles(connection, ((row.id, row.first_seen_at, dict(row._mapping)) for row in some))
        count += len(some)
    return count


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
