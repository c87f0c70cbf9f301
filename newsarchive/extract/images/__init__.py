"""The pictures of an article: which of the page's pictures belong to it, and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsarchive.extract.body import Body
from newsarchive.extract.body.phrases import is_invitation, is_pointer
from newsarchive.extract.captions import caption_and_credit, ends_with_credit, has_caption
from newsarchive.extract.document import Document, Element, parse
from newsarchive.extract.document.landmarks import opens_like_byline
from newsarchive.extract.document.nodes import attributes
from newsarchive.extract.document.outline import HEADINGS, Box, Line, Outline, Shown, ends_sentence, weigh
from newsarchive.extract.document.select import first_match
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.images.picture_address import address_of, is_decoration, is_picture
from newsarchive.normalize.text import clean
from newsarchive.reading import Found, Picture

if TYPE_CHECKING:
    from newsarchive.extract.layout import Layout

# Boxes whose pictures are not the story's.
_STRANGE = frozenset(("related", "promo", "comments", "about", "tools", "navigation", "footer", "form"))
_OUTSIDE = frozenset(("comments", "navigation", "footer"))
# Small print of any kind is named a caption too; without a picture before it, only a block of its own is believed.
_INLINE = frozenset(("span", "small", "em", "i", "cite"))
_LONGEST = 1500  # characters of a caption; more is text that an unclosed element swallowed
_CLOCK = re.compile(
    r"\d{1,2}[:h.]\d{2}\b.{0,8}(?:uhr|am|pm|kl)?\s*$|\d{1,2}[:.]\d{2} uhr\b|^\d{1,2}[./]\d{1,2}[./]\d{4}\b"
    r"|^.{0,20}\b20\d\d\s*$|\d{4}\s?[-/年]\s?\d{1,2}\s?[-/月]",
    re.IGNORECASE,
)
# "2", "1 / 5", "+ 12 photos": the count of a gallery; "2:34 …": a video's title; the label of an advertisement.
_NO_CAPTION = re.compile(
    r"(?:powered by|view \d{1,3} (?:images?|photos?)|/[A-Z][\w /]{2,50}|"
    r"advertisement|anzeige|werbung|publici\w+|reklam\w*|[廣广]告|scroll to continue.*)$|"
    r"[\W\d_]+$|\d{1,2}:\d\d\s|.{2,200}(?<!\b(?:at|um|kl|às|as|la|le|do|ob))[^\w,:(]\s?0\d:[0-5]\d$"
    r"|\W{0,3}(?:\d{1,3}\W{1,3})?\d{1,3} [^\W\d_]{0,3}(?:photo|foto|image|imagen|bild|pictur|фото)[^\W\d_]{0,7}$",
    re.IGNORECASE,
)
_DURATION = re.compile(r"\d{1,2}:[0-5]\d")  # of a film, below its title
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])", re.IGNORECASE)
# A credit with its label that stands over the caption.
_CREDIT = re.compile(r"(?:foto|photo|bild|image|fot|credit|kuva|ph)\w{0,4}\.?\s?[:：.]\s", re.IGNORECASE)
_AROUND_CLOCK = 50  # weight beside the date of a line that prints it: "By Jane Roe, correspondent …, 5 minutes to read"
_TWO = 2  # lines of a figure, whatever element it is: the caption and the credit
_FEW = 4  # lines of a box that holds a picture and its caption and nothing else


@dataclass(slots=True)
class Pictures:
    """The pictures in page order and the lead image, each with its rule."""

    pictures: list[Picture] = field(default_factory=list)
    rule: str | None = None
    lead: Found | None = None


def read_images(document: Document, data: Structured, body: Body, *, layout: Layout | None = None) -> Pictures:
    """The pictures of the article whose body is ``body``."""
    lead = _stated_lead(data)
    described = first_match(document, layout.images) if layout is not None else None
    if described is not None:
        chosen = [element for element in described[1] if not isinstance(element, str)]
        found, rule = [_in_element(element) for element in chosen], f"layout: {described[0]}"
    else:
        found, rule = _on_page(body), "pictures beside the story"
        if body.source is not None and not body.lines:
            found, rule = _in_source(body.source), body.rule
    pictures = _once(found)
    if lead is not None and pictures and pictures[0].caption is None and (stated := _stated_caption(data)):
        pictures[0] = Picture(url=pictures[0].url, caption=stated, credit=pictures[0].credit)
    if not pictures and lead is not None:
        pictures, rule = [Picture(url=lead.value, caption=_stated_caption(data))], lead.rule
    if lead is None and pictures and pictures[0].url:
        lead = Found(pictures[0].url, rule)
    return Pictures(pictures, rule if pictures else None, lead)


def _in_source(source: str) -> list[Picture]:
    """The pictures in the HTML of a body that the page does not show."""
    found = []
    for image in parse(source, "").root.iter("img"):
        around = image.getparent()
        for _ in range(3):
            if around is None or around.tag == "body":
                break
            if has_caption(around):
                found.append(_in_element(around))
                break
            around = around.getparent()
        else:
            found.append(Picture(url=address_of(image)))
    return found


def _on_page(body: Body) -> list[Picture]:
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
        if _is_strange(page, story.marks, shown.box if figure is None else figure):
            continue
        if figure is not None:
            figures.setdefault(figure, []).append(shown)
        elif caption := _line_below(page, body, shown):
            found.append((shown.line, Picture(url=address_of(shown.element), caption=caption)))
        elif shown.line not in bare:
            bare[shown.line] = shown
        elif not _is_furniture(page, body, shown):
            found.append((shown.line, Picture(url=address_of(shown.element))))
    for number, box in enumerate(page.boxes):
        # A caption may have no picture in its box: it stands before it, or the script that loads it has not run.
        outermost = box.sense.mark == "caption" and (box.parent < 0 or page.boxes[box.parent].sense.mark != "caption")
        if outermost and story.marks[number] == "caption" and first <= box.first <= last and box.last > box.first:
            known = any(outer in figures for outer in page.around(number)) or any(
                number < inner and page.boxes[inner].last <= box.last for inner in figures
            )
            unsure = box.first not in bare and (box.tag in _INLINE or _has_heading(page, box))
            if not known and not unsure and not _is_strange(page, story.marks, number):
                figures[number] = [bare.pop(box.first)] if box.first in bare else []
    alone = [(line, shown) for line, shown in bare.items() if not _is_furniture(page, body, shown)]
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
        picture = _in_element(box.element, pictures)
        if len(lines) == _TWO and picture.caption is not None and _CREDIT.match(lines[0].text):
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


def _is_strange(page: Outline, marks: list[str | None], number: int) -> bool:
    """Whether a figure or picture is a link with a title, or stands in a box of other stories, promotions, portraits.

    A figure with its caption may stand in a box named for something else ("sidebar", "ad-wrapper", "teaser-image"), but
    not in a list of links.
    """
    inner = page.boxes[number]
    told = inner.last - inner.first
    named = inner.tag == "figure" or (inner.sense.mark == "caption" and told <= _FEW)
    figure = told > 0 and (named or told <= _TWO)
    lines = page.lines[inner.first : inner.last] if inner.last - inner.first <= _FEW else []
    if _linked(lines) and not _opens_pictures(inner.element):
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


def _is_furniture(page: Outline, body: Body, shown: Shown) -> bool:
    """Whether a picture without words is no story's, or another's.

    It stands in an ``aside`` or beside the linked title of another story; or outside the story's own box, where it
    leads to another page or stands below the text.
    """
    beside: Box | None = None  # the smallest box around it that has words
    for number in page.around(shown.box):
        box = page.boxes[number]
        if number in body.story.boxes and box.tag != "body":
            return False
        if box.sense.mark == "aside":
            return True
        if beside is None and box.last > box.first:
            beside = box
            lines = page.lines[box.first : box.last]
            if len(lines) <= _FEW and _linked(lines) and not _opens_pictures(box.element):
                return True
    link = next(shown.element.iterancestors("a"), None)
    leads = link is not None and not _PICTURE_FILE.search(link.get("href") or "#")
    return shown.line > body.lines[-1] or leads


def _linked(lines: Sequence[Line]) -> bool:
    return sum(line.linked for line in lines) * 2 > sum(len(line.text) for line in lines)


def _figure_of(page: Outline, body: Body, shown: Shown) -> int | None:
    """The figure around a picture, else the smallest box around it that has a few words and no text of the story."""
    story, kept = body.story, set(body.lines)
    small: int | None = None
    for number in page.around(shown.box):
        box = page.boxes[number]
        if number in story.boxes:
            break
        if box.last == box.first:
            if box.tag == "figure" and _in_attribute(box.element, "caption"):
                return number
            continue
        if box.tag == "figure" or (story.marks[number] == "caption" and box.sense.mark == "caption"):
            return number
        if small is None:
            lines = range(box.first, box.last)
            if len(lines) > _FEW or any(line in kept for line in lines):
                break
            if all(_may_be_caption(page, line) for line in lines):
                small = number
    return small


def _may_be_caption(page: Outline, number: int) -> bool:
    line = page.lines[number]
    return (
        16 <= line.weight <= 600
        and (line.linked * 2 < len(line.text) or _opens_pictures(page.boxes[line.box].element))
        and page.boxes[line.box].tag not in HEADINGS
        and not _is_clock(line.text)
        and not is_invitation(line.text)
        and not is_pointer(line.text)
    )


def _opens_pictures(element: Element) -> bool:
    """Whether all links in it lead to pictures, which they open large with their captions."""
    links = [link.get("href") or "" for link in element.iter("a")]
    return bool(links) and all(map(_PICTURE_FILE.search, links))


def _is_clock(text: str) -> bool:
    """Whether a text is a date or a time and little else; a caption may well say when the picture was taken."""
    found = _CLOCK.search(text)
    if found is None:
        return False
    return opens_like_byline(text) or weigh(text) - len(found[0]) <= _AROUND_CLOCK


def _line_below(page: Outline, body: Body, shown: Shown) -> str | None:
    """The line right under a picture, where it is no paragraph of the story."""
    if shown.line >= len(page.lines):
        return None
    line = page.lines[shown.line]
    following = page.lines[shown.line + 1].text if shown.line + 1 < len(page.lines) else ""
    if _NO_CAPTION.match(line.text) or _DURATION.fullmatch(following):
        return None
    if shown.line in body.captions:
        return line.text
    box = page.boxes[body.story.boxes[0]]
    inside = box.first <= shown.line < box.last and shown.line < body.lines[-1]
    if shown.line < body.lines[0]:  # above the text stand date and names too
        inside = inside and (ends_with_credit(line.text) or ends_sentence(line.text))
    if inside and shown.line not in body.lines and line.weight <= 250 and not body.story.marks[line.box]:
        return line.text if _may_be_caption(page, shown.line) else None
    return None


def _in_element(element: Element, shown: list[Shown] | None = None) -> Picture:
    caption, credit = caption_and_credit(element)
    if caption and (len(caption) > _LONGEST or _NO_CAPTION.match(caption) or _is_clock(caption)):
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
        caption, credit = _in_attribute(element, "caption"), credit or _in_attribute(element, "credit")
    url = next((address for image in candidates if (address := address_of(image))), None)
    return Picture(url=url, caption=caption, credit=credit)


def _in_attribute(element: Element, word: str) -> str | None:
    """What a script would show under the picture: an attribute like ``data-caption``."""
    for inner in element.iter("img", "a", "button", "figure", "div", "span"):
        for name, value in attributes(inner).items():
            if name.startswith("data-") and name.endswith(word) and (text := clean(value)) and len(text) <= _LONGEST:
                return text if "<" not in text else None
    return None


def _once(pictures: list[Picture]) -> list[Picture]:
    """Each picture once: the copy with a caption wins (a story's lead image often stands in a lightbox too)."""
    found: list[Picture] = []
    for picture in pictures:
        if picture.url is None and picture.caption is None:
            continue
        same = next(
            (
                n
                for n, other in enumerate(found)
                if (picture.url and other.url == picture.url) or (picture.caption and other.caption == picture.caption)
            ),
            None,
        )
        if same is None:
            found.append(picture)
        elif found[same].caption is None or found[same].url is None:
            other = found[same]
            found[same] = Picture(
                url=other.url or picture.url,
                caption=other.caption or picture.caption,
                credit=other.credit or picture.credit,
            )
    return found


def _stated_lead(data: Structured) -> Found | None:
    for image in _stated_images(data):
        address = image if isinstance(image, str) else image.get("url") or image.get("contentUrl")
        if isinstance(address, str) and address.strip() and not is_decoration(address):
            return Found(address.strip(), "json-ld: image")
    found = data.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return Found(found[0], f"meta: {found[1]}") if found and not is_decoration(found[0]) else None


def _stated_images(data: Structured) -> list[Any]:
    value = data.resolve(data.article.get("image"))
    images = value if isinstance(value, list) else [value]
    return [image for image in images if isinstance(image, (str, dict))]


def _stated_caption(data: Structured) -> str | None:
    for image in _stated_images(data)[:1]:
        if isinstance(image, dict) and isinstance(caption := image.get("caption"), str) and caption.strip():
            return caption.strip()
    return None
