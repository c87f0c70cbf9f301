"""Bylines in a story's own text, and in the lines right around it that no element names one.

A dateline opens the first paragraph, a signature closes the last; a name stands in bold above the text or below it,
beside an address of its own, or in a line that opens as bylines do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.article import Author
from newsarchive.extract.body import Body
from newsarchive.extract.document import Element, text_of
from newsarchive.extract.document.landmarks import opens_like_byline, strange
from newsarchive.extract.images.picture_address import is_picture
from newsarchive.extract.signed import NO_PERSON
from newsarchive.extract.stated_authors import Evidence
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.dateline import Dateline, find_dateline, find_signature
from newsarchive.normalize.names import is_latin_name, may_be_japanese_name
from newsarchive.normalize.organisations import agency_alone, is_organisation
from newsarchive.normalize.text import HAN_CHARACTER, clean, fold

_KANA = re.compile(r"[\u3041-\u3096]")
# A time printed in the same line as the byline, before or after it.
_TIME = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:[\sT]*(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}時\d{1,2}分))?"
_TIME_LABEL = r"(?:[发發][布佈表]|更新|刊登)?(?:时间|時間|日期)\s?[:：]"
TIMED = re.compile(rf"^\s*{_TIME}[\s|｜]*|[\s|｜]*(?:{_TIME_LABEL}.*|{_TIME}\s*)$")
_DIGIT = re.compile(r"\d")
_KOREAN = re.compile(r"[가-힣]{2,4}\s?[가-힣]{0,4}(?:기자|특파원|논설위원)|^\s*[가-힣]{3,4} ?[|ㅣ]")
_DATED = re.compile(r"([^\d|·•]{4,60}?)\s*[|·•–—-]\s*\d{1,4}[./ -]")  # "Jane Roe | 05.04.2025"
_RIGHTS = re.compile(r"\s*(?:©|\(c\)).*$", re.IGNORECASE)
_CASED = re.compile(r"[A-ZÀ-ÞĀ-ŽА-ЯЁΑ-Ω]")
_COLUMN = re.compile(r"^《[^》]{1,12}》(?=作者|记者|記者|特约|特約)")
_MAIL = re.compile(r"(?:^|[\s(<\[:,;|])([\w.+-]{3,40})@[\w-]+\.")
_ABOVE = 12  # lines between headline and text: kicker, time, source, buttons, byline
_AFTER = 6
_TAIL = 3  # paragraphs at either end of the body in which a line of its own may sign the story
_MOST_WORDS = 5  # of a name and an agency
_NAMES = 60  # weight of two names with their roles
LONGEST_LINE = 250


def datelines(body: list[str], alone: set[int]) -> list[Evidence]:
    """Datelines and signatures in the story's text; paragraphs that are nothing else are noted in ``alone``."""
    evidence = []
    last = len(body) - 1
    japanese = any(map(_KANA.search, body[:_TAIL]))
    for index, paragraph in enumerate(body):
        if _TAIL <= index < last - _TAIL + 1:
            continue
        line: Dateline | None = None
        if index < _TAIL:
            line = find_dateline(paragraph)
            if line is not None and index and not line.whole:
                line = None
        if line is None and index == 0 and japanese:
            line = find_signature(paragraph, japanese=True)  # some papers sign the lead
        if line is None and index > last - _TAIL:
            line = find_signature(paragraph, japanese=japanese)
            if line is not None and index != last and not line.whole:
                line = None
        if line is None:
            continue
        if line.whole:
            alone.add(index)
        place = "first" if index < _TAIL else "last"
        evidence.append(Evidence(line.byline, f"text: {place} paragraph", line.text))
    return evidence


def beside(body: Body) -> Iterator[Evidence]:
    """Lines of their own right above, below and among the first and last paragraphs, that are no part of the body.

    Nothing names them a byline, so the line itself must: by a role, a label, a source or the kind of report.
    """
    if not body.lines:
        return
    lines, own = body.page.lines, set(body.lines)
    first, last = body.lines[0], body.lines[-1]
    head, tail = body.lines[: _TAIL + 1][-1], body.lines[-_TAIL - 1 :][0]
    above = list(range(first - 1, max(first - _ABOVE, 0) - 1, -1))
    japanese = any(_KANA.search(block.text) for block in body.blocks[:_TAIL])
    # A name alone may stand under a picture too.
    near = range(above[-1] if above else first, min(last + _AFTER, len(lines)))
    captions = {
        shown.line
        for shown in body.page.pictures
        if shown.line in near and lines[shown.line].weight > _NAMES and is_picture(shown.element)
    }
    for number in (*above, *range(first, head), *range(tail, last), *range(last + 1, min(last + _AFTER, len(lines)))):
        if number in own or number in captions or len(lines[number].text) > LONGEST_LINE // 2:
            continue
        text = lines[number].text
        if _DIGIT.search(text):
            text = TIMED.sub("", text)
        element = body.page.boxes[lines[number].box].element
        if (dated := _DATED.match(text)) is not None and number < first and is_latin_name(dated[1]):
            if strange(element):
                continue
            yield Evidence(parse_byline(dated[1]), "page: name beside the time", dated[1])
            continue
        if japanese and number < first and text != lines[number].text and may_be_japanese_name(text.strip()):
            if not strange(element):
                yield Evidence(Byline(authors=(Author(text.strip()),)), "page: name beside the time", text.strip())
            continue
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        if ("@" in text or "@" in below) and (reached := _reachable(text, below, element)) is not None:
            if not strange(element):
                yield Evidence(Byline(authors=(Author(reached),)), "page: name with its address", clean(text))
            continue
        if number == last + 1 and (signed := _closing(body, number, element)):
            yield Evidence(signed, "page: name below the text", clean(text))
            continue
        text = _COLUMN.sub("", text)
        if not (HAN_CHARACTER.search(text) or _KOREAN.search(text) or opens_like_byline(text)):
            # A credit, a caption, a list of names; only a name in bold right above the text is what it seems to be.
            if number == first - 1 and lines[number].bold >= len(text.strip()) and not strange(element):
                yield Evidence(parse_byline(text), "page: name in bold above the text", clean(text))
            continue
        line = find_signature(text, japanese=japanese and number > last) or find_dateline(text)
        closes = line is not None and (line.whole or number > last)
        byline = line.byline if line is not None and closes else parse_byline(text)
        # A name alone may be anything; in brackets below the text, or behind the sign that opens columns (◎), it is the
        # author's.
        alone = fold(text) == fold("".join(author.name for author in byline.authors))
        set_apart = text.strip()[0] in ("◎" if number < last else "[（(【〔")
        if not byline.authors or (alone and not set_apart):
            continue
        if not strange(element):
            where = "above" if number < first else "below" if number > last else "in"
            yield Evidence(byline, f"page: line {where} the text", clean(text))


def _closing(body: Body, number: int, element: Element) -> Byline:
    """Who signs in the line right below the last paragraph, in the same column: a name, an agency, or both."""
    page = body.page
    line, above = page.lines[number], page.lines[number - 1]
    if line.linked or page.boxes[line.box].parent != page.boxes[above.box].parent:
        return Byline()
    text = _RIGHTS.sub("", clean(line.text)).strip(" –—-()")
    if agency := agency_alone(text):
        return Byline(provider=agency)
    if HAN_CHARACTER.search(text) or len(text.split()) > _MOST_WORDS or NO_PERSON.search(text):
        return Byline()
    set_apart = line.bold >= len(line.text) or "right" in (element.get("style") or element.get("align") or "")
    own = page.boxes[line.box].tag == "p" and _CASED.match(text) is not None
    byline = parse_byline(text)
    alone = is_latin_name(text) and not is_organisation(text)
    return byline if (alone and (set_apart or own)) or (byline.authors and byline.provider and own) else Byline()


def _reachable(text: str, below: str, element: Element) -> str | None:
    """The name in a line that stands beside an e-mail address made of it: "Elin Berg" and elin.berg@…"""
    if "@" in text:
        links = (text_of(link) for link in element.iter("a"))
        address = next((link for link in links if "@" in link and text.endswith(link)), None)
        found = _MAIL.search(address or text)
        name = text.removesuffix(address) if address else text[: found.start()] if found else ""
    else:
        found, name = _MAIL.match(below), text
    if found is None:
        return None
    name = clean(name).strip(" ,;|–-(:")
    local = fold(found[1])
    made_of_it = any(len(part) > 2 and part in local for part in map(fold, name.split()))
    return name if made_of_it and is_latin_name(name) else None
