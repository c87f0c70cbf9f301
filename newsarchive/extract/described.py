"""What a paper's layout says of a page: the first text that its selectors find, with the selector as the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newsarchive.extract.document import Document, Element, text_of
from newsarchive.extract.document.nodes import Node
from newsarchive.extract.document.outline import weigh
from newsarchive.extract.document.select import first_match, select
from newsarchive.extract.layout import Layout
from newsarchive.normalize.text import clean
from newsarchive.reading import Found

_STORY = 120  # weight of a text that may be a story
_BELOW = 150  # elements; its byline, source and tags may stand so far below a story


def stated(document: Document, selectors: Iterable[str]) -> Found | None:
    """The text of the first match that has any; ``None`` where no selector finds a text."""
    for selector in selectors:
        for match in select(document, selector):
            if text := clean(match if isinstance(match, str) else text_of(match)):
                return Found(text, f"layout: {selector}")
    return None


def stated_list(document: Document, selectors: Iterable[str]) -> tuple[list[str], str] | None:
    """The texts of all matches of the first selector that has any, and the rule."""
    for selector in selectors:
        texts = [clean(match if isinstance(match, str) else text_of(match)) for match in select(document, selector)]
        if texts := [text for text in texts if text]:
            return texts, f"layout: {selector}"
    return None


def story_boxes(document: Document, layout: Layout) -> tuple[list[Element], str] | None:
    """The elements that hold the story's paragraphs, and the rule; ``None`` where the page has none that is stated."""
    found = first_match(document, layout.body)
    boxes = [match for match in found[1] if not isinstance(match, str)] if found else []
    return (boxes, f"layout: {found[0]}") if found and boxes else None


def around_story(document: Document, boxes: Sequence[Element]) -> Sequence[Node]:
    """The page down to some way below a story whose place is known; the menus and lists below are most of many pages.

    The whole page where next to nothing stands in that place: then the story may be anywhere.
    """
    if sum(weigh(text_of(box, _STORY)) for box in boxes) < _STORY:
        return document.nodes
    wanted = frozenset(boxes)
    ends = [at + sum(1 for _ in node[0].iter("*")) for at, node in enumerate(document.nodes) if node[0] in wanted]
    return document.nodes[: max(ends) + _BELOW] if ends else document.nodes


def story_address(layout: Layout | None, addresses: Iterable[str]) -> dict[str, str] | None:
    """The groups of the layout's pattern in the first address that it matches."""
    if layout is None or layout.story is None:
        return None
    pattern = re.compile(layout.story)
    for address in addresses:
        if match := pattern.search(address):
            return {name: value for name, value in match.groupdict().items() if value is not None}
    return None
