"""An older reading that arrives after newer ones (an old recording is replayed): put into its place in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from newsarchive.archive.models import Base
from newsarchive.archive.statements import CAPTURES, REVISIONS
from newsarchive.archive.writing.changes import FIRST, LIVE_WINDOW, class_change
from newsarchive.archive.writing.holdings import WORDING, Holding
from newsarchive.archive.writing.wording import Wording, reconcile

VISITS = Base.metadata.tables["visits"]
# The columns of a revision beside its wording.
_ROW = ("article_id", "number", "observed_at", "capture_id", "cause", "changed_fields", *FIRST.columns)


def insert_earlier(
    connection: Connection, article_id: int, wording: Wording, observed_at: datetime, capture_id: int | None
) -> bool:
    """Bring a wording read at ``observed_at``, before the article's latest revision, into its revisions.

    Where it is that of the revision before it, nothing is to be done; where it is that of the one after it, that one
    was observed earlier than was known; else it is a revision between the two, and later ones are numbered anew.
    Returns whether there is a revision more.
    """
    wording = {**wording, "observed_at": observed_at}
    revisions = connection.execute(
        select(REVISIONS).where(REVISIONS.c.article_id == article_id).order_by(REVISIONS.c.number)
    ).all()
    earlier = [dict(row._mapping) for row in revisions if row.observed_at <= observed_at]
    later = [dict(row._mapping) for row in revisions if row.observed_at > observed_at]
    changed: list[str] = []
    if earlier:
        changed = _changed(earlier[-1], wording)
        if not changed:
            return False
    changed_next = _changed(wording, later[0])
    if not changed_next:
        _set(connection, later[0]["id"], observed_at=observed_at, capture_id=capture_id)
        return False
    for revision in reversed(later):  # the last one first: numbers are unique at every moment
        _set(connection, revision["id"], number=revision["number"] + 1)
    cause = "publisher" if later[0]["cause"] == "first" else later[0]["cause"]
    change = class_change(wording, later[0], changed_next, cause)
    _set(connection, later[0]["id"], changed_fields=changed_next, cause=cause, **change.columns)
    change = class_change(earlier[-1], wording, changed, "publisher") if earlier else FIRST
    connection.execute(
        REVISIONS.insert().values(
            {
                **wording,
                "article_id": article_id,
                "number": len(earlier) + 1,
                "capture_id": capture_id,
                "cause": "publisher" if earlier else "first",
                "changed_fields": changed,
                **change.columns,
            }
        )
    )
    return True


def growing(
    connection: Connection,
    article_id: int,
    number: int,
    pending: Mapping[tuple[int, int], dict[str, Any]],
    at: datetime,
) -> dict[str, Any] | None:
    """The latest revision (``number``) of a live blog, if entries that came by ``at`` are to be added to it.

    ``pending`` has revisions that are not written yet.
    """
    query = select(*(REVISIONS.c[name] for name in _ROW)).where(
        REVISIONS.c.article_id == article_id, REVISIONS.c.number.in_((number - 1, number))
    )
    found = {row.number: dict(row._mapping) for row in connection.execute(query)}
    for n in (number - 1, number):
        if (article_id, n) in pending:
            found[n] = pending[article_id, n]
    if number - 1 not in found or found[number]["reasons"] != ["additions"] or found[number]["cause"] != "publisher":
        return None
    return found[number] if at - found[number - 1]["observed_at"] <= LIVE_WINDOW else None


def latest_observed_at(connection: Connection, article_id: int) -> datetime:
    """When the latest wording of an article was first read."""
    query = select(REVISIONS.c.observed_at).where(REVISIONS.c.article_id == article_id)
    observed_at: datetime = connection.execute(query.order_by(REVISIONS.c.number.desc()).limit(1)).scalar_one()
    return observed_at


def read_before(connection: Connection, holding: Holding, digest: str) -> bool:
    """Whether these bytes were read already, as the article's latest wording or since then without finding it changed.

    Bytes from before that wording do not count: a paper may take an edit back.
    """
    if digest == holding.digest:
        return True
    query = (
        select(VISITS.c.id)
        .join(CAPTURES, CAPTURES.c.id == VISITS.c.capture_id)
        .where(VISITS.c.article_id == holding.id, VISITS.c.visited_at >= holding.observed_at,
               CAPTURES.c.digest == digest, VISITS.c.outcome.in_(("new", "unchanged", "changed")))
        .limit(1)
    )  # fmt: skip
    return connection.execute(query).first() is not None


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    said = [{name: row[name] for name in WORDING} for row in (before, after)]
    seen = before["observed_at"], after["observed_at"]
    return reconcile(*said, seen=seen, half=bool(after["paywalled"]))[1]


def _set(connection: Connection, revision_id: int, **values: Any) -> None:
    connection.execute(update(REVISIONS).where(REVISIONS.c.id == revision_id).values(values))
