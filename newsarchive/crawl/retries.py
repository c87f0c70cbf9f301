"""Asking again, politely: how often, and not before the paper says so."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

logger = logging.getLogger(__name__)


class Retries(RetryMiddleware):
    """Retries as Scrapy does, pages that were cut off too, and keeps to ``Retry-After`` (RFC 9110, 10.2.3).

    The wait goes to the whole host: every request to it waits, and AutoThrottle shortens the pause again once pages
    come. A paper that asks for more patience than ``AUTOTHROTTLE_MAX_DELAY`` is not asked again in this crawl.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the request to make again, or the response where it is final."""
        if "dataloss" in response.flags:
            return self._retry(request, "truncated") or response
        wait = retry_after(response)
        if wait is not None and response.status in (429, 503):
            longest = self.crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
            if wait > longest:
                return response
            downloader = self.crawler.engine.downloader
            slot = downloader.slots.get(downloader.get_slot_key(request))
            if slot is not None:
                slot.delay = max(slot.delay, wait)
                slot.jitter = 0.0  # which would make every other pause shorter than asked
                # The pause counts from the last request, and it may have been a while until this answer came.
                slot.lastseen = max(slot.lastseen, time.monotonic() + wait - slot.delay)
        return super().process_response(request, response)


def retry_after(response: Response) -> float | None:
    """Return the seconds that a response asks to wait, given as such or as a date; ``None`` where it asks nothing."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
