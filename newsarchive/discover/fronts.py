"""Section fronts and breaking lists: ordinary pages whose links lead to stories."""

from __future__ import annotations

from lxml import etree

from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.stories import Stories, absolute
from newsarchive.discover.xml import local_name
from newsarchive.extract.document import parse
from newsarchive.page import Listing

# No headline is longer; a longer text is the teaser of a link that wraps a whole box.
MAX_TITLE = 200

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def read_front(body: bytes, url: str, stories: Stories, content_type: str | None = None) -> list[Listing]:
    """Return the stories that the page at ``url`` links to, each once, in page order.

    A link's title is the heading in it or, where it has none, its text; of the links to one story (the picture and the
    headline beside it) the best title counts. Times in lists are left alone: whose clock they show is not known.
    Raises ``ListingError`` where the page is empty.
    """
    if not body.strip():
        raise ListingError("it is empty")
    document = parse(body, url, content_type)
    addresses: dict[str, str] = {}
    titles: dict[str, tuple[int, str]] = {}
    for anchor in document.root.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href:
            continue
        story = stories.identify(absolute(href, document.base_url))
        if story is None:
            continue
        addresses.setdefault(story.key, story.url)
        ranked = _title(anchor)
        if ranked is not None and ranked[0] > titles.get(story.key, (0, ""))[0]:
            titles[story.key] = ranked
    return [
        Listing(
            url=address,
            found_in=url,
            found_by="front",
            title=titles[key][1] if key in titles else None,
            language=document.root.get("lang"),
        )
        for key, address in addresses.items()
    ]


def _title(anchor: etree._Element) -> tuple[int, str] | None:
    """A link's title with its rank: a heading inside or around the link, its text, what it says of itself."""
    for element in anchor.iter():
        if local_name(element) in _HEADINGS and (text := _text(element)):
            return 4, text
    text = _text(anchor)
    parent = anchor.getparent()
    if text and parent is not None and local_name(parent) in _HEADINGS:
        return 4, text
    if text:
        return 3, text
    for attribute in ("title", "aria-label"):
        if said := " ".join((anchor.get(attribute) or "").split()):
            return 2, said
    for image in anchor.iter("img"):
        if said := " ".join((image.get("alt") or "").split()):
            return 1, said
    return None


def _text(element: etree._Element) -> str | None:
    text = " ".join("".join(str(part) for part in element.itertext()).split())
    return text if 0 < len(text) <= MAX_TITLE else None
