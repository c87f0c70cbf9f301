"""Finding stories: a paper's sitemaps, feeds and fronts are fetched and read, and what they list is merged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsarchive.archive.frontier.sightings import Seen
from newsarchive.crawl import counts
from newsarchive.crawl.outcomes import outcome_of_failure, outcome_of_status
from newsarchive.discover.feeds import read_feed
from newsarchive.discover.fronts import read_front
from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.sitemaps import read_sitemap
from newsarchive.discover.stories import Stories, is_address
from newsarchive.discover.xml import MAX_BYTES
from newsarchive.page import Listing
from newsarchive.warc.clock import fetched_at

logger = logging.getLogger(__name__)

# A news sitemap index has some tens of children; one that lists itself, or a calendar, has no end.
MAX_SITEMAPS = 500
# Index, index of an index, address set: nobody needs more.
MAX_DEPTH = 3
# Some hundred megabytes of memory; more than a big paper prints in ten years.
MAX_STORIES = 500_000

# Of a listing that is garbage from end to end, so many addresses are told.
MAX_UNUSABLE = 100


class Finder:
    """Fetches the listings of one paper and keeps, for each story that they name, what they say of it.

    ``found`` maps a story's key to its listing, ``seen`` to the places that named it; ``unusable`` holds listings whose
    address is none. Sitemaps say most, so they are read first, and what feeds and fronts say fills the gaps. Of an
    index, sitemaps not modified ``since`` are left out. A listing that cannot be read costs one line in the log and
    nothing else.
    """

    def __init__(self, crawler: Crawler, stories: Stories, since: date | None = None) -> None:
        self.crawler = crawler
        self.stories = stories
        self.found: dict[str, Listing] = {}
        self.seen: dict[str, list[Seen]] = {}
        self.unusable: dict[str, Listing] = {}
        # A day earlier: the sitemap's clock may be behind the paper's.
        self._since = (since - timedelta(days=1)).isoformat() if since is not None else ""
        self._sitemaps: set[str] = set()
        self._too_many = False

    async def find(
        self, *, sitemaps: Iterable[str] = (), feeds: Iterable[str] = (), fronts: Iterable[str] = ()
    ) -> None:
        """Read all listings. Those of one kind are fetched side by side; the politeness of the crawl spaces them."""
        await asyncio.gather(*(self._sitemap(url, depth=1) for url in sitemaps))
        await asyncio.gather(*(self._listing(url, self._read_feed) for url in feeds))
        await asyncio.gather(*(self._listing(url, self._read_front) for url in fronts))

    async def _sitemap(self, url: str, depth: int) -> None:
        if url in self._sitemaps:
            return
        if len(self._sitemaps) >= MAX_SITEMAPS:
            if not self._too_many:
                self._too_many = True
                self._complain(url, f"not read, nor those after it: more than {MAX_SITEMAPS} sitemaps")
            return
        self._sitemaps.add(url)
        children: list[str] = []

        def read(response: Response) -> Iterable[Listing]:
            sitemap = read_sitemap(response.body, response.url)
            if sitemap.cut:
                logger.warning("listing %s: has more entries than a sitemap may have; the rest is not read", url)
            if not sitemap.children and not sitemap.listings:
                logger.warning("listing %s: an empty sitemap", url)
            # ISO dates compare as text. An index of decades need not be read for the stories of a week.
            children.extend(url for url, modified in sitemap.children if (modified or "9999") >= self._since)
            return sitemap.listings

        await self._listing(url, read)
        if children and depth >= MAX_DEPTH:
            self._complain(url, f"not followed: an index within {MAX_DEPTH - 1} indexes")
            return
        await asyncio.gather(*(self._sitemap(child, depth + 1) for child in children))

    def _read_feed(self, response: Response) -> Iterable[Listing]:
        return read_feed(response.body, response.url)

    def _read_front(self, response: Response) -> Iterable[Listing]:
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return read_front(response.body, response.url, self.stories, content_type)

    async def _listing(self, url: str, read: Callable[[Response], Iterable[Listing]]) -> None:
        try:
            request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta={"download_maxsize": MAX_BYTES})
            response = await self.crawler.engine.download_async(request)
        except ValueError as error:
            self._complain(url, f"no address: {error}")
            return
        except Exception as error:  # noqa: BLE001  whatever a download can raise, the crawl goes on without this listing
            self._complain(url, outcome_of_failure(error).reason)
            return
        finding = outcome_of_status(response)
        if finding is not None:
            self._complain(url, finding.reason)
            return
        try:
            listings = read(response)
        except ListingError as error:
            self._complain(url, str(error))
            return
        counts.add(self.crawler, "listings")
        at = fetched_at(request, self.crawler)
        for listing in listings:
            self._keep(listing, at)

    def _complain(self, url: str, reason: str) -> None:
        counts.add(self.crawler, "listings_failed")
        logger.warning("listing %s: %s", url, reason)

    def _keep(self, listing: Listing, at: datetime) -> None:
        if not is_address(listing.url):
            if len(self.unusable) < MAX_UNUSABLE:
                self.unusable.setdefault(listing.url, listing)
            return
        story = self.stories.identify_listed(listing)
        if story is None:
            return
        known = self.found.get(story.key)
        if known is not None:
            self.found[story.key] = merge(known, listing)
        elif len(self.found) < MAX_STORIES:
            self.found[story.key] = replace(listing, url=story.url)
            counts.add(self.crawler, "found")
        else:
            return
        self.seen.setdefault(story.key, []).append(Seen(listing.found_in, listing.found_by, at))


def merge(listing: Listing, other: Listing) -> Listing:
    """Return ``listing`` with its gaps filled from ``other``."""
    gaps = {
        item.name: value
        for item in fields(listing)
        if not getattr(listing, item.name) and (value := getattr(other, item.name))
    }
    return replace(listing, **gaps) if gaps else listing
