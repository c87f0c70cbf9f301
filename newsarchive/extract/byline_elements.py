"""Who wrote the story, by the elements of a page that call themselves bylines: by class, by microdata, by their links.

One may hold the date and the buttons too; another one name alone, beside the next one's. The names stand in elements of
their own, with posts, houses and signs between them, or with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from newsarchive.article import Author
from newsarchive.extract.document import SILENT, Element, text_of
from newsarchive.extract.document.boilerplate import hides
from newsarchive.extract.document.landmarks import Landmark, Landmarks, opens_like_byline, strange
from newsarchive.extract.stated_authors import Evidence
from newsarchive.extract.text_bylines import LONGEST_LINE, TIMED
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.byline.chinese_words import BULLETS
from newsarchive.normalize.names import is_latin_name, may_be_japanese_name
from newsarchive.normalize.text import HAN_CHARACTER, clean

# 五十嵐なつき: a Japanese name tells itself by its kana, where a link to the author's page says that it is one.
_KANA_NAME = re.compile(r"[\u3400-\u9fff々]{1,3} ?[\u3400-\u9fff々]{0,2}[\u3041-\u309f]{1,4}")
_BETWEEN = re.compile(r"\s?[、・／/]\s?")
_GLUED = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
_LABEL = re.compile(r"(?:autorin/autor|autor(?:in)?|author(?: of the article)?s?)\s*:?\s+", re.IGNORECASE)
_MOST_TOGETHER = 6  # authors of one story
_MOST_OF_IT = 0.6  # share of a byline that is its authors' linked names
_LABEL_AND_SIGNS = 20  # characters of a printed byline beside the names
_PIECES = 8  # elements of a byline: date, picture, names, post, place
FAR = 400  # elements from the headline to the byline; farther down other stories begin


def byline_elements(marks: Landmarks, at: int | None, *, japanese: bool = False) -> Iterator[Evidence]:
    """Elements that call themselves bylines, near the headline, nearest first. ``at`` is its place in the page."""
    start = at if at is not None else (marks.headings[0].at if marks.headings else 0)
    near = [mark for mark in marks.bylines if start - FAR // 4 <= mark.at <= start + FAR]
    pages = {mark.element.get("href", "").rstrip("/") for mark in near if mark.name == "author-page"}
    # What leads below an author's page is no author: "All columns".
    near = [mark for mark in near if mark.name != "author-page" or not _below_one(mark.element.get("href", ""), pages)]
    near.sort(key=lambda mark: (mark.at < start, abs(mark.at - start)))
    blocks: list[Landmark] = []
    yield from _linked_together(near)
    yield from _alike_in_one(near[:30])
    for mark in _inner_first(near[:30]):
        if strange(mark.element) and not _byline_set_as_nav(mark.element):
            continue
        if hides(mark.element.get("style")):  # what a machine reads; on Chinese pages often the editor
            continue
        text = TIMED.sub("", clean(_apart(mark, ", ")))
        if not text or len(text) > LONGEST_LINE:
            continue
        byline = parse_byline(_LABEL.sub("", text).lstrip(BULLETS))
        if not byline and _stated_author(mark) and _KANA_NAME.fullmatch(text):
            byline = Byline(authors=(Author(text),))
        if not byline and japanese and all(map(may_be_japanese_name, names := _BETWEEN.split(text))):
            byline = Byline(authors=tuple(map(Author, names)))
        bare = not (byline.kind or byline.place or byline.provider or any(author.role for author in byline.authors))
        bare = bare and not opens_like_byline(text)  # 文／…: the label says what it is
        if byline.authors and bare and HAN_CHARACTER.search(text) and not (japanese or _stated_author(mark)):
            continue  # the "author" on a page of an aggregator is the account: a bare Chinese word may be any name
        if byline:
            printed = TIMED.sub("", clean(_apart(mark, " ")))
            yield Evidence(byline, f"page: {called(mark)}", printed, mark.at)
        elif mark.at >= start:
            blocks.append(mark)
    for mark in blocks:
        text, byline = _in_pieces(mark.element)
        if byline:
            yield Evidence(byline, f"page: {called(mark)}", text, mark.at)


def _apart(mark: Landmark, sign: str) -> str:
    """A byline's text, with ``sign`` where one element ends in a name and the next begins: "Elin Berg" "HP"."""
    text = mark.text
    inside = [inner.tag for inner in mark.element.iterdescendants()]
    if not inside or not _GLUED.search(text) or not SILENT.isdisjoint(inside):
        return text
    pieces = [piece for piece in map(str, mark.element.itertext()) if piece.strip()]
    glued = (
        f"{one}{sign}" if " " in one.strip() and _GLUED.match(one[-1] + other[0]) else one
        for one, other in pairwise([*pieces, " "])
    )
    return " ".join("".join(glued).split())


def _below_one(address: str, pages: set[str]) -> bool:
    return address.rstrip("/").rpartition("/")[0] in pages


def _linked_together(marks: list[Landmark]) -> Iterator[Evidence]:
    """Several authors of microdata, or links to their pages, beside each other in one element: that is the byline."""
    rows: dict[Element, list[Landmark]] = {}
    for mark in marks:
        named = mark.name == "author-page" or mark.element.get("itemprop") == "author"
        around = mark.element.getparent() if named else None
        if around is not None:
            rows.setdefault(around, []).append(mark)
    for around, links in rows.items():
        if not 1 < len(links) <= _MOST_TOGETHER or strange(links[0].element):
            continue
        names = [clean(link.text) for link in links]
        people = tuple(dict.fromkeys(author for name in names for author in parse_byline(name).authors))
        # Between them is hardly more than "and": else it is a text that mentions them.
        if len(people) > 1 and sum(map(len, names)) > _MOST_OF_IT * len(text := clean(text_of(around))):
            yield Evidence(Byline(authors=people), "page: links to authors", text, links[0].at)


def _alike_in_one(marks: list[Landmark]) -> Iterator[Evidence]:
    """The names in elements of one class inside a byline, which has posts and houses between them and no sign."""
    leaves = [(mark, own) for mark in marks if len(mark.element) == 0 and (own := mark.element.get("class"))]
    for outer in marks if len(leaves) > 1 else ():
        around = outer.element.get("class")
        alike: dict[str, list[Landmark]] = {}
        for mark, own in leaves:
            if own != around and outer.element in islice(mark.element.iterancestors(), _PIECES):
                alike.setdefault(own, []).append(mark)
        for inner in alike.values():
            if not 1 < len(inner) <= _MOST_TOGETHER or strange(outer.element):
                continue
            found = [parse_byline(clean(mark.text)).authors for mark in inner]
            people = tuple(dict.fromkeys(author for one in found for author in one))
            if len(people) > 1 and all(len(one) == 1 and is_latin_name(one[0].name) for one in found):
                names = ", ".join(author.name for author in people)
                line = clean(outer.text)
                printed = line if len(line) < len(names) + _LABEL_AND_SIGNS else names
                yield Evidence(Byline(authors=people), f"page: {called(inner[0])}", printed, inner[0].at)


def _inner_first(marks: list[Landmark]) -> list[Landmark]:
    """The marks in their order, but one that stands in another and names as many people goes before it.

    The outer one adds the date and buttons, and in Arabic or Hebrew, where no letter is a capital, they may look like
    more of a name.
    """
    found: list[Landmark] = []
    for mark in marks:
        outer = found[-1] if found else None
        if outer is not None and mark.element.getparent() is outer.element and _people(mark) >= _people(outer) > 0:
            found.insert(-1, mark)
        else:
            found.append(mark)
    return found


def _people(mark: Landmark) -> int:
    return len(parse_byline(clean(mark.text)).authors)


def _byline_set_as_nav(element: Element) -> bool:
    """Whether the navigation that it stands in is a byline: links to the pages of its authors, behind a label."""
    nav = next(element.iterancestors("nav", "main", "article", "body"), None)
    return nav is not None and nav.tag == "nav" and len(text := text_of(nav)) < LONGEST_LINE and opens_like_byline(text)


def _in_pieces(element: Element) -> tuple[str, Byline]:
    """A block of time, names and place in elements of their own, with no sign between: the piece that has names."""
    if element.find(".//time") is not None:
        for piece in [inner for inner in element.iter() if len(inner) == 0][:_PIECES]:
            text = clean(text_of(piece))
            if not any(character.isdigit() for character in text) and (byline := parse_byline(text)).authors:
                return text, byline
    return "", Byline()


def _stated_author(mark: Landmark) -> bool:
    return (
        mark.name in ("author-page", "address")
        or mark.element.get("itemprop") == "author"
        or any(link.get("rel") == "author" for link in mark.element.iter("a"))
    )


def called(mark: Landmark) -> str:
    """Name a landmark in a rule."""
    return f"{mark.element.tag}.{mark.name.split()[0]}" if mark.name else str(mark.element.tag)
