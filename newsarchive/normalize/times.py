"""Times as newspapers print them: raw string in, instant, zone, basis and precision out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from newsarchive.article import Moment, TimeBasis


def parse_time(
    raw: str,
    *,
    zone: str | None = None,
    basis: TimeBasis = "site_zone",
    languages: Sequence[str] = (),
    reference: datetime | None = None,
) -> Moment | None:
    """Read a time as printed, or ``None`` where it is none.

    ``zone`` is the IANA zone of the clock that printed it, and ``basis`` how that zone is known; both count only where
    the string states none. ``reference`` (aware) is the time of the page: only with it are relative times and dates
    without a year read.
    """
    try:
        stated = datetime.fromisoformat(raw.strip())
    except ValueError:
        return None
    if stated.tzinfo is not None:
        return Moment(
            utc=stated.astimezone(UTC), date=f"{stated:%Y-%m-%d}", raw=raw, basis="stated_offset", precision="minute"
        )
    if zone is None:
        return Moment(utc=None, date=f"{stated:%Y-%m-%d}", raw=raw, basis="unknown", precision="minute")
    local = stated.replace(tzinfo=ZoneInfo(zone))
    return Moment(
        utc=local.astimezone(UTC), date=f"{stated:%Y-%m-%d}", raw=raw, zone=zone, basis=basis, precision="minute"
    )
