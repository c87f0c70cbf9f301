"""The full-text index: kept in the transaction that stores an article, in the SQLite file itself.

An FTS5 table without content: its text is what ``revisions`` hold already, cut into tokens by
`newsarchive.normalize.tokens`. No extension is loaded, so any program with SQLite can search it.

A document's number is its time of publication followed by its article's id. FTS5 reads a word's documents in the order
of their numbers, backwards too: the newest hits come first and the reading stops when there are enough of them, however
frequent the word and in whatever order the articles were archived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from math import floor
from typing import Any

from sqlalchemy import BigInteger, Connection, column, select, table, text

from newsarchive.archive import search_postgresql
from newsarchive.archive.models import ArticleRow, RevisionRow
from newsarchive.archive.search_query import COLUMN
from newsarchive.normalize.tokens import tokens

COLUMNS = tuple(COLUMN.values())
ID_BITS = 29  # 536 million articles
ID_MASK = (1 << ID_BITS) - 1
# Seconds are counted from 1697, so that papers of two centuries ago have positive numbers too; 34 bits reach to 2242.
_EPOCH = -(1 << 33)
_LAST_SECOND = (1 << 33) - 1

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
    statements = search_postgresql.create_statements(COLUMNS) if _is_postgresql(connection) else [_CREATE]
    for statement in statements:
        connection.execute(text(statement))


def document_number(at: datetime, article_id: int = 0) -> int:
    """The number under which an article published at this time stands in the index."""
    seconds = min(max(floor(at.timestamp()), _EPOCH), _LAST_SECOND)
    return (seconds - _EPOCH) << ID_BITS | (article_id & ID_MASK)


def index_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Add articles to the index."""
    rows = _rows(documents)
    if _is_postgresql(connection):
        statement = search_postgresql.insert_statement(COLUMNS)
        rows = [{"docid": row.pop("docid"), **search_postgresql.vectors(row)} for row in rows]
    else:
        statement = _INSERT
    if rows:
        connection.execute(text(statement), rows)


def forget_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Take articles out again; the wording must be the one they were added with."""
    rows = _rows(documents)
    if rows:
        connection.execute(text(_DELETE_ROW if _is_postgresql(connection) else _DELETE), rows)


def rebuild(connection: Connection) -> int:
    """Make the index anew from the archive; returns the number of articles."""
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


def _rows(documents: Iterable[Document]) -> list[dict[str, Any]]:
    # In the order of their numbers: FTS5 writes out what it holds in memory whenever a number is not the next higher.
    return sorted((_row(*document) for document in documents), key=lambda row: row["docid"])


def _row(article_id: int, first_seen_at: datetime, wording: Mapping[str, Any]) -> dict[str, Any]:
    at = wording["published_at"] or first_seen_at
    return {"docid": document_number(at.astimezone(UTC), article_id), **searched(wording)}


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
