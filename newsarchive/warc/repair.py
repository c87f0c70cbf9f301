"""After a crash: cut off the half record that a recording ends in; hold the archive's captures against the files."""

from __future__ import annotations

import fcntl
import glob
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from newsarchive.page import Capture
from newsarchive.warc.captured import body_digest
from newsarchive.warc.read import RecordedResponse, parse_response
from newsarchive.warc.walk import RecordingError, read_entry, whole_end

MAX_SIZE = 1024 * 1024 * 1024  # bytes a body may decode to
RECENT = 50  # recordings; more crawls of one spider than ever run at the same time


@dataclass(frozen=True, slots=True)
class Cut:
    """What a repair did: the recording ended at byte ``end``; ``length`` bytes after it are in the file ``kept``."""

    path: Path
    end: int
    length: int
    kept: Path

    def __str__(self) -> str:
        return (
            f"{self.path}: ended in half a record; its last {self.length} bytes, "
            f"from byte {self.end} on, are now in {self.kept.name}"
        )


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A capture that its recording does not bear out, and why."""

    capture: Capture
    reason: str

    def __str__(self) -> str:
        return f"{self.capture.url}, fetched {self.capture.fetched_at:%Y-%m-%dT%H:%M:%SZ}: {self.reason}"


def repair(path: Path) -> Cut | None:
    """Cut a compressed recording after its last whole record and keep the rest beside it, as ``NAME.cut-OFFSET``.

    Returns None if nothing had to be cut, or if a crawl is writing the file at this moment. Raises OSError and
    RecordingError.
    """
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        end = whole_end(path)
        length = file.seek(0, os.SEEK_END) - end
        if not length:
            return None
        kept = path.with_name(f"{path.name}.cut-{end}")
        file.seek(end)
        with kept.open("xb") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            os.fsync(copy.fileno())
        file.truncate(end)
        os.fsync(file.fileno())
    return Cut(path, end, length, kept)


def repair_recent(folder: Path, spider: str) -> list[Cut]:
    """Repair the newest recordings of a spider: older ones were closed whole, or repaired by an earlier crawl."""
    pattern = f"{glob.escape(spider)}-{'[0-9]' * 14}-{'[0-9]' * 5}.warc.gz"
    recent = sorted(folder.glob(pattern), reverse=True)[:RECENT]
    return [cut for path in recent if (cut := repair(path)) is not None]


def repair_all(folder: Path) -> Iterator[Cut]:
    """Repair every compressed recording of a folder. Raises OSError and RecordingError."""
    for path in sorted(folder.rglob("*.warc.gz")):
        cut = repair(path)
        if cut is not None:
            yield cut


def check_captures(captures: Iterable[Capture], folder: Path) -> Iterator[Disagreement]:
    """Yield every capture that its recording does not bear out: no record, another address, another body.

    ``folder`` is WARC_DIR. Captures of one file are read fastest in the order of their offsets.
    """
    for capture in captures:
        if capture.warc_file is None or capture.warc_offset is None:
            continue
        path = folder / capture.warc_file
        try:
            entry = read_entry(path, capture.warc_offset)
            response = parse_response(entry)
        except RecordingError as error:
            yield Disagreement(capture, str(error))
            continue
        except ValueError as error:
            yield Disagreement(capture, f"{path}: the record at byte {capture.warc_offset} is no response: {error}")
            continue
        reason = _difference(capture, response, entry.length)
        if reason is not None:
            yield Disagreement(capture, f"{path}: the record at byte {capture.warc_offset} {reason}")


def _difference(capture: Capture, response: RecordedResponse, length: int) -> str | None:
    if response.url.partition("#")[0] != capture.url.partition("#")[0]:
        return f"is of {response.url}"
    if length != capture.warc_length:
        return f"has {length} bytes, not {capture.warc_length}"
    if response.refers_to is None:
        decoded = body_digest(response.payload, response.content_encodings, MAX_SIZE)
        if capture.digest not in {decoded, body_digest(response.payload, [], MAX_SIZE)}:  # a bomb's is of its bytes
            return "has another body"
    return None
