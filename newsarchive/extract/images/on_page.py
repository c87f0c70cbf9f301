"""The pictures that a page shows beside a story, each with its caption where it has one."""

from __future__ import annotations

import re

from newsarchive.extract.body import Body
from newsarchive.extract.captions import ends_with_credit
from newsarchive.extract.document.outline import HEADINGS, Box, Outline, Shown, ends_sentence
from newsarchive.extract.images.figure import NO_CAPTION, in_attribute, in_element, may_be_caption
from newsarchive.extract.images.picture_address import address_of, is_picture
from newsarchive.extract.images.strangers import FEW_LINES, TWO_LINES, is_furniture, is_strange
from newsarchive.reading import Picture

# Small print of any kind is named a caption too; without a picture before it, only a block of its own is believed.
_INLINE = frozenset(("span", "small", "em", "i", "cite"))
_DURATION = re.compile(r"\d{1,2}:[0-5]\d")  # of a film, below its title
# A credit with its label that stands over the caption.
_CREDIT = re.compile(r"(?:foto|photo|bild|image|fot|credit|kuva|ph)\w{0,4}\.?\s?[:：.]\s", re.IGNORECASE)


def on_page(body: Body) -> list[Picture]:
    """The pictures between headline and end of the story whose body is ``body``, in page order."""
    page, story = body.page, body.story
    if not body.lines:
        return []
    first, last = _scope(page, body)
    figures: dict[int, list[Shown]] = {}  # box with the caption -> its pictures
    bare: dict[int, Shown] = {}  # pictures that nothing is around, by the line that they stand before
    found: list[tuple[int, Picture]] = []
    for shown in page.pictures:
        if not first <= shown.line <= last or not is_picture(shown.element):
            continue
        figure = _figure_of(page, body, shown)
        if is_strange(page, story.marks, shown.box if figure is None else figure):
            continue
        if figure is not None:
            figures.setdefault(figure, []).append(shown)
        elif caption := _line_below(page, body, shown):
            found.append((shown.line, Picture(url=address_of(shown.element), caption=caption)))
        elif shown.line not in bare:
            bare[shown.line] = shown
        elif not is_furniture(page, body, shown):
            found.append((shown.line, Picture(url=address_of(shown.element))))
    for number, box in enumerate(page.boxes):
        # A caption may have no picture in its box: it stands before it, or the script that loads it has not run.
        outermost = box.sense.mark == "caption" and (box.parent < 0 or page.boxes[box.parent].sense.mark != "caption")
        if outermost and story.marks[number] == "caption" and first <= box.first <= last and box.last > box.first:
            known = any(outer in figures for outer in page.around(number)) or any(
                number < inner and page.boxes[inner].last <= box.last for inner in figures
            )
            unsure = box.first not in bare and (box.tag in _INLINE or _has_heading(page, box))
            if not known and not unsure and not is_strange(page, story.marks, number):
                figures[number] = [bare.pop(box.first)] if box.first in bare else []
    alone = [(line, shown) for line, shown in bare.items() if not is_furniture(page, body, shown)]
    found += [(line, Picture(url=address_of(shown.element))) for line, shown in alone]
    for number, pictures in list(figures.items()):
        if len(apart := _each_with_words(page, pictures)) > 1:
            del figures[number]  # a gallery in one figure
            figures |= {own: [shown] for own, shown in apart.items()}
    for number, pictures in figures.items():
        box = page.boxes[number]
        lines = page.lines[box.first : box.last]
        if len(lines) > 1 and [shown.line for shown in pictures] == list(range(box.first, box.last)):
            # Rows of a table: a picture, its caption, the next picture.
            found += [
                (n, Picture(url=address_of(p.element), caption=page.lines[n].text))
                for n, p in enumerate(pictures, start=box.first)
            ]
            continue
        picture = in_element(box.element, pictures)
        if len(lines) == TWO_LINES and picture.caption is not None and _CREDIT.match(lines[0].text):
            picture = Picture(url=picture.url, caption=lines[1].text, credit=lines[0].text)
        found.append((box.first, picture))
    return [picture for _, picture in sorted(found, key=lambda pair: pair[0])]


def _each_with_words(page: Outline, pictures: list[Shown]) -> dict[int, Shown]:
    """The smallest box with words around each of a figure's pictures, if each has one of its own."""
    boxes = [
        next((n for n in page.around(shown.box) if page.boxes[n].last > page.boxes[n].first), -1) for shown in pictures
    ]
    return dict(zip(boxes, pictures, strict=True)) if len(set(boxes)) == len(boxes) and -1 not in boxes else {}


def _has_heading(page: Outline, box: Box) -> bool:
    return any(page.boxes[line.box].tag in HEADINGS for line in page.lines[box.first : box.last])


def _scope(page: Outline, body: Body) -> tuple[int, int]:
    """The first and the last line between which the story's pictures stand: from above the headline to its end."""
    outer = page.boxes[body.story.boxes[0]]
    first = min(outer.first, body.lines[0])
    if 0 < body.story.first <= body.lines[0]:
        first = min(first, body.story.first - 1)
    for number in page.around(body.story.boxes[0]):
        if page.boxes[number].tag in ("article", "main"):
            first = min(first, page.boxes[number].first)
            break
    return first, max(body.lines[-1] + 1, min(outer.last, body.lines[-1] + 12))


def _figure_of(page: Outline, body: Body, shown: Shown) -> int | None:
    """The figure around a picture, else the smallest box around it that has a few words and no text of the story."""
    story, kept = body.story, set(body.lines)
    small: int | None = None
    for number in page.around(shown.box):
        box = page.boxes[number]
        if number in story.boxes:
            break
        if box.last == box.first:
            if box.tag == "figure" and in_attribute(box.element, "caption"):
                return number
            continue
        if box.tag == "figure" or (story.marks[number] == "caption" and box.sense.mark == "caption"):
            return number
        if small is None:
            lines = range(box.first, box.last)
            if len(lines) > FEW_LINES or any(line in kept for line in lines):
                break
            if all(may_be_caption(page, line) for line in lines):
                small = number
    return small


def _line_below(page: Outline, body: Body, shown: Shown) -> str | None:
    """The line right under a picture, where it is no paragraph of the story."""
    if shown.line >= len(page.lines):
        return None
    line = page.lines[shown.line]
    following = page.lines[shown.line + 1].text if shown.line + 1 < len(page.lines) else ""
    if NO_CAPTION.match(line.text) or _DURATION.fullmatch(following):
        return None
    if shown.line in body.captions:
        return line.text
    box = page.boxes[body.story.boxes[0]]
    inside = box.first <= shown.line < box.last and shown.line < body.lines[-1]
    if shown.line < body.lines[0]:  # above the text stand date and names too
        inside = inside and (ends_with_credit(line.text) or ends_sentence(line.text))
    if inside and shown.line not in body.lines and line.weight <= 250 and not body.story.marks[line.box]:
        return line.text if may_be_caption(page, shown.line) else None
    return None
