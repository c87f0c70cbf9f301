"""Every element of a page in page order, with what it says: lxml is asked once, for all who look at every element."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

# The element, the one around it, its name, its attributes, the text that it begins with, the text behind it. A text of
# nothing but white space is one blank.
Node = tuple[etree._Element, etree._Element | None, str, dict[str, str], str | None, str | None]

# What these say is for machines: of them only the place and the text behind them are kept.
MACHINES = frozenset(("script", "style", "meta", "link", "title", "noscript", "template"))
_NOTHING: dict[str, str] = {}
# The trail to a page and a row of tags have fewer links than a site's menu.
_FEW_LINKS = 12


def without_menus(root: etree._Element, elements: list[etree._Element]) -> list[etree._Element]:
    """Those of ``elements`` that do not stand in the head or in a menu or footer of the site: a third of a page.

    A ``nav`` or ``footer`` within the story's own element is the story's (html.spec.whatwg.org, 4.3.8), one around it
    was never closed; one with more text than links may be anything.
    """
    kept: list[etree._Element] = []
    start = 0
    for menu in root.iter("head", "nav", "footer"):
        if menu.tag != "head" and (sum(1 for _ in menu.iter("a")) < _FEW_LINKS or _holds_story(menu)):
            continue
        try:
            at = elements.index(menu, start)
        except ValueError:  # within another menu
            continue
        kept += elements[start : at + 1]
        start = at + sum(1 for _ in menu.iter("*"))
    return kept + elements[start:]


def _holds_story(menu: etree._Element) -> bool:
    if next(menu.iter("h1", "article", "main"), None) is not None:
        return True
    if next(menu.iterancestors("article", "main"), None) is not None:
        return True
    return sum(1 for _ in menu.iter("p")) * 2 > sum(1 for _ in menu.iter("a"))


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
