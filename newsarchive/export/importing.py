"""Bringing exported articles back: into an empty archive, all of them or none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from os import getpid
from pathlib import Path
from socket import gethostname
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from newsarchive.archive import similar
from newsarchive.archive.connection import place, writing
from newsarchive.archive.models import Base
from newsarchive.archive.search import index
from newsarchive.archive.search.index import settle as settle_index
from newsarchive.archive.similar.duplicates import settle
from newsarchive.archive.statements import chunks, insert_rows, reserve_ids, take_write_lock
from newsarchive.archive.writing.links import find_targets
from newsarchive.archive.writing.names import Names
from newsarchive.export.columns import NAMES
from newsarchive.export.reading_back import read_line
from newsarchive.export.records import IMAGE, REVISION, Record
from newsarchive.page import Source

TABLES = Base.metadata.tables
ARTICLES, CAPTURES = TABLES["articles"], TABLES["captures"]
AT_ONCE = 500  # articles
_NOT_OF_ARTICLES = {"source", "authors", "author_roles", "tags", "images", "related_links", "capture_digest"}
_OF_ARTICLES = [name for name in NAMES if name not in _NOT_OF_ARTICLES]
_TIMES = {
    table: [column.name for column in TABLES[table].columns if column.name.endswith("_at")]
    for table in ("articles", "revisions", "related_links", "addresses", "captures")
}


class Unimportable(Exception):  # noqa: N818 - ImportError is another thing
    """A file that cannot be imported; the message names the line and the reason."""


def import_articles(engine: Engine, file: Path, progress: Callable[[int], None] = lambda _bytes: None) -> int:
    """Import a file of `newsarchive export --format jsonl`, in one transaction; returns the number of articles.

    Ids, revisions, addresses and captures' places are kept; the full-text index, duplicates, likenesses and links'
    targets are found anew. ``progress`` is called with the bytes read so far. Raises `Unimportable`, and OSError if the
    file cannot be read: the archive is then as it was.
    """
    with file.open("rb") as lines, writing(engine) as connection, connection.begin():
        take_write_lock(connection)
        if connection.execute(select(ARTICLES.c.id).limit(1)).first() is not None:
            raise Unimportable(f"the archive {place(engine)} holds articles already; import into a new one")
        writing_ = _Import(connection, file)
        for some in _records(lines, file, progress):
            writing_.add(some)
        many = writing_.finish()
    settle_index(engine)
    return many


def _records(lines: Any, file: Path, progress: Callable[[int], None]) -> Iterator[list[tuple[int, Record]]]:
    """The file's articles with the numbers of their lines, some at a time."""
    seen: set[int] = set()
    numbered = enumerate(lines, start=1)
    while some := list(itertools.islice(numbered, AT_ONCE)):
        found = []
        for number, line in some:
            if not line.strip():
                continue
            try:
                record = read_line(line)
            except ValueError as error:
                raise Unimportable(f"{file}: line {number}: {error}") from None
            if record["id"] in seen:
                raise Unimportable(f"{file}: line {number}: a second article with the id {record['id']}")
            seen.add(record["id"])
            found.append((number, record))
        yield found
        progress(lines.tell())


class _Import:
    def __init__(self, connection: Connection, file: Path) -> None:
        self._connection, self._file = connection, file
        self._names = Names()
        self._count = 0
        now = datetime.now(UTC)
        crawl = {
            "spider": "import", "arguments": {"file": file.name}, "started_at": now, "written_at": now,
            "finished_at": now, "finish_reason": "finished", "counts": {}, "host": gethostname(), "process": getpid(),
        }  # fmt: skip
        crawls = TABLES["crawls"]
        self._crawl_id = int(connection.execute(insert(crawls).values(crawl).returning(crawls.c.id)).scalar_one())

    def add(self, numbered: list[tuple[int, Record]]) -> None:
        """Write some articles; the links among them wait."""
        if not numbered:
            return
        try:
            self._add([record for _, record in numbered])
        except IntegrityError as error:
            lines = f"lines {numbered[0][0]} to {numbered[-1][0]}"
            raise Unimportable(
                f"{self._file}: {lines}: two articles have what only one may have ({error.orig})"
            ) from None
        self._count += len(numbered)

    def _add(self, records: list[Record]) -> None:
        connection, names = self._connection, self._names
        papers = {record["source"]: Source(name=record["source"], **record["paper"]) for record in records}
        sources = names.sources(connection, papers.values())
        insert_rows(connection, "articles", [
            _timed("articles", {name: record[name] for name in _OF_ARTICLES}
                   | {"source_id": sources[record["source"]], "rules": record["rules"], "problems": record["problems"],
                      "duplicate_of_id": None})
            for record in records
        ])  # fmt: skip
        self._add_revisions(records)
        insert_rows(connection, "addresses", [
            _timed("addresses", {**address, "source_id": sources[record["source"]], "article_id": record["id"]})
            for record in records for address in record["addresses"]
        ])  # fmt: skip
        self._add_lists(records)
        links = []
        for record in records:
            numbers: dict[str, int] = {}
            for link in record["related_links"]:
                numbers[link["kind"]] = position = numbers.get(link["kind"], 0) + 1
                row = {**link, "article_id": record["id"], "position": position, "target_article_id": None}
                links.append(_timed("related_links", row))
        insert_rows(connection, "related_links", links)

    def _add_lists(self, records: list[Record]) -> None:
        connection = self._connection
        authors = self._names.authors(connection, {name for record in records for name in record["authors"]})
        insert_rows(connection, "article_authors", [
            {"article_id": record["id"], "position": n, "author_id": authors[name], "role": role}
            for record in records
            for n, (name, role) in enumerate(zip(record["authors"], record["author_roles"], strict=True), start=1)
        ])  # fmt: skip
        tags = self._names.tags(connection, {tag for record in records for tag in record["tags"]})
        insert_rows(connection, "article_tags", [
            {"article_id": record["id"], "position": n, "tag_id": tags[tag]}
            for record in records for n, tag in enumerate(record["tags"], start=1)
        ])  # fmt: skip
        insert_rows(connection, "images", [
            {"article_id": record["id"], "position": n, **{name: image[name] for name in IMAGE}}
            for record in records for n, image in enumerate(record["images"], start=1)
        ])  # fmt: skip

    def _add_revisions(self, records: list[Record]) -> None:
        revisions = [(record["id"], revision) for record in records for revision in record["revisions"]]
        captures = self._captures([revision["capture"] for _, revision in revisions if revision["capture"]])
        insert_rows(self._connection, "revisions", [
            _timed("revisions", {name: revision[name] for name in REVISION}
                   | {"article_id": article_id, "capture_id": captures[_place(revision["capture"])]
                      if revision["capture"] else None})
            for article_id, revision in revisions
        ])  # fmt: skip

    def _captures(self, captures: list[Record]) -> dict[Any, int]:
        """The rows of recorded pages by their places, each made once."""
        columns = CAPTURES.c.warc_file, CAPTURES.c.warc_offset
        wanted = {_place(capture): capture for capture in captures}
        ids: dict[Any, int] = {}
        for some in chunks([key for key, capture in wanted.items() if capture["warc_file"] is not None]):
            known = select(*columns, CAPTURES.c.id).where(tuple_(*columns).in_(some))
            ids.update({(row[0], row[1]): row[2] for row in self._connection.execute(known)})
        missing = [key for key in wanted if key not in ids]
        ids.update(zip(missing, reserve_ids(self._connection, CAPTURES, len(missing)), strict=True))
        insert_rows(self._connection, "captures", [
            _timed("captures", {**wanted[key], "id": ids[key], "crawl_id": self._crawl_id}) for key in missing
        ])  # fmt: skip
        return ids

    def finish(self) -> int:
        """Find what depends on all articles; returns their number."""
        connection = self._connection
        if not self._count:
            raise Unimportable(f"{self._file}: there is no article in it")
        same = select(ARTICLES.c.text_digest).group_by(ARTICLES.c.text_digest).having(func.count() > 1)
        settle(connection, [digest for digest in connection.scalars(same) if digest is not None])
        for some in chunks(connection.scalars(select(ARTICLES.c.id).order_by(ARTICLES.c.id)).all()):
            find_targets(connection, some)
        index.rebuild(connection)
        similar.rebuild(connection)
        crawls: Table = TABLES["crawls"]
        done = crawls.update().where(crawls.c.id == self._crawl_id)
        connection.execute(done.values(counts={"new": self._count}, finished_at=datetime.now(UTC)))
        return self._count


def _place(capture: Record) -> tuple[Any, ...]:
    """What tells one capture from another: its place, or all that is known of one that was not recorded."""
    if capture["warc_file"] is not None:
        return capture["warc_file"], capture["warc_offset"]
    return capture["url"], capture["fetched_at"], capture["digest"]


def _timed(table: str, row: Record) -> Record:
    """Make instants of the texts that are to be instants."""
    for name in _TIMES[table]:
        if row.get(name) is not None:
            row[name] = datetime.fromisoformat(row[name])
    return row
