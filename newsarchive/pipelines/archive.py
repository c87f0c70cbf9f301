"""Stories, misses and captures into the archive: in batches, in a thread, without stopping the crawl."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Self, TypeVar

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem
from scrapy.utils.asyncio import create_looping_call
from scrapy.utils.defer import deferred_from_coro
from sqlalchemy import Engine

from newsarchive.archive.crawls import begin_crawl, finish_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.drift import find_drift
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.frontier.next_visits import at_once
from newsarchive.archive.writing.captures import find_earlier
from newsarchive.archive.writing.writer import Writer
from newsarchive.crawl import counts
from newsarchive.crawl.exit_status import fail
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.page import Capture, Miss, Story
from newsarchive.warc.captured import captured
from newsarchive.warc.recorder import Recorder

logger = logging.getLogger(__name__)

T = TypeVar("T")

TICK = 0.25  # seconds between two looks at whether a batch has waited long enough


class Archive:
    """Item pipeline, the last one: opens the archive, keeps the crawl's row, and writes what passes.

    What the archive cannot take (locked, read-only, full) ends the crawl with one line; what was not committed is
    fetched again by the next crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._engine: Engine | None = None
        self._writer: Writer | None = None
        self._crawl_id = 0
        self._flushing = asyncio.Lock()
        # One for all: each thread of a pool would come to keep megabytes of its own from the batches it wrote.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="archive")
        self._timer = create_looping_call(self._tick)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline, listening for captures and for the end of the crawl."""
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.captured, signal=captured)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        """Open the archive and begin the crawl's row; an archive that cannot be used ends the crawl."""
        try:
            await self._in_thread(self._open)
        except ArchiveError as error:
            fail(self.crawler, str(error))
            raise CloseSpider("archive") from None
        self._timer.start(TICK, now=False)

    def _open(self) -> None:
        spider = self.crawler.spider
        assert spider is not None
        self._engine = open_archive(self.crawler.settings["ARCHIVE_URL"])
        self._crawl_id = begin_crawl(self._engine, spider.name, _arguments(spider), datetime.now(UTC))
        pace = spider.revisits.pace if isinstance(spider, NewspaperSpider) else at_once
        recorder = self.crawler.get_downloader_middleware(Recorder)
        if recorder is None:
            self._writer = Writer(self._engine, self._crawl_id, pace=pace)
        else:
            self._writer = Writer(self._engine, self._crawl_id, pace=pace, sync_captures=recorder.sync)
            recorder.find_earlier = partial(find_earlier, self._engine)

    async def process_item(self, item: Story | Miss) -> Story | Miss:
        """Hand the item to the open batch. A full batch is awaited, so that no more than a few wait in memory."""
        if self._writer is None:
            raise DropItem("the archive takes nothing any more", log_level="DEBUG")
        if isinstance(item, Story):
            item.page.body = b""  # it is read and recorded, and need not wait in memory
        if self._writer.add(item):
            await self._flush()
        return item

    async def _in_thread(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def captured(self, capture: Capture, request: Request) -> None:
        """Note a recorded response, also one that is no story: robots.txt, a sitemap, a redirect."""
        if self._writer is not None:
            self._writer.add(capture)

    def _tick(self) -> None:
        if self._writer is not None and self._writer.due and not self._flushing.locked():
            deferred_from_coro(self._flush())

    async def _flush(self) -> None:
        async with self._flushing:
            if self._writer is None:
                return
            try:
                outcomes = await self._in_thread(self._writer.flush)
            except (ArchiveError, OSError) as error:
                self._stop(str(error))
            else:
                self._count(outcomes)
                logger.debug("committed: %d visits", outcomes.total())

    def _count(self, outcomes: Counter[str]) -> None:
        for outcome, number in outcomes.items():
            counts.add_outcome(self.crawler, outcome, number)

    def _stop(self, reason: str) -> None:
        """End the crawl in good order: what is in flight is finished, nothing more is begun or written."""
        self._writer = None
        fail(self.crawler, reason)
        assert self.crawler.engine is not None
        deferred_from_coro(self.crawler.engine.close_spider_async(reason="archive"))

    async def close_spider(self) -> None:
        """Write what is still waiting."""
        if self._timer.running:
            self._timer.stop()
        await self._flush()

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Close the crawl's row, compare the crawl with the paper's past, and close the archive."""
        if self._engine is None:
            return
        try:
            if self._crawl_id:
                for drift in await self._in_thread(partial(self._finish, self._engine, reason)):
                    fail(self.crawler, drift)
        except ArchiveError as error:
            # What ended the crawl has been said; a row left open tells the next crawl that this one crashed.
            if self._writer is not None:
                fail(self.crawler, str(error))
        finally:
            self._engine.dispose()
            self._thread.shutdown()

    def _finish(self, engine: Engine, reason: str) -> list[str]:
        counted = asdict(counts.read(self.crawler))
        del counted["outcomes"]  # the crawl's row has them already, from the transactions that wrote the visits
        finish_crawl(engine, self._crawl_id, reason, counted, datetime.now(UTC))
        return [str(drift) for drift in find_drift(engine, self._crawl_id)]


def _arguments(spider: Spider) -> dict[str, str]:
    """What was asked of the crawl with ``-a``, for its row."""
    arguments = asdict(spider.arguments) if hasattr(spider, "arguments") else {}
    return {
        name: ",".join(value) if isinstance(value, tuple | list) else str(value)
        for name, value in arguments.items()
        if value not in (None, (), [])
    }
