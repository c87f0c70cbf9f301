"""The one address of a story, and the paper's own number for it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsarchive.extract.described import story_address
from newsarchive.extract.document import Document, jsonld
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.layout import Layout
from newsarchive.normalize.address import canonical_address, registrable_domain
from newsarchive.reading import Found

_ID_META = (
    "article:id", "articleid", "article_id", "article-id", "contentid", "content-id", "content_id",
    "cxenseparse:recs:articleid", "cxenseparse:articleid", "news_id", "newsid", "story_id", "storyid", "post-id",
)  # fmt: skip
# The number of a story in its address: the last run of five digits or more that is no date.
_NUMBER = re.compile(r"(?<![\d])(\d{5,})(?![\d])")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$")
_ID = re.compile(r"[\w:.-]{1,80}")


def canonical(document: Document, data: Structured, layout: Layout | None) -> Found | None:
    """The canonical address.

    A layout's own form, else what the page states (``link``, OpenGraph, JSON-LD), else where it was fetched. A
    statement that names another site or the home page is a mistake of the page's template, or leads to another paper's
    story, and is passed over.
    """
    statements = _statements(document, data)
    groups = _story(document, statements, layout)
    if groups is not None and layout is not None and layout.canonical is not None:
        try:
            return Found(layout.canonical.format_map(groups), "layout: canonical")
        except (KeyError, IndexError, ValueError):
            pass  # a group that this address lacks: the generic way
    home = registrable_domain(document.url)
    for address, rule in statements:
        found = canonical_address(address, document.base_url)
        if found is None or registrable_domain(found) != home:
            continue
        if len(urlsplit(found).path) > 1 or urlsplit(found).query:
            return Found(found, rule)
    found = canonical_address(document.url)
    return Found(found, "address") if found else None


def external_id(document: Document, data: Structured, layout: Layout | None) -> Found | None:
    """The paper's own id: in the address as the layout reads it, else stated in the page, else the address's number."""
    statements = _statements(document, data)
    groups = story_address(layout, (document.url, *(address for address, _ in statements)))
    if groups is not None and "id" in groups:
        return Found(groups["id"], "layout: story")
    for name in _ID_META:
        for content in data.meta.get(name, ())[:1]:
            if _ID.fullmatch(content):
                return Found(content, f"meta: {name}")
    identifier = data.article.get("identifier")
    if isinstance(identifier, dict):
        identifier = identifier.get("value")
    if isinstance(identifier, str | int) and not isinstance(identifier, bool) and _ID.fullmatch(str(identifier)):
        return Found(str(identifier), f"json-ld: {data.article_type}.identifier")
    try:
        parts = urlsplit(document.url)
    except ValueError:
        return None
    numbers = [n for n in _NUMBER.findall(f"{parts.path}?{parts.query}") if not _DAY.match(n)]
    return Found(numbers[-1], "address: number") if numbers else None


def _story(document: Document, statements: list[tuple[str, str]], layout: Layout | None) -> dict[str, str] | None:
    """What the layout reads in the address that the page states for this story, else in the one it was fetched from.

    A story under several categories states the same address on all of its pages.
    """
    here = story_address(layout, (document.url,))
    for address, _ in statements:
        groups = story_address(layout, (canonical_address(address, document.base_url) or address,))
        if groups is not None and (here is None or groups.get("id") == here.get("id")):
            return groups
    return here


def _statements(document: Document, data: Structured) -> list[tuple[str, str]]:
    """Addresses that the page gives itself, most trusted first."""
    found = [(address, "page: link[rel=canonical]") for address in data.links.get("canonical", ())[:1]]
    found += [(address, "meta: og:url") for address in data.meta.get("og:url", ())[:1]]
    for key in ("url", "mainEntityOfPage"):
        value = data.article.get(key)
        address = jsonld.text(value.get("@id") or value.get("url")) if isinstance(value, dict) else jsonld.text(value)
        if address:
            found.append((address, f"json-ld: {data.article_type}.{key}"))
    return found
