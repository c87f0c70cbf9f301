"""What kind of change a revision is: cosmetic or substantive, silent or stated, an edit or a live blog's next entry."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from newsarchive.archive.models import Base
from newsarchive.normalize.changes import REASONS, reasons_of
from newsarchive.normalize.text import fold

# Additions to a live blog within this time of the wording before them are one revision, which grows: four a day at
# most. Nothing is lost by it: the later text holds the earlier one whole, and each visit keeps its own capture.
LIVE_WINDOW = timedelta(hours=6)

REVISIONS = Base.metadata.tables["revisions"]
OLD = REVISIONS.alias("old")

# What the paper wrote, in contrast to who and when. An edit of these that moves no stated time is silent.
_TEXT = ("headline", "kicker", "subheadline", "body", "images")
_WHO = ("byline", "authors", "provider", "desk", "place")
_COMPARED = (*_TEXT, *_WHO, "published_date", "modified_date", "correction")
# Live blogs that grow at their lower end or among their entries are alike to us; an entry that keeps this much of its
# letters is an edited one.
_SAME_ENTRY = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in a revision's columns of these names."""

    substantive: bool | None
    reasons: list[str]
    silent: bool | None
    additions: int

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of ``revisions``."""
        return asdict(self)

    @property
    def adds_only(self) -> bool:
        """Whether a live blog has grown and nothing it said before has changed."""
        return self.additions > 0 and self.reasons == ["additions"]


FIRST = Change(None, [], None, 0)
"""An article's first wording is no change."""


def class_change(old: dict[str, Any], new: dict[str, Any], changed: list[str], cause: str) -> Change:
    """Class the step between two wordings that differ in the fields ``changed``. Pure."""
    found: set[str] = set()
    additions = 0
    for name in changed:
        if name == "body":
            before, after = old["body"], new["body"]
            if new["live_blog"]:
                before, after, additions = _without_additions(before, after)
            found.update(reasons_of(before, after))
        elif name == "images":
            found.update(reasons_of(_captions(old), _captions(new)))
        elif name in _WHO:
            if _folded(old[name]) != _folded(new[name]):
                found.add("names")
        elif name == "published":
            if old["published_date"] != new["published_date"]:
                found.add("dates")
        elif name in _TEXT:
            found.update(reasons_of(old[name], new[name]))
    if additions:
        found.add("additions")
    if new["correction"] is not None and new["correction"] != old["correction"]:
        found.add("correction")
    reasons = [reason for reason in REASONS if reason in found]
    edited = any(name in _TEXT for name in changed) and reasons != ["additions"]
    # What tells a reader how fresh the text is: the time of its last change, else of its publication.
    stated = "modified" if new["modified_date"] is not None else "published"
    silent = cause == "publisher" and edited and stated not in changed
    return Change(bool(reasons), reasons, silent, additions)


def _without_additions(old: str, new: str) -> tuple[str, str, int]:
    """Two states of a live blog without the paragraphs that only came to it, and how many those are.

    A new paragraph that resembles one which is gone is that one, edited, and no addition.
    """
    before, after = old.split("\n\n"), new.split("\n\n")
    known, there = Counter(map(fold, before)), Counter(map(fold, after))
    gone = [text for text in before if there[fold(text)] < known[fold(text)]]
    kept: list[str] = []
    come = 0
    for text in after:
        if known[fold(text)] > 0:
            known[fold(text)] -= 1
            kept.append(text)
        elif (edited := next((one for one in gone if _alike(one, text)), None)) is not None:
            gone.remove(edited)
            kept.append(text)
        else:
            come += 1
    return old, "\n\n".join(kept), come


def _alike(one: str, other: str) -> bool:
    pairs = [Counter(pairwise(text)) for text in (fold(one), fold(other))]
    return (pairs[0] & pairs[1]).total() >= _SAME_ENTRY * max(1, max(bag.total() for bag in pairs))


def _captions(wording: dict[str, Any]) -> str:
    return "\n".join(text for image in wording["images"] for text in (image["caption"], image["credit"]) if text)


def _folded(value: Any) -> Any:
    if isinstance(value, list):
        return [(fold(person["name"]), fold(person["role"] or "")) for person in value]
    return re.sub(r"\s", "", fold(value or ""))


def class_all(connection: Connection) -> int:
    """Class every revision in the archive, as an upgrade does; returns how many there are beside the first ones."""
    pairs = (
        select(REVISIONS, *(OLD.c[name].label(f"old_{name}") for name in _COMPARED))
        .join(OLD, (OLD.c.article_id == REVISIONS.c.article_id) & (OLD.c.number == REVISIONS.c.number - 1))
        .order_by(REVISIONS.c.id)
    )
    statement = update(REVISIONS).where(REVISIONS.c.id == bindparam("revision"))
    last = count = 0
    # Read in pieces, each wholly before it is written: SQLite would else meet rows that have moved.
    while rows := connection.execute(pairs.where(REVISIONS.c.id > last).limit(500)).all():
        classed = []
        for row in rows:
            new = dict(row._mapping)
            old = {name: new[f"old_{name}"] for name in _COMPARED}
            change = class_change(old, new, new["changed_fields"], new["cause"])
            classed.append({"revision": new["id"], **change.columns})
        columns: dict[str, Any] = {name: bindparam(name) for name in FIRST.columns}
        connection.execute(statement.values(columns), classed)
        last, count = rows[-1].id, count + len(rows)
    return count
