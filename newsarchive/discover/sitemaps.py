"""Sitemaps: indexes and address sets, with what Google's news extension says of each story.

Sources: sitemaps.org/protocol.html and developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.stories import absolute
from newsarchive.discover.xml import local_name, read_xml, text_of
from newsarchive.page import Listing

# A sitemap has at most 50,000 entries by its protocol; what comes after them is not read.
MAX_ENTRIES = 50_000


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
