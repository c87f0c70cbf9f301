"""A body that no element shows: it stands in the page's data, and a script would set it.

Two places have it: ``articleBody`` of the JSON-LD, and the state that a script renders from, where it is a string of
HTML or a list of paragraphs. Read only where the visible page has less, since data also holds what is not the story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsarchive.extract.body.evidence import is_prose
from newsarchive.extract.body.script_blocks import listed_blocks
from newsarchive.extract.document import parse
from newsarchive.extract.document.outline import HEADINGS, Line, Outline, outline, weigh
from newsarchive.extract.document.structured import Structured

# A string of JSON of 150 characters and more, and the name before it. What is never closed runs to the end, so that it
# is looked through once and not from every quote in it.
_STRING = re.compile(r'"((?:[^"\\]|\\.){150,}+)("|\\?\Z)', re.DOTALL)
_NAMED = re.compile(r'(\\{0,7})"(\w{2,30})\1"\s{0,3}:\s{0,3}$')
_NAMES = re.compile(r"content|body|text|html|article|paragraph|story", re.IGNORECASE)
_TAG = re.compile(r"<(?:p|br|div|h[2-4])\b[^<>]{0,300}>", re.IGNORECASE)
_MOST_SCRIPT = 3_000_000  # characters of all scripts together that are searched
_DEEPEST = 3  # strings of JSON inside strings of JSON


@dataclass(slots=True)
class Unrendered:
    """A text from the page's data: its paragraphs, each with whether it is a subhead, and the text as it is there."""

    blocks: list[tuple[str, bool]]
    source: str

    @property
    def weight(self) -> int:
        """How much prose there is, as lines are weighed on the page."""
        return sum(weigh(text) for text, subhead in self.blocks if not subhead)


def stated_body(data: Structured) -> Unrendered:
    """The text of ``articleBody``."""
    body = data.article.get("articleBody")
    return Unrendered(_blocks(body), body) if isinstance(body, str) else Unrendered([], "")


def state_body(data: Structured) -> Unrendered:
    """The longest text in the page's script state, or the list of blocks that has more."""
    best = Unrendered([], "")
    most, left = 0, _MOST_SCRIPT
    for script in data.scripts:
        if left <= 0:
            break
        for text in _texts(script[:left], 0):
            found = Unrendered(_blocks(text), text)
            if found.weight > most:
                best, most = found, found.weight
        left -= len(script)
    listed = Unrendered(*listed_blocks(data.scripts))
    return listed if listed.weight > most else best


def _texts(script: str, depth: int) -> Iterator[str]:
    """Strings in a script that may be a story: named content, body, text …, or written in HTML."""
    for match in _STRING.finditer(script):
        raw, closed = match.groups()
        if closed != '"':
            break
        try:
            text = json.loads(f'"{raw}"', strict=False)
        except ValueError:
            continue
        if depth < _DEEPEST and '":' in text and '"' in text:
            yield from _texts(text, depth + 1)
        name = _NAMED.search(script, max(0, match.start() - 60), match.start())
        if (_TAG.search(text) and '":' not in text[:200]) or (
            name is not None and _NAMES.search(name[2]) and "\n" in text
        ):
            yield text


def _blocks(text: str) -> list[tuple[str, bool]]:
    """A stated text as blocks: HTML is read like a page, plain text is cut at its line ends."""
    if _TAG.search(text):
        page = outline(parse(text, "").nodes)
        return [
            (line.text, page.boxes[line.box].tag in HEADINGS)
            for line in page.lines
            if (page.boxes[line.box].tag in HEADINGS or page.boxes[line.box].tag == "p" or is_prose(line))
            and not _marked(page, line.box)
        ]
    pieces = re.split(r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n", text)
    lines = [Line(" ".join(piece.split()), 0, 0, 0, weigh(piece)) for piece in pieces if piece.strip()]
    return [(line.text, len(lines) > 3 and line.weight < 80 and not is_prose(line)) for line in lines]


def _marked(page: Outline, number: int) -> bool:
    return any(page.boxes[box].sense.mark is not None for box in page.around(number))
