"""The recordings of some articles in one WARC file, each record copied byte for byte from where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from isal import igzip
from sqlalchemy import Connection, Select, or_, select

from newsarchive import __version__
from newsarchive.archive.models import CaptureRow, RevisionRow, VisitRow
from newsarchive.export.records import AT_ONCE, Wanted
from newsarchive.warc.read import parse_date, target_uri
from newsarchive.warc.record import warcinfo
from newsarchive.warc.walk import Entry, RecordingError, read_entry

_PLACE = (CaptureRow.warc_file, CaptureRow.warc_offset)


@dataclass(slots=True)
class Copied:
    """How many recorded answers were copied, and which could not be read, as lines for the user."""

    records: int = 0
    missing: int = 0
    first_missing: str | None = None

    def miss(self, error: RecordingError) -> None:
        """Note an answer that cannot be read."""
        self.missing += 1
        self.first_missing = self.first_missing or str(error)


def places(wanted: Wanted, connection: Connection) -> Select[*tuple[Any, ...]]:
    """Select where the answers to all visits of the wanted articles are recorded, file by file, each place once."""
    articles = wanted.ids(connection)
    visited = select(VisitRow.capture_id).where(VisitRow.article_id.in_(articles))
    revised = select(RevisionRow.capture_id).where(RevisionRow.article_id.in_(articles))
    return (
        select(*_PLACE)
        .where(CaptureRow.warc_file.is_not(None), or_(CaptureRow.id.in_(visited), CaptureRow.id.in_(revised)))
        .distinct()
        .order_by(*_PLACE)
    )


def write_warc(
    connection: Connection, wanted: Wanted, warc_dir: Path, path: Path, progress: Callable[[int], None]
) -> Copied:
    """Copy the answers, the requests to them, and what revisits among them refer to, into a new file.

    A record that is not where the archive says is left out and counted. Raises OSError if the file cannot be written.
    """
    copied = Copied()
    seen: set[tuple[str, int]] = set()
    rows = connection.execution_options(yield_per=AT_ONCE).execute(places(wanted, connection))
    with path.open("wb") as file:
        about = [("software", f"newsarchive {__version__}"), ("format", "WARC File Format 1.1")]
        file.write(warcinfo(path.name, datetime.now(UTC), about).compressed())
        for number, (name, offset) in enumerate(rows, start=1):
            for place in (*_originals(connection, warc_dir, (name, offset)), (name, offset)):
                if place not in seen:
                    seen.add(place)
                    _copy(file, warc_dir / place[0], place[1], copied)
            progress(number)
    return copied


def _originals(connection: Connection, warc_dir: Path, place: tuple[str, int]) -> Iterable[tuple[str, int]]:
    """Where the page is that a revisit refers to: the capture of that address at that second."""
    try:
        fields = read_entry(warc_dir / place[0], place[1]).fields
    except RecordingError:  # counted when it is to be copied
        return []
    at = parse_date(fields.get("warc-refers-to-date"))
    if fields.get("warc-type") != "revisit" or at is None:
        return []
    url = fields.get("warc-refers-to-target-uri") or target_uri(fields)
    same = CaptureRow.url == url, CaptureRow.fetched_at == at, CaptureRow.warc_file.is_not(None)
    return [(str(file), int(offset or 0)) for file, offset in connection.execute(select(*_PLACE).where(*same))]


def _copy(file: BinaryIO, recording: Path, offset: int, copied: Copied) -> None:
    try:
        entries = list(_exchange(recording, offset))
    except RecordingError as error:
        copied.miss(error)
        return
    with recording.open("rb") as source:
        for entry in entries:
            source.seek(entry.offset)
            data = source.read(entry.length)
            file.write(data if data.startswith(b"\x1f\x8b") else _packed(data))
    copied.records += 1


def _exchange(recording: Path, offset: int) -> Iterator[Entry]:
    """The answer recorded at ``offset``, and the request if it stands behind it as our recorder writes it."""
    answer = read_entry(recording, offset)
    if answer.fields.get("warc-type") not in ("response", "revisit"):
        raise RecordingError(f"{recording}: the record at byte {offset} is no answer")
    yield answer
    try:
        request = read_entry(recording, offset + answer.length)
    except RecordingError:  # the file ends here, or what follows is damaged: no part of this exchange
        return
    belongs = request.fields.get("warc-concurrent-to") == answer.fields.get("warc-record-id")
    if request.fields.get("warc-type") == "request" and belongs:
        yield request


def _packed(data: bytes) -> bytes:
    """A record of an uncompressed recording as one gzip member."""
    return igzip.compress(data)
