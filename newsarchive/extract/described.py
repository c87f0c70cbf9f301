"""What a paper's layout says of a page: the first text that its selectors find, with the selector as the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsarchive.extract.document import Document, text_of
from newsarchive.extract.document.select import select
from newsarchive.extract.layout import Layout
from newsarchive.normalize.text import clean
from newsarchive.reading import Found


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


def story_address(layout: Layout | None, addresses: Iterable[str]) -> dict[str, str] | None:
    """The groups of the layout's pattern in the first address that it matches."""
    if layout is None or layout.story is None:
        return None
    pattern = re.compile(layout.story)
    for address in addresses:
        if match := pattern.search(address):
            return {name: value for name, value in match.groupdict().items() if value is not None}
    return None
