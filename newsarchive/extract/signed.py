"""Who signs a story between its headline and its text, in lines that no element names a byline.

"Von Ada Petersen", or the name alone, with the date or a role beside it. Several people stand in one line, or in a line
each. A name alone is believed only beside a date, behind a label or with a role: it may be a place, a section or the
photographer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.article import Author
from newsarchive.extract.body import Body
from newsarchive.extract.date_lines import is_dated
from newsarchive.extract.document.landmarks import named_strange, opens_like_byline
from newsarchive.extract.images.picture_address import is_picture
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.names import is_latin_name
from newsarchive.normalize.text import HAN_CHARACTER, clean

_ABOVE = 12  # lines above the text, where the headline is not found
_BETWEEN = 30  # lines between headline and text at most
_LONGEST = 160  # characters
_BESIDE = 2  # lines between a name and the date beside it
_ELSEWHERE = frozenset(("related", "comment", "comments", "promo", "navigation", "footer", "hidden"))
_ALONE = re.compile(
    r"(?:by|von|par|por|di|door|av|af|text|texte?|autor(?:in|en)?|authors?|written by)\s*:?", re.IGNORECASE
)
# Buttons, sections and labels that have the shape of a name: "Artikel zum Hören", "World News".
NO_PERSON = re.compile(
    r"\b(?:artikel|article|artículo|hören|listen|audio|video|podcast|photos?|fotos?|bild(?:er)?|news|nachrichten|noticias|share"
    r"|teilen|merken|drucken|print|save|read(?:ing)?|lesezeit|minut\w*|comments?|kommentare?|sports?|politi(?:k|cs)|business"
    r"|opinion|world|local|latest|breaking|exclusive|analysis|interview|subscribe|newsletter|home|google|live|top|more|mehr)\b",
    re.IGNORECASE,
)
_AND = re.compile(r"^(?:and|und|et|y|e|og|och|en|ja|i|и|та)\s+(?=\S+\s\S)", re.IGNORECASE)
_GLUED_LABEL = re.compile(r"(?:by|von|par|por)(?=[A-ZÀ-Þ][a-zà-ÿ])", re.IGNORECASE)
_POSTED = re.compile(
    r"^(?:publié|posté|mis en ligne|publicado|pubblicato|veröffentlicht|published|posted|written)"
    r"(?:\s(?:on|le|el|il|am|em))?\s+(?=(?:by|par|por|von|da|di)\s)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BAR = re.compile(r"\s*[|·•]\s*")
_SHORT_NAME = 3  # words
_CASED = re.compile(r"[A-Za-zÀ-ÿĀ-žА-яЀ-џΑ-ω]{2}")
# "Jane Doe Today, 12:37", "28 April 2024 | 09:36 | Jane Doe": what a date line has beside the name.
_DAY = (
    r"(?:\b(?:\w{3,6}(?:day|tag)|mon|tues?|wed|thu(?:rs)?|fri|sat|sun|mo|di|mi|do|fr|sa|so)\b[.,]{0,2} )?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}"
    r"|[^\W\d]{3,10}\.? \d{1,2},? \d{4}|\d{4}-\d\d-\d\d)"
)
_CLOCK = (
    r"(?:[,|·•–—-]|um|at|kl\.?|klokka|à|,? ?ore|a las)?\s*\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:Uhr|(?-i:[A-Z]{3,4})))?"
)
_DATE = re.compile(rf"\s*[|·•/,–—-]?\s*\(?{_DAY}\s*(?:{_CLOCK})?\)?\s*[|·•/,–—-]?\s*", re.IGNORECASE)


def signed(body: Body) -> Iterator[tuple[Byline, str, bool]]:
    """Bylines between headline and text, with the line as printed and whether a label says that it is one."""
    if not body.lines:
        return
    numbers = _numbers(body)
    lines = body.page.lines
    # An author's portrait has no caption: the name beside it is the author's.
    pictures = [shown for shown in body.page.pictures if numbers and numbers[0] <= shown.line <= numbers[-1]]
    captions = {shown.line for shown in pictures if is_picture(shown.element)} | body.captions
    captions |= {n for n in numbers if body.story.marks[lines[n].box] == "caption"}
    # The date may stand above the headline, and the name below it.
    above = range(max(body.story.first - _BESIDE, 0), body.story.first)
    dated = [n for n in (*above, *numbers) if is_dated(lines[n].text)]
    label, group, last = False, list[tuple[int, Byline]](), -9
    found: list[tuple[bool, list[tuple[int, Byline]]]] = []
    for n in numbers:
        text = clean(lines[n].text)
        if "|" in text:  # day | hour | Text: Jane Roe
            text = next(filter(opens_like_byline, _BAR.split(text)), text)
        text = _without_date(text)
        if n == last + 1:  # "By Jane Roe", and "and John Doe" in a line of its own
            text = _AND.sub("", text)
        if _ALONE.fullmatch(text):
            label, group, last = True, [], n
            found.append((label, group))
            continue
        if text.endswith(":"):  # the label of a date that stood behind it
            continue
        opens = opens_like_byline(text)
        byline = _read(text) if text and not HAN_CHARACTER.search(text) and (opens or n not in captions) else Byline()
        if not byline.authors or not (opens or (_are_people(byline) and _shows_names(lines[n].text))):
            continue
        if opens or n > last + 1:
            label, group = opens, []
            found.append((label, group))
        group.append((n, byline))
        last = n
    for labelled, people in found:
        near = any(abs(n - day) <= _BESIDE for n, _ in people for day in dated)
        roles = any(author.role for _, byline in people for author in byline.authors)
        if people and (labelled or near or roles):
            yield _together([byline for _, byline in people]), " ".join(lines[n].text for n, _ in people), labelled


def _without_date(text: str) -> str:
    if glued := _GLUED_LABEL.match(text):
        text = f"{glued[0]} {text[glued.end() :]}"
    if _DIGIT.search(text):
        text = _POSTED.sub("", _DATE.sub(" ", text))
    return text.strip(" |·•/,–—-")


def _numbers(body: Body) -> list[int]:
    """The lines between headline and text that are no part of it. The introduction may stand above the byline."""
    first = body.lines[0]
    headline = body.story.first if 0 < body.story.first <= first else max(first - _ABOVE, 0)
    own = set(body.lines)
    lines, marks = body.page.lines, body.story.marks
    return [
        n
        for n in range(headline, min(body.lines[:3][-1], headline + _BETWEEN))
        if len(lines[n].text) <= _LONGEST
        and (n not in own or opens_like_byline(lines[n].text))
        and (mark := marks[lines[n].box]) not in _ELSEWHERE
        and not (mark == "aside" and named_strange(body.page.boxes[lines[n].box].element))
    ]


def _read(text: str) -> Byline:
    """The byline in a line; a bar stands between two people, or before what is no part of it."""
    several = parse_byline(_BAR.sub(", ", text))
    return several if len(several.authors) > 1 and _are_people(several) else parse_byline(text)


def _are_people(byline: Byline) -> bool:
    return all(is_latin_name(author.name) and not NO_PERSON.search(author.name) for author in byline.authors)


def _shows_names(text: str) -> bool:
    """Whether a line's words can be told as names: by their capitals, or, where letters have none, as few words.

    In Arabic, Hebrew, Hindi or Thai a weekday looks like a name, and so does a sentence with commas.
    """
    if _CASED.search(text) is not None:
        return True
    return len(text.split()) <= _SHORT_NAME and not any(character.isdigit() for character in text)


def _together(bylines: list[Byline]) -> Byline:
    authors = tuple(dict.fromkeys(Author(author.name, author.role) for byline in bylines for author in byline.authors))
    provider = next((byline.provider for byline in bylines if byline.provider), None)
    return Byline(authors=authors, provider=provider, place=next((b.place for b in bylines if b.place), None))
