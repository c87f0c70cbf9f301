"""The articles of a page that are not the story: cards of others, and the next one of an endless page."""

from __future__ import annotations

from collections.abc import Iterable

from newsarchive.extract.body import Body
from newsarchive.extract.document import Element
from newsarchive.extract.document.nodes import Node


def neighbours(nodes: Iterable[Node], body: Body, heading: Element | None) -> list[Element]:
    """Every ``article`` that neither stands around the story or its heading nor within the story; none without one."""
    if not body.lines:
        return []
    boxes = {body.page.boxes[number].element for number in body.story.boxes}
    own = {around for element in (*boxes, heading) if element is not None for around in _from(element)}
    articles = (node[0] for node in nodes if node[2] == "article")
    return [article for article in articles if article not in own and boxes.isdisjoint(article.iterancestors())]


def _from(element: Element) -> Iterable[Element]:
    return (element, *element.iterancestors("article"))
