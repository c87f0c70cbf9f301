"""What kind of page a found address led to, where it is no story: a list, a video, a shop.

For pages that were found and not asked for, on papers that nobody has described. A page counts as a story unless it
says of itself that it is something else, or has too little text of its own to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsarchive.extract.document.jsonld import ARTICLE_TYPES

if TYPE_CHECKING:
    from newsarchive.article import Article

_LOOKED_AT = 1_000_000  # bytes of a page that are searched; what a page says of itself stands in its head
_OG_TYPE = re.compile(rb"<meta[^>]{0,200}og:type[^>]{0,200}>", re.IGNORECASE)
_AROUND = 300  # bytes before and behind a word in which its element ends
_CONTENT = re.compile(rb"content=[\"']?([\w.:-]+)", re.IGNORECASE)
_TYPE = re.compile(rb'\s*:\s*(?:\[\s*)?"(?:https?://schema\.org/)?(\w{3,40})"')
_ARTICLE = re.compile(rb"item(?:prop=[\"']?articleBody|type=[\"']?https?://schema\.org/\w*(?:Article|Posting))")

_LISTS = frozenset(
    ("collectionpage", "searchresultspage", "itemlist", "profilepage", "aboutpage", "contactpage", "faqpage")
)
_SHOPS = frozenset(("product", "offer", "offercatalog", "store", "aggregateoffer"))
_VIDEOS = frozenset(("videoobject", "videogallery", "podcastepisode", "podcastseries", "audioobject", "imagegallery"))

# Weights of a body, in characters (Chinese ones count 2.5). A story that says of itself that it is one may be a brief.
# One that does not has two or three sentences at least, and on a page that calls itself something else a column's
# length.
_SENTENCES = 250
_COLUMN = 1500
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def no_story(body: bytes, article: Article) -> str | None:
    """Return what the page is instead of a story, in words, or ``None`` where it is one (or may well be)."""
    head = body[:_LOOKED_AT]
    types = {found[1].decode().lower() for stated in head.split(b'"@type"')[1:] if (found := _TYPE.match(stated))}
    tags = (
        tag for at in _places(b"og:type", head) for tag in _OG_TYPE.findall(head[max(0, at - _AROUND) : at + _AROUND])
    )
    og = next((found[1].decode().lower() for tag in tags if (found := _CONTENT.search(tag))), "")
    text = article.body or ""
    weight = len(text) + len(_HAN.findall(text)) * 3 // 2
    if not ARTICLE_TYPES.isdisjoint(types) or b"article:published_time" in head or _ARTICLE.search(head):
        return None if weight or not types & _VIDEOS else "a video"
    if weight >= _COLUMN and (article.published is not None or article.byline is not None):
        return None
    if types & _SHOPS or og.startswith("product"):
        return "a shop's page"
    if (types & _VIDEOS or og.startswith(("video", "music"))) and weight < _COLUMN:
        return "a video" if weight < _SENTENCES or og.startswith("video") else None
    if og == "article":
        return None
    if types & _LISTS or og == "profile":
        return "a list"
    if weight < _SENTENCES or (article.published is None and article.byline is None):
        return "a page without a story's text, date and byline"
    return None


def _places(word: bytes, text: bytes) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
