"""A body that a page's script state holds as a list of blocks: ``[{"type": "paragraph", "text": "…"}, …]``.

Editors that do not write HTML keep a story so (Draft.js, ProseMirror, Portable Text, the content elements of hosted
systems): each under other names, all as one list whose items are paragraphs. So the list is known by what is in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from newsarchive.extract.body.evidence import is_prose
from newsarchive.extract.document import parse, text_of
from newsarchive.extract.document.outline import Line, weigh

_OPENS = re.compile(r"\s*(?:[\w.$]{1,60}(?:\[[^\]\n]{1,60}\])?\s*=\s*)?(?=[\[{])")
_ASSIGNED = re.compile(r"=\s*(?=\{)")
_MOST_ASSIGNED = 40  # objects of one script that are tried
_MOST_SCRIPT = 3_000_000  # characters of all scripts together that are read
_MOST_NODES = 200_000  # lists and objects of one page that are looked at
_MOST_ITEMS = 2000  # blocks of one story
_DEEPEST = 12  # lists in a block: paragraph, link, its text
# Where a block has its text, or the pieces that make it up.
_TEXT = ("text", "content", "value", "html", "children", "data", "paragraph", "body")
_KIND = ("type", "_type", "nodeType", "style", "tag", "tagName", "kind", "__typename", "blockType", "name")
_SUBHEAD = re.compile(r"head|title|^h[2-6]$|subtit|ladillo", re.IGNORECASE)
_NO_TEXT = re.compile(r"image|photo|picture|video|gallery|embed|advert|promo|newsletter|related|link_?list", re.I)
# A thing with one of these is a story or a picture of its own, and no block of this one.
_OF_ITS_OWN = frozenset(
    ("headline", "slug", "url", "link", "href", "caption", "publishedAt", "datePublished", "author")
)


def listed_blocks(scripts: list[str]) -> tuple[list[tuple[str, bool]], str]:
    """The blocks, each with whether it is a subhead, of the list with most prose in all scripts; none without one.

    Beside them the list's pictures, as HTML.
    """
    best: list[tuple[str, bool]] = []
    chosen: list[Any] = []
    most, left, unread = 0, _MOST_NODES, _MOST_SCRIPT
    for script in scripts:
        if len(script) > unread:
            continue
        unread -= len(script)
        for tree in _trees(script):
            stack = [tree]
            while stack and left > 0:
                node = stack.pop()
                left -= 1
                if isinstance(node, dict):
                    stack.extend(value for value in node.values() if isinstance(value, (dict, list)))
                    continue
                stack.extend(value for value in node if isinstance(value, (dict, list)))
                blocks = _blocks(node)
                weight = sum(weigh(text) for text, subhead in blocks if not subhead)
                if weight > most:
                    best, chosen, most = blocks, node, weight
    return best, "".join(map(_figure, chosen))


def _trees(script: str) -> Iterator[Any]:
    """The objects that a script is or assigns."""
    decoder = json.JSONDecoder(strict=False)
    if opening := _OPENS.match(script):
        starts = [opening.end()]
    else:
        starts = [found.end() for found, _ in zip(_ASSIGNED.finditer(script), range(_MOST_ASSIGNED), strict=False)]
    end = wasted = 0
    for start in starts:
        if start < end or wasted > len(script):
            continue
        try:
            tree, end = decoder.raw_decode(script, start)
        except json.JSONDecodeError as problem:
            wasted += problem.pos - start
        except RecursionError:
            return
        else:
            yield tree


def _blocks(items: list[Any]) -> list[tuple[str, bool]]:
    """A list as blocks; empty where it is none: fewer than two of its items are prose."""
    if len(items) < 2 or len(items) > _MOST_ITEMS:
        return []
    blocks, prose = [], 0
    for item in items:
        if isinstance(item, dict) and not _OF_ITS_OWN.isdisjoint(item):
            continue
        kinds = _kinds(item) if isinstance(item, dict) else ""
        if _NO_TEXT.search(kinds):
            continue
        text = _plain(_text(item, 0))
        if not text:
            continue
        told = is_prose(Line(text, 0, 0, 0, weigh(text)))
        prose += told
        blocks.append((text, not told and _SUBHEAD.search(kinds) is not None))
    return blocks if prose > 1 and 2 * prose >= sum(not subhead for _, subhead in blocks) else []


def _figure(item: Any) -> str:
    """A block with a caption and the address of a picture as a figure, else nothing."""
    if not isinstance(item, dict) or not isinstance(caption := item.get("caption"), str):
        return ""
    address = next((value for name in ("url", "src") if isinstance(value := item.get(name), str)), None)
    if address is None or not _NO_TEXT.search(_kinds(item)):
        return ""
    return f'<figure><img src="{escape(address)}"><figcaption>{caption}</figcaption></figure>'


def _kinds(item: dict[str, Any]) -> str:
    return " ".join(kind for name in _KIND if isinstance(kind := item.get(name), str))


def _text(item: Any, depth: int) -> str:
    if isinstance(item, str):
        return item
    if depth > _DEEPEST:
        return ""
    if isinstance(item, list):
        return "".join(_text(piece, depth + 1) for piece in item)
    if isinstance(item, dict):
        return next((text for name in _TEXT if (text := _text(item.get(name), depth + 1))), "")
    return ""


def _plain(text: str) -> str:
    """The text without its inline HTML."""
    return text_of(parse(text, "").root) if "<" in text or "&" in text else " ".join(text.split())
