"""Sitemaps: indexes and address sets, with what Google's news extension says of each story.

Sources: sitemaps.org/protocol.html and developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.stories import absolute
from newsarchive.discover.xml import local_name, read_xml, text_of
from newsarchive.page import Listing

# A sitemap has at most 50,000 entries by its protocol; what comes after them is not read.
MAX_ENTRIES = 50_000
# What the children of an index are called that hold no stories, or the same ones again.
_NO_STORIES = re.compile(
    r"image|photo|video|gallery|galerie|podcast|author|autor|categor|kategor|\btags?\b|tag-?sitemap|post_tag|topic|thema"
    r"|section|product|shop|recipe|event|static|/pages?[-_.]|page-sitemap|mobile|amp\b",
    re.IGNORECASE,
)
_NEWS = re.compile(r"news|latest|recent|48h|today|aktuell", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
# Of a paper that lists its sitemaps by month, so many are read where no bound in time is given: the last year.
_RECENT = 12


@dataclass(slots=True)
class Sitemap:
    """A sitemap as read: ``children`` of an index (address, lastmod as printed), ``listings`` of an address set."""

    children: list[tuple[str, str | None]] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    cut: bool = False  # it had more entries than the protocol allows


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """Read the sitemap found at ``url``; raises ``ListingError`` where the bytes are none.

    A sitemap with nothing in it is not an error: it comes back empty.
    """
    root = read_xml(body)
    kind = local_name(root)
    if kind not in ("sitemapindex", "urlset"):
        raise ListingError(f"it is no sitemap: its root element is <{kind}>")
    sitemap = Sitemap()
    entries = 0
    for element in root:
        name = local_name(element)
        if name not in ("sitemap", "url"):
            continue
        entries += 1
        if entries > MAX_ENTRIES:
            sitemap.cut = True
            break
        fields = _fields(element)
        address = fields.get("loc")
        if address is None:
            continue
        if name == "sitemap":
            sitemap.children.append((absolute(address, url), fields.get("lastmod")))
        else:
            # By the protocol an address is whole. A path is understood; other words are left for what they are.
            story = absolute(address, url) if address.startswith("/") else address
            sitemap.listings.append(_listing(story, url, fields))
    return sitemap


def _listing(address: str, found_in: str, fields: dict[str, str]) -> Listing:
    return Listing(
        url=address,
        found_in=found_in,
        found_by="sitemap",
        title=fields.get("title"),
        published=fields.get("publication_date"),
        modified=fields.get("lastmod"),
        keywords=tuple(word for part in fields.get("keywords", "").split(",") if (word := part.strip())),
        language=fields.get("language"),
    )


def _fields(entry: etree._Element) -> dict[str, str]:
    """The texts of an entry by local name, first of each. A picture's own ``loc`` and ``title`` are left out."""
    fields: dict[str, str] = {}
    for child in entry:
        name = local_name(child)
        if name == "news":
            for part in child.iter():
                if len(part) == 0 and (text := text_of(part)):
                    fields.setdefault(local_name(part), text)
        elif len(child) == 0 and (text := text_of(child)):
            fields.setdefault(name, text)
    return fields


def _path(url: str) -> str:
    """What stands behind the host: static.paper.example may hold any sitemap."""
    return "/" + url.partition("://")[2].partition("/")[2]


def recent(children: Iterable[tuple[str, str | None]], since: str | None = None) -> list[str]:
    """Return the children of an index in which new stories stand, newest first; ``since`` is an ISO date.

    News sitemaps alone, where there are any: by their rules they hold the last two days. Else the newest by the date
    that the index states, or by the numbers in their names; with ``since`` all that were modified later.
    """
    stories = [(url, modified or "") for url, modified in children if not _NO_STORIES.search(_path(url))]
    news = [url for url, _ in stories if _NEWS.search(url.rpartition("/")[2])]
    if news and since is None:
        return news[:_RECENT]
    newest = sorted(
        stories, key=lambda child: (child[1], [int(n[:12]) for n in _NUMBERS.findall(child[0])]), reverse=True
    )
    if since is None:
        return [url for url, _ in newest[:_RECENT]]
    return [url for url, modified in newest if not modified or modified[: len(since)] >= since]
