"""CSS selectors over lxml trees, as a paper's layout states them.

Parsel's dialect: CSS with ``::text`` and ``::attr(name)``. Each selector is translated and compiled once a process.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from cssselect import SelectorError as CssError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from newsarchive.extract.document import Element


class SelectorError(ValueError):
    """A layout's selector that is no CSS; the message names it and says why."""


class _Translator(HTMLTranslator):
    """Parsel's translator, with a cheap test before the costly one for tokens: nearly twice as fast on real pages."""

    def xpath_attrib_includes(self, xpath: Any, name: str, value: str | None) -> Any:
        token = self.xpath_literal(value or "")
        padded = self.xpath_literal(f" {value} ")
        condition = f"{name}[contains(., {token})][contains(concat(' ', normalize-space(.), ' '), {padded})]"
        return xpath.add_condition(condition if value and not value.isspace() else "0")


_translator = _Translator()


@lru_cache(maxsize=4096)
def _compiled(selector: str) -> etree.XPath:
    try:
        # Attributes and texts as plain strings: a "smart" string keeps the whole tree alive.
        return etree.XPath(_translator.css_to_xpath(selector), smart_strings=False)
    except (CssError, etree.XPathSyntaxError) as error:
        raise SelectorError(f"selector {selector!r} is no CSS: {error}") from error


def check(selectors: Iterable[str]) -> None:
    """Raise :class:`SelectorError` for the first of ``selectors`` that cannot be compiled."""
    for selector in selectors:
        _compiled(selector)


def select(root: Element, selector: str) -> list[Element | str]:
    """Everything below ``root`` (itself included) that ``selector`` matches, in page order.

    Elements; strings where the selector ends in ``::text`` or ``::attr(name)``.
    Raises :class:`SelectorError` where the selector is no CSS.
    """
    return cast("list[Element | str]", _compiled(selector)(root))


def elements(root: Element, selector: str) -> list[Element]:
    """The elements that ``selector`` matches, in page order; strings are left out."""
    return [match for match in select(root, selector) if not isinstance(match, str)]


def first_match(root: Element, selectors: Iterable[str]) -> tuple[str, list[Element | str]] | None:
    """The first of ``selectors`` that matches anything, with its matches; ``None`` where none does."""
    for selector in selectors:
        if matches := select(root, selector):
            return selector, matches
    return None
