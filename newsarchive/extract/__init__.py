"""Where on a page each field of an article stands. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsarchive.extract.layout import Layout
    from newsarchive.page import Listing
    from newsarchive.reading import Reading


def read(
    html: bytes | str,
    url: str,
    *,
    layout: Layout | None = None,
    content_type: str | None = None,
    listing: Listing | None = None,
) -> Reading:
    """Everything that stands on one page, field by field, each value with the rule that gave it. Never raises."""
    from newsarchive.extract.document import parse
    from newsarchive.extract.headline import headline
    from newsarchive.extract.published import modified, published
    from newsarchive.extract.structured import structured
    from newsarchive.reading import Reading

    document = parse(html, url, content_type)
    data = structured(document)
    return Reading(
        url=url,
        base_url=document.base_url,
        headline=headline(document, data),
        published=published(data),
        modified=modified(data),
        problems=document.problems + data.problems,
    )
