"""What a paper's listings announced, and where: kept before any of it is fetched, so that no story is forgotten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select, update

from newsarchive.archive.models import Base
from newsarchive.archive.statements import ADDRESSES, ARTICLES, Row, chunks, insert_rows, reserve_ids, update_rows
from newsarchive.normalize.address import address_key
from newsarchive.normalize.times import parse_time
from newsarchive.page import Listing

LISTINGS = Base.metadata.tables["listings"]
ANNOUNCEMENTS = Base.metadata.tables["announcements"]
SIGHTINGS = Base.metadata.tables["sightings"]


@dataclass(frozen=True, slots=True)
class Seen:
    """That a listing named a story: its address, its kind, and when it was read."""

    found_in: str
    found_by: Literal["sitemap", "feed", "front"]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A story as the archive has it from the listings. ``key`` is what tells it from the paper's other stories."""

    key: str
    url: str
    first_seen_at: datetime
    announced_date: str  # of publication as listed, else of the first sighting, on the paper's calendar
    dated: bool  # whether the listings stated a date
    title: str | None
    modified_at: datetime | None
    modified_seen_at: datetime | None  # when a listing first said so
    article_id: int | None


def note_sightings(
    connection: Connection, source_id: int, found: Sequence[tuple[str, Listing, Sequence[Seen]]], zone: str | None
) -> None:
    """Keep what the listings say: for each story its key, what they say together, and where each of them said so.

    ``zone`` is that of the paper's clock. The caller holds the write lock. Database errors pass through.
    """
    listing_ids = _listing_ids(connection, source_id, (seen for _, _, where in found for seen in where))
    for some in chunks(found):
        keys = [key for key, _, _ in some]
        names = ("id", "key", "title", "modified_at", "modified_seen_at", "last_seen_at")
        columns = [ANNOUNCEMENTS.c[name] for name in names]
        known = {
            row.key: row
            for row in connection.execute(
                select(*columns).where(ANNOUNCEMENTS.c.source_id == source_id, ANNOUNCEMENTS.c.key.in_(keys))
            )
        }
        new = [(key, listing, where) for key, listing, where in some if key not in known]
        archived = _archived(connection, source_id, [(key, listing.url) for key, listing, _ in new])
        ids = dict(zip((key for key, _, _ in new), reserve_ids(connection, ANNOUNCEMENTS, len(new)), strict=True))
        insert_rows(connection, "announcements", [
            {"id": ids[key], "source_id": source_id, "key": key, "url": address_key(listing.url),
             "article_id": archived.get(key), **_first(listing, where, zone)}
            for key, listing, where in new
        ])  # fmt: skip
        _update(connection, [
            {"at_id": known[key].id, **_later(known[key], listing, where, zone)}
            for key, listing, where in some if key in known
        ])  # fmt: skip
        ids.update({key: row.id for key, row in known.items()})
        _see(connection, [
            {"announcement_id": ids[key], "listing_id": listing_ids[seen.found_in], "at": seen.at}
            for key, _, where in some for seen in where
        ])  # fmt: skip


def announcements(connection: Connection, source_id: int, keys: Iterable[str]) -> dict[str, Announcement]:
    """Return what is known of the stories with these keys."""
    found = {}
    for some in chunks(keys):
        query = _announced().where(ANNOUNCEMENTS.c.source_id == source_id, ANNOUNCEMENTS.c.key.in_(some))
        found.update({row.key: _announcement(row) for row in connection.execute(query)})
    return found


def waiting(connection: Connection, source_id: int, since: datetime) -> dict[str, Announcement]:
    """Return the stories that were announced at ``since`` or later and are not archived, newest first."""
    query = (
        _announced()
        .where(ANNOUNCEMENTS.c.source_id == source_id, ANNOUNCEMENTS.c.article_id.is_(None),
               ANNOUNCEMENTS.c.last_seen_at >= since)
        .order_by(ANNOUNCEMENTS.c.announced_date.desc(), ANNOUNCEMENTS.c.id)
    )  # fmt: skip
    return {row.key: _announcement(row) for row in connection.execute(query)}


def mark_archived(connection: Connection, articles: Iterable[tuple[int, int, str | None, Sequence[str]]]) -> None:
    """Tie articles to what announced them: (article, paper, the paper's own id, addresses in their one form) each."""
    named: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for article_id, source_id, external_id, urls in articles:
        for name in {*urls} if external_id is None else {external_id, *urls}:
            named[source_id].setdefault(name, article_id)
    table = ANNOUNCEMENTS.c
    found: dict[int, int] = {}
    for column in (table.key, table.url):
        for source_id, article_ids in named.items():
            waiting = select(table.id, column).where(table.source_id == source_id, table.article_id.is_(None))
            for some in chunks(article_ids):
                for id_, name in connection.execute(waiting.where(column.in_(some))):
                    found.setdefault(id_, article_ids[name])
    update_rows(connection, "announcements", ("id",), [
        {"id": id_, "article_id": article_id} for id_, article_id in found.items()
    ])  # fmt: skip


def _announced() -> Any:
    return select(*(ANNOUNCEMENTS.c[field.name] for field in fields(Announcement)))


def _announcement(row: Any) -> Announcement:
    return Announcement(**row._mapping)


def _listing_ids(connection: Connection, source_id: int, seen: Iterable[Seen]) -> dict[str, int]:
    kinds = {one.found_in: one.found_by for one in seen}
    ids: dict[str, int] = {}
    for some in chunks(kinds):
        query = select(LISTINGS.c.url, LISTINGS.c.id).where(LISTINGS.c.source_id == source_id, LISTINGS.c.url.in_(some))
        ids.update({row.url: row.id for row in connection.execute(query)})
    new = [url for url in kinds if url not in ids]
    numbers = reserve_ids(connection, LISTINGS, len(new))
    ids.update(zip(new, numbers, strict=True))
    insert_rows(connection, "listings", [
        {"id": ids[url], "source_id": source_id, "url": url, "kind": kinds[url]} for url in new
    ])  # fmt: skip
    return ids


def _archived(connection: Connection, source_id: int, stories: list[tuple[str, str]]) -> dict[str, int]:
    """The articles of stories that were archived before any listing named them, by key."""
    query = select(ARTICLES.c.external_id, ARTICLES.c.id).where(
        ARTICLES.c.source_id == source_id, ARTICLES.c.external_id.in_([key for key, _ in stories])
    )
    by_key = {row.external_id: row.id for row in connection.execute(query)} if stories else {}
    met = select(ADDRESSES.c.url, ADDRESSES.c.article_id).where(
        ADDRESSES.c.source_id == source_id, ADDRESSES.c.url.in_([address_key(url) for _, url in stories])
    )
    by_url = {row.url: row.article_id for row in connection.execute(met)} if stories else {}
    found = {key: by_key.get(key) or by_url.get(address_key(url)) for key, url in stories}
    return {key: number for key, number in found.items() if number is not None}


def _first(listing: Listing, where: Sequence[Seen], zone: str | None) -> Row:
    first, last = min(seen.at for seen in where), max(seen.at for seen in where)
    stated = listing.published or listing.modified
    published = parse_time(stated, zone=zone) if stated else None
    modified = _instant(listing.modified, zone)
    return {
        "title": listing.title,
        "published_at": published.utc if published else None,
        "announced_date": published.date if published else _date(first, zone),
        "dated": published is not None,
        "modified_at": modified,
        "modified_seen_at": first if modified else None,
        "first_seen_at": first,
        "last_seen_at": last,
    }


def _later(known: Any, listing: Listing, where: Sequence[Seen], zone: str | None) -> Row:
    said = _first(listing, where, zone)
    newer = said["modified_at"] is not None and (known.modified_at is None or said["modified_at"] > known.modified_at)
    return {
        "to_title": known.title or said["title"],
        "to_modified_at": said["modified_at"] if newer else known.modified_at,
        "to_modified_seen_at": said["modified_seen_at"] if newer else known.modified_seen_at,
        "to_last_seen_at": max(known.last_seen_at, said["last_seen_at"]),
    }


def _update(connection: Connection, rows: list[Row]) -> None:
    if rows:
        values: dict[str, Any] = {name.removeprefix("to_"): bindparam(name) for name in rows[0] if name != "at_id"}
        statement = update(ANNOUNCEMENTS).where(ANNOUNCEMENTS.c.id == bindparam("at_id")).values(values)
        connection.execute(statement, rows)


def _see(connection: Connection, rows: list[Row]) -> None:
    """Note each sighting: its first time stays, its last one follows."""
    # Several may be of one story in one listing: the earliest and the latest of them count.
    span: dict[tuple[int, int], tuple[datetime, datetime]] = {}
    for row in rows:
        key, at = (row["announcement_id"], row["listing_id"]), row["at"]
        first, last = span.get(key, (at, at))
        span[key] = min(first, at), max(last, at)
    known = set()
    for some in chunks({announcement for announcement, _ in span}):
        query = select(SIGHTINGS.c.announcement_id, SIGHTINGS.c.listing_id)
        known |= {tuple(row) for row in connection.execute(query.where(SIGHTINGS.c.announcement_id.in_(some)))}
    insert_rows(connection, "sightings", [
        {"announcement_id": key[0], "listing_id": key[1], "first_seen_at": first, "last_seen_at": last}
        for key, (first, last) in span.items() if key not in known
    ])  # fmt: skip
    seen_again = [
        {"announcement": key[0], "listing": key[1], "at": last} for key, (_, last) in span.items() if key in known
    ]
    if seen_again:
        table = SIGHTINGS.c
        statement = update(SIGHTINGS).where(
            table.announcement_id == bindparam("announcement"), table.listing_id == bindparam("listing"),
            table.last_seen_at < bindparam("at"),
        )  # fmt: skip
        connection.execute(statement.values(last_seen_at=bindparam("at")), seen_again)


def _instant(stated: str | None, zone: str | None) -> datetime | None:
    moment = parse_time(stated, zone=zone) if stated else None
    return moment.utc if moment else None


def _date(at: datetime, zone: str | None) -> str:
    return (at.astimezone(ZoneInfo(zone)) if zone else at).date().isoformat()
