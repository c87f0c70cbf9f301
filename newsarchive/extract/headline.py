"""The headline."""

from __future__ import annotations

from newsarchive.extract import jsonld
from newsarchive.extract.document import Document, text_of
from newsarchive.extract.structured import Structured
from newsarchive.reading import Found


def headline(document: Document, data: Structured) -> Found | None:
    """The headline as printed."""
    if value := jsonld.text(data.article.get("headline")):
        return Found(value, "json-ld: NewsArticle.headline")
    if found := data.first("og:title", "twitter:title"):
        return Found(found[0], f"meta: {found[1]}")
    for element in document.root.iter("h1"):
        if value := text_of(element):
            return Found(value, "page: h1")
    return Found(data.title, "page: title") if data.title else None
