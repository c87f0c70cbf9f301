"""When each article is visited next: kept up in the transaction of its visit, and asked for by the next crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, or_, select

from newsarchive.archive.columns import whole_second
from newsarchive.archive.models import Base
from newsarchive.archive.statements import ARTICLES, chunks, delete_rows, insert_rows
from newsarchive.page import Outcome

NEXT_VISITS = Base.metadata.tables["next_visits"]
ANNOUNCEMENTS = Base.metadata.tables["announcements"]

Pace = Callable[[timedelta], tuple[int, timedelta]]
"""A policy: how long to wait with a story that has been quiet so long, and the number of that rung of its ladder."""


def at_once(quiet: timedelta) -> tuple[int, timedelta]:
    """Where nobody states a policy, every story is due in every crawl."""
    return 0, timedelta(0)


# The visits in which the paper showed the story.
SHOWN: frozenset[Outcome] = frozenset({"new", "unchanged", "changed", "not_modified", "paywalled"})
# Those of which the page is what the archive holds now, so that its validators speak for that.
HELD: frozenset[Outcome] = frozenset({"new", "unchanged", "changed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A visit to an archived article. ``headers`` are those of the page, where there was one."""

    article_id: int
    url: str
    visited_at: datetime
    outcome: Outcome
    headers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueVisit:
    """An article whose time has come. ``lateness``: how much longer than its rung says it has waited; 1 is just due."""

    article_id: int
    external_id: str | None
    url: str
    lateness: float
    why: str
    etag: str | None
    last_modified: str | None


def plan_next_visits(connection: Connection, attempts: Iterable[Attempt], pace: Pace) -> None:
    """Bring the plan up to date after these visits; their articles are in the archive. Database errors pass through.

    A story is as quiet as the time since it was published, admitted a change, was seen changed; one that did not come
    is as quiet as the time since which it does not come.
    """
    by_article: dict[int, list[Attempt]] = {}
    for attempt in attempts:
        if attempt.outcome != "moved":  # that says where the story is, and the visit there says the rest
            by_article.setdefault(attempt.article_id, []).append(attempt)
    names = ("id", "source_id", "published_at", "modified_at", "first_seen_at", "last_changed_at", "revision_count")
    for some in chunks(by_article):
        known = {
            row.article_id: dict(row._mapping)
            for row in connection.execute(select(NEXT_VISITS).where(NEXT_VISITS.c.article_id.in_(some)))
        }
        query = select(*(ARTICLES.c[name] for name in names)).where(ARTICLES.c.id.in_(some))
        rows = [_next_visit(article, by_article[article.id], known.get(article.id), pace)
                for article in connection.execute(query)]  # fmt: skip
        delete_rows(
            connection, "next_visits", [{"article_id": row["article_id"]} for row in rows if row["article_id"] in known]
        )
        insert_rows(connection, "next_visits", rows)


def _next_visit(article: Any, attempts: list[Attempt], row: dict[str, Any] | None, pace: Pace) -> dict[str, Any]:
    for attempt in sorted(attempts, key=lambda attempt: attempt.visited_at):
        if row is not None and whole_second(attempt.visited_at) < whole_second(row["visited_at"]):
            continue  # an old recording, read late, says nothing of what to do next
        shown = attempt.outcome in SHOWN
        row = row or {"article_id": article.id, "source_id": article.source_id, "url": attempt.url,
                      "unseen_since": None, "etag": None, "last_modified": None}  # fmt: skip
        row["visited_at"] = attempt.visited_at
        row["unseen_since"] = None if shown else row["unseen_since"] or attempt.visited_at
        if attempt.outcome in HELD:
            headers = {name.lower(): value for name, value in attempt.headers}
            row |= {"url": attempt.url, "etag": headers.get("etag"), "last_modified": headers.get("last-modified")}
    assert row is not None
    since = row["unseen_since"] or _last_stir(article, row["visited_at"])
    row["rung"], wait = pace(max(timedelta(0), row["visited_at"] - since))
    row["due_at"] = row["visited_at"] + wait
    return row


def _last_stir(article: Any, now: datetime) -> datetime:
    """When the story last changed, as far as is known. What a page dates into the future has not happened."""
    moments: list[datetime] = [
        moment for moment in (article.published_at, article.modified_at) if moment is not None and moment <= now
    ]
    if article.revision_count > 1 or not moments:
        moments.append(article.last_changed_at)
    return max(moments)


def due_visits(
    connection: Connection, source_id: int, now: datetime, at_most: int, published_since: date | None = None
) -> list[DueVisit]:
    """Return the visits to a paper's articles that are due, those that are latest for their rung first.

    Where more is due than is fetched, every story's wait grows in proportion: one that is to be seen every hour is not
    kept waiting for months by those that are to be seen twice a year, nor they by it.
    """
    plan, found = NEXT_VISITS.c, []
    rung = -1
    while (
        next_rung := connection.scalar(select(func.min(plan.rung)).where(plan.source_id == source_id, plan.rung > rung))
    ) is not None:
        rung = next_rung
        query = (
            _planned()
            .where(plan.source_id == source_id, plan.rung == rung, plan.due_at <= now)
            .order_by(plan.due_at, plan.article_id)
            .limit(at_most)
        )  # fmt: skip
        if published_since is not None:
            day = ARTICLES.c.published_date
            query = query.where(or_(day.is_(None), day >= published_since.isoformat()))
        found += [_due(row, "its time has come", now, row.due_at - row.visited_at) for row in connection.execute(query)]
    found.sort(key=lambda visit: (-visit.lateness, visit.article_id))
    return found[:at_most]


def announced_changes(
    connection: Connection, source_id: int, keys: Iterable[str], now: datetime, wait: timedelta
) -> list[DueVisit]:
    """Return the visits to those stories of which a listing has said, since the last visit, that they were modified.

    ``keys`` are those of the stories that are listed now. They are as late as if they had to wait for ``wait``.
    """
    said = ANNOUNCEMENTS.c
    query = (
        _planned()
        .join(ANNOUNCEMENTS, said.article_id == ARTICLES.c.id)
        .where(said.source_id == source_id, said.modified_seen_at > NEXT_VISITS.c.visited_at,
               said.modified_at > ARTICLES.c.last_seen_at)
    )  # fmt: skip
    return [
        _due(row, "listed as modified since it was last seen", now, wait)
        for some in chunks(keys)
        for row in connection.execute(query.where(said.key.in_(some)))
    ]


def _planned() -> Any:
    names = ("article_id", "url", "visited_at", "due_at", "etag", "last_modified")
    planned = select(*(NEXT_VISITS.c[name] for name in names), ARTICLES.c.external_id)
    return planned.join(ARTICLES, ARTICLES.c.id == NEXT_VISITS.c.article_id)


def _due(row: Any, why: str, now: datetime, wait: timedelta) -> DueVisit:
    return DueVisit(
        article_id=row.article_id,
        external_id=row.external_id,
        url=row.url,
        lateness=(now - row.visited_at) / max(wait, timedelta(seconds=1)),
        why=why,
        etag=row.etag,
        last_modified=row.last_modified,
    )
