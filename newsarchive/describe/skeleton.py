"""The markup of a page without its words: what a maintainer writes a story of their own into.

A newspaper's texts belong to it. Elements, classes and the names of properties stay, for they are what selectors are
about; every text, picture, address and time of the page is replaced.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from lxml import etree

from newsarchive.extract.document import Document

WORDS = "…"
_GONE = (
    "style",
    "noscript",
    "svg",
    "iframe",
    "template",
    "object",
    "embed",
    "video",
    "audio",
    "source",
    "form",
    "link",
)
_KEPT = frozenset(
    ("class", "id", "itemprop", "itemscope", "itemtype", "property", "name", "rel", "type", "lang", "charset", "role")
)
_REPLACED = {"content": WORDS, "datetime": WORDS, "alt": WORDS, "title": WORDS, "href": "#", "src": "#",
             "data-src": "#"}  # fmt: skip
# Of elements of one kind in a row, so many show what there is to see.
_IN_A_ROW = 3
_VERBATIM = frozenset(("@type", "@context"))
_TRUE_META = frozenset(("og:type", "viewport"))


def skeleton(document: Document) -> str:
    """Return the page of ``document`` as HTML with ``…`` for its words. The document itself stays as it is."""
    root = copy.deepcopy(document.root)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _GONE or _is_program(element):
            _remove(element)
    _shorten(root)
    for element in root.iter():
        _blank(element)
    body = etree.tostring(root, encoding="unicode", method="html", pretty_print=True)
    return f"<!DOCTYPE html>\n{body}\n"


def _is_program(element: etree._Element) -> bool:
    return element.tag == "script" and "ld+json" not in (element.get("type") or "")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():  # the text behind it is its parent's
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _shorten(root: etree._Element) -> None:
    for parent in list(root.iter()):
        kind, run = None, 0
        for child in list(parent):
            same = (child.tag, child.get("class"))
            run = run + 1 if same == kind else 1
            kind = same
            if run > _IN_A_ROW:
                parent.remove(child)


def _blank(element: etree._Element) -> None:
    for name in list(element.attrib):
        if name in _REPLACED:
            if (element.get("property") or element.get("name")) not in _TRUE_META:
                element.set(name, _REPLACED[str(name)])
        elif name not in _KEPT:
            del element.attrib[name]
    if element.tag == "script":
        element.text = "\n" + _blank_json(element.text or "") + "\n"
    elif element.text and element.text.strip():
        element.text = WORDS
    if element.tail and element.tail.strip():
        element.tail = WORDS


def _blank_json(text: str) -> str:
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return "{}"
    return json.dumps(_blanked(value), indent=1, ensure_ascii=False)


def _blanked(value: Any, depth: int = 0) -> Any:
    if isinstance(value, dict):
        return {key: each if key in _VERBATIM else _blanked(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        return [_blanked(each, depth + 1) for each in value[:_IN_A_ROW]]
    return WORDS if isinstance(value, str) else value
