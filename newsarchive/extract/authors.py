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
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsarchive.article import Author
from newsarchive.extract.body import Body
from newsarchive.extract.byline_elements import FAR, byline_elements, called
from newsarchive.extract.document.landmarks import Landmarks, strange
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.signed import signed
from newsarchive.extract.source_line import source_beside_the_date
from newsarchive.extract.stated_authors import Evidence, stated_authors
from newsarchive.extract.text_bylines import LONGEST_LINE, beside, datelines
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.names import KANA
from newsarchive.normalize.text import HAN_CHARACTER, clean, fold
from newsarchive.reading import Found

# To look for the words first is far cheaper than to search for the expression, which ignores case.
_EDITOR_WORDS = (
    "editor", "edited by", "redaktur", "redigering", "责编", "責編", "编辑", "編輯", "核稿", "審核", "审核",
)  # fmt: skip
_EDITOR = re.compile(rf"(?:{'|'.join(_EDITOR_WORDS)})\s*[:：／/]?\s*([^\s:：)）][^:：)）\n]{{0,40}})", re.IGNORECASE)
_SOURCE = re.compile(
    r"(?<![图圖照]片)(?:稿件来源|稿件來源|稿源|文章来源|文章來源|新闻来源|来源于|来源|來源|出处|出處)\s*[:：]\s*([^\s:：|，。（）()【】]{2,30})"
)
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
# A line that a layout says is the byline, and that is no name otherwise known: 晴川.
_PEN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_OPENING = 3  # paragraphs that tell the language
_ABOVE = 12  # lines between headline and text: kicker, time, source, buttons, byline
_POST = 3  # words of a post that has the house's name in it
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
    japanese = any(map(KANA.search, (*data.titles, *(block.text for block in body.blocks[:_OPENING]))))
    named = [(Evidence(line, "page: line below the headline", text), label) for line, text, label in signed(body)]
    texts = [*opening, *beside(body)]
    # A line is read as it stands; an element around a label may hold the date and the buttons too.
    visible = [evidence for evidence, label in named if label] + list(byline_elements(marks, at, japanese=japanese))
    texts += [evidence for evidence, label in named if not label]
    structured = [*stated_authors(data, sites, japanese=japanese)]
    own = _contradicted(structured, visible, at) or _fuller(structured, visible, at)
    evidence = [own] if own is not None else []
    # A line that gives a person a role, or a dateline, was written by the paper; meta on Chinese pages was filled by a
    # content system. Elsewhere the machine-readable name is the better kept one.
    if any(HAN_CHARACTER.search(block.text) for block in body.blocks[:1]):
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


def _editors(marks: Landmarks, body: list[str]) -> set[str]:
    """Folded names that the page calls editors."""
    names: set[str] = set()
    for text in (*(mark.text for mark in marks.editors[:40]), *body[-2:]):
        if len(text) < 400 and any(map(text.lower().__contains__, _EDITOR_WORDS)):
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
        if not start <= mark.at <= start + FAR // 2 or len(text := mark.text) > LONGEST_LINE:
            continue
        if (source := _SOURCE.search(clean(text))) and not strange(mark.element):
            return Found(source[1], f"page: {called(mark)}")
    if printed is not None:
        return Found(printed.byline.provider, printed.rule) if printed.byline.provider else None
    named = next((Found(item.byline.provider, item.rule) for item in evidence if item.byline.provider), None)
    if named is None and (name := source_beside_the_date(body)):
        return Found(name, "page: name beside the date")
    return named
