"""What the page says of its own kind: behind a paywall, a live blog."""

from __future__ import annotations

import re

from newsarchive.extract.document import jsonld
from newsarchive.extract.document.landmarks import Landmarks
from newsarchive.extract.document.structured import Structured
from newsarchive.reading import Found

_TIER = ("article:content_tier", "content_tier", "article:access", "access", "isaccessibleforfree")
_LOCKED = frozenset(
    ("locked", "paid", "premium", "subscriber", "subscribers", "subscription", "false", "paywall", "plus")
)
_LIVE_ADDRESS = re.compile(
    r"/(?:live-?blogs?|live-?ticker|news-?ticker)/|[/-]live-?(?:blog|ticker)[/.-]", re.IGNORECASE
)


def paywalled(data: Structured, marks: Landmarks) -> Found | None:
    """Whether the page states that the story is not free: schema.org's isAccessibleForFree, a content tier."""
    for node in data.articles or ([data.article] if data.article else []):
        if node is data.article and str(node.get("isAccessibleForFree")).lower() in (
            "false",
            "http://schema.org/false",
        ):
            return Found("true", f"json-ld: {data.article_type}.isAccessibleForFree")
    for name in _TIER:
        for content in data.meta.get(name, ()):
            if content.lower() in _LOCKED:
                return Found("true", f"meta: {name}")
    for mark in marks.microdata.get("isaccessibleforfree", ())[:1]:
        if mark.value.lower() == "false":
            return Found("true", "microdata: isAccessibleForFree")
    return None


def live_blog(data: Structured, url: str) -> Found | None:
    """Whether the story is a live blog: it says so, or its address does."""
    for node in data.nodes:
        if "liveblogposting" in jsonld.types(node):
            return Found("true", "json-ld: LiveBlogPosting")
    return Found("true", "address") if _LIVE_ADDRESS.search(url) else None
