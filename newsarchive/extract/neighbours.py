"""What of a page is by others than the story's authors: cards, the next story of an endless page, readers' comments."""

from __future__ import annotations

from collections.abc import Iterable

from newsarchive.extract.body import Body
from newsarchive.extract.document import Element
from newsarchive.extract.document.nodes import Node


def neighbours(nodes: Iterable[Node], body: Body, heading: Element | None) -> list[Element]:
    """Every ``article`` that neither stands around the story or its heading nor within the story, and the comments.

    None where the page has no story.
    """
    if not body.lines:
        return []
    boxes = {body.page.boxes[number].element for number in body.story.boxes}
    own = {around for element in (*boxes, heading) if element is not None for around in _from(element)}
    articles = (node[0] for node in nodes if node[2] == "article")
    others = [article for article in articles if article not in own and boxes.isdisjoint(article.iterancestors())]
    return others + [body.page.boxes[number].element for number in _comments(body)]


def _comments(body: Body) -> Iterable[int]:
    """The boxes that hold what readers write, the outermost alone."""
    marks = body.story.marks
    for number, box in enumerate(body.page.boxes):
        if marks[number] == "comments" and (box.parent < 0 or marks[box.parent] != "comments"):
            yield number


def _from(element: Element) -> Iterable[Element]:
    return (element, *element.iterancestors("article"))
