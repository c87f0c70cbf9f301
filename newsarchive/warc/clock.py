"""The time of a crawl: now when live, the time of the recording in replay."""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler

from newsarchive.page import Capture
from newsarchive.warc.captured import KEY
from newsarchive.warc.replay import Replay


def now(crawler: Crawler) -> datetime:
    """Return the present of a crawl, as an aware UTC instant: in replay the date of the recordings' newest response."""
    replay = crawler.get_addon(Replay)
    return (replay.index.latest if replay is not None else None) or datetime.now(UTC)


def fetched_at(request: Request, crawler: Crawler) -> datetime:
    """Return when a request was answered, as an aware UTC instant; the present if it was not."""
    capture: Capture | None = request.meta.get(KEY)
    return capture.fetched_at if capture is not None else now(crawler)
