"""What speaks for a line being the story, and what against it.

Prose counts for the story by its weight, links and labels against it; what the page states about itself, the place
of the headline, class names, and whether a text is printed twice shift the values.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from itertools import accumulate

from newsarchive.extract.body.phrases import is_appeal, is_comments_heading, is_machine_summary, is_summary_heading
from newsarchive.extract.document import Element
from newsarchive.extract.document.outline import Box, Line, Outline, ends_sentence, weigh
from newsarchive.extract.related.headings import heading_kind

# A box that holds more than this share of the page's prose holds the story, whatever its class says
# ("article-ads-wrapper", "sidebar-grid"). Teasers do not count: they are often longer than a short story.
_TOO_MUCH = 0.35
_TOO_MUCH_OUTSIDE = 0.8
_OUTSIDE = frozenset(("comments", "footer", "navigation"))
# A story may also be cut into several boxes of one class, each with a sidebar beside it.
_TOO_MUCH_TOGETHER = 0.6
_SHORT_STORY = 150  # weight: a story of two sentences
_CARD = 7  # lines of a card: label, title, teaser, author, date, a button or two
_CONSENT = ("cookie", "gdpr", "ccpa", "personal data", "personal information", "javascript", "adblock")
_HEADING = 80  # weight of a heading over a list: "Das könnte Sie auch interessieren"
_WHOLE = frozenset(("html", "body", "main", "article"))  # what holds a story may begin with any word
_WHOLE_BODY = 0.3  # share of the page's prose that a stated body has, where it is no summary
_STAMP = 60  # weight of a line with the date of a story
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_SPELLED = 6  # weight that blanks and signs make out between two spellings of a headline
_LETTERS = re.compile(r"\W+")
# The same for ASCII, where a table is ten times faster than the expression.
_LOWER = bytes(range(256)).lower()
_NO_LETTERS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "_"))


def letters(text: str) -> str:
    """The letters and digits of a text alone, in lower case: to see whether one text stands in another."""
    if text.isascii():
        return text.encode().translate(_LOWER, _NO_LETTERS).decode()
    return _LETTERS.sub("", text).lower()


def is_prose(line: Line) -> bool:
    """Whether a line is written in sentences: long, or ending like a sentence, and not mostly links."""
    return line.linked * 2 < len(line.text) and (line.weight >= 120 or (line.weight >= 40 and ends_sentence(line.text)))


def find_teasers(page: Outline, prose: list[int]) -> list[bool]:
    """For every line whether it is prose in a card: under another story's linked title, in one small box with it.

    A box with an ``h1`` in it holds the page's own story, however short, and is no card.
    """
    teasers = []
    headings = [number for number, line in enumerate(page.lines) if page.boxes[line.box].tag == "h1"]
    title = -9
    for number, line in enumerate(page.lines):
        teaser = False
        if prose[number]:
            if number - title <= 3:
                around = next(box for box in page.around(line.box) if page.boxes[box].first <= title)
                box = page.boxes[around]
                teaser = box.last - box.first <= _CARD and not any(box.first <= h < box.last for h in headings)
            title = -9
        elif line.weight >= 12 and line.linked * 5 >= len(line.text) * 4:
            title = number
        teasers.append(teaser)
    return teasers


def find_marks(page: Outline, prose: list[int], others: Collection[Element] = ()) -> list[str | None]:
    """For every box why it is no part of a story, in a word; ``None`` where nothing says so.

    A box says so by its names, or by the heading that it begins with; ``others`` are elements that hold other stories.
    """
    sums = list(accumulate(prose, initial=0))
    total = max(1, sums[-1])

    def told(box: Box) -> int:
        return sums[box.last] - sums[box.first]

    own = [box.sense.mark for box in page.boxes]
    for number, heading in _headed(page).items():
        own[number] = own[number] or heading
    for number, box in enumerate(page.boxes) if others else ():
        # A list of other stories may have been taken to go on into the text of this one.
        if own[number] is None and box.element in others and told(box) < _SHORT_STORY:
            own[number] = "related"
    alike: dict[str, int] = defaultdict(int)
    for box in page.boxes:
        if box.sense.mark == "tools" and (weight := told(box)) and (names := box.element.get("class")):
            alike[names] += weight
    together = {names for names, weight in alike.items() if weight / total > _TOO_MUCH_TOGETHER}
    marks: list[str | None] = []
    for box, mark in zip(page.boxes, own, strict=True):
        if mark is not None:
            share = told(box) / total
            if share > (_TOO_MUCH_OUTSIDE if mark in _OUTSIDE else _TOO_MUCH) or (
                together and mark == "tools" and box.element.get("class") in together
            ):
                mark = None
        if mark is None and box.parent >= 0:
            mark = marks[box.parent]
        marks.append(mark)
    return marks


def _headed(page: Outline) -> dict[int, str]:
    """Boxes that begin with a heading of what is no story: "Comments", "Most read", 延伸閱讀, "Support our work"."""
    found: dict[int, str] = {}
    for number, line in enumerate(page.lines):
        if line.weight > _HEADING or (box := _begun_by(page, number)) is None:
            continue
        if is_comments_heading(line.text):
            found[box] = "comments"
        elif heading_kind(line.text):
            found[box] = "related"
        elif is_machine_summary(line.text) or is_appeal(line.text) or is_summary_heading(line.text):
            found[box] = "promo"
    return found


def _begun_by(page: Outline, number: int) -> int | None:
    """The smallest box that begins with a line and has more than it; most lines begin none."""
    around = page.lines[number].box
    while around >= 0 and (box := page.boxes[around]).first == number and box.tag not in _WHOLE:
        if box.last > number + 1:
            return around
        around = box.parent
    return None


def find_stated(page: Outline, stated_body: str | None) -> set[int]:
    """The lines that stand in the body that the page states in its data, where enough of it is on the page."""
    body = letters(stated_body or "")
    if len(body) < 100:
        return set()
    found, length = set(), 0
    for number, line in enumerate(page.lines):
        if line.weight >= 40 and (key := letters(line.text))[:200] in body:
            found.add(number)
            length += len(key)
    return found if length * 2 > len(body) else set()


def line_below_headline(page: Outline, headline: str | None) -> int:
    """The line after the headline's; 0 where nothing prints it.

    Where no heading does, the first line that says just that: text above the story may repeat it.
    """
    wanted = letters(headline or "")[:60]
    if len(wanted) < 4:
        return 0
    for tags in (("h1",), ("h2", "h3")):
        for number, line in enumerate(page.lines):
            if page.boxes[line.box].tag in tags and letters(line.text)[:60] == wanted:
                return number + 1
    whole, weight = letters(headline or ""), weigh(headline or "")
    for number, line in enumerate(page.lines):
        if abs(line.weight - weight) <= _SPELLED and not line.linked and letters(line.text) == whole:
            return number + 1
    return 0


def _next_story(page: Outline, prose: list[int], marks: list[str | None], first: int) -> int:
    """The line where another story begins: an h1 with its byline or date in a box of its own, after the story's prose.

    Pages that load story after story as one scrolls have them so. An h1 among the paragraphs is only a subhead.
    """
    last_prose, told = -1, 0
    own = letters(page.lines[first - 1].text)[:20] if first else ""
    for number in range(first, len(page.lines)) if first else ():
        line = page.lines[number]
        if (
            page.boxes[line.box].tag == "h1"
            and told >= _SHORT_STORY
            and line.weight >= 20
            and own not in letters(line.text)
        ):
            around = page.boxes[page.boxes[line.box].parent]
            signed = any(
                marks[below.box] == "about" or (below.weight < _STAMP and _DATED.search(below.text))
                for below in page.lines[number + 1 : number + 6]
            )
            if around.first > last_prose and signed:
                return number
        if prose[number]:
            last_prose, told = number, told + prose[number]
    return len(page.lines)


def _asks_consent(text: str) -> bool:
    lowered = text.lower()
    found = [word for word in _CONSENT if word in lowered]
    return len(found) > 1 or (len(found) == 1 and lowered.count(found[0]) > 1)


def find_values(
    page: Outline, prose: list[int], teasers: list[bool], marks: list[str | None], stated: set[int], first: int
) -> list[float]:
    """How much each line speaks for being the story; negative where it speaks against the box it stands in."""
    named = _named(page, prose)
    end = _next_story(page, prose, marks, first)
    # What is stated is often cut, to its summary or its first paragraphs.
    all_prose = sum(weight for line, weight in zip(page.lines, prose, strict=True) if weight and not marks[line.box])
    whole = sum(prose[number] for number in stated) > _WHOLE_BODY * all_prose
    seen: set[str] = set()
    values = []
    for number, line in enumerate(page.lines):
        if number in stated:
            value = 2.0 * line.weight
        elif marks[line.box]:
            value = -0.3 * min(line.weight, 100)
        elif prose[number]:
            value = float(line.weight)
            twice = line.text in seen
            seen.add(line.text)
            if teasers[number] or twice or number >= end:
                value = 0.0
            elif whole:  # the page states its body, and this is not in it
                value *= 0.2
            if number < first or _asks_consent(line.text):
                value *= 0.2
            elif named[number]:
                value *= 1.5
        else:
            value = -5 - 0.5 * min(line.weight, 60)
        values.append(value)
    return values


def _named(page: Outline, prose: list[int]) -> list[bool]:
    """For every line whether a box around it says by its class that it is the article's text.

    Of boxes in each other that say so ("main-content" around "article-text") the inner one counts, if it has the prose.
    """
    sums = list(accumulate(prose, initial=0))
    told = {
        number: sums[box.last] - sums[box.first]
        for number, box in enumerate(page.boxes)
        if box.sense.story and box.tag not in ("html", "body")
    }
    inner: dict[int, int] = defaultdict(int)  # prose of the named boxes inside
    for number, weight in told.items():
        for around in page.around(page.boxes[number].parent):
            inner[around] = max(inner[around], weight)
    named = [False] * len(page.lines)
    for number, weight in told.items():
        if inner[number] * 2 < weight:
            box = page.boxes[number]
            named[box.first : box.last] = [True] * (box.last - box.first)
    return named
