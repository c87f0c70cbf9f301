"""Which of the pictures beside a story are not its own: those of other stories, of authors, of the house."""

from __future__ import annotations

import re

from newsarchive.extract.body import Body
from newsarchive.extract.document import Element
from newsarchive.extract.document.outline import Box, Outline, Shown

# Boxes whose pictures are not the story's.
_STRANGE = frozenset(("related", "promo", "comments", "about", "tools", "navigation", "footer", "form"))
_OUTSIDE = frozenset(("comments", "navigation", "footer"))
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])", re.IGNORECASE)
TWO_LINES = 2  # lines of a figure, whatever element it is: the caption and the credit
FEW_LINES = 4  # lines of a box that holds a picture and its caption and nothing else


def is_strange(page: Outline, marks: list[str | None], number: int) -> bool:
    """Whether a figure or picture is a link with a title, or stands in a box of other stories, promotions, portraits.

    A figure with its caption may stand in a box named for something else ("sidebar", "ad-wrapper", "teaser-image"), but
    not in a list of links.
    """
    inner = page.boxes[number]
    told = inner.last - inner.first
    named = inner.tag == "figure" or (inner.sense.mark == "caption" and told <= FEW_LINES)
    figure = told > 0 and (named or told <= TWO_LINES)
    if _is_title(page, inner):
        return True
    for around in page.around(number):
        box = page.boxes[around]
        if marks[around] is None or box.sense.mark not in _STRANGE:
            continue
        if not figure or box.sense.mark in _OUTSIDE or (box.sense.mark == "about" and inner.tag != "figure"):
            return True
        if box.sense.mark == "related" and any(line.linked for line in page.lines[box.first : box.last]):
            return True
    return False


def is_furniture(page: Outline, body: Body, shown: Shown) -> bool:
    """Whether a picture without words is no story's, or another's.

    It stands in an ``aside`` or beside the linked title of another story; or outside the story's own box, where it
    leads to another page or stands below the text.
    """
    alone = True  # no box so far has words
    for number in page.around(shown.box):
        box = page.boxes[number]
        if number in body.story.boxes and box.tag != "body":
            return False
        if box.sense.mark == "aside":
            return True
        if alone and box.last > box.first:
            alone = False
            if _is_title(page, box):
                return True
    link = next(shown.element.iterancestors("a"), None)
    leads = link is not None and not _PICTURE_FILE.search(link.get("href") or "#")
    return shown.line > body.lines[-1] or leads


def _is_title(page: Outline, box: Box) -> bool:
    """Whether what a small box says is mostly a link, and one that leads to no picture: the title of another story."""
    if box.last - box.first > FEW_LINES:
        return False
    lines = page.lines[box.first : box.last]
    linked = sum(line.linked for line in lines) * 2 > sum(len(line.text) for line in lines)
    return linked and not opens_pictures(box.element)


def opens_pictures(element: Element) -> bool:
    """Whether all links in it lead to pictures, which they open large with their captions."""
    links = [link.get("href") or "" for link in element.iter("a")]
    return bool(links) and all(map(_PICTURE_FILE.search, links))
