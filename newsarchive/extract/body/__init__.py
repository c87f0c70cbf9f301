"""The body of an article: its paragraphs and subheads."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from newsarchive.extract.body.container import Story, find_story, given_story
from newsarchive.extract.body.evidence import letters
from newsarchive.extract.body.paragraphs import paragraphs
from newsarchive.extract.body.subheads import is_heading
from newsarchive.extract.body.unrendered import Unrendered, state_body, stated_body
from newsarchive.extract.described import around_story, story_boxes
from newsarchive.extract.document import Document, Element
from newsarchive.extract.document.outline import Line, Outline, outline
from newsarchive.extract.document.select import elements
from newsarchive.extract.document.structured import Structured

if TYPE_CHECKING:
    from newsarchive.extract.layout import Layout

# Weight of a text that may be only the beginning of one, or none: two sentences.
_TEASER = 250


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or subhead of a body."""

    kind: Literal["paragraph", "subhead"]
    text: str


@dataclass(slots=True)
class Body:
    """The blocks of a body, and the rule that found them.

    ``containers`` are the elements that hold them (none where they stand in no element), ``page`` the lines of the
    whole page, ``story`` what was found out about them, ``lines`` the numbers of those that became blocks,
    ``captions`` of those that stand among them and are captions, ``source`` the text or HTML in the page's data that
    the blocks were read from, where the page does not show them, ``introduction`` a line above byline and text that is
    none of them.
    """

    blocks: list[Block]
    containers: list[Element]
    rule: str
    page: Outline
    story: Story
    lines: list[int] = field(default_factory=list)
    captions: set[int] = field(default_factory=set)
    source: str | None = None
    introduction: str | None = None


def read_body(
    document: Document,
    data: Structured,
    *,
    headline: str | None = None,
    heading: str | None = None,
    layout: Layout | None = None,
    others: Collection[Element] = (),
) -> Body:
    """The body of the page: in the element that ``layout`` names, else in the one that holds the story.

    ``heading`` is what the page prints over the story, where that is not its headline; ``others`` are elements that
    hold other stories.
    """
    page, story = _described(document, layout) if layout is not None else (outline(document.nodes), None)
    if story is None:
        stated = data.article.get("articleBody")
        stated = stated if isinstance(stated, str) else None
        story = find_story(page, headings=(headline, heading), stated_body=stated, others=frozenset(others))
    found = paragraphs(page, story, headline)
    lines = found.lines
    if layout is not None:
        unwanted = [re.compile(pattern) for pattern in layout.drop_text]
        lines = [n for n in lines if not any(pattern.fullmatch(page.lines[n].text) for pattern in unwanted)]
    blocks = [_block(page, number) for number in lines]
    if (hidden := _unrendered(data, [page.lines[number] for number in lines])) is not None:
        text, rule = hidden
        return Body([_stated_block(*block) for block in text.blocks], [], rule, page, story, source=text.source)
    introduction = page.lines[found.introduction].text if found.introduction is not None else None
    containers = [page.boxes[number].element for number in story.boxes]
    return Body(blocks, containers, story.rule, page, story, lines, found.captions, introduction=introduction)


def _unrendered(data: Structured, shown: list[Line]) -> tuple[Unrendered, str] | None:
    """The body that the page's data states, and its rule, where the page shows too little of it or nothing."""
    weight = sum(line.weight for line in shown)
    wanted = max(_TEASER, 2 * weight)
    stated, rule = stated_body(data), "json-ld: NewsArticle.articleBody"
    if stated.weight < wanted:
        if weight >= _TEASER:
            return None
        stated, rule = state_body(data), "script state"
    # What is shown must be the beginning of it: data holds other stories too.
    begins = letters(shown[0].text)[:40] if shown else ""
    told = letters("".join(text for text, _ in stated.blocks[:20]))
    return (stated, rule) if stated.weight >= wanted and begins in told else None


def _stated_block(text: str, subhead: bool) -> Block:
    return Block("subhead" if subhead else "paragraph", text)


def _described(document: Document, layout: Layout) -> tuple[Outline, Story | None]:
    """The page without what its layout drops, and the story in the element that the layout names."""
    drop = [element for selector in layout.drop for element in elements(document, selector)]
    if (found := story_boxes(document, layout)) is not None:
        boxes, rule = found
        page = outline(around_story(document, boxes), skip=drop, boxes=boxes)
        if (story := given_story(page, boxes, rule)) is not None:
            return page, story
    return outline(document.nodes, skip=drop), None


def _block(page: Outline, number: int) -> Block:
    line = page.lines[number]
    return Block("subhead" if is_heading(page, number) else "paragraph", line.text)
