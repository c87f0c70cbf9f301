"""Page to story: each page of a crawl is read, normalized and fingerprinted, in processes of its own."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
from typing import Self

from pebble import ProcessExpired, ProcessPool
from scrapy.crawler import Crawler

from newsarchive.article import Article
from newsarchive.crawl import counts
from newsarchive.extract import read
from newsarchive.page import Miss, Outcome, Page, Story
from newsarchive.pipelines.deduplicate import fingerprint
from newsarchive.pipelines.normalize import normalize_reading

logger = logging.getLogger(__name__)

# A worker is replaced after so many pages, so that what a C library may leak does not add up.
PAGES_PER_WORKER = 5000
# Objects more than before, after which the garbage collector looks at them: a page leaves some eighty behind in the
# crawl's own process, a few of them in cycles that hold its bytes.
COLLECT_AFTER = 10_000


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

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for a crawler's settings."""
        return cls(crawler)

    def open_spider(self) -> None:
        """Start the workers, from a process that has loaded the extractor once for all."""
        collect_seldom()
        if self.processes <= 0:
            return
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self.pool = ProcessPool(
            max_workers=self.processes, max_tasks=PAGES_PER_WORKER, context=context, initializer=begin_work
        )

    def close_spider(self) -> None:
        """End the workers."""
        if self.pool is not None:
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


def read_page(page: Page) -> tuple[Article, Outcome | None, tuple[str | None, tuple[int, ...]]]:
    """Extract, normalize and fingerprint one page; the work of a worker."""
    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), None)
    reading = read(page.body, page.url, layout=page.layout, content_type=content_type, listing=page.listing)
    article, outcome = normalize_reading(page, reading)
    return article, outcome, fingerprint(article)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin_work() -> None:
    """Prepare a worker. Ctrl-C reaches every process of a terminal; the crawl ends its workers when it is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()


def collect_seldom() -> None:
    """Let the garbage collector leave alone what is loaded by now, and look at the rest once in many pages.

    A page makes thousands of objects and hardly a cycle among them; by default, looking for one takes a tenth of all
    the time.
    """
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
