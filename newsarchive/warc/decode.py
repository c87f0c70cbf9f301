"""Content encodings (RFC 9110, 8.4.1) undone, as Scrapy undoes them: what can be read of a broken body is kept."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

import brotli
from isal import isal_zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP = 31  # zlib's window bits for a gzip member
PAGE = 1024 * 1024  # bytes; larger than nearly all pages
STEP = 64 * 1024  # bytes unpacked at a time, so that a bomb is noticed early
SAMPLE = 2048  # bytes that tell whether a body is in a coding
ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError)


class TooLarge(ValueError):  # noqa: N818
    """A body that unpacks to more than the limit: a bomb, or a page of no newspaper."""


def codings(content_encodings: Iterable[str]) -> list[str]:
    """Return the codings that Content-Encoding headers name, in the order in which they were applied, in lower case."""
    names = [name.strip().lower() for value in content_encodings for name in value.split(",")]
    return [name for name in names if name and name != "identity"]


def decode(body: bytes, content_codings: list[str], max_size: int) -> bytes:
    """Return ``body`` with its codings undone, the last applied first, up to one that is unknown.

    A body that is cut off gives what it holds. Raises TooLarge above ``max_size`` bytes, and ValueError if the body is
    not in the coding at all.
    """
    for coding in reversed(content_codings):
        if coding not in UNPACKERS:
            break
        if not body:
            break
        parts = []
        size = 0
        try:
            for part in UNPACKERS[coding](body):
                size += len(part)
                if size > max_size:
                    raise TooLarge(f"unpacks to more than {max_size} bytes")
                parts.append(part)
        except ERRORS as error:
            if not size:
                raise ValueError(f"the body is not {coding}: {error}") from None
        body = b"".join(parts)
    return body


def is_encoded(body: bytes, coding: str) -> bool:
    """Return whether the start of a body is in a coding; True if the coding is unknown."""
    try:
        for _ in UNPACKERS[coding](body[:SAMPLE]) if coding in UNPACKERS else ():
            pass
    except ERRORS:
        return False
    return True


def whole_page(body: bytes) -> bytes | None:
    """What ``body`` holds where it is one sound gzip member of at most ``PAGE`` bytes, as nearly every page is."""
    whole, rest = _whole_member(body)
    return whole if rest == b"" else None


def _gunzip(body: bytes) -> Iterator[bytes]:
    while body:
        whole, rest = _whole_member(body)
        if rest is None:
            unpacker = zlib.decompressobj(GZIP)
            yield from _drain(unpacker, body)
            rest = unpacker.unused_data
        else:
            yield whole
        body = rest.lstrip(b"\0")  # zeros may pad a member


@lru_cache(maxsize=1)  # who records a page unpacks it for its digest, and then it is unpacked for who reads it
def _whole_member(body: bytes) -> tuple[bytes, bytes | None]:
    """What a sound member of a page's size holds, and what follows it; ``None`` follows where it is none such.

    ISA-L takes half of zlib's time, but gives other beginnings of what is cut off or damaged: the digest would not be
    that of the page as Scrapy hands it on.
    """
    unpacker = isal_zlib.decompressobj(GZIP)
    try:
        whole = unpacker.decompress(body, PAGE)
    except isal_zlib.error:  # type: ignore[misc]  # its stub calls the class an object
        return b"", None
    return whole, unpacker.unused_data if unpacker.eof else None


def _inflate(body: bytes) -> Iterator[bytes]:
    # RFC 9110 means zlib's format; some servers send the bare stream.
    wrapped = body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _drain(zlib.decompressobj(15 if wrapped else -15), body)


def _drain(unpacker: zlib._Decompress, body: bytes) -> Iterator[bytes]:
    part = unpacker.decompress(body, STEP)
    while part:
        yield part
        if unpacker.eof:
            break
        part = unpacker.decompress(unpacker.unconsumed_tail, STEP)


def _unbrotli(body: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    part = unpacker.process(body, output_buffer_limit=STEP)
    while part:
        yield part
        part = b"" if unpacker.is_finished() else unpacker.process(b"", output_buffer_limit=STEP)


def _unzstd(body: bytes) -> Iterator[bytes]:
    while body:
        unpacker = zstd.ZstdDecompressor()
        part = unpacker.decompress(body, STEP)
        while part:
            yield part
            part = b"" if unpacker.eof else unpacker.decompress(b"", STEP)
        body = unpacker.unused_data if unpacker.eof else b""


UNPACKERS = {"gzip": _gunzip, "x-gzip": _gunzip, "deflate": _inflate, "br": _unbrotli, "zstd": _unzstd}
