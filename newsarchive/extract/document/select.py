"""CSS selectors over a page, as a paper's layout states them.

Parsel's dialect: CSS with ``::text`` and ``::attr(name)``. Each selector is translated and compiled once a process.
Most ask for classes, with names of elements or without, some for how an id or a class begins. These are answered from
the page's lists of classes and elements: an XPath looks at every element anew for each of them, and takes three times
as long. Elements that only machines read (``script``, ``meta``) have no class and no id there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

from cssselect import SelectorError as CssError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from newsarchive.extract.document import Document, Element


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


_NAME = r"[a-z][a-z0-9]*"
_COMPOUND = rf"(?:{_NAME})?(?:\.[A-Za-z_][\w-]*)+"
_OF_CLASSES = re.compile(rf"{_COMPOUND}(?: +{_COMPOUND})*(?: +{_NAME})?")
_BEGINNING = re.compile(r"\[(id|class)\^=([A-Za-z_][\w-]*)\]")

_Compound = tuple[str, Sequence[str]]
"""The name of an element, "" for any, and its classes."""


@lru_cache(maxsize=4096)
def _of_classes(selector: str) -> list[_Compound] | None:
    """What is asked of the element, then of those around it; ``None`` if a selector asks for more than classes."""
    if not _OF_CLASSES.fullmatch(selector):
        return None
    parts = (compound.split(".") for compound in reversed(selector.split()))
    return [(name, classes) for name, *classes in parts]


def _is(element: Element, name: str, classes: Iterable[str]) -> bool:
    return name in ("", element.tag) and set(classes) <= set((element.get("class") or "").split())


def select(document: Document, selector: str) -> list[Element | str]:
    """Everything in ``document`` that ``selector`` matches, in page order.

    Elements; strings where the selector ends in ``::text`` or ``::attr(name)``.
    Raises :class:`SelectorError` where the selector is no CSS.
    """
    if wanted := _of_classes(selector):
        return list(_with_classes(document, wanted))
    if begins := _BEGINNING.fullmatch(selector):
        name, start = begins.groups()
        return [one for one in document.for_readers if (value := one.get(name)) and value.startswith(start)]
    return cast("list[Element | str]", _compiled(selector)(document.root))


def _with_classes(document: Document, wanted: Sequence[_Compound]) -> Iterable[Element]:
    (name, classes), *around = wanted
    if not classes:
        inner = (one for outer in _with_classes(document, around) for one in outer.iterdescendants(name))
        return dict.fromkeys(inner)  # each once, where what is asked for stands in another such
    found = []
    for element in document.by_class.get(classes[-1], ()):
        if not _is(element, name, classes):
            continue
        outer = element.iterancestors()
        # The nearest that fits will do: what is farther out stands around it too.
        if all(any(_is(one, *asked) for one in outer) for asked in around):
            found.append(element)
    return found


def elements(document: Document, selector: str) -> list[Element]:
    """The elements that ``selector`` matches, in page order; strings are left out."""
    return [match for match in select(document, selector) if not isinstance(match, str)]


def first_match(document: Document, selectors: Iterable[str]) -> tuple[str, list[Element | str]] | None:
    """The first of ``selectors`` that matches anything, with its matches; ``None`` where none does."""
    for selector in selectors:
        if matches := select(document, selector):
            return selector, matches
    return None
