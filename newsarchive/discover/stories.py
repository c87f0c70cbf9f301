"""Which addresses are stories of a paper, and which of them are the same story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from newsarchive.extract.layout import Layout
from newsarchive.page import Listing


def is_address(url: str) -> bool:
    """Tell whether ``url`` is an absolute http or https address."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:  # http://[oops/, http://paper.example:port/
        return False


def absolute(url: str, base: str) -> str:
    """Return ``url`` as seen from ``base``; what cannot be joined comes back as it is."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


@dataclass(frozen=True, slots=True)
class StoryAddress:
    """A story's identity, and the one address under which it is asked for.

    ``key`` is the paper's own id where its layout states one; every category, AMP and query variant has the same key.
    """

    key: str
    url: str


class Stories:
    """Recognises the story addresses of one paper by the pattern that its layout declares.

    Without a pattern every http address is taken for a story of its own: what is asked for by hand is fetched.
    """

    def __init__(self, layout: Layout | None = None) -> None:
        self.pattern = re.compile(layout.story) if layout is not None and layout.story else None
        self.canonical = layout.canonical if layout is not None else None

    def identify(self, url: str) -> StoryAddress | None:
        """Return the identity of the story at ``url``, or ``None`` where the address is no story."""
        if not is_address(url):
            return None
        url = urldefrag(url).url
        if self.pattern is None:
            return StoryAddress(url, url)
        found = self.pattern.search(url)
        if found is None:
            return None
        groups = {name: value for name, value in found.groupdict().items() if value is not None}
        key = groups.get("id", url)
        if self.canonical is None:
            return StoryAddress(key, url)
        try:
            return StoryAddress(key, self.canonical.format(**groups))
        except KeyError:  # a variant whose address lacks a part of the canonical one
            return StoryAddress(key, url)

    def identify_listed(self, listing: Listing) -> StoryAddress | None:
        """Return the identity of the story that ``listing`` names, or ``None`` where it names none of this paper."""
        return self.identify(listing.url)
