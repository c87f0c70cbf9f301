"""newsarchive: fetch newspapers, take their articles apart, keep every edit in one archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.article import Article
from newsarchive.extract import read
from newsarchive.normalize.article import normalize

if TYPE_CHECKING:
    from newsarchive.extract.layout import Layout
    from newsarchive.page import Listing

__all__ = ["Article", "extract_article"]
__version__ = "0.1.0"


def extract_article(
    html: bytes | str,
    url: str,
    *,
    layout: Layout | None = None,
    content_type: str | None = None,
    listing: Listing | None = None,
) -> Article:
    """Read one news page.

    ``html`` is the page as it came (bytes) or as text, ``url`` its address, ``content_type`` the header of that name,
    ``listing`` what a sitemap or feed said of it. Without a ``layout`` the reading is the generic one. Any input gives
    an :class:`~newsarchive.article.Article`, perhaps an empty one whose ``problems`` say why; nothing is raised.
    """
    return normalize(read(html, url, layout=layout, content_type=content_type, listing=listing))
