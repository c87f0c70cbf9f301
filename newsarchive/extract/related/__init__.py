"""Links to other stories: found by a paper's own selectors, else by the headings that stand over lists of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from statistics import median
from urllib.parse import urlsplit

from newsarchive.article import LinkKind
from newsarchive.extract.document import Document, Element
from newsarchive.extract.document.select import elements
from newsarchive.extract.layout import Layout
from newsarchive.extract.related.headings import heading_key, labelled
from newsarchive.extract.related.items import MOST_ITEMS, Item, address, is_title, items
from newsarchive.extract.related.regions import headings, region_under
from newsarchive.normalize.address import canonical_address, registrable_domain
from newsarchive.normalize.text import fold
from newsarchive.reading import Link


@dataclass(slots=True)
class Related:
    """The links in page order, the rule that found them, and the elements that hold them, headings included.

    What stands in ``elements`` belongs to other stories: no body, caption or time of this one is read from there.
    """

    links: list[Link] = field(default_factory=list)
    rule: str | None = None
    elements: list[Element] = field(default_factory=list)


_Block = tuple[LinkKind, list[Item], str, list[Element]]  # kind, stories, rule, elements in page order

# A link to another story, or the story in a link's own text: 上一則：…, 延伸閱讀：…
_SINGLE: frozenset[LinkKind] = frozenset(("previous", "next"))
_LABELS: frozenset[LinkKind] = frozenset(("previous", "next", "related"))


def related(document: Document, *, layout: Layout | None = None, headline: str | None = None) -> Related:
    """The links from ``document`` to other stories. ``headline`` is this story's: a link to itself is none."""
    found: list[_Block] = []
    selected: set[LinkKind] = set()
    own: dict[str, LinkKind] = {}
    for block in layout.links if layout else ():
        for words in block.headings:
            own.setdefault(heading_key(words), block.kind)
        if block.select and (boxes := elements(document, block.select)):
            listed = items(boxes, document.base_url)
            if listed:
                found.append((block.kind, listed, f"layout: {block.select}", boxes))
                selected.add(block.kind)
    found += _labelled(document)
    for heading in headings(document.nodes, own):
        if heading.kind == "other" or heading.kind in selected:
            continue
        region = region_under(heading)
        listed = [item for item in items(region, document.base_url) if _same_paper(item, document.base_url)]
        listed = listed[:1] if heading.kind in _SINGLE else _stories(listed)
        if _is_list(listed, heading.kind):
            found.append((heading.kind, listed, "page: list under its heading", [heading.element, *region]))
    for block in layout.links if layout else ():
        if block.before_headline and layout and layout.story and all(kind != block.kind for kind, *_ in found):
            links = _before_headline(document, layout.story, found)
            if listed := items(links, document.base_url):
                found.append((block.kind, listed, "layout: links before the headline", links))
    return _collected(found, document, layout, headline)


def _before_headline(document: Document, story: str, found: list[_Block]) -> list[Element]:
    """The links to stories that stand before the first ``h1`` and in no block that was found."""
    taken = {inner for *_, boxes in found for box in boxes for inner in box.iter("a")}
    links: list[Element] = []
    for element in document.root.iter("a", "h1"):
        if element.tag == "h1":
            return links
        url = None if element in taken else address(element, document.base_url)
        if url and re.search(story, url):
            links.append(element)
    return []


def _labelled(document: Document) -> list[_Block]:
    """Links whose own text says what they are: ``<a>上一則：title</a>``."""
    found: list[_Block] = []
    for link, _, tag, _, text, _ in document.nodes:
        if tag == "a" and text and len(text) < 200 and (label := labelled(text)) and label[0] in _LABELS:
            listed = [Item(label[1], address(link, document.base_url))]
            found.append((label[0], listed, "page: link with its label", [link]))
    return found


def _is_list(listed: list[Item], kind: LinkKind) -> bool:
    """Whether these are stories: a menu's entries are shorter than titles, an archive's longer than a list."""
    titles = sum(1 for item in listed if is_title(item.title))
    return bool(listed) and len(listed) <= MOST_ITEMS and (kind in _SINGLE or 2 * titles >= len(listed))


def _stories(listed: list[Item]) -> list[Item]:
    """Without the sections and authors that stand beside the stories: short words at short addresses."""
    lengths = [_page_name(item.url) for item in listed if item.url and is_title(item.title)]
    usual = median(lengths) if lengths else 0
    return [item for item in listed if is_title(item.title) or item.url is None or 2 * _page_name(item.url) > usual]


def _page_name(url: str) -> int:
    return len(urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1])


def _same_paper(item: Item, base_url: str) -> bool:
    """Links to other sites under such a heading are mostly paid for; a link without an address is the paper's own."""
    if item.url is None or urlsplit(item.url).hostname == urlsplit(base_url).hostname:
        return True
    return registrable_domain(item.url) == registrable_domain(base_url)


def _collected(
    found: list[_Block],
    document: Document,
    layout: Layout | None,
    headline: str | None,
) -> Related:
    """Everything found as one list in page order, each story once a kind, this story not at all."""
    if len(found) > 1:
        tags = {str(block[3][0].tag) for block in found}
        order = {element: place for place, element in enumerate(document.root.iter(*tags))}
        found.sort(key=lambda block: order.get(block[3][0], 0))
    identity = _Identity(layout)
    this = {identity.of(canonical_address(document.url) or document.url), fold(headline) if headline else ""}
    seen: dict[tuple[LinkKind, str], Link] = {}
    result = Related()
    for kind, listed, rule, boxes in found:
        result.elements += boxes
        result.rule = result.rule or rule
        for item in listed:
            keys = [key for key in (identity.of(item.url) if item.url else "", fold(item.title)) if key]
            if any(key in this or (kind, key) in seen for key in keys):
                continue
            link = Link(kind=kind, title=item.title, url=item.url, published=item.published)
            seen.update(((kind, key), link) for key in keys)
            result.links.append(link)
    return result


class _Identity:
    """What makes two canonical addresses one story: the paper's own id where its layout knows it, else the address."""

    def __init__(self, layout: Layout | None) -> None:
        self._story = re.compile(layout.story) if layout and layout.story else None

    def of(self, url: str) -> str:
        if self._story and (story := self._story.search(url)) and story.groupdict().get("id"):
            return f"id {story['id']}"
        return url
