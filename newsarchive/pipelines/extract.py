"""Page to story: each page of a crawl is read, normalized and fingerprinted, in processes of its own."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Self

from pebble import ProcessExpired, ProcessPool
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import run_in_thread

from newsarchive.crawl import counts
from newsarchive.page import Miss, Page, Story
from newsarchive.pipelines.workers import begin_loading, collect_seldom, processors, read_page, workers

logger = logging.getLogger(__name__)


class Extract:
    """Item pipeline: turns a ``Page`` into a ``Story``; a ``Miss`` passes.

    ``EXTRACT_PROCESSES`` workers do the reading (0: none, it is done in the crawl's own process; by default as many as
    there are processors). A page that a worker does not finish within ``EXTRACT_TIMEOUT`` seconds, or dies of, costs
    that worker and becomes a ``Miss``; the crawl goes on. Scrapy fetches no more than ``SCRAPER_SLOT_MAX_ACTIVE_SIZE``
    bytes ahead of what is read, so that pages never pile up.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.timeout = settings.getfloat("EXTRACT_TIMEOUT")
        processes = settings.get("EXTRACT_PROCESSES")
        self.processes = processors() if processes is None else int(processes)
        self.pool: ProcessPool | None = None
        if self.processes > 0:
            begin_loading()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for a crawler's settings."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Start the workers; only the first page waits for them. That takes a second, and lists come meanwhile."""
        collect_seldom()
        if self.processes > 0:
            self.pool = workers(self.processes)
            # To ask whether a new pool is active is what starts its processes.
            self._started = asyncio.ensure_future(run_in_thread(partial(getattr, self.pool, "active")))

    async def close_spider(self) -> None:
        """End the workers."""
        if self.pool is not None:
            await self._started
            self.pool.close()  # type: ignore[no-untyped-call]
            self.pool.join()

    async def process_item(self, item: Page | Miss) -> Story | Miss:
        """Read the page."""
        if isinstance(item, Miss):
            return item
        try:
            if self.pool is None:
                article, outcome, (digest, shingles) = read_page(item)
            else:
                await self._started
                future = self.pool.schedule(read_page, args=(item,), timeout=self.timeout)
                article, outcome, (digest, shingles) = await asyncio.wrap_future(future)
        except TimeoutError:
            return self._unreadable(item, f"the extractor did not finish within {self.timeout:g} seconds")
        except ProcessExpired as error:
            return self._unreadable(item, f"the extractor died of it (exit code {error.exitcode})")
        except Exception as error:
            logger.exception("the extractor failed on %s", item.url)
            return self._unreadable(item, f"the extractor failed: {type(error).__name__}: {error}")
        return Story(page=item, article=article, outcome=outcome, text_digest=digest, shingles=shingles)

    def _unreadable(self, page: Page, reason: str) -> Miss:
        counts.add(self.crawler, "extractor_failed")
        return Miss.of_page(page, "unreadable", reason)
