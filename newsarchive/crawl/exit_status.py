"""Whether a crawl did its work: what cron learns of it."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newsarchive.crawl import counts

logger = logging.getLogger(__name__)

# A paper may list a dead story or two for days. Where its listings are read, so few say nothing of the crawl.
FEW = 3

_FAILURE = "newsarchive/failure"


def fail(crawler: Crawler, reason: str) -> None:
    """Have the crawl end as failed, for ``reason`` (one line, logged once). The first reason counts."""
    if failure_of(crawler) == reason:
        return
    logger.error("crawl failed: %s", reason)
    if failure_of(crawler) is None:
        crawler.stats.set_value(_FAILURE, reason)


def failure_of(crawler: Crawler) -> str | None:
    """Return why the crawl failed, or ``None`` where it did its work."""
    reason: str | None = crawler.stats.get_value(_FAILURE)
    return reason


class ExitStatus:
    """Extension: a crawl that was broken off, or in which nothing could be fetched or read, has failed."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Judge the crawl by what it counted."""
        if failure_of(self.crawler) is not None:
            return
        read = counts.read(self.crawler)
        if reason != "finished":
            fail(self.crawler, "broken off by a signal" if reason == "shutdown" else f"broken off: {reason}")
        elif read.requested >= (FEW if read.listings else 1) and not read.answered:
            words = "read" if read.fetched else "fetched"
            fail(self.crawler, f"none of {read.requested} stories could be {words}")
        elif read.listings_failed and not read.listings:
            fail(self.crawler, "none of the paper's listings could be read")
