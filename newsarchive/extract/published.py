"""When a story was published and last modified.

Statements in order of trust: JSON-LD, meta, microdata, ``time`` elements, the line beside the headline, script state,
the listing, the address. The first that can be read decides the day; where it states no clock (or midnight, which is
no clock but a date) or no zone, another statement of the same day or the same clock completes it. A statement that is
labelled as an update is never a publication.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from newsarchive.article import Moment, TimeBasis
from newsarchive.extract.date_lines import DateLines
from newsarchive.extract.document import Element, jsonld, text_of
from newsarchive.extract.document.landmarks import Landmark, Landmarks, strange
from newsarchive.extract.document.nodes import attributes
from newsarchive.extract.document.structured import Structured
from newsarchive.normalize.article import read_time
from newsarchive.reading import Found, Stamp

_PUBLISHED_META = (
    "article:published_time", "article:published:time", "article:published", "og:article:published_time",
    "og:published_time", "article:publication_date", "http://ogp.me/ns/article#published_time", "datepublished",
    "date.available", "dc.date.issued", "dcterms.issued", "dcterms.date", "dcterms.created", "dc.date.created",
    "dc.date", "date.created", "parsely-pub-date", "cxenseparse:recs:publishtime", "og:release_date",
    "publish_date", "publish-date", "publishdate", "published_date", "publication_date", "pubdate", "pub_date",
    "article_date_original", "originalpublicationdate", "article.published", "date", "sailthru.date",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "article:modified:time", "http://ogp.me/ns/article#modified_time", "datemodified",
    "og:updated_time", "og:modified_time", "date.modified", "date.updated", "dcterms.modified", "dc.date.modified",
    "lastmod", "last-modified", "article.updated", "revised",
)  # fmt: skip
_UPDATED = re.compile(
    r"更新|修改|修訂|最后|最後|updat|modif|edited|aktualis|geändert|mis à jour|màj|actualizad|aggiornat|atualizad|"
    r"oppdatert|uppdaterad|opdateret|bijgewerkt|обновл|güncel|diperbarui|수정",
    re.IGNORECASE,
)
# A date in digits with the clock beside it; what is glued to either end is left behind.
_NUMERIC = re.compile(
    r"(?:\d{1,2}:\d{2}(?::\d{2})?\s*)?(?!\d{4}\s\d{1,2}\.)(?:19|20)\d\d\s?[-/.年\s]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d*:)\s?日?\.?"
    r"(?:\s*[（(]?(?:星期|周|週|礼拜)?[一二三四五六日天月火水木金土][)）]?(?=[\s\d上下凌早晚中午]))?"
    r"(?:[\sT|,(（]*(?:上午|下午|凌晨|早上|晚上|中午|午前|午後|오전|오후|[A-Z]{3,4}(?=\s\d))?\s*\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|\s?[時时點点]\s?\d{1,2}\s?分?))?"
    r"(?:\.\d+)?(?:\s?(?:Z|[+-]\d\d:?\d\d|[(]?(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?[)]?))?"
)
_CLOCK = re.compile(r"\d{1,2}[:.：h]\d{2}|\d時|\d时|\d點")
_WALL = re.compile(r"(?<![\d.])(\d{1,2})(?:[:：hH]|\s?[時时點点]\s?)(\d{2})(?!\d)")
# A publication time in script state: a name that says so, and a date or seconds or milliseconds since 1970.
_STATE = re.compile(
    r"""\b(?=[cdfpr])(?:date_?published|(?:first_?)?(?:publish(?:ed)?|pub|deploy|release|create)_?(?:time|date|at|on|dt)|ct)\\?["']?"""
    r"""\s*[:=]\s*\\?["']?(\d{13}|\d{10}|20\d\d[-./]\d\d[-./]\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)(?![\d:])""",
    re.IGNORECASE,
)
_STATED = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d\S*|1\d{9}(?:\d{3})?")
_LONGEST_LINE = 160  # characters of a line that prints date and clock in elements of their own
_LABEL = 30  # characters before a time in which its label stands
_SLASH = re.compile(r"\s*/\s*")
_DIGITS = re.compile(r"\d")
_ADDRESS_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
# A date in words has a day and a year, or a day and a clock. Reading one may cost milliseconds, so few are tried.
_WORDED = re.compile(
    r"\b\d{1,2}\b.{0,40}(?:\b(?:19|20)\d\d\b|\d:\d\d)|\b(?:19|20)\d\d\b.{0,40}\b\d{1,2}\b|[前今昨]|\d[.:]\d\d"
)
_MOST_WORDED = 6
# A date and a clock, or two dates, in elements beside each other: "March 7, 20247:55 AM".
_GLUED = re.compile(r"\b((?:19|20)\d\d)(?=\d{1,2}[:.])")
_PARTS = re.compile(r"\s+[|•·–—/-]\s+|\s{2,}|(?<=\d{4})[,;]? (?=[A-ZÀ-Þ])")
_MOST_CLOCKS = 40
_BESIDE = "page: line beside the headline"
_CLOSE = 60  # elements between a headline and the time that belongs to it
_A_CHANGE = timedelta(minutes=2)  # systems write the same time with its seconds and without
_NO_LINES = DateLines()
_NEAR = 400  # elements between a headline and its byline; farther down other stories begin


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of the page's clock: the zone where a statement has none, and how it is known."""

    zone: str | None
    stated: bool = False  # by the paper's layout; else inferred
    languages: tuple[str, ...] = ()

    def read(self, raw: str) -> Moment | None:
        """The moment in ``raw``, or ``None``."""
        return read_time(self.stamp(raw, ""), self.languages)

    def stamp(self, raw: str, rule: str, *, override: bool = False) -> Stamp:
        """The raw statement with what is needed to read it again."""
        basis: TimeBasis | None = ("site_zone" if self.stated else "inferred") if self.zone else None
        return Stamp(raw=raw, rule=rule, zone=self.zone, basis=basis, override=override)


@dataclass(frozen=True, slots=True)
class _Statement:
    raw: str
    rule: str
    moment: Moment

    @property
    def has_clock(self) -> bool:
        """Midnight to the second is a date that some software made a time of."""
        return self.moment.precision != "day" and not re.search(r"[T ]00:00(?::00(?:\.0+)?)?(?:$|Z|[+-]|\s)", self.raw)


def published(
    data: Structured,
    marks: Landmarks,
    clock: Clock,
    url: str,
    at: int | None = None,
    listed: str | None = None,
    described: Found | None = None,
    lines: DateLines = _NO_LINES,
) -> Stamp | None:
    """The time of first publication.

    ``at`` is the headline's place in the page, ``listed`` what a listing said, ``lines`` where else a date may stand.
    """
    own = list(_read([(described.value, described.rule)] if described else [], clock))
    stated = _read(_machine(data, marks, "datePublished", "dateCreated", "uploadDate", meta=_PUBLISHED_META), clock)
    first = own[0] if own else next(stated, None)
    if first is not None and not own:
        first = _before_the_change(first, data, clock) or first
    if first is not None and first.has_clock and first.moment.basis == "stated_offset":
        return clock.stamp(first.raw, first.rule, override=_false_offset(first, marks, lines, clock, at))
    others = [first, *stated] if first is not None else []
    if not any(other.has_clock for other in others):
        others += _read(_visible(marks, lines, at, updated=False), clock)
    if not any(other.has_clock for other in others):
        others += _read(_state(data), clock)
        others += _read([(listed, "listing: published")] if listed else [], clock)
    if not others:
        others += _confirmed(
            _read(_machine(data, marks, "dateModified", meta=(*_MODIFIED_META, "dateupdate")), clock), marks, lines, at
        )
        others += _read(_address(url), clock)
    if not others:
        return None
    chosen = _complete(others)
    return clock.stamp(chosen.raw, chosen.rule)


def modified(
    data: Structured,
    marks: Landmarks,
    clock: Clock,
    at: int | None = None,
    described: Found | None = None,
    lines: DateLines = _NO_LINES,
) -> Stamp | None:
    """The time of the last change that the page states."""
    own = [(described.value, described.rule)] if described else []
    for statements in (
        own,
        _machine(data, marks, "dateModified", meta=_MODIFIED_META),
        _visible(marks, lines, at, updated=True),
    ):
        if (found := next(_read(statements, clock), None)) is not None:
            return clock.stamp(found.raw, found.rule)
    return None


def _before_the_change(stated: _Statement, data: Structured, clock: Clock) -> _Statement | None:
    """An earlier time of publication, where the first one is that of the last change: some systems fill in both."""
    if not stated.rule.startswith("json-ld") or stated.moment.utc is None:
        return None
    changed = {jsonld.text(data.article.get("dateModified")), *data.meta.get("article:modified_time", ())}
    said = data.first(_PUBLISHED_META[0])
    if said is None or all(_moment(clock, raw) != stated.moment.utc for raw in changed if raw):
        return None
    other = next(_read([(said[0], f"meta: {said[1]}")], clock), None)
    if other is None or other.moment.utc is None or stated.moment.utc - other.moment.utc < _A_CHANGE:
        return None
    return other


def _moment(clock: Clock, raw: str) -> datetime | None:
    moment = clock.read(raw)
    return moment.utc if moment is not None else None


def _read(statements: Iterable[tuple[str, str]], clock: Clock) -> Iterator[_Statement]:
    for raw, rule in statements:
        if moment := clock.read(raw):
            yield _Statement(raw, rule, moment)


def _machine(data: Structured, marks: Landmarks, *names: str, meta: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    for name in names:
        if raw := jsonld.text(data.article.get(name)):
            yield raw, f"json-ld: {data.article_type}.{name}"
    for name in meta:
        for raw in data.meta.get(name, ())[:1]:
            yield raw, f"meta: {name}"
    for name in names:
        for mark in marks.microdata.get(name.lower(), ())[:1]:
            yield mark.value, f"microdata: {name}"


def _visible(marks: Landmarks, lines: DateLines, at: int | None, *, updated: bool) -> Iterable[tuple[str, str]]:
    """Times in the page: those right below the headline, then those farther below, above it, and below the text."""
    if at is None:
        at = marks.headings[0].at if marks.headings else 0
    below = [mark for mark in marks.clocks if at <= mark.at <= at + _NEAR]
    above = [mark for mark in reversed(marks.clocks) if at - _NEAR <= mark.at < at]
    close = sum(mark.at <= at + _CLOSE for mark in below)
    clocks = (*below, *above)[:_MOST_CLOCKS]
    worded: Counter[bool] = Counter()
    yield from _in_clocks(clocks[:close], worded, updated=updated)
    yield from _in_lines(lines.between, worded, updated=updated)
    yield from _in_lines(lines.around, worded, updated=updated)
    yield from _in_clocks(clocks[close:], worded, updated=updated)


def _in_clocks(marks: Iterable[Landmark], worded: Counter[bool], *, updated: bool) -> Iterable[tuple[str, str]]:
    for mark in marks:
        if strange(mark.element):
            continue
        text = _own(_line(mark), _before(mark.element), updated=updated)
        if text is None:
            continue
        stated = _attribute(mark)
        if stated and _CLOCK.search(stated[0]) and not updated:
            yield stated
        yield from _raw(text, f"page: {_called(mark)}", worded)
        if stated:
            yield stated


def _in_lines(lines: Iterable[str], worded: Counter[bool], *, updated: bool) -> Iterable[tuple[str, str]]:
    for line in lines:
        if text := _own(line, "", updated=updated):
            yield from _raw(text, _BESIDE, worded)


def _own(text: str, label: str, *, updated: bool) -> str | None:
    """What of a line speaks of an update, or what does not; ``None`` where nothing does. ``label`` stands before it.

    "Published: June 3 at 4:05 p.m. | Updated: June 4 at 9:15 a.m.": each time stands behind its own word.
    """
    told = _UPDATED.search(text)
    if updated:
        if told is None and not _UPDATED.search(label):
            return None
        return text[told.start() :] if told and _DIGITS.search(text, told.start()) else text
    if told is not None:
        return text[: told.start()]
    return None if _UPDATED.search(label) else text


def _raw(text: str, rule: str, worded: Counter[bool]) -> Iterable[tuple[str, str]]:
    """The statements in a line: digits as they stand, else the parts of it that may be a date in words."""
    text = _GLUED.sub(r"\1 ", text)
    if found := _NUMERIC.search(text):
        yield found.group().strip(), rule
        return
    for part in (text, *(_PARTS.split(text) if _PARTS.search(text) else ())):
        kind = rule == _BESIDE
        if _WORDED.search(part) and worded[kind] < _MOST_WORDED:
            worded[kind] += 1
            yield part.strip(), rule


def _before(element: Element) -> str:
    """The label right before an element, in the same line: ``수정 <span>2025.03.11.</span>``."""
    before, around = element.getprevious(), element.getparent()
    if before is None:
        label = (around.text or "") if around is not None else ""
    else:
        label = before.tail or (text_of(before) if isinstance(before.tag, str) else "")
    return "" if _DIGITS.search(label) else label[-_LABEL:]


def _attribute(mark: Landmark) -> tuple[str, str] | None:
    """What a clock's element states for machines: ``datetime``, ``data-date-time``, ``data-timestamp`` …"""
    tag = mark.element.tag
    for name, value in attributes(mark.element).items():
        if (tag == "time" and name == "datetime") or (
            name.startswith("data-") and ("date" in name or "time" in name) and _STATED.fullmatch(value.strip())
        ):
            return value, f"page: {tag}[{name}]"
    return None


def _called(mark: Landmark) -> str:
    return mark.name if mark.name.startswith(mark.element.tag) else f"{mark.element.tag}.{mark.name.split()[0]}"


def _line(mark: Landmark) -> str:
    """The element's text, with its parent's around it where date and clock stand in elements of their own."""
    text, element = mark.text, mark.element
    if len(element) > 1 and len(text) < 40:  # year, day and clock in elements of their own: 2024 05/09 22:27:02
        text = _SLASH.sub("/", " ".join(piece for piece in map(str.strip, map(str, element.itertext())) if piece))
    for _ in range(2):
        parent = element.getparent()
        if (_CLOCK.search(text) and re.search(r"\d{4}|\d{1,2}[./-]\d", text)) or parent is None or len(parent) > 12:
            break
        element = parent
        wider = text_of(element, _LONGEST_LINE)
        if len(wider) > _LONGEST_LINE:
            break
        text = wider
    return text[:200]


def _confirmed(
    updates: Iterable[_Statement], marks: Landmarks, lines: DateLines, at: int | None
) -> Iterable[_Statement]:
    """Times that the page calls an update for machines, and prints to its readers with no such word."""
    printed = [raw for raw, _ in _visible(marks, lines, at, updated=False)]
    for update in updates:
        wall = _wall(update)
        if wall is not None and any(wall in raw for raw in printed):
            yield update


def _state(data: Structured) -> Iterable[tuple[str, str]]:
    for script in data.scripts:
        if found := _STATE.search(script):
            yield found.group(1), "script state"


def _address(url: str) -> Iterable[tuple[str, str]]:
    if found := _ADDRESS_DAY.search(url):
        yield "-".join(found.groups()), "address"


def _complete(statements: list[_Statement]) -> _Statement:
    """The first statement, or a fuller one of the same day, or the same clock with its offset."""
    first = statements[0]
    for other in statements if not first.has_clock else ():
        near = abs(datetime.fromisoformat(other.moment.date) - datetime.fromisoformat(first.moment.date))
        if other.has_clock and near <= timedelta(days=other.moment.basis == "stated_offset"):
            first = other
            break
    if first.moment.basis != "stated_offset" and first.has_clock:
        wall = _wall(first)
        for other in statements:
            if other.moment.basis == "stated_offset" and wall is not None and _wall(other) == wall:
                return other
    return first


def _wall(statement: _Statement) -> str | None:
    """``HH:MM`` as the statement prints it."""
    return _wall_of(statement.raw)


def _wall_of(raw: str) -> str | None:
    found = _WALL.search(raw)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def _false_offset(stated: _Statement, marks: Landmarks, lines: DateLines, clock: Clock, at: int | None) -> bool:
    """Whether a stated UTC is false: the page prints the same clock to its readers, and they live far from UTC.

    Software that takes a local time for UTC is common (``Z`` or ``+00:00`` on a Taipei clock). Only a difference of
    three hours or more tells: a site that shows its readers UTC by mistake would be noticed then, an hour would not.
    """
    if clock.zone is None or stated.moment.utc is None or not re.search(r"(?:Z|[+-]00:?00)\s*$", stated.raw):
        return False
    offset = stated.moment.utc.astimezone(ZoneInfo(clock.zone)).utcoffset()
    if offset is None or abs(offset) < timedelta(hours=3):
        return False
    wall = _wall(stated)
    for raw, _ in _visible(marks, lines, at, updated=False):
        if re.search(r"GMT|UTC|Z$|[+-]\d\d:?\d\d$", raw) is None and (printed := _wall_of(raw)):
            return printed == wall
    return False
