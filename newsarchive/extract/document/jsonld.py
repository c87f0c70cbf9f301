"""JSON-LD as newspapers really write it: graphs, lists, several blocks, and blocks that are not quite JSON."""

from __future__ import annotations

import html
import json
import re
from typing import Any

Node = dict[str, Any]

# schema.org's Article and its subtypes that newspapers use, and the two types that stand in for it.
ARTICLE_TYPES = frozenset(
    {
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
        "backgroundnewsarticle", "askpublicnewsarticle", "reviewnewsarticle", "advertisercontentarticle",
        "satiricalarticle", "report", "blogposting", "liveblogposting", "socialmediaposting", "techarticle",
        "discussionforumposting", "scholarlyarticle", "medicalscholarlyarticle", "posting", "blogpost",
    }
)  # fmt: skip

# Keys under which the article itself may stand. Anything else (related items, live-blog updates, parts) is
# another story and must not be taken for this one.
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage", "@included", "mainentity")
_DEEPEST = 6  # wrappers are nested three deep at most in practice; the bound is against hostile pages
_MOST_NODES = 400  # a page's own graph has some twenty nodes; comment dumps and shop lists have thousands

_COMMENT = re.compile(
    r"\A\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*\Z"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
# A string property of a broken block; the value runs to the quote before the next comma or bracket.
_PROPERTY = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|keywords|description|inLanguage|url)"'
    r'\s*:\s*"((?:[^"\\\n]|\\.){0,2000})"\s*(?=[,}\]\n])'
)
_AUTHOR = re.compile(r'"author"\s*:\s*(\[[^\[\]]{0,4000}\]|\{[^{}]{0,2000}\}|"(?:[^"\\\n]|\\.){0,500}")')
_NAME = re.compile(r'"name"\s*:\s*"((?:[^"\\\n]|\\.){0,300})"')
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')


def parse(text: str) -> tuple[list[Any], bool]:
    """The values in one ``application/ld+json`` block, and whether it had to be salvaged.

    Raw control characters, comment and CDATA wrappers, trailing commas, doubled objects without a list and text after
    the end are read as what was meant. Of a block that stays unreadable the plain properties are salvaged.
    """
    try:
        return [json.loads(text, strict=False)], False
    except (ValueError, RecursionError):
        pass
    text = _COMMENT.sub("", _COMMENT.sub("", text)).strip().rstrip(";")
    for mend in (str, _mend, lambda value: _mend(html.unescape(value))):
        values = _decode(mend(text))
        if values:
            return values, mend is not str
    node = _salvage(text)
    return ([node] if node else []), True


def _mend(text: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub(r"\1", text))


def _decode(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    try:
        while at < len(text) and len(values) < 50:
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            while at < len(text) and text[at] in " \t\r\n,;":
                at += 1
    except (ValueError, RecursionError):
        # What follows a whole first object is dirt; a block that breaks at once is for the next attempt.
        return values
    return values


def _salvage(text: str) -> Node | None:
    text = text[:200_000]
    node: Node = {}
    for name, value in _PROPERTY.findall(text):
        node.setdefault(name, _string(value))
    if author := _AUTHOR.search(text):
        found = author.group(1)
        node["author"] = [_string(name) for name in _NAME.findall(found)] or _string(found.strip('[]{}" \n'))
    if "headline" not in node and "datePublished" not in node:
        return None
    kind = next((kind for kind in _TYPE.findall(text) if kind.lower() in ARTICLE_TYPES), None)
    node["@type"] = kind or "Article"
    return node


def _string(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def types(node: Node) -> list[str]:
    """The node's types in lower case, without a vocabulary in front."""
    stated = node.get("@type", node.get("type"))
    names = stated if isinstance(stated, list) else [stated]
    return [name.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in names if isinstance(name, str)]


def nodes(values: list[Any]) -> list[Node]:
    """The top nodes of all blocks in page order, those under ``@graph`` and ``mainEntity`` among them."""
    found: list[Node] = []
    queue = [(value, 0) for value in reversed(values)]
    while queue and len(found) < _MOST_NODES:
        value, depth = queue.pop()
        if isinstance(value, list):
            if depth < _DEEPEST:
                queue.extend((item, depth + 1) for item in reversed(value))
        elif isinstance(value, dict):
            found.append(value)
            if depth < _DEEPEST:
                queue.extend((value[key], depth + 1) for key in reversed(_WRAPPERS) if key in value)
    return found


def texts(value: Any) -> list[str]:
    """Strings of a property: a string, a list of them, or nodes with ``name``, ``@value`` or ``headline``."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value[:200] if not isinstance(item, list) for text in texts(item)]
    if isinstance(value, dict):
        for key in ("name", "@value", "headline", "text", "url", "@id"):
            if isinstance(value.get(key), str | list) and (found := texts(value[key])):
                return found[:1]
    return []


def text(value: Any) -> str | None:
    """The first of :func:`texts`."""
    return next(iter(texts(value)), None)
