"""Every element of a page in page order, with what it says: lxml is asked once, for all who look at every element."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from lxml import etree

# The element, the one around it, its name, its attributes, the text that it begins with, the text behind it. A text of
# nothing but white space is one blank.
Node = tuple[etree._Element, etree._Element | None, str, dict[str, str], str | None, str | None]

# What these say is for machines: of them only the place and the text behind them are kept.
MACHINES = frozenset(("script", "style", "meta", "link", "title", "noscript", "template"))
_NOTHING: dict[str, str] = {}
# The trail to a page and a row of tags have fewer links than a site's menu.
_FEW_LINKS = 12
_MOST_LISTS = 300  # that are looked at; thousands in each other would take seconds
_ENTRY = 24  # bytes of a menu's entry: eight Chinese characters; a headline has more


def without_menus(root: etree._Element, elements: list[etree._Element]) -> list[etree._Element]:
    """Those of ``elements`` that do not stand in the head or in a menu or footer of the site: a third of a page.

    A ``nav`` or ``footer`` within the story's own element is the story's (html.spec.whatwg.org, 4.3.8), one around it
    was never closed; one with more text than links may be anything. A list is a menu where it stands above the first
    ``h1`` and has many short entries.
    """
    kept: list[etree._Element] = []
    start, last = 0, root
    above = next(root.iter("h1"), None) is not None
    for menu in islice(root.iter("head", "nav", "footer", "ul", "h1"), _MOST_LISTS):
        tag = menu.tag
        above = above and tag != "h1"
        within = last in menu.iterancestors("head", "nav", "footer", "ul")
        if within or tag == "h1" or (tag == "ul" and not above):
            continue
        if _is_menu(menu, tag):
            at, last = elements.index(menu, start), menu
            kept += elements[start : at + 1]
            start = at + len(list(menu.iter("*")))
    return kept + elements[start:]


def _is_menu(element: etree._Element, tag: str) -> bool:
    if tag == "head":  # one that was never closed holds the page
        return next(element.iter("div", "p", "h1", "article", "main", "footer", "a"), None) is None
    links = len(list(element.iter("a")))
    if links < _FEW_LINKS or next(element.iter("h1", "article", "main"), None) is not None:
        return False
    if next(element.iterancestors("article", "main"), None) is not None:
        return False
    if tag == "ul":
        return len(" ".join("".join(element.itertext()).split()).encode()) <= _ENTRY * links  # type: ignore[arg-type]
    return len(list(element.iter("p"))) * 2 <= links


def collapsed(text: str) -> str:
    """A text with every run of white space one blank, none around it."""
    text = text.strip()
    # Most texts are so, and to see it costs less than to take them apart.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def attributes(element: etree._Element) -> dict[str, str]:
    """All attributes of an element: to ask for two of them one by one costs as much."""
    return dict(element.items())  # type: ignore[arg-type]


def nodes(elements: Iterable[etree._Element]) -> list[Node]:
    """What each of ``elements`` says."""
    found: list[Node] = []
    for element in elements:
        tag, own, text, tail = element.tag, _NOTHING, None, element.tail
        if tag not in MACHINES:
            if items := element.items():
                own = dict(items)  # type: ignore[arg-type]
            if (text := element.text) is not None and text.isspace():
                text = " "
        if tail is not None and tail.isspace():
            tail = " "
        found.append((element, element.getparent(), tag, own, text, tail))
    return found
