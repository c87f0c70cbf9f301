"""Feeds: RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom and JSON Feed.

Sources: rssboard.org/rss-specification, web.resource.org/rss/1.0/spec, RFC 4287, jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import html
import json
import re
from typing import Any

from lxml import etree

from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.stories import absolute
from newsarchive.discover.xml import gunzip, local_name, read_xml, text_of
from newsarchive.page import Listing

# A feed lists what is recent; what comes after this many entries is not read.
MAX_ENTRIES = 10_000

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MARKUP = re.compile(r"<[^<>]{1,200}>")


def read_feed(body: bytes, url: str) -> list[Listing]:
    """Read the feed found at ``url``; raises ``ListingError`` where the bytes are none. A feed may well be empty."""
    plain = gunzip(body)
    if plain.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json_feed(plain, url)
    root = read_xml(plain)
    kind = local_name(root)
    if kind not in ("rss", "rdf", "feed"):
        raise ListingError(f"it is no feed: its root element is <{kind}>")
    language = root.get(_XML_LANG)
    listings: list[Listing] = []
    for element in root.iter():
        name = local_name(element)
        if name == "language" and language is None:
            language = text_of(element)
        elif name in ("item", "entry"):
            listing = _entry(element, url, language)
            if listing is not None:
                listings.append(listing)
            if len(listings) >= MAX_ENTRIES:
                break
    return listings


def _entry(element: etree._Element, url: str, language: str | None) -> Listing | None:
    fields: dict[str, str] = {}
    links: dict[str, str] = {}
    subjects: list[str] = []
    for child in element:
        name = local_name(child)
        text = text_of(child)
        if name == "link":
            href = child.get("href") or text
            if href:
                links.setdefault(child.get("rel", "alternate"), href)
        elif name == "guid" and text and child.get("ispermalink", child.get("isPermaLink", "true")).lower() == "true":
            links.setdefault("guid", text)
        elif name == "category":
            subjects += [word for word in (child.get("term") or text or "").split(",") if word.strip()]
        elif text:
            fields.setdefault(name, text)
    address = links.get("alternate") or links.get("guid") or element.get(f"{{{element.nsmap.get('rdf')}}}about")
    if not address:
        return None
    return _listing(
        absolute(address, url),
        url,
        title=fields.get("title"),
        published=fields.get("pubdate") or fields.get("published") or fields.get("date") or fields.get("issued"),
        modified=fields.get("updated") or fields.get("modified"),
        subjects=subjects,
        language=language,
    )


def _read_json_feed(body: bytes, url: str) -> list[Listing]:
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        raise ListingError("it is no JSON") from None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        raise ListingError("it is JSON, and no JSON Feed")
    items = feed.get("items")
    listings: list[Listing] = []
    for item in items[:MAX_ENTRIES] if isinstance(items, list) else []:
        if not isinstance(item, dict):
            continue
        address = _text(item.get("url")) or _text(item.get("external_url"))
        if address is None:
            continue
        tags = item.get("tags")
        listings.append(
            _listing(
                absolute(address, url),
                url,
                title=_text(item.get("title")),
                published=_text(item.get("date_published")),
                modified=_text(item.get("date_modified")),
                subjects=[tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else [],
                language=_text(item.get("language")) or _text(feed.get("language")),
            )
        )
    return listings


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _listing(
    address: str,
    found_in: str,
    *,
    title: str | None,
    published: str | None,
    modified: str | None,
    subjects: list[str],
    language: str | None,
) -> Listing:
    if title is not None and ("<" in title or "&" in title):  # titles that are HTML, escaped once more
        title = " ".join(html.unescape(_MARKUP.sub("", title)).split()) or None
    return Listing(
        url=address,
        found_in=found_in,
        found_by="feed",
        title=title,
        published=published,
        modified=modified,
        keywords=tuple(subject.strip() for subject in subjects),
        language=language,
    )
