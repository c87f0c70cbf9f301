"""The spider of any newspaper: it finds out for itself what a paper's own file would say."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from scrapy.http import Response

from newsarchive.crawl import counts
from newsarchive.crawl.arguments import ArgumentError, Arguments, read_address, read_addresses
from newsarchive.crawl.exit_status import fail
from newsarchive.crawl.outcomes import Finding
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.crawl.papers import paper_for
from newsarchive.crawl.unknown_paper import NoPaper, source_of_story, survey
from newsarchive.discover.stories import StoryAddress
from newsarchive.normalize.address import registrable_domain
from newsarchive.page import Listing, Miss, Page, Source
from newsarchive.warc.clock import now

logger = logging.getLogger(__name__)

# What a described paper's file says, taken over where ``url=`` is that paper's.
_DESCRIPTION = ("title", "home_url", "layout", "sitemaps", "feeds", "fronts", "revisits")


class AnyPaperSpider(NewspaperSpider):
    """``-a url=`` crawls the paper whose home page that is; ``-a urls=`` and ``-a urls_file=`` fetch single stories.

    A paper's stories are told from its lists, tags, videos and shops by address, and by content once fetched. The
    address of a described paper is crawled as that paper. Single stories are read without any layout, whosever they
    are: the archive then has what ``newsarchive.extract_article(html, url)`` gives.
    """

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        self.home = arguments.get("url")
        described = paper_for(self.home) if self.home else None
        for attribute in _DESCRIPTION if described is not None else ():
            setattr(self, attribute, getattr(described, attribute))
        super().__init__(name, **arguments)
        self.surveyed = described is not None
        self.source = replace(self.source, name=self.paper_name(**arguments))
        self._sources: dict[str, Source] = {}

    @classmethod
    def read_arguments(cls, **arguments: str) -> Arguments:
        """Read what ``-a NAME=VALUE`` gave; raises ``ArgumentError``."""
        url, file = arguments.pop("url", None), arguments.pop("urls_file", None)
        if url is None and file is None and "urls" not in arguments:
            raise ArgumentError("which paper? -a url=https://any.paper/, or -a urls=… or -a urls_file=… for stories")
        if url is not None:
            read_address("url", url)
        read = super().read_arguments(**arguments)
        return read if file is None else replace(read, urls=(*read.urls, *read_addresses(Path(file))))

    @classmethod
    def paper_name(cls, **arguments: str) -> str:
        """The described paper's name, else the registrable domain of ``url=``, else the spider's own."""
        url = arguments.get("url")
        if url is None:
            return cls.name
        described = paper_for(url)
        return described.name if described is not None else registrable_domain(url) or cls.name

    async def start(self) -> AsyncIterator[Any]:
        """Visit the paper, then its stories; a paper that cannot be crawled ends the crawl with one line."""
        if self.home and not self.arguments.urls and not self.surveyed:
            try:
                await self._survey(self.home)
            except NoPaper as answer:
                if answer.finding is not None:
                    yield self._no_paper(self.home, answer.finding)
                fail(self.crawler, str(answer))
                return
        async for request in super().start():
            yield request
        read = counts.read(self.crawler)
        if self.home and not self.arguments.urls and read.listings and not read.found:
            # A paper's front page always names stories. Where it does not, a script makes it, or it is none.
            fail(self.crawler, f"{self.home}: no story is named on its front page, nor in a sitemap or feed")

    async def _survey(self, home: str) -> None:
        found = await survey(self.crawler, home, self.arguments.since)
        self.source, self.stories = found.source, found.stories
        for attribute in ("sitemaps", "feeds", "fronts"):
            setattr(self, attribute, getattr(found, attribute))
        logger.info(
            "%s: %s, language %s, time zone %s; %d sitemaps, %d feeds, %d fronts",
            found.source.name,
            found.source.title or "it does not say its name",
            found.source.language or "not known",
            found.source.timezone or "not known",
            len(found.sitemaps),
            len(found.feeds),
            len(found.fronts),
        )

    def parse_story(self, response: Response, story: StoryAddress, listing: Listing | None) -> Iterator[Page | Miss]:
        """Yield the ``Page`` of a response, under the source that its address belongs to."""
        for item in super().parse_story(response, story, listing):
            if self.home is None:
                item.source = self._source_of(response)
            elif listing is not None and registrable_domain(response.url) != registrable_domain(self.home):
                assert response.request is not None
                gone = Finding("not_found", f"redirects to {response.url}, on another site", response)
                yield self._miss(gone, response.request, story, listing)
                continue
            yield item

    def _source_of(self, response: Response) -> Source:
        name = registrable_domain(response.url) or response.url
        if name not in self._sources:
            described = paper_for(response.url)
            said = source_of_story(response)
            if described is not None:
                said = replace(said, name=described.name, title=described.title, home_url=described.home_url)
            self._sources[name] = said
        return self._sources[name]

    def _no_paper(self, url: str, finding: Finding) -> Miss:
        return Miss(
            source=self.source,
            url=url,
            outcome=finding.outcome,
            visited_at=now(self.crawler),
            reason=finding.reason,
            http_status=finding.response.status if finding.response is not None else None,
        )
