"""A picture with what stands under it, and which lines may be a caption."""

from __future__ import annotations

import re

from newsarchive.extract.body.phrases import is_invitation, is_pointer
from newsarchive.extract.captions import caption_and_credit, has_caption
from newsarchive.extract.document import Element
from newsarchive.extract.document.landmarks import opens_like_byline
from newsarchive.extract.document.nodes import attributes
from newsarchive.extract.document.outline import HEADINGS, Outline, Shown, weigh
from newsarchive.extract.images.picture_address import address_of
from newsarchive.extract.images.strangers import opens_pictures
from newsarchive.normalize.text import clean
from newsarchive.reading import Picture

_LONGEST = 1500  # characters of a caption; more is text that an unclosed element swallowed
_CLOCK = re.compile(
    r"\d{1,2}[:h.]\d{2}\b.{0,8}(?:uhr|am|pm|kl)?\s*$|\d{1,2}[:.]\d{2} uhr\b|^\d{1,2}[./]\d{1,2}[./]\d{4}\b"
    r"|^.{0,20}\b20\d\d\s*$|\d{4}\s?[-/年]\s?\d{1,2}\s?[-/月]",
    re.IGNORECASE,
)
# "2", "1 / 5", "+ 12 photos": the count of a gallery; "2:34 …": a video's title; the label of an advertisement.
NO_CAPTION = re.compile(
    r"(?:powered by|view \d{1,3} (?:images?|photos?)|/[A-Z][\w /]{2,50}|"
    r"advertisement|anzeige|werbung|publici\w+|reklam\w*|[廣广]告|scroll to continue.*)$|"
    r"[\W\d_]+$|\d{1,2}:\d\d\s|.{2,200}(?<!\b(?:at|um|kl|às|as|la|le|do|ob))[^\w,:(]\s?0\d:[0-5]\d$"
    r"|\W{0,3}(?:\d{1,3}\W{1,3})?\d{1,3} [^\W\d_]{0,3}(?:photo|foto|image|imagen|bild|pictur|фото)[^\W\d_]{0,7}$",
    re.IGNORECASE,
)
_AROUND_CLOCK = 50  # weight beside the date of a line that prints it: "By Jane Roe, correspondent …, 5 minutes to read"


def in_element(element: Element, shown: list[Shown] | None = None) -> Picture:
    """The picture in a figure with its caption and credit; ``shown`` are its pictures where they are known.

    A picture without an address and without a caption is none: a quotation, a box of facts, an invitation.
    """
    caption, credit = caption_and_credit(element)
    if caption and (len(caption) > _LONGEST or NO_CAPTION.match(caption) or _is_clock(caption)):
        caption = None
    if caption and (is_invitation(caption) or is_pointer(caption)):
        return Picture(url=None)
    candidates = [item.element for item in shown] if shown else list(element.iter("img", "amp-img"))
    if not candidates and (
        element.find(".//blockquote") is not None  # a quotation set as a figure
        or (element.tag == "figure" and not has_caption(element))  # a box of facts
        or (caption and opens_like_byline(caption))  # a list of those who wrote and filmed
    ):
        return Picture(url=None)
    if caption is None and element.tag == "figure":
        caption, credit = in_attribute(element, "caption"), credit or in_attribute(element, "credit")
    url = next((address for image in candidates if (address := address_of(image))), None)
    return Picture(url=url, caption=caption, credit=credit)


def in_attribute(element: Element, word: str) -> str | None:
    """What a script would show under the picture: an attribute like ``data-caption``."""
    for inner in element.iter("img", "a", "button", "figure", "div", "span"):
        for name, value in attributes(inner).items():
            if name.startswith("data-") and name.endswith(word) and (text := clean(value)) and len(text) <= _LONGEST:
                return text if "<" not in text else None
    return None


def may_be_caption(page: Outline, number: int) -> bool:
    """Whether a line beside a picture can be its caption: no heading, link, date or invitation."""
    line = page.lines[number]
    return (
        16 <= line.weight <= 600
        and (line.linked * 2 < len(line.text) or opens_pictures(page.boxes[line.box].element))
        and page.boxes[line.box].tag not in HEADINGS
        and not _is_clock(line.text)
        and not is_invitation(line.text)
        and not is_pointer(line.text)
    )


def _is_clock(text: str) -> bool:
    """Whether a text is a date or a time and little else; a caption may well say when the picture was taken."""
    found = _CLOCK.search(text)
    if found is None:
        return False
    return opens_like_byline(text) or weigh(text) - len(found[0]) <= _AROUND_CLOCK
