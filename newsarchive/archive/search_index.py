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

from sqlalchemy import Connection, select, text

from newsarchive.archive.models import ArticleRow, RevisionRow
from newsarchive.normalize.tokens import tokens

COLUMNS = ("headline", "subheadline", "body", "captions", "byline", "tags")
ID_BITS = 29  # 536 million articles
_ID_MASK = (1 << ID_BITS) - 1
# Seconds are counted from 1697, so that papers of two centuries ago have positive numbers too; 34 bits reach to 2242.
_EPOCH = -(1 << 33)
_LAST_SECOND = (1 << 33) - 1

# The ascii tokenizer takes every other character for a letter, so that it leaves our tokens as they are.
_CREATE = f"CREATE VIRTUAL TABLE article_search USING fts5({', '.join(COLUMNS)}, content='', tokenize='ascii')"
ARTICLE_ID = f"(article_search.rowid & {_ID_MASK})"

_VALUES = f"(:docid, {', '.join(f':{name}' for name in COLUMNS)})"
_INSERT = f"INSERT INTO article_search (rowid, {', '.join(COLUMNS)}) VALUES {_VALUES}"
# A table without content cannot look up what it has to forget.
_DELETE = (
    f"INSERT INTO article_search (article_search, rowid, {', '.join(COLUMNS)}) "
    f"VALUES ('delete', {_VALUES.removeprefix('(')}"
)


Document = tuple[int, datetime, Mapping[str, Any]]
"""An article's id, when it was first seen (which dates those without a date), and its wording."""


def create(connection: Connection) -> None:
    """Make the empty index."""
    connection.execute(text(_CREATE))


def document_number(at: datetime, article_id: int = 0) -> int:
    """The number under which an article published at this time stands in the index."""
    seconds = min(max(floor(at.timestamp()), _EPOCH), _LAST_SECOND)
    return (seconds - _EPOCH) << ID_BITS | (article_id & _ID_MASK)


def index_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Add articles to the index."""
    _run(connection, _INSERT, documents)


def forget_articles(connection: Connection, documents: Iterable[Document]) -> None:
    """Take articles out again; the wording must be the one they were added with."""
    _run(connection, _DELETE, documents)


def rebuild(connection: Connection) -> int:
    """Make the index anew from the archive; returns the number of articles."""
    connection.execute(text("INSERT INTO article_search (article_search) VALUES ('delete-all')"))
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


def _run(connection: Connection, statement: str, documents: Iterable[Document]) -> None:
    # In the order of their numbers: FTS5 writes out what it holds in memory whenever a number is not the next higher.
    rows = sorted((_row(*document) for document in documents), key=lambda row: row["docid"])
    if rows:
        connection.execute(text(statement), rows)


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
