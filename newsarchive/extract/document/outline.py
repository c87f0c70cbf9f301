"""The page as a reader sees it: lines of text in page order, the boxes they stand in, the pictures between them.

One walk over the tree gathers all that the reading of body and images needs. Inline elements join their text without a
blank (a tag link inside a Chinese sentence leaves none); block elements and ``<br>`` end a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from newsarchive.extract.document import BLOCKS, SILENT, Element
from newsarchive.extract.document.boilerplate import Sense, sense
from newsarchive.extract.document.nodes import Node, collapsed

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BREAK = "\x1e"  # stands for <br> until the line is cut; no page's text has it
_BOLD = "\x1d"  # stands where bold begins a line or ends
# For screen readers only: "(opens in new tab)".
_UNSEEN = re.compile(r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|a11y-hidden|offscreen)(?:$|\s)")
_CLIPPED = re.compile(r"clip(?:-path)?\s*:\s*(?:rect\(0|inset\(50%)")
# What a link says besides, in elements of its own.
_OPENS_ANEW = re.compile(
    r"\W*(?:opens? (?:in )?(?:an? )?new (?:tab|window)|(?:link )?öffnet (?:im|in|in einem) neuen? (?:fenster|tab)"
    r"|(?:s['’]ouvre dans (?:une? )?)?nouvel(?:le)? (?:fenêtre|onglet)|se abre en (?:una )?(?:ventana nueva|nueva \w+)"
    r"|abre (?:em|numa) (?:uma )?nova (?:janela|aba)|si apre in una nuova (?:finestra|scheda)"
    r"|opent in (?:een )?nieuw (?:venster|tabblad)|öppnas i (?:ett )?nytt fönster|åpnes i (?:et )?nytt vindu"
    r"|åbner i (?:et )?nyt vindue|avautuu uuteen \w+|otwiera się w nowym oknie|新しい\w+で開く|새 ?창)\W*",
    re.IGNORECASE,
)
_LONGEST_HINT = 50  # characters of such a word
# Punctuation that ends a sentence, with what may close after it: quotes, brackets, an agency's sign-off （完）.
_CLOSE = r"[\"'”’»)）」』】\]]{0,3}(?:\s?[（(](?:完|全文完|END)[）)])?$"
# In Japanese a quotation ends the sentence without a full stop: …続けてきた。「春に笑うんです」
ENDS_SENTENCE = re.compile(rf"[.!?。！？…︒।۔؟:：;；]{_CLOSE}|[」』]$")
FULL_STOP = re.compile(rf"[.!?。！？…।۔؟]{_CLOSE}")
# A Chinese or Japanese story is signed behind its last full stop: 。（記者…）, 。（編輯：…）1130509, 。【…】. An
# agency's name alone (路透) signs a caption.
_SIGNED = re.compile(
    r"[。！？!?」』”…]\s?(?:[（(〔](?=[^（）()〔〕]*(?:[记記]者|[编編][辑輯译譯]|[责責][编編]|作者|[评評][论論]|通[讯訊]|[报報][导導道]))"
    r"[^（）()〔〕]{1,30}[)）〕]|【[^【】]{1,30}】)\s?\d{0,7}$"
)
_SIGNATURE_ENDS = frozenset(")）】〕0123456789")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_UNMARKED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# To count: runs are a quarter of the matches.
_DENSE_RUN = re.compile(f"{_CJK.pattern[:-1]}{_UNMARKED.pattern[1:]}+")
_LONG = 150  # weight of a paragraph that no line of an address or a poem has
_SUBHEAD = re.compile(rf"\s*{_BOLD}[^{_BOLD}]{{3,200}}{_BOLD}\s*")
_LONGEST_LINE = 200_000  # characters; no news page measured has a tenth of this


@dataclass(slots=True)
class Box:
    """A block element, and what it is by its names."""

    element: Element
    tag: str
    parent: int  # index of the box around it; -1 for the outermost
    sense: Sense
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
    """Everything visible on the page. A box that has neither a line nor a picture is none."""

    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)

    def around(self, box: int) -> Iterator[int]:
        """The box and all boxes around it, from the inside out."""
        while box >= 0:
            yield box
            box = self.boxes[box].parent


_SILENT_ELEMENT, _BLOCK, _SPAN, _LINK, _STRONG, _BREAK_ELEMENT, _PICTURE, _OTHER, _SKIPPED = range(1, 10)
_KIND: dict[str, int] = {
    **dict.fromkeys(BLOCKS, _BLOCK),
    **dict.fromkeys(SILENT, _SILENT_ELEMENT),
    **dict.fromkeys(("span", "small", "sup", "em", "i", "cite"), _SPAN),
    **dict.fromkeys(("b", "strong"), _STRONG),
    **dict.fromkeys(("img", "amp-img"), _PICTURE),
    "a": _LINK,
    "br": _BREAK_ELEMENT,
}


class _Kinds(dict[str, int]):
    """What a tag means to a walk; tags that HTML does not know are added as a page brings them."""

    def __missing__(self, tag: str) -> int:
        # A custom element (<story-body>) is laid out by the page's script, most often as a block.
        self[tag] = kind = _BLOCK if "-" in tag else _OTHER
        return kind


def _opens_picture(element: Element, tag: str) -> bool:
    """Whether a silent element is a button around a picture, which opens it large; its caption stands in it too."""
    return tag == "button" and element.find(".//img") is not None


def _is_caption(tag: str, own: dict[str, str]) -> bool:
    """Whether an inline element is named a caption: it stands under a picture, in front of the paragraph's own text."""
    return "class" in own and sense(tag, own).mark == "caption"


def _is_unseen(own: dict[str, str], linked: str | None) -> bool:
    """Whether an inline element is for screen readers only, by its class, its style or, in a link, its words."""
    if ("class" in own and _unseen(own["class"])) or ("style" in own and _CLIPPED.search(own["style"])):
        return True
    return linked is not None and len(linked) < _LONGEST_HINT and _OPENS_ANEW.fullmatch(linked) is not None


@lru_cache(maxsize=8192)
def _is_break(names: str) -> bool:
    """Whether an empty inline element is a line break by its class."""
    return "br" in names.split()


@lru_cache(maxsize=8192)
def _unseen(names: str) -> bool:
    return _UNSEEN.search(names) is not None


def weigh(text: str) -> int:
    """Length in Latin characters: a Chinese, Japanese or Korean character says as much as two and a half letters.

    A letter of Thai, Lao, Burmese or Khmer counts twice: there are no blanks, and no mark says where a sentence ends.
    """
    if text.isascii():
        return len(text)
    dense = len(text) - len(_DENSE_RUN.sub("", text))
    if dense and _UNMARKED.search(text):
        return len(text) + dense
    return len(text) + dense * 3 // 2


def ends_sentence(text: str, marks: re.Pattern[str] = ENDS_SENTENCE) -> bool:
    """Whether a text ends like a sentence; a colon counts, unless ``marks`` is ``FULL_STOP``."""
    if marks.search(text[-5:]) is not None:
        return True
    return text[-1:] in _SIGNATURE_ENDS and _SIGNED.search(text[-45:]) is not None


def outline(nodes: Sequence[Node], skip: Collection[Element] = (), boxes: Collection[Element] = ()) -> Outline:
    """Walk ``nodes`` once; what stands in an element of ``skip`` is not there, every element of ``boxes`` is a box."""
    found = Outline()
    unwanted, wanted = frozenset(skip), frozenset(boxes)
    # Written out in one loop: it runs for every element of a page and is most of the cost of reading a body.
    kinds = _Kinds(_KIND)
    opened, lines, shown = found.boxes, found.lines, found.pictures
    box = -1
    pieces: list[str] = []  # of the line being gathered
    linked = bold = in_link = in_bold = 0
    # The open elements around the last one, and the texts behind them: most elements hold none and never get here.
    path: list[tuple[Element | None, int, str | None]] = []
    last, kind, after = None, _OTHER, None
    for element, parent, tag, own, text, tail in nodes:
        if last is parent:
            path.append((last, kind, after))
        else:
            while True:
                if kind is _BLOCK:
                    if pieces:
                        _end_line(lines, pieces, box, linked, bold)
                        linked = bold = 0
                    closed = opened[box]
                    closed.last = len(lines)
                    if closed.first == closed.last and box == len(opened) - 1 and not (shown and shown[-1].box == box):
                        opened.pop()  # an empty one, and there are many
                    box = closed.parent
                elif kind is _LINK:
                    in_link -= 1
                elif kind is _STRONG:
                    in_bold -= 1
                    if pieces:
                        pieces.append(_BOLD)
                if after and (pieces or after != " "):
                    pieces.append(after)
                    if in_link:
                        linked += len(after.strip())
                    if in_bold:
                        bold += len(after.strip())
                if path[-1][0] is parent:
                    break
                _, kind, after = path.pop()
        last, after = element, tail
        if path[-1][1] is _SKIPPED:
            kind, after = _SKIPPED, None
            continue
        kind = kinds[tag]
        if kind is _SILENT_ELEMENT or kind is _SPAN or unwanted:
            if (kind is _SILENT_ELEMENT and _opens_picture(element, tag)) or (kind is _SPAN and _is_caption(tag, own)):
                kind = _BLOCK
            elif (
                kind is _SILENT_ELEMENT
                or (kind is _SPAN and own and _is_unseen(own, text if in_link else None))
                or element in unwanted
            ):
                kind = _SKIPPED
                continue
            elif kind is _SPAN and text is None and "class" in own and _is_break(own["class"]):
                kind = _BREAK_ELEMENT
        if kind is _BLOCK or (wanted and element in wanted):
            kind = _BLOCK
            if pieces:
                _end_line(lines, pieces, box, linked, bold)
                linked = bold = 0
            opened.append(Box(element, tag, box, sense(tag, own), len(lines)))
            box = len(opened) - 1
        elif kind is _LINK:
            in_link += 1
        elif kind is _BREAK_ELEMENT:
            pieces.append(_BREAK)
        elif kind is _STRONG:
            in_bold += 1
            if not pieces or pieces[-1] in (_BREAK, " "):
                pieces.append(_BOLD)
        elif kind is _PICTURE:
            if pieces:
                _end_line(lines, pieces, box, linked, bold)
                linked = bold = 0
            shown.append(Shown(element, box, len(lines)))
        if text and (pieces or text != " "):
            pieces.append(text)
            if in_link:
                linked += len(text.strip())
            if in_bold:
                bold += len(text.strip())
    _end_line(lines, pieces, box, linked, bold)
    while box >= 0:
        opened[box].last = len(lines)
        box = opened[box].parent
    return found


def _end_line(lines: list[Line], pieces: list[str], box: int, linked: int, bold: int) -> None:
    """Make lines of the pieces gathered in a box, and begin anew."""
    raw = "".join(pieces)
    pieces.clear()
    if box < 0:
        return
    if _BREAK not in raw:
        if text := collapsed(raw[:_LONGEST_LINE].replace(_BOLD, "")):
            lines.append(Line(text, box, linked, bold, weigh(text)))
        return
    texts = _cut(raw[:_LONGEST_LINE])
    total = sum(map(len, texts)) or 1
    for number, text in enumerate(texts):
        share = len(text) / total
        lines.append(Line(text, box, round(linked * share), round(bold * share), weigh(text), number > 0))


def _cut(raw: str) -> list[str]:
    """A text with ``<br>`` in it as its paragraphs.

    Two breaks end a paragraph. One break does where the text has no double ones and the pieces are sentences, or behind
    a subhead in bold; else it only wraps a line (an address, a poem).
    """
    cut = raw.split(_BREAK)
    subheads = {n for n, piece in enumerate(cut) if _SUBHEAD.fullmatch(piece)}
    pieces = [collapsed(piece.replace(_BOLD, "")) for piece in cut]
    double = any(not piece for piece in pieces[1:-1])
    full = [piece for piece in pieces if piece]
    if not double:
        sentences = sum(1 for piece in full if weigh(piece) >= 60 or ENDS_SENTENCE.search(piece))
        if len(full) > 1 and sentences * 2 > len(full):
            return full
    paragraphs: list[str] = []
    open_paragraph = False
    for n, piece in enumerate(pieces):
        if piece and open_paragraph:
            paragraphs[-1] = _joined(paragraphs[-1], piece)
        elif piece:
            paragraphs.append(piece)
        # Elsewhere a bold line may be the first of an address.
        heads = (
            n in subheads
            and (n == 0 or not pieces[n - 1])
            and (double or weigh("".join(pieces[n + 1 : n + 2])) >= _LONG)
        )
        open_paragraph = bool(piece) and not heads
    return paragraphs


def _joined(left: str, right: str) -> str:
    return left + right if _CJK.match(left[-1]) and _CJK.match(right[0]) else f"{left} {right}"
