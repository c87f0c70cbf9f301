"""A paper that no file describes: its home page and robots.txt say what it is and where it lists its stories."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from newsarchive.crawl.outcomes import Finding, outcome_of_failure, outcome_of_status
from newsarchive.discover.article_addresses import ArticleAddresses, sections
from newsarchive.discover.feeds import read_feed
from newsarchive.discover.links import USUAL_FEEDS, USUAL_SITEMAPS, Paper, read_home, read_paper
from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.robots import read_sitemaps
from newsarchive.discover.sitemaps import read_sitemap, recent
from newsarchive.extract import read
from newsarchive.extract.verdict import judge
from newsarchive.normalize.address import registrable_domain
from newsarchive.normalize.article import normalize
from newsarchive.page import Page, Source
from newsarchive.warc.captured import NoVisit
from newsarchive.warc.clock import now

logger = logging.getLogger(__name__)

# Sections beyond the home page: a big paper's menu has ten to twenty, and the home page has their top stories.
MOST_FRONTS = 12
# A paper announces one feed a section at most.
MOST_FEEDS = 20
# Sitemaps whose children are chosen by name and date; an index in an index is left to the Finder.
MOST_INDEXES = 10


class NoPaper(Exception):  # noqa: N818  (it is an answer)
    """The address leads to no paper that can be crawled. ``finding`` says what became of the visit, if it was one."""

    def __init__(self, reason: str, finding: Finding | None = None) -> None:
        super().__init__(reason)
        self.finding = finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A paper as its home page and robots.txt show it: who it is, and where it lists its stories."""

    source: Source
    stories: ArticleAddresses
    sitemaps: tuple[str, ...]
    feeds: tuple[str, ...]
    fronts: tuple[str, ...]


async def survey(crawler: Crawler, url: str, since: date | None = None) -> Survey:
    """Visit the paper whose home page is at ``url``.

    Sitemaps are those that robots.txt or the home page name, else the first of the usual addresses that answers with
    one; feeds likewise. The home page is a front itself. Raises ``NoPaper``.
    """
    home = await _home(crawler, url)
    body, content_type = home.body, _content_type(home)
    found = read_home(body, home.url, content_type)
    stories = ArticleAddresses(home.url)
    robots = await _fetch(crawler, urljoin(home.url, "/robots.txt"), robots=True)
    named = read_sitemaps(robots.body, robots.url) if isinstance(robots, Response) and robots.status == 200 else []
    named = [address for address in dict.fromkeys([*named, *found.sitemaps]) if stories.on_paper(address)]
    usual = None if named else await _first(crawler, home.url, USUAL_SITEMAPS, _has_sitemap)
    feeds = list(found.feeds[:MOST_FEEDS])
    if not feeds and (feed := await _first(crawler, home.url, USUAL_FEEDS, _has_feed)):
        feeds = [feed]
    return Survey(
        source=source_of(home.url, found.paper, home_url=home.url),
        stories=stories,
        sitemaps=tuple(await _chosen(crawler, named or ([usual] if usual else []), since)),
        feeds=tuple(feeds),
        fronts=(home.url, *sections(found.links, stories, MOST_FRONTS)),
    )


def source_of(url: str, paper: Paper, home_url: str | None = None) -> Source:
    """Return the source on whose site ``url`` is: named by its registrable domain, with what its page says of it."""
    return Source(
        name=registrable_domain(url) or url,
        title=paper.title,
        home_url=home_url,
        language=paper.language,
        timezone=paper.timezone,
    )


def source_of_story(response: Response) -> Source:
    """Return the source of a story whose paper was not visited: what its own page says."""
    return source_of(response.url, read_paper(response.body, response.url, _content_type(response)))


async def _home(crawler: Crawler, url: str) -> Response:
    home = await _fetch(crawler, url)
    if isinstance(home, Finding):
        raise NoPaper(f"{url}: {home.reason}", home if home.outcome != "unreadable" else None)
    finding = outcome_of_status(home) or _wall(crawler, home)
    if finding is not None:
        raise NoPaper(f"{url}: {finding.outcome}: {finding.reason}", finding)
    if registrable_domain(home.url) != registrable_domain(url):
        reason = f"redirects to {home.url}, another site; if that is the paper, give its address"
        raise NoPaper(f"{url}: {reason}", Finding("moved", reason, home))
    return home


def _wall(crawler: Crawler, home: Response) -> Finding | None:
    """The finding where a bot wall or a login stands in a home page's place, as it is found on stories."""
    page = Page(
        source=Source(name=""),
        url=home.url,
        requested_url=home.url,
        status=home.status,
        headers=[],
        body=home.body,
        fetched_at=now(crawler),
    )
    article = normalize(read(home.body, home.url, content_type=_content_type(home)))
    if judge(page, article) == "challenge":
        return Finding("challenge", "a challenge or a login stands in its place", home)
    return None


async def _fetch(crawler: Crawler, url: str, *, robots: bool = False) -> Response | Finding:
    # robots.txt itself may always be asked for (RFC 9309, 2.2.2).
    meta: dict[str, Any] = {"dont_obey_robotstxt": True} if robots else {}
    try:
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
        return await crawler.engine.download_async(request)
    except NoVisit as error:
        return Finding("unreadable", str(error))
    except Exception as error:  # noqa: BLE001  whatever a download can raise, it is told as a finding
        return outcome_of_failure(error)


async def _first(
    crawler: Crawler, home_url: str, paths: Iterable[str], is_listing: Callable[[Response], bool]
) -> str | None:
    """The first of the usual addresses that answers with a listing. What is not there is nothing to complain of."""
    for path in paths:
        response = await _fetch(crawler, urljoin(home_url, path))
        if isinstance(response, Response) and response.status == 200 and is_listing(response):
            return response.url
    return None


def _has_sitemap(response: Response) -> bool:
    try:
        sitemap = read_sitemap(response.body, response.url)
    except ListingError:
        return False
    return bool(sitemap.children or sitemap.listings)


def _has_feed(response: Response) -> bool:
    try:
        return bool(read_feed(response.body, response.url))
    except ListingError:
        return False


async def _chosen(crawler: Crawler, sitemaps: list[str], since: date | None) -> list[str]:
    """The sitemaps to read: of an index, the children with new stories; what is no index, as it is."""
    bound = since.isoformat() if since else None
    chosen: list[str] = []
    for url in recent([(url, None) for url in sitemaps], bound)[:MOST_INDEXES] or sitemaps[:MOST_INDEXES]:
        response = await _fetch(crawler, url)
        children = None
        if isinstance(response, Response) and response.status == 200:
            with suppress(ListingError):  # the Finder says of it what it is
                children = read_sitemap(response.body, response.url).children
        picked = recent(children, bound) if children else [url]
        if children and len(picked) < len(children):
            logger.info("%s: %d of its %d sitemaps are read", url, len(picked), len(children))
        chosen += picked
    return list(dict.fromkeys(chosen))


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
