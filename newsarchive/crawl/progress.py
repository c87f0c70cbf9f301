"""What a user sees of a crawl: a live line on a terminal, one plain summary in a log, a line for each bad page."""

from __future__ import annotations

import io
import logging
import sys
from datetime import UTC, datetime
from typing import Any, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import Spider, signals
from scrapy.crawler import Crawler

from newsarchive.crawl import counts
from newsarchive.page import Miss, Story

logger = logging.getLogger(__name__)


class _AboveLiveLine(io.TextIOBase):
    """A stream for the log whose lines a terminal shows above the live line, addresses unbroken."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def write(self, text: str) -> int:
        """Print ``text`` as it is."""
        self.console.print(text, end="", markup=False, highlight=False, soft_wrap=True)
        return len(text)


class Progress:
    """Extension: shows found, fetched, new, unchanged, failed."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.started = datetime.now(UTC)
        self.live: Live | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Start the live line, where there is a terminal to show it on."""
        console = Console(stderr=True)
        if not console.is_terminal or self.crawler.settings.get("LOG_FILE"):
            return
        self.live = Live(console=console, get_renderable=self._line, refresh_per_second=4, transient=True)
        self.live.start()
        # The log goes through the same console, or else its lines and the live line would overwrite each other.
        for handler in logging.root.handlers:
            if isinstance(handler, logging.StreamHandler) and handler.stream is sys.__stderr__:
                handler.setStream(_AboveLiveLine(console))

    def item_scraped(self, item: Any) -> None:
        """Say of a page with which something is wrong which one it is and what."""
        if isinstance(item, Miss) and item.outcome in counts.ANSWERS:
            logger.debug("%s: %s: %s", item.url, item.outcome, item.reason)
        elif isinstance(item, Miss):
            logger.warning("%s: %s: %s", item.url, item.outcome, item.reason)
        elif isinstance(item, Story) and (item.outcome is not None or item.article.problems):
            problems = "; ".join(item.article.problems)
            logger.warning("%s: %s: %s", item.page.requested_url, item.outcome or "read, though", problems)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """End the live line and log the summary."""
        if self.live is not None:
            self.live.stop()
        logger.info("%s: %s", spider.name, self._summary())

    def _line(self) -> Text:
        read = counts.read(self.crawler)
        name = self.crawler.spider.name if self.crawler.spider else ""
        line = Text(f"{name}  ", style="bold")
        for label, number, style in (
            ("found", read.found, ""),
            ("fetched", read.fetched, ""),
            ("new", read.outcomes.get("new", 0), "green"),
            ("unchanged", read.outcomes.get("unchanged", 0), ""),
            ("failed", read.failed, "red" if read.failed else ""),
        ):
            line.append(f"{label} {number}  ", style=style or "not bold")
        return line

    def _summary(self) -> str:
        read = counts.read(self.crawler)
        seconds = (datetime.now(UTC) - self.started).total_seconds()
        parts = [f"found {read.found}", f"fetched {read.fetched}"]
        parts += [f"{outcome} {read.outcomes.get(outcome, 0)}" for outcome in ("new", "unchanged")]
        parts += [f"{outcome} {n}" for outcome, n in read.outcomes.items() if outcome not in ("new", "unchanged")]
        parts.append(f"failed {read.failed}")
        if read.listings_failed:
            parts.append(f"listings unread {read.listings_failed}")
        return f"{', '.join(parts)} in {seconds:.0f} s"
