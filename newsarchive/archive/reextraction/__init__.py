"""Articles read again from their kept pages: what is to be read, how far a run has come, what it changes.

A run is a row of ``reextractions``. It goes through the articles in the order of their ids and writes how far it came
in the transaction that applies what it found, so that a run which was cut off goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, Text, and_, func, insert, select, type_coerce, update

from newsarchive.archive.connection import place, writing
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.models import Base
from newsarchive.archive.statements import chunks, take_write_lock

TABLES = Base.metadata.tables
ARTICLES, REVISIONS, VISITS = TABLES["articles"], TABLES["revisions"], TABLES["visits"]
CAPTURES, SOURCES, RUNS = TABLES["captures"], TABLES["sources"], TABLES["reextractions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which articles to read again, and which of their fields; empty means all.

    ``since`` is a date: published on it or later or, where undated, first seen.
    """

    sources: tuple[str, ...] = ()
    since: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """The page that an article was last read from. ``places`` are the records with its bytes, its own first."""

    article_id: int
    number: int  # of the article's latest revision when this was looked up
    source: str
    timezone: str | None
    capture_id: int | None
    url: str
    fetched_at: datetime
    digest: str
    places: tuple[tuple[str, int], ...]


@dataclass(slots=True, kw_only=True)
class Run:
    """One run: its row's number, the article that it has come to, and its report so far."""

    id: int
    selection: Selection
    applies: bool
    after: int
    resumed: bool
    report: dict[str, Any] = field(default_factory=dict)


def begin_run(engine: Engine, selection: Selection, extractor: str, *, applies: bool, now: datetime) -> Run:
    """Begin a run, or go on with the last one of this selection, extractor and kind that was cut off.

    Raises `ArchiveError`.
    """
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(selection).items()}
    with plain_errors(place(engine)), writing(engine) as connection, connection.begin():
        take_write_lock(connection)
        open_runs = select(RUNS).where(
            RUNS.c.finished_at.is_(None), RUNS.c.applies == applies, RUNS.c.extractor == extractor
        )
        for row in connection.execute(open_runs.order_by(RUNS.c.id.desc())):
            if row.selection == said:
                return Run(id=row.id, selection=selection, applies=applies, after=row.after_article_id, resumed=True,
                           report=row.report)  # fmt: skip
        report: dict[str, Any] = {"articles": 0, "changed": 0, "revised": 0, "skipped": {}, "fields": {}}
        values = {"selection": said, "extractor": extractor, "applies": applies, "started_at": now, "written_at": now,
                  "after_article_id": 0, "report": report}  # fmt: skip
        number = connection.execute(insert(RUNS).values(values).returning(RUNS.c.id)).scalar_one()
        return Run(id=number, selection=selection, applies=applies, after=0, resumed=False, report=report)


def record(connection: Connection, run: Run, now: datetime, *, finished: bool = False) -> None:
    """Write how far the run has come."""
    values = {"written_at": now, "after_article_id": run.after, "report": run.report}
    if finished:
        values["finished_at"] = now
    connection.execute(update(RUNS).where(RUNS.c.id == run.id).values(values))


def finish_run(engine: Engine, run: Run, now: datetime) -> None:
    """Close the run's row. Raises `ArchiveError`."""
    with plain_errors(place(engine)), writing(engine) as connection, connection.begin():
        record(connection, run, now, finished=True)


def count_articles(engine: Engine, run: Run) -> int:
    """How many articles are still to be read again."""
    query = _chosen(select(func.count(ARTICLES.c.id)), run.selection).where(ARTICLES.c.id > run.after)
    with plain_errors(place(engine)), engine.connect() as connection:
        return int(connection.execute(query).scalar_one())


def known_sources(engine: Engine) -> list[str]:
    """Names of the newspapers in the archive."""
    with plain_errors(place(engine)), engine.connect() as connection:
        return list(connection.scalars(select(SOURCES.c.name).order_by(SOURCES.c.name)))


def kept_pages(engine: Engine, run: Run, *, at_a_time: int = 500) -> Iterator[KeptPage]:
    """Yield the articles that are still to be read again, in the order of their ids, with the places of their pages.

    No transaction stays open between two of them: a crawl may go on meanwhile.
    """
    # The page of the latest visit that could be read, else the one that the latest wording came from.
    latest = (
        select(VISITS.c.capture_id)
        .where(VISITS.c.article_id == ARTICLES.c.id, VISITS.c.capture_id.is_not(None),
               VISITS.c.outcome.in_(("new", "unchanged", "changed")))
        .order_by(VISITS.c.visited_at.desc(), VISITS.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )  # fmt: skip
    current = and_(REVISIONS.c.article_id == ARTICLES.c.id, REVISIONS.c.number == ARTICLES.c.revision_count)
    query = (
        select(ARTICLES.c.id, ARTICLES.c.url, REVISIONS.c.number, REVISIONS.c.observed_at, SOURCES.c.name,
               SOURCES.c.timezone, CAPTURES.c.id.label("capture_id"), CAPTURES.c.url.label("page_url"),
               CAPTURES.c.fetched_at, CAPTURES.c.digest)
        .join(SOURCES, SOURCES.c.id == ARTICLES.c.source_id)
        .join(REVISIONS, current)
        .outerjoin(CAPTURES, CAPTURES.c.id == func.coalesce(latest, REVISIONS.c.capture_id))
        .order_by(ARTICLES.c.id)
        .limit(at_a_time)
    )  # fmt: skip
    after = run.after
    while True:
        with plain_errors(place(engine)), engine.connect() as connection:
            rows = connection.execute(_chosen(query, run.selection).where(ARTICLES.c.id > after)).all()
            places = _places(connection, {row.digest for row in rows if row.digest})
        for row in rows:
            same = places.get(row.digest, [])
            own = [(file, offset) for number, file, offset in same if number == row.capture_id]
            others = [(file, offset) for number, file, offset in same if number != row.capture_id]
            yield KeptPage(
                article_id=row.id, number=row.number, source=row.name, timezone=row.timezone,
                capture_id=row.capture_id, url=row.page_url or row.url, fetched_at=row.fetched_at or row.observed_at,
                digest=row.digest or "", places=(*own, *others),
            )  # fmt: skip
        if len(rows) < at_a_time:
            return
        after = rows[-1].id


def _chosen(query: Select[Any], selection: Selection) -> Select[Any]:
    if selection.sources:
        query = query.where(ARTICLES.c.source_id.in_(select(SOURCES.c.id).where(SOURCES.c.name.in_(selection.sources))))
    if selection.since is not None:
        # Instants are kept as text that begins with the date, so a date compares with them.
        seen = func.substr(type_coerce(ARTICLES.c.first_seen_at, Text), 1, 10)
        query = query.where(func.coalesce(ARTICLES.c.published_date, seen) >= selection.since)
    return query


def _places(connection: Connection, digests: set[str]) -> dict[str, list[tuple[int, str, int]]]:
    """Where the bytes with these digests are recorded; a page that came again unchanged has its bytes elsewhere."""
    found: dict[str, list[tuple[int, str, int]]] = {}
    columns = (CAPTURES.c.digest, CAPTURES.c.id, CAPTURES.c.warc_file, CAPTURES.c.warc_offset)
    for some in chunks(digests):
        query = select(*columns).where(CAPTURES.c.digest.in_(some), CAPTURES.c.warc_file.is_not(None))
        for digest, number, file, offset in connection.execute(query.order_by(CAPTURES.c.id)):
            found.setdefault(digest, []).append((number, file, offset))
    return found
