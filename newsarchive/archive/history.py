"""An older reading that arrives after newer ones (an old recording is replayed): put into its place in the history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from newsarchive.archive.holdings import REVISIONS, WORDING
from newsarchive.archive.wording import Wording, reconcile


def insert_earlier(
    connection: Connection, article_id: int, wording: Wording, observed_at: datetime, capture_id: int | None
) -> bool:
    """Bring a wording read at ``observed_at``, before the article's latest revision, into its revisions.

    Where it is that of the revision before it, nothing is to be done; where it is that of the one after it, that one
    was observed earlier than was known; else it is a revision between the two, and later ones are numbered anew.
    Returns whether there is a revision more.
    """
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
    _set(connection, later[0]["id"], changed_fields=changed_next, cause=cause)
    connection.execute(
        REVISIONS.insert().values(
            {
                **wording,
                "article_id": article_id,
                "number": len(earlier) + 1,
                "observed_at": observed_at,
                "capture_id": capture_id,
                "cause": "publisher" if earlier else "first",
                "changed_fields": changed,
            }
        )
    )
    return True


def latest_observed_at(connection: Connection, article_id: int) -> datetime:
    """When the latest wording of an article was first read."""
    query = select(REVISIONS.c.observed_at).where(REVISIONS.c.article_id == article_id)
    observed_at: datetime = connection.execute(query.order_by(REVISIONS.c.number.desc()).limit(1)).scalar_one()
    return observed_at


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    _, changed, _ = reconcile({name: before[name] for name in WORDING}, {name: after[name] for name in WORDING},
                              half=bool(after["paywalled"]))  # fmt: skip
    return changed


def _set(connection: Connection, revision_id: int, **values: Any) -> None:
    connection.execute(update(REVISIONS).where(REVISIONS.c.id == revision_id).values(values))
