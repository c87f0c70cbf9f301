"""The captures that the archive holds, as they were handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from newsarchive.archive.models import Base
from newsarchive.page import Capture

CAPTURES = Base.metadata.tables["captures"]
AT_A_TIME = 1_000  # rows in memory

_COLUMNS = [CAPTURES.c[field.name] for field in fields(Capture)]
_EARLIER = text(f"""
    SELECT {", ".join(column.name for column in _COLUMNS)} FROM captures
    WHERE url = :url AND http_status = 200 AND warc_file IS NOT NULL
        AND (CAST(:digest AS text) IS NULL OR digest = :digest)
    ORDER BY fetched_at DESC, id DESC LIMIT 1""")


def find_earlier(engine: Engine, url: str, digest: str | None) -> Capture | None:
    """Return the latest recorded page of an address, if ``digest`` is given with that very body; ``None`` without one.

    Asked for every page of a crawl, and therefore straight from the driver, without a transaction: that takes a fifth
    of the time. A crawl goes on where the archive cannot be asked: the page is then recorded whole.
    """
    statement, bound = _earlier(engine.dialect)
    try:
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute(statement, bound({"url": url, "digest": digest}))
            row = cursor.fetchone()
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error):
        return None
    if row is None:
        return None
    said = dict(zip((column.name for column in _COLUMNS), row, strict=True))
    return Capture(**said | {"fetched_at": datetime.fromisoformat(said["fetched_at"])})


@lru_cache(maxsize=8)
def _earlier(dialect: Dialect) -> tuple[str, Callable[[dict[str, Any]], Any]]:
    """The statement as a database's driver takes it, and what brings its parameters into their order."""
    compiled = _EARLIER.compile(dialect=dialect)
    return str(compiled), itemgetter(*compiled.positiontup) if compiled.positiontup is not None else dict


def recorded_captures(engine: Engine) -> Iterator[Capture]:
    """Yield every capture that has a place in a recording, file by file in the order of the records."""
    query = (
        select(*_COLUMNS)
        .where(CAPTURES.c.warc_file.is_not(None))
        .order_by(CAPTURES.c.warc_file, CAPTURES.c.warc_offset)
        .execution_options(yield_per=AT_A_TIME)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            yield Capture(**row._mapping)
