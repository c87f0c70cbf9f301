"""What two wordings of an article say differently, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from newsarchive.archive.columns import to_text
from newsarchive.archive.models import Base
from newsarchive.archive.writing.wording import Wording
from newsarchive.normalize.difference import Part, compare

REVISIONS = Base.metadata.tables["revisions"]
# As an article is read: from its headline to its tags.
FIELDS = ("headline", "kicker", "subheadline", "byline", "authors", "provider", "desk", "place", "kind", "published",
          "modified", "body", "images", "tags", "section")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that differs, its paragraphs (people, captions, tags) beside those of the other wording."""

    field: str
    paragraphs: list[list[Part]]


def load_wording(connection: Connection, article_id: int, number: int) -> Wording | None:
    """Read one revision with all its columns, ``None`` where the article has none of this number."""
    query = select(REVISIONS).where(REVISIONS.c.article_id == article_id, REVISIONS.c.number == number)
    row = connection.execute(query).first()
    return None if row is None else dict(row._mapping)


def differences(old: Wording, new: Wording) -> list[FieldDifference]:
    """Compare two wordings. Fields in which only white space differs are left out. Pure."""
    found = []
    for name in FIELDS:
        before, after = as_text(old, name), as_text(new, name)
        if "".join(before.split()) == "".join(after.split()):
            continue
        if name in ("published", "modified"):  # a time is read as a whole
            sides = (Part("delete", before), Part("insert", after))
            found.append(FieldDifference(name, [[part for part in sides if part.text]]))
        else:
            found.append(FieldDifference(name, compare(before, after)))
    return found


def as_text(wording: Wording, name: str) -> str:
    """A field as lines of text; empty where there is none."""
    if name in ("published", "modified"):
        at, raw = wording[f"{name}_at"], wording[f"{name}_raw"]
        return f"{to_text(at) if at else wording[f'{name}_date']} ({raw})" if raw else ""
    value: Any = wording[name]
    if name == "authors":
        return "\n".join(" ".join(filter(None, (person["role"], person["name"]))) for person in value)
    if name == "images":
        return "\n".join(" / ".join(filter(None, (image["caption"], image["credit"]))) for image in value)
    if name == "tags":
        return "\n".join(value)
    return value or ""
