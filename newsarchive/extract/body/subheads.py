"""Subheads among the lines of a story: by their element, by what their class says, or by where they stand."""

from __future__ import annotations

import re
from collections import defaultdict

from newsarchive.extract.body.phrases import is_label
from newsarchive.extract.document.outline import HEADINGS, Outline

_DATED = re.compile(r"\b20\d\d\b|\d[:.h]\d\d")
_SECTION = 12  # lines of a section with a subhead of its own
_WORDS_BESIDE_DATE = 4  # "Since May 2022 in the chair" is no date
_SHORTEST, _LONGEST_HEAD = 8, 160  # weight of a subhead


def is_heading(page: Outline, number: int) -> bool:
    """Whether a line is a heading: by its element, which may wrap it once more, or by what its class says."""
    line = page.lines[number]
    box = page.boxes[line.box]
    if box.tag in HEADINGS or (box.sense.subhead and line.weight < 160):
        return True
    around = page.boxes[box.parent] if box.parent >= 0 else box
    return around.tag in HEADINGS and around.last - around.first == 1


def subheads_between(page: Outline, numbers: list[int], in_main: list[int], captions: set[int]) -> set[int]:
    """Lines outside the column that nothing names: a few words of one class, again and again right above its text."""
    own, alike = set(in_main), defaultdict[str, dict[str, int]](dict)
    captions = captions | {shown.line for shown in page.pictures}
    for n in numbers:
        line = page.lines[n]
        if n in own or n in captions or n + 1 not in own or line.linked or not _SHORTEST < line.weight < _LONGEST_HEAD:
            continue
        names = page.boxes[line.box].element.get("class")
        dated = _DATED.search(line.text) is not None and len(line.text.split()) < _WORDS_BESIDE_DATE
        told = dated or is_label(line.text) or line.text.endswith((".", ":", "…", "。", "："))
        if names and n - 1 in own and not told:
            alike[names][line.text] = n
    return {n for lines in alike.values() if len(lines) > 1 for n in lines.values()}


def opening_subhead(page: Outline, numbers: list[int], columns: dict[int, str], first: int) -> int:
    """The subhead over the first paragraph, -1 where there is none: the headings of later ones stand in the same way.

    A list of five things, the posts of a live blog. A heading that only looks like them is the introduction.
    """
    before = first - 1
    if before not in numbers or not is_heading(page, before):
        return -1
    number = page.lines[before].box
    box = page.boxes[number]
    around = page.boxes[box.parent]
    wrapped = around.first >= before - 1 and around.last <= first + _SECTION
    own = (box.tag, columns[number])
    later = [page.lines[n].box for n in numbers if n > first]
    alike = sum((page.boxes[other].tag, columns[other]) == own for other in later)
    return before if alike > (0 if wrapped else 1) else -1


def heads_a_box(page: Outline, number: int, columns: dict[int, str], main: set[str]) -> bool:
    """Whether a heading outside the column stands over text there: it is that box's, of facts or promotion."""
    outermost = None
    for around in page.around(page.lines[number].box):
        box = page.boxes[around]
        if any(columns.get(page.lines[n].box, "") in main for n in range(box.first, box.last)):
            break
        outermost = box
    if outermost is None:
        return False
    lines = page.lines[outermost.first : outermost.last]
    told = sum(line.weight for line in lines if page.boxes[line.box].tag not in ("td", "th"))
    return told > 2 * page.lines[number].weight
