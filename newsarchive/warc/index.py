"""Where each response of some recordings stands, found by its address.

The index is a temporary SQLite database: SQLite keeps a few megabytes of it in memory and the rest on disk, so that a
recording of any size can be opened.
"""

from __future__ import annotations

import glob
import logging
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from w3lib.url import canonicalize_url

from newsarchive.warc.read import RecordedResponse, parse_date, read_response, record_date, target_uri
from newsarchive.warc.walk import Damage, Entry, RecordingError, walk

logger = logging.getLogger(__name__)

DEFAULT_PORT = re.compile(r"^(http://[^/?#]+):80(?=[/?#]|$)|^(https://[^/?#]+):443(?=[/?#]|$)", re.IGNORECASE)
NOT_MODIFIED = re.compile(rb"HTTP/[\d.]+ 304\b")

SCHEMA = """
CREATE TABLE records (
    url TEXT, key TEXT, date TEXT, revisit INTEGER, method TEXT,
    file INTEGER, offset INTEGER, length INTEGER, size INTEGER,
    record_id TEXT, concurrent_id TEXT, refers_to_id TEXT, payload_digest TEXT
);
CREATE TABLE other_requests (method TEXT, record_id TEXT, concurrent_id TEXT);
"""
INDEXES = """
CREATE INDEX by_key ON records (key, date);
CREATE INDEX by_id ON records (record_id);
"""
COLUMNS = "url, date, revisit, file, offset, length, size, refers_to_id, payload_digest"


@dataclass(frozen=True, slots=True)
class Found:
    """A record that answers an address. ``size`` is the length of its block in bytes."""

    url: str
    date: datetime
    revisit: bool
    path: Path
    offset: int
    length: int
    size: int
    refers_to_id: str | None
    payload_digest: str | None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request says it knows: entity tags, or only a date."""

    etags: frozenset[bytes] = frozenset()

    def match(self, unchanged: RecordedResponse) -> bool:
        """Tell whether a recorded 304 is of the version that is known; where neither side has a tag, it is."""
        etag = next((value for name, value in unchanged.headers if name.lower() == b"etag"), None)
        return not self.etags or etag is None or etag.removeprefix(b"W/") in self.etags


def check_recordings(setting: str) -> None:
    """Raise RecordingError where WARC_REPLAY names a file that is not there, or none that can be replayed."""
    for path in recording_paths(setting):
        next(walk(path), None)


def recording_paths(setting: str) -> list[Path]:
    """Return the files that WARC_REPLAY names: paths and globs, parted by commas, relative to the working folder.

    Raises RecordingError if a part names no file.
    """
    paths: list[Path] = []
    for part in filter(None, map(str.strip, setting.split(","))):
        found = [Path(part)] if Path(part).is_file() else sorted(map(Path, glob.glob(part, recursive=True)))  # noqa: PTH207
        found = [path for path in found if path.is_file()]
        if not found:
            raise RecordingError(f"WARC_REPLAY: no such recording: {part}")
        paths += [path.absolute() for path in found]
    if not paths:
        raise RecordingError("WARC_REPLAY names no recording")
    return list(dict.fromkeys(paths))


def address_key(url: str) -> str:
    """Return what two spellings of one address share: percent-encoding, case of the host, default port, no fragment."""
    try:
        return DEFAULT_PORT.sub(r"\1\2", canonicalize_url(url, keep_blank_values=True))
    except ValueError:  # no address at all; then only its own spelling matches
        return url


class RecordingIndex:
    """The responses of several recordings, by address.

    ``damages`` lists what could not be read. Raises RecordingError on opening if a file cannot be read at all.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = list(paths)
        self.damages: list[Damage] = []
        self._database = sqlite3.connect("", isolation_level=None)  # "" is a temporary database that spills to disk
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.executescript(SCHEMA)
        self._database.execute("BEGIN")
        for number, path in enumerate(self._paths):
            self._add(number, path)
        self._database.execute("COMMIT")
        self._database.executescript(INDEXES)
        for mine, its in (("record_id", "concurrent_id"), ("concurrent_id", "record_id")):  # either may name the other
            self._database.execute(
                f"UPDATE records SET method = o.method FROM other_requests o WHERE records.{mine} = o.{its}"
            )
        self.latest = parse_date(self._database.execute("SELECT max(date) FROM records").fetchone()[0])
        """The date of the newest response, or None if there is none."""

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM records").fetchone()[0]
        return count

    def find(self, url: str, method: str = "GET") -> Found | None:
        """Return the latest record of an address: of this very spelling if there is one, else of another."""
        return self._one(
            "key = ? AND method = ? ORDER BY url = ? DESC, date DESC", address_key(url), method, _bare(url)
        )

    def original(self, revisit: Found, response: RecordedResponse) -> Found | None:
        """Return the record with the payload that a revisit refers to, or None if these recordings lack it.

        Tried in turn: the record it names, the address and date it names, the same address with the same payload
        digest, and, where no digest is stated (a 304), the last response of the address before it.
        """
        if revisit.refers_to_id and (named := self._one("record_id = ? AND NOT revisit", revisit.refers_to_id)):
            return named
        url, date = response.refers_to or (revisit.url, None)
        same_address = "key = ? AND NOT revisit AND method = 'GET'"
        if date and (dated := self._one(f"{same_address} AND date = ?", address_key(url), _sortable(date))):
            return dated
        before = f"{same_address} AND date <= ?"
        arguments = [address_key(url), _sortable(revisit.date)]
        if revisit.payload_digest:
            before += " AND payload_digest = ?"
            arguments.append(revisit.payload_digest)
        return self._one(f"{before} ORDER BY date DESC", *arguments)

    def close(self) -> None:
        """Drop the index."""
        self._database.close()

    def _one(self, condition: str, *arguments: str) -> Found | None:
        row = self._database.execute(f"SELECT {COLUMNS} FROM records WHERE {condition} LIMIT 1", arguments).fetchone()
        if row is None:
            return None
        url, date, revisit, file, offset, length, size, refers_to_id, digest = row
        moment = parse_date(date)
        assert moment is not None
        return Found(url, moment, bool(revisit), self._paths[file], offset, length, size, refers_to_id, digest)

    def _add(self, number: int, path: Path) -> None:
        self._database.executemany(
            "INSERT INTO records VALUES (?, ?, ?, ?, 'GET', ?, ?, ?, ?, ?, ?, ?, ?)", self._rows(number, path)
        )

    def _rows(self, number: int, path: Path) -> Iterator[tuple[object, ...]]:
        for entry in walk(path):
            if isinstance(entry, Damage):
                logger.warning("%s", entry)
                self.damages.append(entry)
                continue
            kind = entry.fields.get("warc-type")
            if kind == "request":
                self._note_method(entry)
            if kind not in {"response", "revisit"}:
                continue
            url = target_uri(entry.fields)
            date = record_date(entry.fields)
            if date is None or not url.startswith(("http:", "https:")):
                continue
            place = (number, entry.offset, entry.length, entry.block_length)
            ids = map(entry.fields.get, ("warc-record-id", "warc-concurrent-to", "warc-refers-to"))
            # Other programs keep a 304 as a response, with the digest of the body that it has not.
            not_modified = kind == "response" and bool(NOT_MODIFIED.match(entry.block))
            digest = None if not_modified else entry.fields.get("warc-payload-digest")
            revisit = kind == "revisit" or not_modified
            yield (_bare(url), address_key(url), _sortable(date), revisit, *place, *ids, digest)

    def _note_method(self, request: Entry) -> None:
        """Keep the answers to POST, HEAD and OPTIONS apart, which browsers' recordings hold under the same address."""
        method = request.block[:16].split(b" ", 1)[0].decode("latin-1")
        if method != "GET":
            ids = map(request.fields.get, ("warc-record-id", "warc-concurrent-to"))
            self._database.execute("INSERT INTO other_requests VALUES (?, ?, ?)", (method, *ids))


def served(found: Found, index: RecordingIndex, known: Validators | None) -> RecordedResponse | None:
    """Return the response that a server would give for a record, or None if its payload is in none of the recordings.

    A revisit is given the payload it refers to, under its own date. A 304 is the answer only to a request that says
    what is ``known``, and if it is the same version. Raises RecordingError if the record cannot be read.
    """
    response = read_response(found.path, found.offset)
    if not found.revisit:
        return response
    not_modified = response.status == 304
    if not_modified and known is not None and known.match(response):
        return response
    original = index.original(found, response)
    if original is None:
        return None
    first = read_response(original.path, original.offset)
    status, headers = (first.status, first.headers) if not_modified else (response.status, response.headers)
    return replace(first, url=response.url, date=response.date, status=status, headers=headers)


def _bare(url: str) -> str:
    return url.partition("#")[0]


def _sortable(date: datetime) -> str:
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
