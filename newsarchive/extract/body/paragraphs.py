"""Which lines in the story's box are paragraphs and subheads of the story, and which only stand there.

The paragraphs of a story stand in one column: under their box they lie in the same wrappers. What lies in other
wrappers is a fact box, a card, a promotion, a picture. So the column tells more than the words do; words decide only
what stands in the column and is no paragraph ("Read also: …", "Sign up for our newsletter").
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from newsarchive.extract.body.container import Story
from newsarchive.extract.body.evidence import letters
from newsarchive.extract.body.figures import TRANSPARENT, captions_in, figures_in
from newsarchive.extract.body.phrases import is_about_author, is_invitation, is_label, is_pointer
from newsarchive.extract.body.subheads import heads_a_box, is_heading, opening_subhead, subheads_between
from newsarchive.extract.captions import ends_with_credit
from newsarchive.extract.document.landmarks import opens_like_byline
from newsarchive.extract.document.outline import FULL_STOP, HEADINGS, Line, Outline, ends_sentence
from newsarchive.extract.related.headings import heading_kind

_DIGITS = re.compile(r"\d+")
# A second column counts when it has this share of the box's prose: sections of a long read, entries of a live blog.
_SECOND_COLUMN = 0.2
_MOST_CAPTIONS = 0.3  # share of a story's text that its captions have; where it is more, each paragraph has a picture
_SAME = 40  # letters by which a pull quote is known again
_LONGEST_BYLINE = 250  # weight of a line with names, the time of printing and of the last change
_DATED = re.compile(r"\b20\d\d\b|\d[:.h]\d\d")
_MORE_STORIES = re.compile(r"more (?:great |top |of our )?(?:[\w’'&-]+ ){0,3}stories", re.IGNORECASE)
_CAPTION = 2  # lines to the text where a caption stands between
_LONGEST_INTRODUCTION = 500  # weight
_SENTENCES = 80  # weight of a standfirst that is set as a heading; a subhead that ends in a full stop is shorter
_ANNOUNCEMENT = 60  # weight of "Read more about this:"


@dataclass(slots=True)
class Paragraphs:
    """The numbers of the lines that are paragraphs or subheads, in page order, and of those that are captions.

    ``introduction`` is the line that stands by itself above byline, date or picture: a standfirst, however it is named.
    """

    lines: list[int] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    introduction: int | None = None


def paragraphs(page: Outline, story: Story, headline: str | None) -> Paragraphs:
    """Tell the lines of a story's boxes apart."""
    numbers: list[int] = []
    columns: dict[int, str] = {}
    quotations: set[int] = set()
    for outer in story.boxes:
        box = page.boxes[outer]
        numbers += [n for n in range(box.first, box.last) if not story.marks[page.lines[n].box]]
        inside, quoting = _columns(page, outer)
        columns.update(inside)
        quotations |= quoting
    main = _main_columns(page, story, numbers, columns)
    in_main = [n for n in numbers if columns[page.lines[n].box] in main]
    prose = [n for n in in_main if story.prose[n]]
    if not prose:
        return Paragraphs()
    captions = captions_in(page, in_main)
    figures = figures_in(page, numbers)
    if sum(page.lines[n].weight for n in figures) < _MOST_CAPTIONS * sum(page.lines[n].weight for n in prose):
        captions |= figures
    first, last = prose[0], prose[-1]
    title = letters(headline or "")
    told = (
        "".join(letters(page.lines[n].text) for n in prose if page.lines[n].box not in quotations) if quotations else ""
    )
    # Nothing above the headline is the story's, unless most is: then it was a repetition at the end of the page.
    above = sum(story.prose[n] for n in in_main if n < story.first)
    headline_line = story.first if above * 2 < sum(story.prose[n] for n in in_main) else 0
    opening = opening_subhead(page, numbers, columns, first)
    between = subheads_between(page, numbers, in_main, captions)
    kept: list[int] = []
    announced = False  # the lines are items of a list that the paragraph before it announces
    elsewhere = False  # they are items of a list of other stories
    for n in numbers:
        line = page.lines[n]
        tag = page.boxes[line.box].tag
        if n < headline_line or tag == "h1" or n in captions or _repeats(line.text, title):
            continue
        in_column, heading = columns[line.box] in main or n in between, is_heading(page, n) or n in between
        elsewhere = (elsewhere and tag == "li") or _MORE_STORIES.fullmatch(line.text) is not None
        if elsewhere:
            continue
        if _is_byline(line) if n < first else heading and not in_column and heads_a_box(page, n, columns, main):
            continue
        # A post of a network that the story quotes stands in a wrapper of its own; so does a pull quote, which repeats.
        quotation = line.box in quotations and first < n < last
        if quotation and (words := letters(line.text)) and words in told:
            continue
        quoted = quotation and words[:_SAME] not in told
        follows = bool(kept) and kept[-1] == n - 1 and tag == "li" and not line.linked
        announced = follows and (announced or page.lines[n - 1].text.endswith((":", "：")))
        if announced or _is_story(
            line,
            tag if line.box not in story.boxes else "",  # a page laid out as a table has its story in a cell
            heading,
            in_column or quoted,
            bool(story.prose[n]),
            n < first and n != opening,
            n > last,
        ):
            kept.append(n)
    kept = _without_loose_ends(page, kept)
    outside = [columns[page.lines[n].box] not in main for n in kept[:2]]
    introduction = _introduction(page, kept) if outside == [True, False] else None
    if introduction is None and len(kept) > 1 and _is_standfirst(page, story, kept[0]):
        introduction = kept[0]
    return Paragraphs(kept[introduction is not None :], captions, introduction)


def _introduction(page: Outline, kept: list[int]) -> int | None:
    """The first line, which alone stands outside the column, where a byline or a date stands below it.

    The caption of a picture alone does not part it from the text.
    """
    first, second, *_ = kept
    line = page.lines[first]
    if line.weight > _LONGEST_INTRODUCTION or page.boxes[line.box].tag == "blockquote":
        return None
    pictures = {shown.line for shown in page.pictures}
    parted = second - first > _CAPTION or any(n not in pictures for n in range(first + 1, second))
    return first if parted else None


def _is_standfirst(page: Outline, story: Story, first: int) -> bool:
    """Whether the first line is set as a heading and written in sentences, as no subhead is."""
    line = page.lines[first]
    heading = page.boxes[line.box].tag in HEADINGS
    return heading and bool(story.prose[first]) and ends_sentence(line.text, FULL_STOP) and line.weight >= _SENTENCES


def _columns(page: Outline, outer: int) -> tuple[dict[int, str], set[int]]:
    """For every box in the story's box, the wrappers between, by tag and first class name; and the quotations."""
    columns = {outer: ""}
    quotations: set[int] = set()
    for number in range(outer + 1, len(page.boxes)):
        box = page.boxes[number]
        column = columns.get(box.parent)
        if column is None:  # boxes come in page order: the first one outside ends the story's box
            break
        if box.tag == "blockquote" or box.parent in quotations:
            quotations.add(number)
        if box.tag not in TRANSPARENT:
            names = (box.element.get("class") or "").split(None, 1)
            column = f"{column}/{box.tag}.{_DIGITS.sub('', names[0]) if names else ''}"
        columns[number] = column
    return columns, quotations


def _main_columns(page: Outline, story: Story, numbers: list[int], columns: dict[int, str]) -> set[str]:
    weights: dict[str, float] = defaultdict(float)
    texts: dict[str, int] = defaultdict(int)
    teasers: dict[str, int] = defaultdict(int)
    for n in numbers:
        if story.prose[n]:
            column = columns[page.lines[n].box]
            weights[column] += story.values[n]
            texts[column] += 1
            teasers[column] += story.teasers[n]
    total = sum(weights.values())
    best = max(weights, key=lambda column: (teasers[column] * 3 < texts[column], weights[column]), default="")
    return {
        column
        for column, weight in weights.items()
        if column == best
        or (
            weight >= _SECOND_COLUMN * total
            and (texts[column] > 1 or weight > 300)
            and teasers[column] * 3 < texts[column]
        )
    }


def _is_story(line: Line, tag: str, heading: bool, in_column: bool, prose: bool, before: bool, after: bool) -> bool:
    linked = line.linked * 10 >= len(line.text) * 8
    if (line.linked or line.weight < 160) and is_pointer(line.text):
        return False
    if is_invitation(line.text):
        return False
    if heading:
        return (
            not (linked or is_label(line.text) or heading_kind(line.text))
            and (prose or not before)
            and (in_column or not after)
        )
    if not in_column:
        # The introduction often stands in a wrapper of its own above the column.
        return before and prose and not ends_with_credit(line.text)
    if tag in ("td", "th", "caption", "dt", "dd"):
        return prose
    if prose:
        return True
    if is_label(line.text):
        return False
    if linked or line.linked * 2 >= len(line.text):
        # Most of a sentence may be a link; a headline of another story does not end like a sentence.
        return line.linked * 20 < len(line.text) * 19 and line.weight >= 40 and ends_sentence(line.text, FULL_STOP)
    if before or (after and (tag != "li" or line.linked)):
        return ends_sentence(line.text)  # behind the last paragraph a list with links in it leads to other stories
    return True


def _is_byline(line: Line) -> bool:
    """Whether a line above the text says who wrote it and when, long as it may be for all that it says."""
    return line.weight < _LONGEST_BYLINE and opens_like_byline(line.text) and _DATED.search(line.text) is not None


def _repeats(text: str, title: str) -> bool:
    # Few lines begin like the title, and to see that costs less.
    return bool(title) and len(text) < 400 and title.startswith(letters(text[:20])) and letters(text) == title


def _without_loose_ends(page: Outline, kept: list[int]) -> list[int]:
    """A subhead must stand over something: the last of the story's lines is never one, nor who wrote it, nor one that
    announces links."""
    kept = [n for n in kept if not _announces_links(page, n) and not _invites_below(page, n)]
    while kept and (is_heading(page, kept[-1]) or (kept[1:] and is_about_author(page.lines[kept[-1]].text))):
        kept.pop()
    return kept


def _invites_below(page: Outline, number: int) -> bool:
    """Whether a question is the bait, and the rest of its paragraph invites the reader to something."""
    line = page.lines[number]
    if not line.text.endswith("?") or number + 1 >= len(page.lines):
        return False
    following = page.lines[number + 1]
    return following.box == line.box and following.after_break and is_invitation(following.text)


def _announces_links(page: Outline, number: int) -> bool:
    """Whether a few words with a colon stand over a link to another story, in whatever language."""
    line = page.lines[number]
    if line.weight > _ANNOUNCEMENT or not line.text.endswith((":", "：")) or number + 1 >= len(page.lines):
        return False
    following = page.lines[number + 1]
    return following.linked == len(following.text) and following.box != line.box
