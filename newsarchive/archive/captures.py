"""The captures that the archive holds, as they were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from sqlalchemy import Engine, select

from newsarchive.archive.models import Base
from newsarchive.page import Capture

CAPTURES = Base.metadata.tables["captures"]
AT_A_TIME = 1_000  # rows in memory


def recorded_captures(engine: Engine) -> Iterator[Capture]:
    """Yield every capture that has a place in a recording, file by file in the order of the records."""
    columns = [CAPTURES.c[field.name] for field in fields(Capture)]
    query = (
        select(*columns)
        .where(CAPTURES.c.warc_file.is_not(None))
        .order_by(CAPTURES.c.warc_file, CAPTURES.c.warc_offset)
        .execution_options(yield_per=AT_A_TIME)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            yield Capture(**row._mapping)
