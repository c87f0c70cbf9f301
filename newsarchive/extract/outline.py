"""The page as a reader sees it: lines of text in page order, the boxes they stand in, the pictures between them.

One walk over the tree gathers all that the reading of body and images needs. Inline elements join their text without a
blank (a tag link inside a Chinese sentence leaves none); block elements and ``<br>`` end a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from newsarchive.extract.boilerplate import box_mark
from newsarchive.extract.document import BLOCKS, SILENT, Element

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAK = "\x1e"  # stands for <br> until the line is cut; no page's text has it
_BOLD = frozenset(("b", "strong"))
_INLINE = frozenset(("span", "small", "sup"))
# For screen readers only: "(opens in new tab)".
_UNSEEN = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden|offscreen)(?:$|\s)")
# Punctuation that ends a sentence, with what may close after it.
ENDS_SENTENCE = re.compile(r"[.!?。！？…︒।۔؟:：;；][\"'”’»)）」』】\]]{0,3}$")
FULL_STOP = re.compile(r"[.!?。！？…।۔؟][\"'”’»)）」』】\]]{0,3}$")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# Work is bounded: no news page measured has a tenth of this.
_MOST_EVENTS = 2_000_000
_LONGEST_LINE = 200_000


@dataclass(slots=True)
class Box:
    """A block element; ``mark`` says why its class, tag or state makes it no part of a story, else ``None``."""

    element: Element
    tag: str
    parent: int  # index of the box around it; -1 for the outermost
    depth: int
    mark: str | None
    first: int  # index of its first line
    last: int = 0  # index after its last line


@dataclass(slots=True)
class Line:
    """A run of text between two block boundaries."""

    text: str
    box: int
    linked: int  # characters inside links
    bold: int  # characters in bold
    weight: int = 0  # length, a Chinese, Japanese or Korean character counting as two and a half
    after_break: bool = False  # the same element's text went before, cut at a <br>


@dataclass(slots=True)
class Shown:
    """A picture: the ``img`` (or ``amp-img``), the box it stands in and the line it stands before."""

    element: Element
    box: int
    line: int


@dataclass(slots=True)
class Outline:
    """Everything visible on the page."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)

    def around(self, box: int) -> Iterator[int]:
        """The box and all boxes around it, from the inside out."""
        while box >= 0:
            yield box
            box = self.boxes[box].parent


def _unseen(element: Element) -> bool:
    names = element.get("class")
    return names is not None and _UNSEEN.search(names) is not None


@lru_cache(maxsize=20_000)
def _block_tag(tag: str) -> bool:
    # A custom element (<story-body>) is laid out by the page's script, most often as a block.
    return tag in BLOCKS or "-" in tag


def weigh(text: str) -> int:
    """Length in Latin characters: a Chinese, Japanese or Korean character says as much as two and a half letters."""
    if text.isascii():
        return len(text)
    return len(text) + len(_CJK.findall(text)) * 3 // 2


def outline(root: Element, skip: Collection[Element] = (), boxes: Collection[Element] = ()) -> Outline:
    """Walk ``root`` once; what stands in an element of ``skip`` is not there, every element of ``boxes`` is a box."""
    found = Outline()
    walk = _Walk(found, frozenset(skip), frozenset(boxes))
    walker = etree.iterwalk(root, events=("start", "end"))
    for count, (event, element) in enumerate(walker):
        if event == "start":
            if walk.start(element):
                walker.skip_subtree()
        else:
            walk.end(element)
        if count > _MOST_EVENTS:
            break
    walk.close()
    return found


class _Walk:
    """The state of one walk: open boxes, and the pieces of the line being gathered."""

    def __init__(self, found: Outline, skip: frozenset[Element], boxes: frozenset[Element]) -> None:
        self.found = found
        self.skip = skip
        self.boxes = boxes
        self.box = -1
        self.pieces: list[str] = []
        self.linked = 0
        self.bold = 0
        self.in_link = 0
        self.in_bold = 0
        self.skipped: Element | None = None

    def start(self, element: Element) -> bool:
        """Enter ``element``; true where its content is not to be walked."""
        tag = element.tag
        if tag in SILENT or element in self.skip or (tag in _INLINE and _unseen(element)):
            self.skipped = element
            return True
        if tag == "br":
            self.pieces.append(_BREAK)
        elif tag in ("img", "amp-img"):
            self.flush()
            self.found.pictures.append(Shown(element, self.box, len(self.found.lines)))
        elif _block_tag(tag) or element in self.boxes:
            self.flush()
            boxes = self.found.boxes
            parent = self.box
            depth = boxes[parent].depth + 1 if parent >= 0 else 0
            boxes.append(Box(element, tag, parent, depth, box_mark(element), len(self.found.lines)))
            self.box = len(boxes) - 1
        elif tag == "a":
            self.in_link += 1
        elif tag in _BOLD:
            self.in_bold += 1
        if text := element.text:
            self.add(text)
        return False

    def end(self, element: Element) -> None:
        """Leave ``element``."""
        if self.skipped is not None and element is self.skipped:
            self.skipped = None
        else:
            tag = element.tag
            if (_block_tag(tag) and tag not in ("br", "amp-img")) or element in self.boxes:
                self.flush()
                box = self.found.boxes[self.box]
                box.last = len(self.found.lines)
                self.box = box.parent
            elif tag == "a":
                self.in_link -= 1
            elif tag in _BOLD:
                self.in_bold -= 1
        if tail := element.tail:
            self.add(tail)

    def add(self, text: str) -> None:
        self.pieces.append(text)
        if self.in_link:
            self.linked += len(text.strip())
        if self.in_bold:
            self.bold += len(text.strip())

    def flush(self) -> None:
        """End the line."""
        if not self.pieces:
            return
        raw = "".join(self.pieces)
        self.pieces.clear()
        linked, bold, self.linked, self.bold = self.linked, self.bold, 0, 0
        if not raw.strip() or self.box < 0:
            return
        texts = _cut(raw[:_LONGEST_LINE]) if _BREAK in raw else [" ".join(raw[:_LONGEST_LINE].split())]
        total = sum(map(len, texts)) or 1
        for number, text in enumerate(texts):
            if text:
                share = len(text) / total
                line = Line(text, self.box, round(linked * share), round(bold * share), weigh(text), number > 0)
                self.found.lines.append(line)

    def close(self) -> None:
        self.flush()
        while self.box >= 0:
            box = self.found.boxes[self.box]
            box.last = len(self.found.lines)
            self.box = box.parent


def _cut(raw: str) -> list[str]:
    """A text with ``<br>`` in it as its paragraphs.

    Two breaks end a paragraph. One break does where the text has no double ones and the pieces are sentences; else it
    only wraps a line (an address, a poem).
    """
    pieces = [" ".join(piece.split()) for piece in raw.split(_BREAK)]
    double = any(not piece for piece in pieces[1:-1])
    full = [piece for piece in pieces if piece]
    if not double:
        sentences = sum(1 for piece in full if weigh(piece) >= 60 or ENDS_SENTENCE.search(piece))
        if len(full) > 1 and sentences * 2 > len(full):
            return full
    paragraphs: list[str] = []
    open_paragraph = False
    for piece in pieces:
        if piece and open_paragraph:
            paragraphs[-1] = _joined(paragraphs[-1], piece)
        elif piece:
            paragraphs.append(piece)
        open_paragraph = bool(piece)
    return paragraphs


def _joined(left: str, right: str) -> str:
    return left + right if _CJK.match(left[-1]) and _CJK.match(right[0]) else f"{left} {right}"
