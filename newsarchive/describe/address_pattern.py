"""The pattern of a paper's story addresses, learnt from some of them: a regular expression with a group ``id``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from newsarchive.normalize.address import registrable_domain

_ENOUGH = 3  # addresses; fewer show no rule
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$")
# Letters and digits mixed, behind the last separator: ld.1759794, ECE17819867, AST1F4445T1FUTIL02SM.
_CODE = re.compile(r"(?=[A-Za-z0-9]*\d)(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{6,}(?=\.\w{2,5}$|$)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressPattern:
    """``pattern`` matches ``covered`` of the ``of`` addresses it was learnt from, and none of the others given."""

    pattern: str
    covered: int
    of: int
    has_id: bool


def learn_pattern(stories: Sequence[str], others: Iterable[str]) -> AddressPattern | None:
    """Learn the pattern of ``stories``; ``None`` where they have none in common, or where it matches ``others`` too.

    Of each address the shape is taken: words, dates, numbers, the number or code that is the story's own. The shape of
    most addresses is the pattern; parts that are the same in all of them stand in it as they are.
    """
    domain = registrable_domain(stories[0]) if stories else None
    if len(set(stories)) < _ENOUGH or domain is None:
        return None
    split = {url: _split(url) for url in dict.fromkeys(stories)}
    shapes = Counter(_shape(parts) for parts in split.values())
    shape = shapes.most_common(1)[0][0]
    alike = [parts for parts in split.values() if _shape(parts) == shape]
    if len(alike) < _ENOUGH:
        return None
    path = _sections([parts[: len(parts) - len(shape)] for parts in alike])
    tails = [parts[len(parts) - len(shape) :] for parts in alike]
    path += "".join("/" + _segment([tail[at] for tail in tails], kind) for at, kind in enumerate(shape))
    slash = "/?" if all(urlsplit(url).path.endswith("/") for url in stories) else ""
    port = r":\d+" if urlsplit(stories[0]).port else ""
    pattern = rf"^https?://(?:[\w-]+\.)*{re.escape(domain)}{port}{path}{slash}(?:[?#]|$)"
    compiled = re.compile(pattern)
    if any(compiled.search(url) for url in others):
        return None
    covered = sum(bool(compiled.search(url)) for url in split)
    return AddressPattern(pattern=pattern, covered=covered, of=len(split), has_id="(?P<id>" in path)


def _split(url: str) -> list[str]:
    return [part for part in unquote(urlsplit(url).path).split("/") if part]


def _shape(segments: list[str]) -> tuple[str, ...]:
    """The kind of each segment: ``id`` (the last that holds a number or code of its own), ``digits``, ``words``.

    The sections before the first of the others are left out: there may be one or three of them.
    """
    kinds = ["digits" if part.isdigit() else "words" for part in segments]
    for at in range(len(segments) - 1, -1, -1):
        if _own(segments[at]):
            kinds[at] = "id"
            break
    else:
        kinds[-1:] = ["slug"]
    sections = next((at for at, kind in enumerate(kinds) if kind != "words"), 0)
    return tuple(kinds[sections:])


def _sections(leads: list[list[str]]) -> str:
    lengths = {len(lead) for lead in leads}
    if len(lengths) == 1:
        return "".join("/" + _segment([lead[at] for lead in leads], "words") for at in range(lengths.pop()))
    return rf"(?:/[^/?#]+){{{min(lengths)},{max(lengths)}}}"


def _own(segment: str) -> re.Match[str] | None:
    """The story's own number or code in a segment."""
    numbers = [match for match in _NUMBER.finditer(segment) if not _DATE.match(match[0])]
    return numbers[-1] if numbers else _CODE.search(segment)


def _segment(values: list[str], kind: str) -> str:
    if kind == "digits":
        lengths = {len(value) for value in values}
        return rf"\d{{{min(lengths)},{max(lengths)}}}" if len(lengths) > 1 else rf"\d{{{lengths.pop()}}}"
    if kind == "slug":
        return r"[^/?#]*-[^/?#]+" if all("-" in value for value in values) else "[^/?#]+"
    if kind == "words":
        return re.escape(values[0]) if len(set(values)) == 1 else "[^/?#]+"
    found = [match for value in values if (match := _own(value))]
    number = all(match[0].isdigit() for match in found)
    before = {match.string[: match.start()] for match in found}
    after = {match.string[match.end() :] for match in found}
    own = r"(?P<id>\d+)" if number else r"(?P<id>[A-Za-z0-9]+)"
    return _around(before, "(?:[^/?#]*[^/?#A-Za-z0-9])?" if not number else r"(?:[^/?#]*\D)?") + own + _around(
        after, r"(?:\D[^/?#]*)?"
    )  # fmt: skip


def _around(texts: set[str], free: str) -> str:
    if len(texts) == 1:
        return re.escape(texts.pop())
    endings = {re.split(r"(?=[-_.])", text)[-1] if text else "" for text in texts}
    if len(texts) <= 3 and endings == texts:
        return "(?:" + "|".join(map(re.escape, sorted(texts, reverse=True))) + ")"
    return free
