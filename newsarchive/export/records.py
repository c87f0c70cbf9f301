"""Articles as they leave the archive: read a few hundred at a time, so that a million need no more memory than these.

Values are plain: text, numbers, booleans, lists and mappings of them; instants as ``2026-02-19T05:00:00Z``. They are
read past SQLAlchemy's column types, which would make a datetime of each text only for it to be written as text again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, TextClause, bindparam, func, text

from newsarchive.archive.models import ArticleRow, RevisionRow
from newsarchive.archive.search import matching
from newsarchive.archive.search.index import INDEX
from newsarchive.archive.search.query import Node
from newsarchive.archive.selection import Selection
from newsarchive.export.columns import COLUMNS, NAMES

Record = dict[str, Any]

AT_ONCE = 500  # articles; their values go into one statement for each table
_ELSEWHERE = {"source": "sources.name", "capture_digest": "captures.digest"}
_LISTS = ("authors", "author_roles", "tags", "images", "related_links")
_BOOLEANS = [NAMES.index(column.name) for column in COLUMNS if column.type == "boolean"]
LINK = ("kind", "title", "url", "published_at", "published_raw", "target_article_id", "target_external_id")
IMAGE = ("url", "caption", "credit")
PAPER = ("title", "home_url", "language", "timezone")
CAPTURE = ("url", "fetched_at", "http_status", "content_type", "digest", "warc_file", "warc_offset", "warc_length")
REVISION = tuple(
    column.name for column in RevisionRow.__table__.columns if column.name not in ("id", "article_id", "capture_id")
)
REVISION_JSON = ("changed_fields", "reasons", "authors", "images", "tags")
REVISION_BOOLEANS = ("paywalled", "live_blog", "substantive", "silent")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles to take: those that a parsed query (``None``: all) and a selection mean."""

    tree: Node | None = None
    selection: Selection = field(default_factory=Selection)

    def ids(self, connection: Connection) -> Any:
        """Select the articles' ids."""
        return matching(self.tree, self.selection, INDEX[connection.dialect.name], ArticleRow.id)

    def count(self, connection: Connection) -> int:
        """How many they are."""
        query = matching(self.tree, self.selection, INDEX[connection.dialect.name], func.count())
        return int(connection.execute(query).scalar_one())


def _statement(query: str) -> TextClause:
    return text(query).bindparams(bindparam("ids", expanding=True))


def _article_columns() -> str:
    columns = (
        f"NULL AS {name}" if name in _LISTS else f"{_ELSEWHERE.get(name, f'articles.{name}')} AS {name}"
        for name in NAMES
    )
    return ", ".join(columns)


_ARTICLES = _statement(
    f"SELECT {_article_columns()} FROM articles JOIN sources ON sources.id = articles.source_id"
    " LEFT JOIN revisions ON revisions.article_id = articles.id AND revisions.number = articles.revision_count"
    " LEFT JOIN captures ON captures.id = revisions.capture_id WHERE articles.id IN :ids ORDER BY articles.id"
)
_AUTHORS = _statement(
    "SELECT article_id, name, role FROM article_authors JOIN authors ON authors.id = author_id"
    " WHERE article_id IN :ids ORDER BY article_id, position"
)
_TAGS = _statement(
    "SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id"
    " WHERE article_id IN :ids ORDER BY article_id, position"
)
_IMAGES = _statement(
    f"SELECT article_id, {', '.join(IMAGE)} FROM images WHERE article_id IN :ids ORDER BY article_id, position"
)
_LINKS = _statement(
    f"SELECT article_id, {', '.join(LINK)} FROM related_links WHERE article_id IN :ids"
    " ORDER BY article_id, kind, position"
)
_HISTORY = _statement(
    f"SELECT article_id, {', '.join(f'revisions.{name}' for name in REVISION)}, captures.id AS capture_id,"
    f" {', '.join(f'captures.{name} AS capture_{name}' for name in CAPTURE)}"
    " FROM revisions LEFT JOIN captures ON captures.id = capture_id WHERE article_id IN :ids"
    " ORDER BY article_id, number"
)
_ADDRESSES = _statement(
    "SELECT article_id, url, first_seen_at FROM addresses WHERE article_id IN :ids ORDER BY article_id, url"
)
_MORE = _statement(
    f"SELECT articles.id, rules, problems, {', '.join(f'sources.{name}' for name in PAPER)} FROM articles"
    " JOIN sources ON sources.id = articles.source_id WHERE articles.id IN :ids"
)


def records(connection: Connection, wanted: Wanted, *, whole: bool = False) -> Iterator[list[Record]]:
    """Yield the articles, a few hundred at a time in the order of their ids, each with all `COLUMNS`.

    With ``whole`` each has also what only a copy of the archive needs: ``paper``, ``addresses``, ``rules``,
    ``problems`` and ``revisions``, of which the last leaves out what is as in the article itself.
    """
    ids = connection.execution_options(yield_per=AT_ONCE).execute(wanted.ids(connection).order_by(ArticleRow.id))
    for some in ids.scalars().partitions():
        found = _records(connection, list(some))
        if whole:
            _add_history(connection, found)
        yield found


def _records(connection: Connection, ids: list[int]) -> list[Record]:
    lists: dict[str, defaultdict[int, list[Any]]] = {name: defaultdict(list) for name in _LISTS}
    for article_id, name, role in connection.execute(_AUTHORS, {"ids": ids}):
        lists["authors"][article_id].append(name)
        lists["author_roles"][article_id].append(role)
    for article_id, name in connection.execute(_TAGS, {"ids": ids}):
        lists["tags"][article_id].append(name)
    for name, statement, fields in (("images", _IMAGES, IMAGE), ("related_links", _LINKS, LINK)):
        for row in connection.execute(statement, {"ids": ids}):
            lists[name][row[0]].append(dict(zip(fields, row[1:], strict=True)))
    found = []
    for row in connection.execute(_ARTICLES, {"ids": ids}):
        record = dict(zip(NAMES, row, strict=True))
        for index in _BOOLEANS:
            record[NAMES[index]] = bool(row[index])
        for name in _LISTS:
            record[name] = lists[name].get(row[0], [])
        found.append(record)
    return found


def _add_history(connection: Connection, found: list[Record]) -> None:
    by_id = {record["id"]: record for record in found}
    for record in found:
        record |= {"addresses": [], "revisions": []}
    ids = {"ids": list(by_id)}
    for row in connection.execute(_MORE, ids):
        paper = dict(zip(PAPER, row[3:], strict=True))
        by_id[row.id] |= {"paper": paper, "rules": json.loads(row.rules), "problems": json.loads(row.problems)}
    for row in connection.execute(_ADDRESSES, ids):
        by_id[row.article_id]["addresses"].append({"url": row.url, "first_seen_at": row.first_seen_at})
    for row in connection.execute(_HISTORY, ids):
        article = by_id[row.article_id]
        article["revisions"].append(_revision(row, article))


def _revision(row: Row[Any], article: Record) -> Record:
    plain = dict(zip(REVISION, row[1 : len(REVISION) + 1], strict=True))
    for name in REVISION_JSON:
        plain[name] = json.loads(plain[name])
    for name in REVISION_BOOLEANS:
        plain[name] = None if plain[name] is None else bool(plain[name])
    if row.number == article["revision_count"]:
        own = {**article, "authors": people(article)}
        plain = {name: value for name, value in plain.items() if name not in own or own[name] != value}
    has_capture = row.capture_id is not None
    plain["capture"] = {name: getattr(row, f"capture_{name}") for name in CAPTURE} if has_capture else None
    return plain


def people(article: Record) -> list[dict[str, str | None]]:
    """An article's authors as revisions have them: name and role together."""
    pairs = zip(article["authors"], article["author_roles"], strict=True)
    return [{"name": name, "role": role} for name, role in pairs]
