"""The captures that the archive holds, as they were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import SQLAlchemyError

from newsarchive.archive.models import Base
from newsarchive.page import Capture

CAPTURES = Base.metadata.tables["captures"]
AT_A_TIME = 1_000  # rows in memory

# Asked for every page of a crawl, and therefore written once.
_COLUMNS = [CAPTURES.c[field.name] for field in fields(Capture)]
_EARLIER = (
    text(f"""
        SELECT {", ".join(column.name for column in _COLUMNS)} FROM captures
        WHERE url = :url AND http_status = 200 AND warc_file IS NOT NULL
            AND (CAST(:digest AS text) IS NULL OR digest = :digest)
        ORDER BY fetched_at DESC, id DESC LIMIT 1""")
    .columns(*_COLUMNS)
)  # fmt: skip


def find_earlier(engine: Engine, url: str, digest: str | None) -> Capture | None:
    """Return the latest recorded page of an address, if ``digest`` is given with that very body; ``None`` without one.

    A crawl goes on where the archive cannot be asked: the page is then recorded whole.
    """
    try:
        with engine.connect() as connection:
            row = connection.execute(_EARLIER, {"url": url, "digest": digest}).first()
    except SQLAlchemyError:
        return None
    return Capture(**row._mapping) if row is not None else None


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
