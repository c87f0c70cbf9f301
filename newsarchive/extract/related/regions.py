"""Where on a page a list of stories begins and ends: from its heading to whatever is no list any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from newsarchive.article import LinkKind
from newsarchive.extract.document import SILENT, Element
from newsarchive.extract.document.nodes import Node
from newsarchive.extract.related.headings import LONGEST_HEADING, HeadingKind, heading_key, heading_kind
from newsarchive.extract.related.items import MOST_ITEMS, is_button, is_time, is_title

# A heading in one of these is a menu's entry or a button.
_MENUS = frozenset(("nav", "footer", "form", "label", "menu"))
# What is wrapped in one of these is never the heading of what stands outside it.
_WALLS = frozenset(("html", "body", "main", "article", "li", "ul", "ol", "nav", "footer"))
# A list ends where one of these begins.
_ENDS = frozenset(("footer", "nav", "form", "h1", "main"))
_RANKS = {f"h{rank}": rank for rank in range(1, 7)}
# More elements than this in one bar with the heading are a list themselves.
_MOST_BESIDE = 8
# More unlinked text than this for each link is prose with links in it, not a list; captions have up to 150 characters.
_MOST_TEXT_PER_LINK = 200
# Lines without a link between two links of one list: a caption, a summary, a time.
_MOST_LINES_BETWEEN = 3


@dataclass(slots=True, eq=False)
class Heading:
    """A heading over a list. ``element`` holds the heading and nothing else, or begins with it (``inline``)."""

    kind: HeadingKind
    source: Element  # the element whose text it is
    element: Element
    inline: bool = False
    stops: frozenset[Element] = frozenset()  # elements that hold other headings
    tab: int | None = None  # of several headings in one bar, which one this is


def headings(nodes: Iterable[Node], own: Mapping[str, LinkKind]) -> list[Heading]:
    """Every heading of a list on the page, in page order; ``own`` has the kinds of the paper's own words."""
    found = list(_headings(nodes, own))
    stops = frozenset(above for heading in found for above in (heading.element, *heading.element.iterancestors()))
    for heading in found:
        heading.stops = stops
        bar = [other for other in found if other.element is heading.element]
        heading.tab = bar.index(heading) if len(bar) > 1 else None
    return found


def _headings(nodes: Iterable[Node], own: Mapping[str, LinkKind]) -> Iterator[Heading]:
    inside: frozenset[Element] = frozenset()  # the heading last found: its words are not found again
    for element, _, tag, _, text, tail in nodes:
        # Every element is asked, so the cheap questions come first: most have no text or only white space.
        short = text is not None and 1 < len(text) < 2 * LONGEST_HEADING
        if not short and tag not in _RANKS and tag != "br":
            continue
        if tag in SILENT:
            continue
        if tag in _RANKS and len(element) and (kind := _kind(_text(element), own)):
            inside = frozenset(element.iter())
            if not _in_menu(element):
                yield Heading(kind, element, _bar(element, own))
        elif (
            text
            and short
            and (kind := _kind(text, own) if own else heading_kind(text))
            and element not in inside
            and not _in_menu(element)
        ):
            alone = len(_text(element)) <= len(text.strip())
            yield Heading(kind, element, _bar(element, own) if alone else element, inline=not alone)
        if tag == "br" and (kind := _short(tail or "", own)) and not _in_menu(element):
            yield Heading(kind, element, element)


def _kind(text: str, own: Mapping[str, LinkKind]) -> HeadingKind | None:
    return (own and own.get(heading_key(text))) or heading_kind(text)


def _short(text: str, own: Mapping[str, LinkKind]) -> HeadingKind | None:
    return _kind(text, own) if 1 < len(text) < 2 * LONGEST_HEADING else None


def _text(element: Element, most: int = 2 * LONGEST_HEADING) -> str:
    """The text of ``element``, white space collapsed; cut soon after ``most`` characters, so that it is cheap."""
    if not len(element):
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    length = 0
    for piece in _pieces(element):
        words = " ".join(piece.split())
        if words:
            pieces.append(words)
            length += len(words)
            if length > most:
                break
    return " ".join(pieces)


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    path = [(element, iter(element))]
    while path:
        node, children = path[-1]
        child = next(children, None)
        if child is None:
            path.pop()
            if path:
                yield node.tail or ""
        elif isinstance(child.tag, str) and child.tag not in SILENT:
            yield child.text or ""
            path.append((child, iter(child)))
        else:
            yield child.tail or ""


def _in_menu(element: Element) -> bool:
    return element.tag in _MENUS or any(above.tag in _MENUS for above in element.iterancestors())


def _bar(element: Element, own: Mapping[str, LinkKind]) -> Element:
    """The outermost element that holds the heading and nothing but buttons (更多 >) and the headings of other tabs."""
    while element.tag not in _WALLS:
        parent = element.getparent()
        if parent is None or parent.tag in _WALLS or len(parent) > _MOST_BESIDE:
            break
        around = (parent.text or "", *(other.tail or "" for other in parent))
        beside = (_text(other) for other in parent if other is not element and other.tag not in SILENT)
        if not all(is_button(text) or _kind(text, own) for text in map(str.strip, chain(around, beside))):
            break
        element = parent
    return element


def region_under(heading: Heading) -> list[Element]:
    """The elements of the list under ``heading``; empty where no list follows."""
    link = next((above for above in (heading.source, *heading.source.iterancestors()) if above.tag == "a"), None)
    if link is not None and heading.kind in ("previous", "next"):
        return [link]  # <a>上一則 <b>title</b></a>; a label without a title leads nowhere
    if link is not None and (heading.inline or heading.element in link.iterdescendants()):
        return [link] if heading.kind == "related" else []  # else a badge on a card
    following = list(heading.element) if heading.inline else heading.element.itersiblings()
    if (
        not heading.inline
        and heading.element.tag != "br"
        and len((heading.element.tail or "").strip()) > _MOST_BESIDE * 4
    ):
        return []
    region = _region(heading, following)
    if heading.tab is not None:
        return [element for element in region if _several(links := _links(element), [_text(link) for link in links])][
            heading.tab : heading.tab + 1
        ]
    return region


def _region(heading: Heading, following: Iterable[Element]) -> list[Element]:
    region: list[Element] = []
    waiting: list[Element] = []  # lines without a link, kept if a link follows
    shape: tuple[str, str | None] | None = None  # of a list's container, once one is met
    linked = False
    rank = _rank(heading.element)
    for element in following:
        if not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        links = _links(element)
        if element in heading.stops or element.tag in _ENDS:
            break
        if not links and rank and _RANKS.get(element.tag, 9) <= rank:
            break
        text = _text(element, _MOST_TEXT_PER_LINK * max(1, len(links)) * 2)
        if is_button(text) and not is_time(text) and next(element.iter("img"), None) is None:
            continue
        if not links:
            if len(text) > _MOST_TEXT_PER_LINK or (linked and len(waiting) >= _MOST_LINES_BETWEEN):
                break
            if not linked and text.endswith(("。", ".")) and not text.endswith(("...", "..", "…")):
                break
            waiting.append(element)
        else:
            if not linked and len(waiting) > _MOST_LINES_BETWEEN:
                break
            titles = [_text(link) for link in links]
            unlinked = len(text) - sum(map(len, titles))
            if len(links) > 3 * MOST_ITEMS or unlinked > _MOST_TEXT_PER_LINK * len(links):
                break
            if any(_in_prose(link, element) for link in links):
                break
            several = _several(links, titles)
            if linked and (several or shape) and shape != (element.tag, element.get("class")):
                break
            region += [*waiting, element]
            waiting.clear()
            linked = True
            if heading.kind in ("previous", "next"):
                break
            if several:
                shape = (element.tag, element.get("class"))
        if len((element.tail or "").strip()) > 3 * LONGEST_HEADING:
            break
    if not linked:
        return waiting
    if waiting and is_time(_text(waiting[0])):
        region.append(waiting[0])
    return region


def _in_prose(link: Element, within: Element) -> bool:
    """Whether ``link`` is a few words of a sentence: text stands before or after it in the same line."""
    parent = link.getparent()
    before = parent.text or "" if link is not within and parent is not None else ""
    return len(before.strip()) + len((link.tail or "").strip()) > LONGEST_HEADING


def _rank(element: Element) -> int:
    return next((_RANKS[inner.tag] for inner in element.iter() if inner.tag in _RANKS), 0)


def _links(element: Element) -> list[Element]:
    return list(element.iter("a"))


def _several(links: list[Element], texts: list[str]) -> bool:
    """Whether there is more than one story: links to different places that have a title's length."""
    titled = (link for link, text in zip(links, texts, strict=True) if is_title(text))
    first = next(titled, None)
    return first is not None and any(
        link.get("href") is None or link.get("href") != first.get("href") for link in titled
    )
