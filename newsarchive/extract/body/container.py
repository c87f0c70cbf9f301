"""Which box of the page holds the story.

Every line has a value (see :mod:`newsarchive.extract.body.evidence`). The box whose lines add up to most is the
story's: a smaller one misses prose, a larger one takes in menus.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate

from newsarchive.extract.body.evidence import (
    find_marks,
    find_stated,
    find_teasers,
    find_values,
    is_prose,
    line_below_headline,
)
from newsarchive.extract.document import Element
from newsarchive.extract.document.outline import HEADINGS, Box, Outline

_FAR = 60  # lines between boxes of one story
_PARAGRAPHS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "blockquote", "center"))


@dataclass(slots=True)
class Story:
    """The boxes of the story, most often one, and what was found on the way there.

    ``marks`` has for every box why it is no part of a story (its own or an outer box's reason); ``prose`` the weight of
    every line that is prose, else 0; ``values`` how much each line speaks for the story; ``stated`` the lines that the
    page's own ``articleBody`` has; ``teasers`` whether a line is prose under the linked title of another story;
    ``first`` the line below the headline, 0 where it is not found.
    """

    boxes: list[int]
    rule: str
    marks: list[str | None]
    prose: list[int]
    stated: set[int]
    values: list[float]
    teasers: list[bool]
    first: int = 0


def find_story(
    page: Outline,
    *,
    headings: Sequence[str | None] = (),
    stated_body: str | None = None,
    others: Collection[Element] = (),
) -> Story:
    """The box that holds the story; none where the page has no prose.

    ``headings`` may stand over it, the likeliest first; ``others`` hold other stories.
    """
    prose = [line.weight if is_prose(line) else 0 for line in page.lines]
    teasers = find_teasers(page, prose)
    marks = find_marks(page, [0 if teaser else weight for weight, teaser in zip(prose, teasers, strict=True)], others)
    stated = find_stated(page, stated_body)
    first = next((line for heading in headings if (line := line_below_headline(page, heading))), 0)
    values = find_values(page, prose, teasers, marks, stated, first)
    sums = list(accumulate(values, initial=0.0))
    best, most = None, 0.0
    for number, box in enumerate(page.boxes):
        value = sums[box.last] - sums[box.first]
        # Of two boxes with the same lines the inner one is nearer to the paragraphs.
        if value > 0 and value >= most:
            best, most = number, value
    # A paragraph is no box: a story of one paragraph stands in what is around it, with its captions.
    while best is not None and page.boxes[best].tag in _PARAGRAPHS and page.boxes[best].parent >= 0:
        best = page.boxes[best].parent
    boxes = [] if best is None else _alike(page, best, sums, teasers)
    return Story(boxes, "heaviest box", marks, prose, stated, values, teasers, first)


def given_story(page: Outline, containers: list[Element], rule: str) -> Story | None:
    """The story in the elements that a layout names; ``None`` where there is no prose in them.

    What stands around those elements says nothing against them; boxes inside are judged as everywhere.
    """
    prose = [line.weight if is_prose(line) else 0 for line in page.lines]
    wanted = set(containers)
    boxes: list[int] = []
    marks: list[str | None] = []
    inside: list[bool] = []
    for number, box in enumerate(page.boxes):
        within = box.parent >= 0 and inside[box.parent]
        if not within and box.element in wanted:
            boxes.append(number)
            marks.append(None)
            within = True
        else:
            marks.append((box.sense.mark or marks[box.parent]) if within else None)
        inside.append(within)
    if not any(any(prose[page.boxes[number].first : page.boxes[number].last]) for number in boxes):
        # A poem, a line of breaking news: where the paper says that the story stands here, short lines are prose too.
        for number in boxes:
            for n in range(page.boxes[number].first, page.boxes[number].last):
                prose[n] = 0 if page.lines[n].linked else page.lines[n].weight
    boxes = [number for number in boxes if any(prose[page.boxes[number].first : page.boxes[number].last])]
    return (
        Story(boxes, rule, marks, prose, set(), [float(weight) for weight in prose], find_teasers(page, prose))
        if boxes
        else None
    )


def _alike(page: Outline, best: int, sums: list[float], teasers: list[bool]) -> list[int]:
    """The best box with those beside it that have its class and speak for the story too: one story in several boxes."""
    chosen = page.boxes[best]
    names = _names(chosen)
    if not names:
        return [best]
    alike = []
    for number in range(max(0, chosen.parent), len(page.boxes)):
        box = page.boxes[number]
        if box.first > chosen.last + _FAR:
            break
        if number == best or (
            box.parent == chosen.parent
            and box.tag == chosen.tag
            and _names(box) == names
            and sums[box.last] - sums[box.first] > 0
            and not any(teasers[box.first : box.last])
        ):
            alike.append(number)
    # A subhead between two of them has a box of its own.
    between = [
        number
        for number in range(alike[0], alike[-1])
        if (box := page.boxes[number]).parent == chosen.parent
        and box.last - box.first == 1
        and page.boxes[page.lines[box.first].box].tag in HEADINGS
    ]
    return sorted({*alike, *between})


def _names(box: Box) -> str:
    """What a box is called: by its class, else by the name of the component that it is."""
    return box.element.get("class") or box.element.get("data-component") or ""
