"""The spider of a newspaper. A paper's own file states where its stories are listed and how its pages are laid out."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from newsarchive.archive.database import open_archive
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.known import KnownStory, known_stories
from newsarchive.crawl import counts
from newsarchive.crawl.arguments import ArgumentError, Arguments, read_arguments
from newsarchive.crawl.choice import reason_to_fetch
from newsarchive.crawl.exit_status import fail
from newsarchive.crawl.find import Finder
from newsarchive.crawl.outcomes import Finding, outcome_of_failure, outcome_of_landing, outcome_of_status
from newsarchive.discover.stories import Stories, StoryAddress
from newsarchive.extract.layout import Layout
from newsarchive.normalize.times import parse_time
from newsarchive.page import Listing, Miss, Page, Source
from newsarchive.warc.captured import KEY, NoVisit
from newsarchive.warc.clock import fetched_at, now

logger = logging.getLogger(__name__)


class NewspaperSpider(Spider):
    """Finds a paper's stories and fetches them. It reads no field of an article.

    A paper's file sets the class attributes: ``name``, ``title``, ``home_url``, ``layout``, and where stories are
    listed: ``sitemaps`` (indexes too), ``feeds``, ``fronts`` (section fronts and breaking lists).
    """

    title: ClassVar[str | None] = None
    home_url: ClassVar[str | None] = None
    layout: ClassVar[Layout | None] = None
    sitemaps: ClassVar[tuple[str, ...]] = ()
    feeds: ClassVar[tuple[str, ...]] = ()
    fronts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = self.read_arguments(**arguments)
        self.stories = Stories(self.layout)
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

    @property
    def zone(self) -> str | None:
        """The IANA zone of the paper's clock, where its layout states one."""
        return self.layout.timezone if self.layout else None

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests for the stories to fetch: those asked for, else those that the paper lists."""
        if self.arguments.urls:
            wanted = self._asked()
        else:
            finder = Finder(self.crawler, self.stories, self.arguments.since)
            await finder.find(sitemaps=self.sitemaps, feeds=self.feeds, fronts=self.fronts)
            for unusable in finder.unusable.values():
                yield self._unusable(unusable)
            try:
                wanted = await self._choose(finder.found)
            except ArchiveError as error:
                fail(self.crawler, str(error))
                return
        for story, listing in wanted[: self.arguments.limit]:
            counts.add(self.crawler, "requested")
            yield self._story_request(story, listing)

    def _asked(self) -> list[tuple[StoryAddress, Listing | None]]:
        stories: dict[str, tuple[StoryAddress, Listing | None]] = {}
        for url in self.arguments.urls:
            story = self.stories.identify(url) or StoryAddress(url, url)
            stories.setdefault(story.key, (story, None))
        counts.add(self.crawler, "found", len(stories))
        return list(stories.values())

    async def _choose(self, found: dict[str, Listing]) -> list[tuple[StoryAddress, Listing | None]]:
        known = await asyncio.to_thread(self._known, found)
        wanted: list[tuple[str, StoryAddress, Listing]] = []
        for key, listing in found.items():
            date = self._date(listing)
            if self.arguments.since is not None and date is not None and date < self.arguments.since.isoformat():
                continue
            reason = reason_to_fetch(listing, known.get(key) or known.get(listing.url), zone=self.zone)
            if reason is None:
                counts.add(self.crawler, "known")
                continue
            logger.debug("%s: fetched because %s", listing.url, reason)
            # What a front shows without a date is fresh, and goes first.
            wanted.append((date or "9999", StoryAddress(key, listing.url), listing))
        wanted.sort(key=lambda entry: entry[0], reverse=True)
        return [(story, listing) for _, story, listing in wanted]

    def _date(self, listing: Listing) -> str | None:
        stated = listing.published or listing.modified
        moment = parse_time(stated, zone=self.zone) if stated else None
        return moment.date if moment else None

    def _known(self, found: dict[str, Listing]) -> dict[str, KnownStory]:
        engine = open_archive(self.settings["ARCHIVE_URL"])
        try:
            return known_stories(engine, self.source.name, (listing.url for listing in found.values()), found)
        finally:
            engine.dispose()

    def _story_request(self, story: StoryAddress, listing: Listing | None) -> Request:
        return Request(
            story.url,
            callback=self.parse_story,
            errback=self.miss_story,
            cb_kwargs={"story": story, "listing": listing},
            # Scrapy's filter would drop, without a word, a redirect to an address that was fetched before.
            dont_filter=True,
        )

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
            redirect_url=request.url if request.meta.get("redirect_urls") else None,
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
