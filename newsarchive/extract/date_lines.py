"""Lines around a story in which its date may stand, though no element says that one does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsarchive.extract.body import Body
from newsarchive.extract.document.landmarks import named_strange

_DATED = re.compile(r"\b(?:19|20)\d\d\b|\d[:.h]\d\d|\d ?[日일]")
_AGO = re.compile(
    r"\d (?:min\w*|hours?|days?|weeks?|months?|years?) ago|\bvor \d+ |\bil y a \d+ |\bhace \d+ ", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_MOST_WORDS = 16  # words beside a date: label, month, author, place; more are a sentence
_LONGEST = 160  # characters; what is longer is a paragraph that mentions a date
_ABOVE = 6  # lines above the headline: section, date, kicker
_BETWEEN = 30  # lines between headline and text: byline, date, buttons, the caption of the lead image
_BELOW = 5  # lines below the text: byline, date, source
# A day's story stands in these, or a reader's comment.
_ELSEWHERE = frozenset(("related", "comment", "comments", "promo", "caption", "navigation", "footer"))


@dataclass(frozen=True, slots=True)
class DateLines:
    """``between`` headline and text is where most papers print the date; ``around`` is above or below both."""

    between: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)


def is_dated(text: str) -> bool:
    """Whether a line is short and has a year, a day or a clock in it."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return False
    return _DATED.search(text) is not None or _AGO.search(text) is not None


def date_lines(body: Body) -> DateLines:
    """The lines with a year, a day or a clock near the story's first and last, nearest to the headline first."""
    if not body.lines:
        return DateLines()
    lines, marks = body.page.lines, body.story.marks
    first, last = body.lines[0], body.lines[-1]
    headline = body.story.first if 0 < body.story.first <= first else max(first - _ABOVE, 0)

    captions = {shown.line for shown in body.page.pictures} | body.captions

    def elsewhere(box: int) -> bool:
        # An aside may hold the byline and the date, or other stories.
        mark = marks[box]
        return mark in _ELSEWHERE or (mark == "aside" and named_strange(body.page.boxes[box].element))

    def dated(numbers: range) -> list[str]:
        return [
            lines[n].text
            for n in numbers
            if is_dated(text := lines[n].text)
            and not (n in captions and n >= headline)
            and not elsewhere(lines[n].box)
            and len(_WORD.findall(_NO_WORDS.sub("", text))) <= _MOST_WORDS
        ]

    # What the body begins with may be the introduction, which stands above the date.
    text = body.lines[:3][-1]
    between = dated(range(headline, min(text, headline + _BETWEEN)))
    above = dated(range(headline - 1, max(headline - 1 - _ABOVE, -1), -1))
    below = dated(range(last + 1, min(last + 1 + _BELOW, len(lines))))
    return DateLines(between, above + below)
