"""The spider of a newspaper. A paper's own file states where its stories are listed and how its pages are laid out."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from newsarchive.archive.database import open_archive
from newsarchive.archive.errors import ArchiveError
from newsarchive.crawl import counts
from newsarchive.crawl.arguments import ArgumentError, Arguments, read_arguments
from newsarchive.crawl.choice import Bounds, Found, Wanted, choose
from newsarchive.crawl.exit_status import fail
from newsarchive.crawl.find import Finder
from newsarchive.crawl.outcomes import Finding, outcome_of_failure, outcome_of_landing, outcome_of_status
from newsarchive.crawl.revisits import Revisits
from newsarchive.discover.stories import Stories, StoryAddress
from newsarchive.extract.layout import Layout
from newsarchive.page import Listing, Miss, Page, Source
from newsarchive.warc.captured import KEY, NoVisit
from newsarchive.warc.clock import fetched_at, now

logger = logging.getLogger(__name__)


class NewspaperSpider(Spider):
    """Finds a paper's stories and fetches them. It reads no field of an article.

    A paper's file sets the class attributes: ``name``, ``title``, ``home_url``, ``layout``, and where stories are
    listed: ``sitemaps`` (indexes too), ``feeds``, ``fronts`` (section fronts and breaking lists); and ``revisits``
    where its stories want to be visited at another pace.
    """

    title: ClassVar[str | None] = None
    home_url: ClassVar[str | None] = None
    layout: ClassVar[Layout | None] = None
    sitemaps: ClassVar[tuple[str, ...]] = ()
    feeds: ClassVar[tuple[str, ...]] = ()
    fronts: ClassVar[tuple[str, ...]] = ()
    revisits: ClassVar[Revisits] = Revisits()

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = self.read_arguments(**arguments)
        self.stories = Stories(self.layout)
        self._wanted: dict[str, bool] = {}  # the keys of the stories that are asked for, and whether they are new
        self.source = Source(
            name=self.name,
            title=self.title,
            home_url=self.home_url,
            language=self.layout.language if self.layout else None,
            timezone=self.zone,
        )

    @classmethod
    def read_arguments(cls, **arguments: str) -> Arguments:
        """Read what ``-a NAME=VALUE`` gave; raises ``ArgumentError``."""
        known = inspect.signature(read_arguments).parameters
        for name in arguments:
            if name not in known:
                raise ArgumentError(f"{name}= is nothing that a crawl of {cls.name} knows; it takes {', '.join(known)}")
        return read_arguments(**arguments)

    @classmethod
    def paper_name(cls, **arguments: str) -> str:
        """Return the name of the paper that a crawl with these arguments is of; one crawl a paper runs at a time."""
        return cls.name

    @property
    def zone(self) -> str | None:
        """The IANA zone of the paper's clock, where its layout states one."""
        return self.layout.timezone if self.layout else None

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests for the stories to fetch: those asked for, else the new ones and those due again."""
        if self.arguments.urls:
            wanted = self._asked()
        else:
            finder = Finder(self.crawler, self.stories, self.arguments.since)
            await finder.find(sitemaps=self.sitemaps, feeds=self.feeds, fronts=self.fronts)
            for unusable in finder.unusable.values():
                yield self._unusable(unusable)
            try:
                wanted = await asyncio.to_thread(self._choose, finder)
            except ArchiveError as error:
                fail(self.crawler, str(error))
                return
        self._wanted = {one.story.key: one.new for one in wanted}
        engine = self.crawler.engine
        assert engine is not None
        for one in wanted:
            if engine.needs_backout():  # a request weighs kilobytes: tens of thousands are not made before their turn
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            logger.debug("%s: fetched because: %s", one.story.url, one.why)
            counts.add(self.crawler, "requested")
            yield self._story_request(one)

    def _asked(self) -> list[Wanted]:
        stories: dict[str, Wanted] = {}
        for url in self.arguments.urls:
            story = self.stories.identify(url) or StoryAddress(url, url)
            stories.setdefault(story.key, Wanted(story=story, why="asked for"))
        counts.add(self.crawler, "found", len(stories))
        return list(stories.values())[: self.arguments.limit]

    def _choose(self, finder: Finder) -> list[Wanted]:
        found = Found(listings=finder.found, seen=finder.seen)
        bounds = Bounds(
            since=self.arguments.since,
            limit=self.arguments.limit,
            share=self.settings.getfloat("REVISIT_SHARE"),
            revisits=self.settings.getint("REVISIT_LIMIT"),
        )
        engine = open_archive(self.settings["ARCHIVE_URL"])
        try:
            wanted = choose(engine, self.source, self.stories, found, self.revisits, bounds, now(self.crawler))
        finally:
            engine.dispose()
        counts.add(self.crawler, "known", len(finder.found.keys() - {one.story.key for one in wanted}))
        return wanted

    def _story_request(self, wanted: Wanted) -> Request:
        return Request(
            wanted.story.url,
            callback=self.parse_story,
            errback=self.miss_story,
            headers=dict(wanted.headers),
            cb_kwargs={"story": wanted.story, "listing": wanted.listing},
            # Scrapy's filter would drop, without a word, a redirect to an address that was fetched before.
            dont_filter=True,
        )

    def asks_for_target(self, redirected: Request) -> bool:
        """Tell whether a new story's request was redirected to another story that this crawl asks for, or followed to.

        To fetch it twice would tell nothing more. A story that is archived is followed: it may have moved there.
        """
        asked: StoryAddress | None = redirected.cb_kwargs.get("story")
        target = self.stories.identify(redirected.url)
        if asked is None or target is None or target.key == asked.key or not self._wanted.get(asked.key):
            return False
        known = target.key in self._wanted
        self._wanted.setdefault(target.key, True)
        return known

    def parse_story(self, response: Response, story: StoryAddress, listing: Listing | None) -> Iterator[Page | Miss]:
        """Yield the ``Page`` of a response, or a ``Miss`` where it is none."""
        request = response.request
        assert request is not None
        finding = outcome_of_status(response) or outcome_of_landing(request, response, self.stories)
        if finding is not None:
            yield self._miss(finding, request, story, listing)
            return
        counts.add(self.crawler, "fetched")
        yield Page(
            source=self.source,
            url=response.url,
            requested_url=story.url,
            status=response.status,
            headers=[
                (name.decode("latin-1"), value.decode("latin-1"))
                for name in response.headers
                for value in response.headers.getlist(name)
            ],
            body=response.body,
            fetched_at=fetched_at(request, self.crawler),
            layout=self.layout,
            listing=listing,
            capture=request.meta.get(KEY),
            truncated="dataloss" in response.flags,
        )

    def miss_story(self, failure: Failure) -> Iterator[Miss]:
        """Yield the ``Miss`` of a failed request."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        if isinstance(failure.value, NoVisit):
            logger.warning("%s: %s", request.url, failure.value)
            return
        yield self._miss(outcome_of_failure(failure.value), request, **request.cb_kwargs)

    def _unusable(self, listing: Listing) -> Miss:
        return Miss(
            source=self.source,
            url=listing.url,
            outcome="unreachable",
            visited_at=now(self.crawler),
            reason=f"no http or https address; it stands in {listing.found_in}",
            listing=listing,
        )

    def _miss(self, finding: Finding, request: Request, story: StoryAddress, listing: Listing | None) -> Miss:
        return Miss(
            source=self.source,
            url=story.url,
            outcome=finding.outcome,
            visited_at=fetched_at(request, self.crawler),
            reason=finding.reason,
            http_status=finding.response.status if finding.response is not None else None,
            redirect_url=finding.redirect_url or (request.url if request.meta.get("redirect_urls") else None),
            capture=request.meta.get(KEY),
            listing=listing,
        )

    @classmethod
    def describes(cls, url: str) -> bool:
        """Tell whether ``url`` is on this paper's site, its bare host and subdomains included."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return False
        home = (urlsplit(cls.home_url or "").hostname or "").removeprefix("www.")
        return bool(home) and (host == home or host.endswith(f".{home}"))
