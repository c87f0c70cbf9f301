"""Crawl-delay: the pause between two requests that a paper's robots.txt asks for."""

from __future__ import annotations

import logging
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


class CrawlDelay:
    """Extension: keeps the pause between requests to a host at least as long as its robots.txt asks.

    Scrapy reads the line and leaves it at that. AutoThrottle may make the pause longer and never shorter.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY") or settings.get("WARC_REPLAY"):
            raise NotConfigured
        self.crawler = crawler
        self.user_agent = settings.get("ROBOTSTXT_USER_AGENT") or settings.get("USER_AGENT")
        self.delays: dict[str, float] = {}  # by download slot

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening."""
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(extension.engine_started, signal=signals.engine_started)
        return extension

    def engine_started(self) -> None:
        """Listen for responses from now on: behind AutoThrottle, which has been listening since it was built."""
        self.crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Take note of the delay that a host asks for."""
        delay = robotparser.crawl_delay(self.user_agent)
        if delay is None or delay <= 0:
            return
        key = self.crawler.engine.downloader.get_slot_key(request)
        if self.delays.get(key) != delay:
            self.delays[key] = delay
            logger.info("%s asks for %g seconds between requests", key, delay)
        self._slow_down(key)

    def response_downloaded(self, request: Request, **_: Any) -> None:
        """Undo what AutoThrottle shortened."""
        self._slow_down(self.crawler.engine.downloader.get_slot_key(request))

    def _slow_down(self, key: str) -> None:
        delay = self.delays.get(key)
        slot = self.crawler.engine.downloader.slots.get(key)
        if delay is None or slot is None:
            return
        slot.delay = max(slot.delay, delay)
        slot.jitter = 0.0  # which would make every other pause shorter than asked
