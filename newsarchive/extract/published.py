"""When a story was published and last modified."""

from __future__ import annotations

from newsarchive.extract import jsonld
from newsarchive.extract.structured import Structured
from newsarchive.reading import Stamp


def published(data: Structured) -> Stamp | None:
    """The time of first publication."""
    if value := jsonld.text(data.article.get("datePublished")):
        return Stamp(raw=value, rule="json-ld: NewsArticle.datePublished")
    if found := data.first("article:published_time"):
        return Stamp(raw=found[0], rule=f"meta: {found[1]}")
    return None


def modified(data: Structured) -> Stamp | None:
    """The time of the last change that the page states."""
    if value := jsonld.text(data.article.get("dateModified")):
        return Stamp(raw=value, rule="json-ld: NewsArticle.dateModified")
    if found := data.first("article:modified_time"):
        return Stamp(raw=found[0], rule=f"meta: {found[1]}")
    return None
