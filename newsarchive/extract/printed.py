"""The headline as it is printed: the heading over the story, whichever element it is.

Most papers print it as the ``h1``. Some give the ``h1`` to the last step of the trail to the page (Home › Sport › …),
where it holds a title for search engines, and print the headline below it as an ``h2``. The first ``h1`` may also be
the paper's name, or the title of a login box.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from newsarchive.extract.document import SILENT, Element, text_of
from newsarchive.extract.document.landmarks import Landmark, Landmarks, strange
from newsarchive.normalize.text import clean, fold

_MOST_HEADINGS = 40
_LONGEST = 400  # characters of a heading; a line that no element makes a heading is shorter
_SHORTEST = 15  # letters of an h2 that is a headline: "Latest news" is none
_LONGEST_LINE = 300
_DEPTH = 8  # elements from a heading to the list or nav that makes it the step of a trail
_STEPS = 8  # elements of a trail: three sections, the signs between them, the page
_TRAIL = re.compile(r"(?<![a-z])bread-?crumb|(?<![a-z])crumbs?(?![a-z])", re.IGNORECASE)
_QUOTES = "„“”«»‘’‚'\"「『¿¡"
_WORD = re.compile(r"\w+")
_MOST = 0.5
_ALIKE = 0.4  # share of words that a printed headline has in common with one that is stated: both speak of one event


@dataclass(frozen=True, slots=True)
class Printed:
    """``heading`` is the element that prints the headline and ``text`` what of it is the headline.

    ``trail`` is an ``h1`` that only ends the trail to the page.
    """

    heading: Landmark | None = None
    text: str = ""
    trail: Landmark | None = None


def printed(marks: Landmarks, stated: list[str]) -> Printed:
    """The heading that is a stated title or begins or ends it; else a line that does; else the first heading."""
    keys = [fold(text) for text in stated]
    own: list[tuple[bool, int, Landmark]] = []
    first: Landmark | None = None
    trail: Landmark | None = None
    for mark in marks.headings[:_MOST_HEADINGS]:
        key = fold(mark.text)
        if not key or len(mark.text) > _LONGEST or _is_masthead(mark.element):
            continue
        if len(key) > 3 and any(key in other or (len(other) > 5 and other in key) for other in keys):
            if _in_trail(mark.element):
                trail = trail or mark
            else:
                own.append((key not in keys, mark.at, mark))
        elif first is None and (len(key) > 7 or not stated or not key.isascii()) and not strange(mark.element):
            first = mark  # a short one ("Log in") only where the page has no title at all
    if own:
        best = min(own, key=lambda item: item[:2])[2]
        return Printed(best, _without_buttons(best, keys))
    if trail is not None:
        return _below(trail, marks, stated, keys) or Printed(trail, trail.text)
    lines = []
    for mark in marks.lines[:_MOST_HEADINGS]:
        key = fold(mark.text)
        if mark.element.tag == "a" and key not in keys:
            continue  # a link that says but the beginning of a title is a step of the menu
        if len(key) > 3 and len(mark.text) < _LONGEST_LINE and any(_opens(key, other) for other in keys):
            lines.append((-len(key), mark.at, mark))
    heading = min(lines, key=lambda item: item[:2])[2] if lines else first or _next_best(marks)
    return Printed(heading, heading.text) if heading else Printed()


def _next_best(marks: Landmarks) -> Landmark | None:
    """What calls itself the headline where the page's titles name only the paper; else the first fit ``h2``."""
    candidates: list[Landmark] = [*marks.microdata.get("headline", ())][:1] + marks.seconds[:_MOST_HEADINGS]
    for mark in candidates:
        key = fold(mark.text)
        if len(key) >= _SHORTEST and len(mark.text) <= _LONGEST and not strange(mark.element):
            return mark
    return None


def _without_buttons(heading: Landmark, keys: list[str]) -> str:
    """The heading's text; where a title opens it in an element of its own, that: "Listen to the story" may follow.

    Where a title ends it, and a kicker stands before in an element of its own, the colon that only the design shows.
    """
    whole = heading.text
    key = fold(whole)
    if key in keys:
        return whole
    for child in heading.element:
        text = text_of(child)
        if not (part := fold(text)) or not key.startswith(part):
            continue
        if part in keys:
            return text
        if key[len(part) :] in keys and whole.startswith(text):
            kicker, title = text.strip().rstrip(":"), whole[len(text) :].strip()
            return f"{kicker}: {title}" if title[:1].isalnum() or title[:1] in _QUOTES else whole
        break
    return whole


def _opens(key: str, title: str) -> bool:
    """Whether a line begins or ends a title and is most of it: the rest is the site's name, not the story."""
    return (title.startswith(key) or title.endswith(key)) and len(key) >= _MOST * len(title)


def _is_masthead(heading: Element) -> bool:
    """Whether all that a heading says is a link to the site's home page: the paper's name, set as a heading."""
    links = list(heading.iter("a"))
    if len(links) != 1 or fold(text_of(links[0])) != fold(text_of(heading)):
        return False
    try:
        address = urlsplit((links[0].get("href") or "").strip())
    except ValueError:
        return False
    return address.path in ("", "/") and not address.query and (address.netloc != "" or address.path == "/")


def _in_trail(element: Element) -> bool:
    """Whether it stands in navigation, or behind two links with nothing else beside it."""
    parent = element.getparent()
    if parent is not None and len(parent) <= _STEPS:
        links = [link for child in parent if child is not element for link in child.iter("a")]
        if len(links) > 1 and any(fold(text_of(link)) for link in links) and _only_links_beside(element, parent):
            return True
    for depth, around in enumerate((element, *element.iterancestors())):
        if around.tag in ("nav", "li") or _TRAIL.search(around.get("class") or ""):
            return True
        if depth > _DEPTH or around.tag in ("article", "main", "body"):
            break
    return False


def _only_links_beside(element: Element, parent: Element) -> bool:
    """Whether nothing stands beside ``element`` but links and the signs between them."""
    walker = etree.iterwalk(parent, events=("start", "end"))
    for event, node in walker:
        if event == "end":
            text = node.tail if node is not parent else None
        elif node is element or node.tag == "a" or node.tag in SILENT:
            walker.skip_subtree()
            continue
        else:
            text = node.text
        if text and fold(text):
            return False
    return True


def _below(trail: Landmark, marks: Landmarks, stated: list[str], keys: list[str]) -> Printed | None:
    """The ``h2`` below a trail that prints the headline: it says what one of the stated titles says, or much of it."""
    for mark in marks.seconds:
        if mark.at < trail.at or strange(mark.element):
            continue
        text = clean(mark.text)
        key = fold(text)
        if len(key) < 8 or len(text) > _LONGEST:
            continue
        # A kicker stands in the same heading; a title that is stated without it is a title without it.
        ends = [title for title, other in zip(stated, keys, strict=True) if len(other) > 8 and key.endswith(other)]
        if ends:
            return Printed(mark, text if key in keys else max(ends, key=len), trail)
        if any(key in other or _common(text, title) >= _ALIKE for other, title in zip(keys, stated, strict=True)):
            return Printed(mark, text, trail)
        return None
    return None


def _common(one: str, other: str) -> float:
    first, second = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(first & second) / max(1, min(len(first), len(second)))
