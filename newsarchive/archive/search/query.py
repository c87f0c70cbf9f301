"""The language of searches: words, phrases, AND, OR, NOT, parentheses and fields; parsed into a small tree.

    川普 軍售                    both
    "華爾街日報" OR WSJ           one of them
    headline:關稅 NOT 中國        only in headlines; without
    tag:(川普 OR 習近平)          a field for several

Full-width signs are understood too: 標題用：（）「」“”. Pure: no database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from newsarchive.normalize.tokens import phrases

Field = Literal["headline", "subheadline", "body", "caption", "byline", "tag"]
FIELDS: tuple[Field, ...] = ("headline", "subheadline", "body", "caption", "byline", "tag")

COLUMN = {name: {"caption": "captions", "tag": "tags"}.get(name, name) for name in FIELDS}
"""A field's column in the index."""

LONGEST = 1_000  # characters; a longer query is a pasted text, and no index answers it in reasonable time
MOST_TERMS = 64
DEEPEST = 16  # parentheses within parentheses


class QueryError(ValueError):
    """A query that cannot be understood; the message says what and where, for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that stand one after the other; with ``prefix`` the last is only a beginning. ``text`` is as typed."""

    tokens: tuple[str, ...]
    prefix: bool
    field: Field | None
    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of them."""

    of: tuple[Node, ...]


Node = Term | AllOf | AnyOf

_SIGNS = str.maketrans("（）：＊\u3000", "():* ")
_PART = re.compile(
    r"""(?P<blank>\s+)|(?P<open>\()|(?P<close>\))
    |"(?P<ascii>[^"]*)"|“(?P<curly>[^”]*)”|「(?P<corner>[^」]*)」
    |(?P<field>[A-Za-z]+):(?=\S)
    |(?P<unclosed>["“「])
    |(?P<word>[^\s()"“「:]+:?)|(?P<colon>:)""",
    re.VERBOSE,
)


def parse(query: str) -> Node:
    """Parse a query. Raises `QueryError`."""
    if len(query) > LONGEST:
        raise QueryError(f"the query has {len(query):,} characters; the longest that is taken has {LONGEST:,}")
    parts = _split(query.translate(_SIGNS))
    reader = _Reader(parts, len(query))
    tree = reader.alternatives(None, 0)
    if reader.part is not None:
        raise QueryError(f"a closing parenthesis without its opening one, at character {reader.part[2] + 1}")
    if reader.terms > MOST_TERMS:
        raise QueryError(f"the query has {reader.terms} words; {MOST_TERMS} are taken at most")
    return tree


def terms(node: Node) -> list[Term]:
    """The terms that a hit may contain, for marking them; not those after NOT."""
    if isinstance(node, Term):
        return [node]
    return [term for part in (node.wanted if isinstance(node, AllOf) else node.of) for term in terms(part)]


def _split(query: str) -> list[tuple[str, str, int]]:
    parts = []
    for match in _PART.finditer(query):
        kind = match.lastgroup or ""
        if kind == "unclosed":
            raise QueryError(f"the quotation mark at character {match.start() + 1} is not closed")
        if kind != "blank":
            text = match[kind]
            parts.append(("phrase" if kind in ("ascii", "curly", "corner") else kind, text, match.start()))
    return parts


class _Reader:
    """Reads parts from left to right: OR binds least, then AND (or nothing), then NOT."""

    def __init__(self, parts: list[tuple[str, str, int]], length: int) -> None:
        self._parts = parts
        self._at = 0
        self._length = length
        self.terms = 0

    @property
    def part(self) -> tuple[str, str, int] | None:
        return self._parts[self._at] if self._at < len(self._parts) else None

    def _is(self, kind: str, text: str | None = None) -> bool:
        return self.part is not None and self.part[0] == kind and text in (None, self.part[1])

    def alternatives(self, field: Field | None, depth: int) -> Node:
        found = [self._together(field, depth)]
        while self._is("word", "OR"):
            self._at += 1
            found.append(self._together(field, depth))
        return found[0] if len(found) == 1 else AnyOf(tuple(found))

    def _together(self, field: Field | None, depth: int) -> Node:
        wanted: list[Node] = []
        unwanted: list[Node] = []
        start = self.part[2] if self.part else self._length
        while self.part is not None and not self._is("close") and not self._is("word", "OR"):
            if self._is("word", "AND"):
                if not wanted and not unwanted:
                    raise QueryError(f"AND at character {self.part[2] + 1} has nothing before it")
                self._at += 1
                if self.part is None or self._is("close") or self._is("word", "OR"):
                    raise QueryError("AND has nothing after it")
            into = wanted
            if self._is("word", "NOT"):
                self._at += 1
                into = unwanted
            into.append(self._one(field, depth))
        if not wanted:
            if unwanted:
                raise QueryError("NOT alone finds everything else; say also what to find")
            raise QueryError(f"there is no word to search for at character {start + 1}")
        if len(wanted) == 1 and not unwanted:
            return wanted[0]
        return AllOf(tuple(wanted), tuple(unwanted))

    def _one(self, field: Field | None, depth: int) -> Node:
        part = self.part
        if part is None or part[0] == "close":
            raise QueryError("there is a word missing at the end")
        kind, text, start = part
        self._at += 1
        if kind == "open":
            if depth >= DEEPEST:
                raise QueryError(f"parentheses are {DEEPEST} deep at most")
            inner = self.alternatives(field, depth + 1)
            if not self._is("close"):
                raise QueryError(f"the parenthesis at character {start + 1} is not closed")
            self._at += 1
            return inner
        if kind == "field" and text.lower() in FIELDS:
            named = next(name for name in FIELDS if name == text.lower())
            return self._one(named, depth)
        if kind == "field":
            raise QueryError(f"{text}: is no field; fields are {', '.join(f'{name}:' for name in FIELDS)}")
        return self._term(kind, text, field, start)

    def _term(self, kind: str, text: str, field: Field | None, start: int) -> Node:
        self.terms += 1
        found = phrases(text)
        if not found:
            raise QueryError(f"there is nothing to search for in {text!r} at character {start + 1}")
        beginning = kind == "word" and text.endswith("*")
        of = tuple(Term(tuple(tokens), single or beginning, field, text) for tokens, single in found)
        return of[0] if len(of) == 1 else AllOf(of)
