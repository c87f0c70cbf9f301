"""The archive's record of crawls: begun, written to, finished, or crashed."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text, update

from newsarchive.archive.connection import place, writing
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.models import Base
from newsarchive.archive.search.index import settle
from newsarchive.archive.statements import take_write_lock

CRAWLS = Base.metadata.tables["crawls"]


def begin_crawl(engine: Engine, spider: str, arguments: Mapping[str, Any], started_at: datetime) -> int:
    """Open a crawl's row and return its id. Earlier crawls of this machine that died are marked ``crashed``.

    Raises `ArchiveError`.
    """
    host = socket.gethostname()
    with plain_errors(place(engine)), writing(engine) as connection, connection.begin():
        take_write_lock(connection)
        _mark_crashed(connection, host)
        row = {
            "spider": spider,
            "arguments": dict(arguments),
            "started_at": started_at,
            "counts": {},
            "host": host,
            "process": os.getpid(),
        }
        return int(connection.execute(insert(CRAWLS).values(row).returning(CRAWLS.c.id)).scalar_one())


def _mark_crashed(connection: Connection, host: str) -> None:
    """An unfinished crawl whose process is gone ended when it last wrote."""
    unfinished = select(CRAWLS.c.id, CRAWLS.c.process, CRAWLS.c.started_at, CRAWLS.c.written_at).where(
        CRAWLS.c.finished_at.is_(None), CRAWLS.c.host == host
    )
    for row in connection.execute(unfinished).all():
        if row.process != os.getpid() and not _alive(row.process):
            end = {"finished_at": row.written_at or row.started_at, "finish_reason": "crashed"}
            connection.execute(update(CRAWLS).where(CRAWLS.c.id == row.id).values(end))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def record_progress(connection: Connection, crawl_id: int, counts: Mapping[str, int]) -> None:
    """Note what a crawl has written, in the transaction that writes it: true even if the crawl is killed next."""
    values = {"counts": dict(counts), "written_at": datetime.now(UTC)}
    connection.execute(update(CRAWLS).where(CRAWLS.c.id == crawl_id).values(values))


def record_yields(connection: Connection, crawl_id: int, pages: Mapping[tuple[int, str, bool], int]) -> None:
    """Add a batch to the crawl's field yields; keys are newspaper, field, and whether the field was found."""
    add = text(
        "INSERT INTO field_yields (crawl_id, source_id, field, articles, filled)"
        " VALUES (:crawl, :source, :field, :articles, :filled)"
        " ON CONFLICT (crawl_id, source_id, field) DO UPDATE SET"
        " articles = field_yields.articles + excluded.articles, filled = field_yields.filled + excluded.filled"
    )
    rows = [
        {
            "crawl": crawl_id,
            "source": source_id,
            "field": field,
            "articles": pages.get((source_id, field, True), 0) + pages.get((source_id, field, False), 0),
            "filled": pages.get((source_id, field, True), 0),
        }
        for source_id, field in sorted({(source_id, field) for source_id, field, _ in pages})
    ]
    if rows:
        connection.execute(add, rows)


def finish_crawl(engine: Engine, crawl_id: int, reason: str, counts: Mapping[str, int], finished_at: datetime) -> None:
    """Close a crawl's row. ``counts`` are added to those of its visits: addresses found, requests made.

    Raises `ArchiveError`.
    """
    with plain_errors(place(engine)), writing(engine) as connection, connection.begin():
        take_write_lock(connection)
        known = connection.execute(select(CRAWLS.c.counts).where(CRAWLS.c.id == crawl_id)).scalar_one()
        values = {"counts": {**known, **counts}, "finished_at": finished_at, "finish_reason": reason}
        connection.execute(update(CRAWLS).where(CRAWLS.c.id == crawl_id).values(values))
    settle(engine)
    if engine.dialect.name == "sqlite":
        _refresh_statistics(engine)


def _refresh_statistics(engine: Engine) -> None:
    """Let SQLite count how its indexes divide the rows, by samples; from these it plans the analysts' queries.

    PostgreSQL does so by itself.
    """
    with plain_errors(place(engine)), writing(engine) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA analysis_limit=400")
        connection.exec_driver_sql("ANALYZE")
