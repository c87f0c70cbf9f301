"""Walks through the records of a WARC file, compressed or not, and says where it is damaged instead of giving up.

Nothing is trusted: a gzip member has to end with the right checksum and a record has to be as long as it says. What is
not whole is reported with its place, and the walk goes on at the next record that is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib

UnpackError: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub declares an instance
GZIP_START = b"\x1f\x8b\x08"
PLAIN_START = re.compile(rb"WARC/[01]\.\d+\r?\n")
FIELDS_END = re.compile(rb"\r?\n\r?\n")

STEP = 32 * 1024  # bytes read at a time: about one page as compressed, so that little is read twice
HEAD = 64 * 1024  # bytes of a record that are kept while walking; its fields have to end within them


class RecordingError(Exception):
    """A recording that cannot be read; the message names the file, the place and the reason."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole record. ``offset`` and ``length`` are its place in the file, ``head`` what begins it.

    ``head`` holds the fields and the block: its start when walking, all of it when read by offset.
    """

    offset: int
    length: int
    fields: dict[str, str]  # names in lower case
    head: bytes
    block_start: int  # index of the block's first byte in ``head``
    block_length: int

    @property
    def block(self) -> bytes:
        """The block as far as it was kept."""
        return self.head[self.block_start : self.block_start + self.block_length]


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that is no whole record."""

    path: Path
    offset: int
    end: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason} at byte {self.offset}; {self.end - self.offset} bytes are skipped"


class _Broken(Exception):  # noqa: N818  (never leaves this module)
    """The record at hand is not whole."""


class _PackedAsOne(Exception):  # noqa: N818
    """A gzip member holds more than one record."""


def walk(path: Path, start: int = 0) -> Iterator[Entry | Damage]:
    """Yield every whole record from byte ``start`` on and every damaged stretch, in the order of the file.

    Raises RecordingError if the file cannot be opened, or is packed as one whole so that no record has its own place.
    """
    with _opened(path) as (file, size):
        offset = start
        while offset < size:
            try:
                entry = _read(file, offset, size)
            except _Broken as broken:
                end = _next_start(file, offset + 1, size)
                yield Damage(path, offset, end, str(broken))
                offset = end
                continue
            yield entry
            offset += entry.length


def read_entry(path: Path, offset: int) -> Entry:
    """Return the record that begins at ``offset``, with its whole block. Raises RecordingError."""
    with _opened(path) as (file, size):
        if offset >= size:
            raise RecordingError(f"{path}: no record at byte {offset}, the file ends at byte {size}")
        try:
            entry = _read(file, offset, size)
            wanted = entry.block_start + entry.block_length
            return entry if len(entry.head) >= wanted else _read(file, offset, size, wanted)
        except _Broken as broken:
            raise RecordingError(f"{path}: {broken} at byte {offset}") from None


def whole_end(path: Path) -> int:
    """Return where the last whole record of a compressed recording ends, looking from the end of the file.

    Equal to the file's size if nothing is cut off; 0 if there is no whole record. Raises RecordingError.
    """
    with _opened(path) as (file, size):
        known_start = size
        while known_start:
            window_start = max(0, known_start - STEP)
            window = os.pread(file, known_start - window_start + len(GZIP_START) - 1, window_start)
            at = window.rfind(GZIP_START)
            while at >= 0:
                try:
                    return window_start + at + _read(file, window_start + at, size).length
                except _Broken:
                    at = window.rfind(GZIP_START, 0, at + len(GZIP_START) - 1)
            known_start = window_start
        return 0


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, int]]:
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror}") from None
    try:
        yield file, os.fstat(file).st_size
    except OSError as error:
        raise RecordingError(f"{path}: {error.strerror}") from None
    except _PackedAsOne:
        raise RecordingError(
            f"{path}: packed as one whole, not record by record, so that no record can be read by its place; "
            "'warcio recompress IN OUT' makes a file that can be read"
        ) from None
    finally:
        os.close(file)


def _read(file: int, offset: int, size: int, keep: int = HEAD) -> Entry:
    start = os.pread(file, 12, offset)
    if start.startswith(GZIP_START):
        return _read_packed(file, offset, keep)
    if PLAIN_START.match(start):
        return _read_plain(file, offset, size, keep)
    raise _Broken("no record begins")


def _read_packed(file: int, offset: int, keep: int) -> Entry:
    unpacker = isal_zlib.decompressobj(31)
    kept: list[bytes] = []
    kept_length = total = 0
    tail = b""
    position = offset
    while not unpacker.eof:
        data = os.pread(file, STEP, position)
        if not data:
            raise _Broken("a record is cut off")
        position += len(data)
        try:
            out = unpacker.decompress(data)
        except UnpackError:
            raise _Broken("a record is damaged") from None
        total += len(out)
        tail = (tail + out[-4:])[-4:]
        if kept_length < keep:
            kept.append(out)
            kept_length += len(out)
    head = b"".join(kept)
    fields, block_start = _fields(head)
    stated = _stated_length(fields)
    rest = total - block_start
    if stated is None:  # then the block is what the member holds
        stated = rest - (4 if tail == b"\r\n\r\n" else 0)
    if stated > rest:
        raise _Broken("a record is shorter than it says")
    if total > block_start + stated + 4 and PLAIN_START.match(head, block_start + stated + 4):
        raise _PackedAsOne
    return Entry(offset, position - len(unpacker.unused_data) - offset, fields, head, block_start, stated)


def _read_plain(file: int, offset: int, size: int, keep: int) -> Entry:
    head = _pread_all(file, min(keep, size - offset), offset)
    fields, block_start = _fields(head)
    stated = _stated_length(fields)
    if stated is None:
        raise _Broken("a record does not say how long it is")
    end = offset + block_start + stated
    if end > size:
        raise _Broken("a record is cut off")
    # Two line ends follow each record; some writers leave them out or add more.
    tail = os.pread(file, 64, end)
    after = tail.lstrip(b"\r\n")
    end += len(tail) - len(after)
    if after and not tail.startswith(b"\r\n\r\n") and not PLAIN_START.match(after):
        raise _Broken("a record is not as long as it says")
    return Entry(offset, end - offset, fields, head, block_start, stated)


def _pread_all(file: int, length: int, offset: int) -> bytes:
    parts = []
    while length:
        part = os.pread(file, length, offset)
        if not part:
            raise _Broken("a record is cut off")
        parts.append(part)
        length -= len(part)
        offset += len(part)
    return b"".join(parts)


def _fields(head: bytes) -> tuple[dict[str, str], int]:
    if not PLAIN_START.match(head):
        raise _Broken("no record begins")
    end = FIELDS_END.search(head)
    if end is None:
        raise _Broken("a record has no end of its fields")
    text = head[: end.start()].decode("utf-8", "replace").replace("\r\n", "\n")
    text = re.sub(r"\n[ \t]+", " ", text)  # a field may go on in the next line
    fields: dict[str, str] = {}
    for line in text.split("\n")[1:]:
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
    return fields, end.end()


def _stated_length(fields: dict[str, str]) -> int | None:
    stated = fields.get("content-length")
    if stated is None:
        return None
    if not stated.isdecimal():
        raise _Broken("a record states no number as its length")
    return int(stated)


def _next_start(file: int, offset: int, size: int) -> int:
    """Return where the next record seems to begin, or ``size``. Only what unpacks to a record counts."""
    overlap = 12
    while offset < size:
        window = os.pread(file, STEP + overlap, offset)
        for match in re.finditer(rb"\x1f\x8b\x08|WARC/[01]\.\d+\r?\n", window):
            if match.start() < STEP and _begins_record(file, offset + match.start()):
                return offset + match.start()
        offset += STEP
    return size


def _begins_record(file: int, offset: int) -> bool:
    data = os.pread(file, STEP, offset)
    if data.startswith(b"WARC/"):
        return True
    try:
        return PLAIN_START.match(isal_zlib.decompressobj(31).decompress(data, 64)) is not None
    except UnpackError:
        return False
