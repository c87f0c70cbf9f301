"""The byline: who wrote it, for whom, where, and what kind of report it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsarchive.article import Author


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


def parse_byline(line: str) -> Byline:
    """Take a byline apart; an empty (false) ``Byline`` where the line is none."""
    found = re.fullmatch(r"(記者|记者|編譯|By )\s*([^／/╱]+)(?:\s*[／/╱]\s*(\S*?)(報導|電))?", line.strip())
    if not found:
        return Byline()
    people = tuple(Author(name, found[1].strip()) for name in re.split(r"、| and ", found[2]))
    return Byline(authors=people, place=found[3] or None, kind=found[4])
