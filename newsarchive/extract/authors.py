"""Who wrote the story, and the line that says so.

Structured data names the authors of most Western pages; what it names may also be the site, the account that published,
or the editor. On Chinese pages three names in four stand only in the text: in the dateline of the first paragraph, in a
parenthesis that closes the last one, or on a line of their own. So evidence is taken in order of trust, and the first
that names a person wins; what names only an organisation is the provider where no person is named.

No author is: the site itself, an address, a code of the staff, an editor (責任編輯, Editor:), a reader who comments,
somebody in a box of other stories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise

from newsarchive.article import Author
from newsarchive.extract.body import Body
from newsarchive.extract.document import SILENT, Element, text_of
from newsarchive.extract.document.boilerplate import hides
from newsarchive.extract.document.landmarks import Landmark, Landmarks, opens_like_byline, strange
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.signed import signed
from newsarchive.extract.source_line import source_beside_the_date
from newsarchive.extract.stated_authors import Evidence, stated_authors
from newsarchive.extract.text_bylines import LONGEST_LINE, TIMED, beside, datelines
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.byline.words import BULLETS
from newsarchive.normalize.names import is_latin_name
from newsarchive.normalize.text import clean, fold
from newsarchive.reading import Found

_EDITOR = re.compile(
    r"(?:editor|edited by|redaktur|redigering|责任编辑|責任編輯|责编|責編|"
    r"编辑|編輯|核稿|審核|审核)\s*[:：／/]?\s*([^\s:：)）][^:：)）\n]{0,40})",
    re.IGNORECASE,
)
_HAN_LINE = re.compile(r"[\u3400-\u9fff]")
_SOURCE = re.compile(
    r"(?<![图圖照]片)(?:稿件来源|稿件來源|稿源|文章来源|文章來源|新闻来源|来源于|来源|來源|出处|出處)\s*[:：]\s*([^\s:：|，。（）()【】]{2,30})"
)
# 五十嵐なつき: a Japanese name tells itself by its kana, where a link to the author's page says that it is one.
_KANA_NAME = re.compile(r"[\u3400-\u9fff々]{1,3} ?[\u3400-\u9fff々]{0,2}[\u3041-\u309f]{1,4}")
# What a content system prints behind the source, with no sign between: where the account is, the size of letters.
_NEXT_LABEL = re.compile(
    r"(?:发布于|發佈於|发表于|发布时间|字[号號体體]|[责責]任?[编編]|[编編][辑輯]|分享|阅读|举报)[：:\s].*$"
)
_SOCIAL = re.compile(
    r"文章|更多|最新|阅读|閱讀|主页|\b(?:son|tüm) yazı"
    r"|\b(?:twitter|facebook|instagram|linkedin|whatsapp|e-?mail|share|follow|rss)\b",
    re.IGNORECASE,
)
_PARTICLES = re.compile(r"[\u3041-\u309f]{1,4}")  # まで: grammar, not a name
_GLUED = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]")
_LABEL = re.compile(r"(?:autorin/autor|autor(?:in)?|author(?: of the article)?s?)\s*:?\s+", re.IGNORECASE)
# A line that a layout says is the byline, and that is no name otherwise known: 晴川.
_PEN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_ABOVE = 12  # lines between headline and text: kicker, time, source, buttons, byline
_MOST_TOGETHER = 6  # authors of one story
_MOST_OF_IT = 0.6  # share of a byline that is its authors' linked names
_POST = 3  # words of a post that has the house's name in it
_LABEL_AND_SIGNS = 20  # characters of a printed byline beside the names
_PIECES = 8  # elements of a byline: date, picture, names, post, place
_FAR = 400  # elements from the headline to the byline; farther down other stories begin
_BELOW = 60  # elements between a headline and the byline that belongs to it


@dataclass(slots=True)
class Authorship:
    """What the page says of its authors; ``byline`` is the line as printed, ``lines`` body paragraphs that are one."""

    byline: Found | None = None
    authors: list[Author] = field(default_factory=list)
    rule: str | None = None
    provider: Found | None = None
    desk: Found | None = None
    place: Found | None = None
    kind: Found | None = None
    lines: set[int] = field(default_factory=set)


def authorship(
    data: Structured,
    marks: Landmarks,
    body: Body,
    sites: set[str],
    at: int | None,
    described: Found | None = None,
) -> Authorship:
    """Weigh the evidence. ``described`` is the line and rule of a layout, ``at`` the headline's place in the page."""
    found = Authorship()
    opening = datelines([block.text for block in body.blocks], found.lines)
    evidence = [_as_described(described)] if described is not None else []
    editors: set[str] = set()
    # Nothing that the page says elsewhere counts for more, and to look for it takes a tenth of the time.
    if not any(_people_in(item, sites, editors) for item in evidence):
        editors = _editors(marks, [block.text for block in body.blocks])
        evidence += _found(data, marks, body, opening, sites, at)
    for item in evidence:
        if people := _people_in(item, sites, editors):
            found.authors, found.rule = people, item.rule
            break
    printed = _printed(found.authors, [e for e in evidence if e.printed])
    if printed is not None and printed.printed is not None:
        found.byline = Found(printed.printed, printed.rule)
        for name in ("desk", "place", "kind"):
            if value := getattr(printed.byline, name):
                setattr(found, name, Found(value, printed.rule))
    found.provider = _provider(body, marks, evidence, printed if found.authors else None, at)
    return found


def _as_described(line: Found) -> Evidence:
    byline = parse_byline(line.value)
    if not byline and _PEN_NAME.fullmatch(line.value):
        byline = Byline(authors=(Author(line.value),))
    return Evidence(byline, line.rule, line.value)


def _found(
    data: Structured, marks: Landmarks, body: Body, opening: list[Evidence], sites: set[str], at: int | None
) -> list[Evidence]:
    """What the page says for machines and readers, the most trusted first; ``opening`` are the text's datelines."""
    named = [(Evidence(line, "page: line below the headline", text), label) for line, text, label in signed(body)]
    texts = [*opening, *beside(body)]
    # A line is read as it stands; an element around a label may hold the date and the buttons too.
    visible = [evidence for evidence, label in named if label] + list(_visible(marks, at, sites))
    texts += [evidence for evidence, label in named if not label]
    structured = [*stated_authors(data, sites)]
    own = _contradicted(structured, visible, at) or _fuller(structured, visible, at)
    evidence = [own] if own is not None else []
    # A line that gives a person a role, or a dateline, was written by the paper; meta on Chinese pages was filled by a
    # content system. Elsewhere the machine-readable name is the better kept one.
    if any(_HAN_LINE.search(block.text) for block in body.blocks[:1]):
        evidence += [e for e in (*visible, *texts) if _names_with_role(e)]
    return [*evidence, *structured, *visible, *texts]


def _people_in(evidence: Evidence, sites: set[str], editors: set[str]) -> list[Author]:
    """The people that it names and that may be authors."""
    # The last editor of a page may have written it too, and then a line of the text says so.
    refused = sites | editors if evidence.printed is None else sites
    return [author for author in evidence.byline.authors if not _refused(author.name, refused)]


def _contradicted(structured: list[Evidence], visible: list[Evidence], at: int | None) -> Evidence | None:
    """A byline right below the headline that names other people than the structured data do.

    What a reader sees there is the author; an account or an editor stands in the data.
    """
    stated = _parts(structured[0].byline) if structured else set()
    if not stated or at is None:
        return None
    for evidence in visible:
        names = _parts(evidence.byline)
        if names and 0 <= evidence.at - at <= _BELOW:
            return None if any(a in b or b in a for a in names for b in stated) else evidence
    return None


def _fuller(structured: list[Evidence], visible: list[Evidence], at: int | None) -> Evidence | None:
    """A byline right below the headline that has the one author of the structured data, and others beside."""
    stated = structured[0].byline.authors if structured else ()
    if len(stated) != 1 or at is None:
        return None
    for evidence in visible:
        names = [fold(author.name) for author in evidence.byline.authors]
        if 0 <= evidence.at - at <= _BELOW and fold(stated[0].name) in names:
            return evidence if len(names) > 1 else None
    return None


def _parts(byline: Byline) -> set[str]:
    """Folded given names and surnames of the people."""
    return {key for author in byline.authors for part in author.name.split() if len(key := fold(part)) > 1}


def _names_with_role(evidence: Evidence) -> bool:
    return any(author.role for author in evidence.byline.authors)


def _visible(marks: Landmarks, at: int | None, sites: set[str]) -> Iterator[Evidence]:
    """Elements that call themselves bylines, near the headline, nearest first."""
    start = at if at is not None else (marks.headings[0].at if marks.headings else 0)
    near = [mark for mark in marks.bylines if start - _FAR // 4 <= mark.at <= start + _FAR]
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
        bare = not (byline.kind or byline.place or byline.provider or any(author.role for author in byline.authors))
        bare = bare and not opens_like_byline(text)  # 文／…: the label says what it is
        if byline.authors and bare and _HAN_LINE.search(text) and not _stated_author(mark):
            continue  # the "author" on a page of an aggregator is the account: a bare Chinese word may be any name
        if byline:
            printed = TIMED.sub("", clean(_apart(mark, " ")))
            yield Evidence(byline, f"page: {_called(mark)}", printed, mark.at)
        elif mark.at >= start:
            blocks.append(mark)
    for mark in blocks:
        text, byline = _in_pieces(mark.element)
        if byline:
            yield Evidence(byline, f"page: {_called(mark)}", text, mark.at)


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
    """Links to the pages of several authors beside each other in one element, which then is the byline."""
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
    for outer in marks:
        names = outer.element.get("class")
        alike: dict[str, list[Landmark]] = {}
        for mark in marks:
            own = mark.element.get("class") if len(mark.element) == 0 else None
            if own and own != names and outer.element in islice(mark.element.iterancestors(), _PIECES):
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
                yield Evidence(Byline(authors=people), f"page: {_called(inner[0])}", printed, inner[0].at)


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
        mark.name == "author-page"
        or mark.element.get("itemprop") == "author"
        or any(link.get("rel") == "author" for link in mark.element.iter("a"))
    )


def _called(mark: Landmark) -> str:
    return f"{mark.element.tag}.{mark.name.split()[0]}" if mark.name else str(mark.element.tag)


def _editors(marks: Landmarks, body: list[str]) -> set[str]:
    """Folded names that the page calls editors."""
    names: set[str] = set()
    for text in (*(mark.text for mark in marks.editors[:40]), *body[-2:]):
        if len(text) < 400:
            for match in _EDITOR.finditer(text):
                names |= {fold(name) for name in re.split(r"[、,，;；/ ]| and ", match[1])} | {fold(match[1])}
    return names


def _refused(name: str, refused: set[str]) -> bool:
    key = fold(name)
    if _SOCIAL.search(name) or _PARTICLES.fullmatch(name):
        return True
    if key in refused or any(len(other) > 5 and key.startswith(other) for other in refused):
        return True
    # "Redaktorka Onet": a post in the house, set like a name.
    words = name.split()
    return not key or (len(words) >= _POST and any(fold(word) in refused for word in words[1:]))


def _printed(authors: list[Author], evidence: list[Evidence]) -> Evidence | None:
    """The printed line that names the authors; where there are none, the first that says anything."""
    if not authors:
        return next((item for item in evidence if item.byline), None)
    names = {fold(author.name) for author in authors}
    for item in evidence:
        if names & {fold(author.name) for author in item.byline.authors}:
            return item
    return None


def _provider(
    body: Body, marks: Landmarks, evidence: Iterable[Evidence], printed: Evidence | None, at: int | None
) -> Found | None:
    """The source that a line near the headline labels as such; else the organisation in the byline; else, where no
    person is named, the organisation that stands for an author."""
    first = body.lines[0] if body.lines else 0
    for number in range(max(first - _ABOVE, 0), first):
        line = clean(body.page.lines[number].text)
        if "源" not in line and "出" not in line:  # few lines may name one
            continue
        line = _NEXT_LABEL.sub("", line)
        if len(line) < LONGEST_LINE and (source := _SOURCE.search(line)):
            return Found(source[1], "page: line above the text")
    start = at or 0
    for mark in (*marks.clocks, *marks.bylines):
        if not start <= mark.at <= start + _FAR // 2 or len(text := mark.text) > LONGEST_LINE:
            continue
        if (source := _SOURCE.search(clean(text))) and not strange(mark.element):
            return Found(source[1], f"page: {_called(mark)}")
    if printed is not None:
        return Found(printed.byline.provider, printed.rule) if printed.byline.provider else None
    named = next((Found(item.byline.provider, item.rule) for item in evidence if item.byline.provider), None)
    if named is None and (name := source_beside_the_date(body)):
        return Found(name, "page: name beside the date")
    return named
