"""Column types of the archive: instants as readable UTC text, and JSON that keeps Chinese readable."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator


def whole_second(instant: datetime) -> datetime:
    """The instant as the archive keeps it. One that was not written yet has its microseconds still: compare these."""
    return instant.replace(microsecond=0)


def to_text(instant: datetime) -> str:
    """Write an aware datetime as the archive does: ``2026-02-19T05:00:00Z``, whole seconds.

    ValueError for a naive datetime: which instant it means is not known.
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {instant!r}")
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    # isoformat pads the year to four digits on every platform, which strftime does not.
    return whole_second(instant).replace(tzinfo=None).isoformat() + "Z"


class Instant(TypeDecorator[datetime]):
    """A point in time, kept as UTC text.

    Text, because SQLite has no type for times and the sqlite3 shell, Datasette and pandas then show and sort it
    rightly; the same text in PostgreSQL, so that one query serves both.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write; ValueError for a naive datetime."""
        return None if value is None else to_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read, as an aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A list or a mapping as JSON text, Chinese written as itself; ``None`` is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write."""
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read."""
        return None if value is None else json.loads(value)
