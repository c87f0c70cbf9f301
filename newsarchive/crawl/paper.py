"""The spider of a newspaper. A paper's own file states where its stories are listed and how its pages are laid out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from newsarchive.crawl.arguments import read_arguments
from newsarchive.crawl.find import Finder
from newsarchive.crawl.outcomes import Finding, outcome_of_failure, outcome_of_status
from newsarchive.discover.stories import Stories, StoryAddress
from newsarchive.extract.layout import Layout
from newsarchive.page import Listing, Miss, Page, Source


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

    def __init__(
        self,
        name: str | None = None,
        *,
        urls: str | None = None,
        since: str | None = None,
        limit: str | int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(name, **kwargs)
        self.arguments = read_arguments(urls, since, limit)
        self.stories = Stories(self.layout)
        self.source = Source(
            name=self.name,
            title=self.title,
            home_url=self.home_url,
            language=self.layout.language if self.layout else None,
            timezone=self.layout.timezone if self.layout else None,
        )

    async def start(self) -> AsyncIterator[Any]:
        """Yield the requests for the stories to fetch: those asked for, else those that the paper lists."""
        requests = 0
        async for story, listing in self._wanted():
            if self.arguments.limit is not None and requests >= self.arguments.limit:
                break
            requests += 1
            yield self._story_request(story, listing)

    async def _wanted(self) -> AsyncIterator[tuple[StoryAddress, Listing | None]]:
        if self.arguments.urls:
            for url in self.arguments.urls:
                yield self.stories.identify(url) or StoryAddress(url, url), None
            return
        finder = Finder(self.crawler.engine.download_async, self.stories)
        await finder.find(sitemaps=self.sitemaps, feeds=self.feeds, fronts=self.fronts)
        for key, listing in finder.found.items():
            yield StoryAddress(key, listing.url), listing

    def _story_request(self, story: StoryAddress, listing: Listing | None) -> Request:
        return Request(
            story.url,
            callback=self.parse_story,
            errback=self.miss_story,
            cb_kwargs={"story": story, "listing": listing},
            # Scrapy's filter would drop, without a word, a redirect to an address that was fetched before.
            dont_filter=True,
        )

    def parse_story(self, response: Response, story: StoryAddress, listing: Listing | None) -> Iterator[Any]:
        """Yield the ``Page`` of a response, or a ``Miss`` where it is none."""
        assert response.request is not None
        finding = outcome_of_status(response)
        if finding is not None:
            yield self._miss(finding, response.request, story, listing)
            return
        capture = response.request.meta.get("capture")
        yield Page(
            source=self.source,
            url=response.url,
            requested_url=story.url,
            status=response.status,
            headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in _headers(response)],
            body=response.body,
            fetched_at=capture.fetched_at if capture else datetime.now(UTC),
            layout=self.layout,
            listing=listing,
            capture=capture,
            truncated="dataloss" in response.flags,
        )

    def miss_story(self, failure: Failure) -> Iterator[Any]:
        """Yield the ``Miss`` of a failed request."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        yield self._miss(outcome_of_failure(failure.value), request, **request.cb_kwargs)

    def _miss(self, finding: Finding, request: Request, story: StoryAddress, listing: Listing | None) -> Miss:
        capture = request.meta.get("capture")
        return Miss(
            source=self.source,
            url=story.url,
            outcome=finding.outcome,
            visited_at=capture.fetched_at if capture else datetime.now(UTC),
            reason=finding.reason,
            http_status=finding.response.status if finding.response is not None else None,
            redirect_url=request.url if request.meta.get("redirect_urls") else None,
            capture=capture,
            listing=listing,
        )


def _headers(response: Response) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name in response.headers for value in response.headers.getlist(name)]
