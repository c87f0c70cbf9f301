"""The byline: who wrote it, for whom, where, and what kind of report it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from newsarchive.article import Author
from newsarchive.normalize.byline import chinese, japanese, korean, western
from newsarchive.normalize.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """A byline taken apart. ``authors`` are people only; an agency, paper or organisation is the ``provider``."""

    authors: tuple[Author, ...] = ()
    provider: str | None = None
    desk: str | None = None
    place: str | None = None
    kind: str | None = None

    def __bool__(self) -> bool:
        return bool(self.authors or self.provider or self.desk or self.place or self.kind)


_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LONGEST = 400  # no byline is; so that prose, however long, costs nothing


# One line is asked for as a signature, as a dateline and as itself, and labels come back on every page of a paper.
@lru_cache(maxsize=2048)
def parse_byline(line: str) -> Byline:
    """Take a byline apart; an empty (false) ``Byline`` where the line is none."""
    if len(line) > _LONGEST:
        return Byline()
    text = clean(line)
    if _HAN.search(text):
        parts = chinese.parse(text) or japanese.parse(text)
    else:
        parts = korean.parse(text) or western.parse(text)
    if parts is None:
        return Byline()
    return Byline(
        authors=tuple(dict.fromkeys(parts.authors)),
        provider=parts.provider,
        desk=parts.desk,
        place=parts.place,
        kind=parts.kind,
    )
