"""What a crawl learns of the bytes of a response: its ``Capture``, in ``request.meta["capture"]`` and by a signal.

Every response gives one, robots.txt, sitemaps, feeds, fronts and redirects included. Whoever wants them all listens:
``crawler.signals.connect(handler, signal=captured)`` with ``handler(capture, request)``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newsarchive.page import Capture
from newsarchive.warc.decode import codings, decode

KEY = "capture"

captured = object()
"""The signal: a response is recorded (its bytes are with the system), or was read from a recording."""


class NoVisit(IgnoreRequest):
    """A request of which nothing can be said: neither that the story is there nor that it is gone."""


def describe(response: Response, date: datetime, digest: str, place: tuple[str, int, int]) -> Capture:
    """Return the capture of a response; ``place`` is file, offset and length of its record."""
    file, offset, length = place
    content_type = response.headers.get("Content-Type")
    return Capture(
        url=response.url,
        fetched_at=date,
        http_status=response.status,
        content_type=content_type.decode("latin-1") if content_type else None,
        digest=digest,
        warc_file=file,
        warc_offset=offset,
        warc_length=length,
    )


def body_digest(payload: bytes, content_encodings: Iterable[str], max_size: int) -> str:
    """Return ``sha256:<hex>`` of the decoded body.

    Of a payload that does not decode, or to more than ``max_size`` bytes (a bomb), it is of the bytes as they came.
    """
    try:
        body = decode(payload, codings(content_encodings), max_size)
    except ValueError:
        body = payload
    return "sha256:" + hashlib.sha256(body).hexdigest()


def announce(crawler: Crawler, request: Request, capture: Capture) -> None:
    """Leave the capture with the request and tell those who listen."""
    request.meta[KEY] = capture
    crawler.signals.send_catch_log(captured, capture=capture, request=request)


def forget(request: Request) -> None:
    """Drop the capture that a retried or redirected request brings along from its former self."""
    request.meta.pop(KEY, None)
