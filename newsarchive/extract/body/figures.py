"""Lines in a story's column that stand under its pictures: captions and credits, and no paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

from newsarchive.extract.body.subheads import is_heading
from newsarchive.extract.captions import is_caption_text, is_cut
from newsarchive.extract.document.outline import Outline

# Wrappers that a paragraph may have inside its column.
TRANSPARENT = frozenset(("p", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "br", "hr"))
# Weight of a line under a picture that is its caption rather than the next paragraph: thirteen Chinese characters.
_SHORT = 33
_TWO = 2  # lines of a figure: the caption and the credit
_PARENTHESIS = re.compile(r"[（(][^（()）]{1,100}[)）]")


def captions_in(page: Outline, numbers: list[int]) -> set[int]:
    """Lines in the column that are captions: by their words, or as a few words right under a picture."""
    after_picture = {shown.line for shown in page.pictures}
    found = set()
    for n in numbers:
        line = page.lines[n]
        if is_heading(page, n):
            continue
        brief = line.weight <= _SHORT or (line.weight <= 3 * _SHORT and _PARENTHESIS.fullmatch(line.text))
        if is_caption_text(line.text) or (n in after_picture and brief and not line.linked):
            found.add(n)
    # A caption that is printed twice, first cut ("…on the br...") and then whole.
    found |= {
        n for n, after in pairwise(numbers) if after in found and is_cut(page.lines[n].text, page.lines[after].text)
    }
    return found


def figures_in(page: Outline, numbers: list[int]) -> set[int]:
    """Lines that share a box with a picture above them and with nothing else: a figure, whatever element it is."""
    found: set[int] = set()
    for shown in page.pictures:
        if not numbers[0] - _TWO < shown.line <= numbers[-1]:
            continue
        for number in page.around(shown.box):
            box = page.boxes[number]
            if box.last == box.first:
                continue
            told = range(box.first, box.last)
            # Some editors set the caption in the picture's own paragraph, in bold.
            bold = box.tag == "p" and all(page.lines[n].bold >= len(page.lines[n].text) for n in told)
            apart = bold or (box.tag not in TRANSPARENT and box.tag != "td")
            if len(told) <= _TWO and box.first == shown.line and apart:
                found |= {n for n in told if page.lines[n].linked * 2 < len(page.lines[n].text)}
            break
    return found.intersection(numbers)
