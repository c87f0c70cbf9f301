"""One recorded response, read by its place: the page as it can be extracted again, or served again."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warcio.bufferedreaders import ChunkedDataReader
from warcio.timeutils import iso_date_to_datetime

from newsarchive.warc.decode import codings, decode, is_encoded
from newsarchive.warc.walk import FIELDS_END, Entry, RecordingError, read_entry

MAX_SIZE = 1024 * 1024 * 1024  # bytes a body may unpack to; Scrapy's own default for DOWNLOAD_MAXSIZE


@dataclass(frozen=True, slots=True)
class RecordedResponse:
    """A response as recorded, with its chunks put together.

    ``payload`` has its content encoding still on it, ``body`` has not. For a revisit both are empty: ``refers_to`` is
    then the address and the date of the record that has them.
    """

    url: str
    date: datetime  # aware, UTC
    status: int
    headers: list[tuple[bytes, bytes]]
    payload: bytes
    truncated: bool = False  # the connection ended before the promised length
    protocol: str | None = None
    ip_address: str | None = None
    payload_digest: str | None = None  # as the record states it
    refers_to: tuple[str, datetime | None] | None = None

    @property
    def body(self) -> bytes:
        """The decoded body. Raises RecordingError if it unpacks beyond all measure."""
        try:
            return decode(self.payload, codings(self.content_encodings), MAX_SIZE)
        except ValueError as error:
            raise RecordingError(f"{self.url}: {error}") from None

    @property
    def content_encodings(self) -> list[str]:
        """The Content-Encoding headers: what is still on the payload."""
        return _content_encodings(self.headers)


def read_response(path: Path, offset: int) -> RecordedResponse:
    """Return the response recorded at byte ``offset`` of a WARC file, compressed or not.

    Raises RecordingError if nothing whole begins there, or no response.
    """
    entry = read_entry(path, offset)
    try:
        return parse_response(entry)
    except ValueError as error:
        raise RecordingError(f"{path}: the record at byte {offset} is no response: {error}") from None


def parse_response(entry: Entry) -> RecordedResponse:
    """Return the response of a record that was read whole. Raises ValueError, saying why it is none."""
    kind = entry.fields.get("warc-type")
    if kind not in {"response", "revisit"}:
        raise ValueError(f"its type is {kind}")
    date = record_date(entry.fields)
    if date is None:
        raise ValueError("it has no date")
    block = entry.block
    end = FIELDS_END.search(block)
    head, payload = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    protocol, status, headers = parse_head(head, revisit=kind == "revisit")
    refers_to = None
    if kind == "revisit":
        payload = b""
        refers_to = (
            _address(entry.fields.get("warc-refers-to-target-uri") or entry.fields.get("warc-target-uri", "")),
            parse_date(entry.fields.get("warc-refers-to-date")),
        )
    elif any(name.lower() == b"transfer-encoding" and b"chunked" in value.lower() for name, value in headers):
        payload = ChunkedDataReader(io.BytesIO(payload), decomp_type=None).read()
    headers = [(name, value) for name, value in headers if name.lower() != b"transfer-encoding"]
    return RecordedResponse(
        url=target_uri(entry.fields),
        date=date,
        status=status,
        headers=_true_encoding(headers, payload),
        payload=payload,
        truncated="warc-truncated" in entry.fields and kind == "response",
        protocol="h2" if entry.fields.get("warc-protocol") == "h2" else protocol,
        ip_address=entry.fields.get("warc-ip-address"),
        payload_digest=entry.fields.get("warc-payload-digest"),
        refers_to=refers_to,
    )


def target_uri(fields: dict[str, str]) -> str:
    """Return the address that a record is of; old versions of Wget put it in angle brackets."""
    return _address(fields.get("warc-target-uri", ""))


def record_date(fields: dict[str, str]) -> datetime | None:
    """Return the WARC-Date as an aware UTC instant, or None."""
    return parse_date(fields.get("warc-date"))


def parse_date(text: str | None) -> datetime | None:
    """Return a date as WARC 1.0 or 1.1 writes it (seconds or fractions of one) as an aware UTC instant, or None."""
    if not text:
        return None
    try:
        date = iso_date_to_datetime(text, tz_aware=True)
    except (ValueError, TypeError):
        return None
    assert isinstance(date, datetime)
    return date


def parse_head(head: bytes, *, revisit: bool = False) -> tuple[str | None, int, list[tuple[bytes, bytes]]]:
    """Return protocol, status and headers of an HTTP header block. Raises ValueError if it does not begin as one.

    A revisit may come without any block; it is then a 304 without headers.
    """
    lines = head.split(b"\n")
    if revisit and not head.strip():
        return None, 304, []
    parts = lines[0].split(None, 2)
    if len(parts) < 2 or not parts[0].upper().startswith(b"HTTP") or not parts[1].isdigit():
        raise ValueError("its block does not begin with an HTTP status line")
    headers: list[tuple[bytes, bytes]] = []
    for line in lines[1:]:
        if line[:1] in {b" ", b"\t"} and headers:  # a header that goes on, as old servers write it
            headers[-1] = (headers[-1][0], headers[-1][1] + b" " + line.strip())
            continue
        name, colon, value = line.partition(b":")
        if colon and name.strip():
            headers.append((name.strip(), value.strip()))
    return parts[0].decode("latin-1").upper(), int(parts[1]), headers


def _true_encoding(headers: list[tuple[bytes, bytes]], payload: bytes) -> list[tuple[bytes, bytes]]:
    """Leave out a Content-Encoding that is not on the payload: many tools record decoded bodies so."""
    named = codings(_content_encodings(headers))
    if not named or not payload or is_encoded(payload, named[-1]):
        return headers
    return [(name, value) for name, value in headers if name.lower() != b"content-encoding"]


def _content_encodings(headers: list[tuple[bytes, bytes]]) -> list[str]:
    return [value.decode("latin-1") for name, value in headers if name.lower() == b"content-encoding"]


def _address(uri: str) -> str:
    return uri.removeprefix("<").removesuffix(">").replace(" ", "%20")
