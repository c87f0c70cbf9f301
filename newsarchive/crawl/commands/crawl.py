"""``scrapy crawl``, fit for a schedule: arguments are checked first, one crawl a paper, an exit status that tells."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl

from newsarchive.crawl.arguments import ArgumentError
from newsarchive.crawl.exit_status import failure_of
from newsarchive.crawl.lock import AlreadyCrawled, paper_lock
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.crawl.short_log import shorten_log
from newsarchive.warc.index import check_recordings
from newsarchive.warc.walk import RecordingError


class Command(ScrapyCrawl):
    """Exit status: 0 when the crawl did its work, 1 when it failed, 2 when it was asked something impossible."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read the options, and have the log kept short unless more is asked for."""
        super().process_options(args, opts)
        assert self.settings is not None
        shorten_log(self.settings.get("LOG_LEVEL"))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider that ``args`` names."""
        if len(args) != 1:
            super().run(args, opts)  # which explains the usage
            return
        process = self.crawler_process
        assert process is not None
        name, arguments = args[0], opts.spargs
        try:
            spider_class = process.spider_loader.load(name)
        except KeyError:
            self._refuse(f"no spider is named {name!r}; there are: {', '.join(sorted(process.spider_loader.list()))}")
            return
        if issubclass(spider_class, NewspaperSpider):
            try:
                spider_class.read_arguments(**arguments)
            except ArgumentError as error:
                self._refuse(str(error))
                return
        crawler = self._create_crawler(name)
        if replay := crawler.settings.get("WARC_REPLAY"):
            try:
                check_recordings(replay)
            except RecordingError as error:
                self._refuse(str(error))
                return
        paper = spider_class.paper_name(**arguments) if issubclass(spider_class, NewspaperSpider) else name
        try:
            with paper_lock(crawler.settings, paper):
                process.crawl(crawler, **arguments)
                process.start()
        except AlreadyCrawled as error:
            self._refuse(str(error), exitcode=1)
            return
        if process.bootstrap_failed or failure_of(crawler):
            self.exitcode = 1

    def _refuse(self, reason: str, exitcode: int = 2) -> None:
        sys.stderr.write(f"scrapy crawl: {reason}\n")
        self.exitcode = exitcode
