"""What a recording has of one paper: its home page, its listings, its stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from newsarchive.article import Article
from newsarchive.discover.article_addresses import ArticleAddresses, address_kind
from newsarchive.discover.feeds import read_feed
from newsarchive.discover.links import Home, read_home
from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.robots import read_sitemaps
from newsarchive.discover.sitemaps import read_sitemap
from newsarchive.extract import read
from newsarchive.extract.document import Document, parse
from newsarchive.extract.page_kind import no_story
from newsarchive.normalize.article import normalize
from newsarchive.page import Listing
from newsarchive.warc.read import RecordedResponse, read_response
from newsarchive.warc.walk import Damage, RecordingError, walk

# Stories that are looked at: enough to tell a rule from a chance, few enough to be read in seconds.
MOST_STORIES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A story's page as recorded, as it is read without a layout, and what a listing said of it."""

    url: str
    body: bytes
    document: Document
    article: Article
    listing: Listing | None = None


@dataclass(slots=True, kw_only=True)
class Recorded:
    """One paper in a recording. ``others`` are addresses of its pages that are no stories."""

    home_url: str
    home: Home | None = None
    sitemaps: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    fronts: list[str] = field(default_factory=list)
    stories: list[Sample] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_recording(paths: Sequence[Path], home_url: str) -> Recorded:
    """Read what ``paths`` (WARC files) have of the paper at ``home_url``. Raises ``RecordingError``."""
    addresses = ArticleAddresses(home_url)
    recorded = Recorded(home_url=home_url)
    listings: dict[str, Listing] = {}
    pages: dict[str, RecordedResponse] = {}
    for answer in _responses(paths):
        if answer.status != 200 or not addresses.on_paper(answer.url):
            continue
        path = urlsplit(answer.url).path
        if path == "/robots.txt":
            recorded.sitemaps += read_sitemaps(answer.body, answer.url)
        elif found := _listings(answer, recorded):
            for listing in found:
                story = addresses.identify_listed(listing)
                if story is not None:
                    listings.setdefault(story.key, listing)
        elif b"<" in answer.body[:2000]:
            pages[answer.url] = answer
    for url, answer in pages.items():
        if path_of(url) == path_of(home_url):
            recorded.home = read_home(answer.body, url, content_type(answer))
            continue
        kind = address_kind(url)
        sample = _sample(url, answer, addresses, listings) if kind in ("story", "unknown") else None
        if sample is not None and len(recorded.stories) < MOST_STORIES:
            recorded.stories.append(sample)
        elif sample is None and kind != "story":  # a story may be gone, or a video
            recorded.others.append(url)
            if kind == "list" or (recorded.home is not None and url in recorded.home.links and kind == "unknown"):
                recorded.fronts.append(url)
    recorded.sitemaps = [url for url in dict.fromkeys(recorded.sitemaps) if addresses.on_paper(url)]
    recorded.feeds = list(dict.fromkeys([*recorded.feeds, *(recorded.home.feeds if recorded.home else ())]))
    return recorded


def path_of(url: str) -> str:
    """Return host (without ``www.``) and path, so that the variants of a home page are one."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"


def content_type(answer: RecordedResponse) -> str | None:
    """Return the Content-Type header of a recorded response."""
    return next((v.decode("latin-1") for name, v in answer.headers if name.lower() == b"content-type"), None)


def _responses(paths: Sequence[Path]) -> Iterator[RecordedResponse]:
    for path in paths:
        for entry in walk(path):
            if isinstance(entry, Damage) or entry.fields.get("warc-type") != "response":
                continue
            try:
                answer = read_response(path, entry.offset)
                answer.body  # noqa: B018  a body that does not unpack is no page
            except RecordingError:
                continue
            yield answer


def _listings(answer: RecordedResponse, recorded: Recorded) -> list[Listing]:
    try:
        sitemap = read_sitemap(answer.body, answer.url)
    except ListingError:
        pass
    else:
        # An index is named by robots.txt, which was read before; its children need not be named too.
        if not recorded.sitemaps and (sitemap.listings or sitemap.children):
            recorded.sitemaps.append(answer.url)
        return sitemap.listings
    try:
        feed = read_feed(answer.body, answer.url)
    except ListingError:
        return []
    if feed:
        recorded.feeds.append(answer.url)
    return feed


def _sample(
    url: str, answer: RecordedResponse, addresses: ArticleAddresses, listings: dict[str, Listing]
) -> Sample | None:
    article = normalize(read(answer.body, url, content_type=content_type(answer)))
    key = addresses.key(url)
    listing = listings.get(key) if key else None
    # What a listing calls a story may be one whose headline is not found: that is what a description is for.
    if not article.body or not (article.headline or listing) or no_story(answer.body, article) is not None:
        return None
    return Sample(
        url=url,
        body=answer.body,
        document=parse(answer.body, url, content_type(answer)),
        article=article,
        listing=listing,
    )
