"""Which stories a crawl fetches: new ones, and known ones whose time has come. The one place where that is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine

from newsarchive.archive.connection import place, writing
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.frontier.known import KnownStory, known_stories
from newsarchive.archive.frontier.next_visits import DueVisit, announced_changes, due_visits
from newsarchive.archive.frontier.sightings import Announcement, Seen, announcements, note_sightings, waiting
from newsarchive.archive.statements import take_write_lock
from newsarchive.archive.writing.names import Names
from newsarchive.crawl.revisits import Revisits, share_out
from newsarchive.discover.stories import Stories, StoryAddress
from newsarchive.page import Listing, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A story to fetch, and why. ``headers`` make the request conditional: they say which version the archive has.

    ``new`` is a story that the archive does not have.
    """

    story: StoryAddress
    why: str
    listing: Listing | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """``limit`` counts all requests, ``share`` is what of it the revisits may claim, ``revisits`` bounds them alone."""

    since: date | None = None
    limit: int | None = None
    share: float
    revisits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the listings of a paper named: each story's key with what they say of it, and where they said so."""

    listings: Mapping[str, Listing]
    seen: Mapping[str, Sequence[Seen]]


def choose(
    engine: Engine, source: Source, stories: Stories, found: Found, policy: Revisits, bounds: Bounds, now: datetime
) -> list[Wanted]:
    """Keep in the archive what the listings say, then choose from it: the new stories first, the newest of them first.

    What an earlier crawl was told of and did not get (its limit was reached, it was killed) is among the new, listed
    or not. Raises `ArchiveError`.
    """
    with plain_errors(place(engine)):
        with writing(engine) as connection, connection.begin():
            take_write_lock(connection)
            source_id = Names().sources(connection, [source])[source.name]
            entries = [(key, listing, found.seen[key]) for key, listing in found.listings.items()]
            note_sightings(connection, source_id, entries, source.timezone)
        with engine.connect() as connection:
            announced = waiting(connection, source_id, now - policy.give_up)
            announced |= announcements(connection, source_id, found.listings)
            due = announced_changes(connection, source_id, found.listings, now, policy.rungs[0])
            due += due_visits(connection, source_id, now, bounds.revisits, bounds.since)
    unarchived = {key: story for key, story in announced.items() if story.article_id is None}
    tried = known_stories(engine, source.name, [story.url for story in unarchived.values()])
    new = [
        _new(story, why, found.listings.get(story.key))
        for story in sorted(unarchived.values(), key=_freshness, reverse=True)
        if not _too_old(story, bounds.since) and (why := _reason(story, tried.get(story.url), policy, now))
    ]
    late = sorted({visit.article_id: visit for visit in reversed(due)}.values(), key=_lateness)[: bounds.revisits]
    new_ones, due_ones = share_out(new, late, limit=bounds.limit, share=bounds.share)
    return [*new_ones, *(_again(visit, stories, found.listings) for visit in due_ones)]


def _reason(story: Announcement, tried: KnownStory | None, policy: Revisits, now: datetime) -> str | None:
    if tried is None or tried.visited_at is None:
        return "not seen before"
    if story.modified_seen_at is not None and story.modified_seen_at > tried.visited_at:
        return "listed as modified since it was last tried"
    if policy.tries_again(story.first_seen_at, tried.visited_at, now):
        return f"not archived yet: {tried.outcome}"
    return None


def _new(story: Announcement, why: str, listing: Listing | None) -> Wanted:
    url = listing.url if listing is not None else story.url
    return Wanted(story=StoryAddress(story.key, url), why=why, listing=listing, new=True)


def _again(visit: DueVisit, stories: Stories, listings: Mapping[str, Listing]) -> Wanted:
    story = stories.identify(visit.url) or StoryAddress(visit.url, visit.url)
    listing = listings.get(visit.external_id or story.key) or listings.get(story.key)
    if listing is not None and listing.url != visit.url:  # the paper has moved it; what it said there counts no more
        return Wanted(story=StoryAddress(story.key, listing.url), why=visit.why, listing=listing)
    headers = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
    return Wanted(
        story=StoryAddress(story.key, visit.url),
        why=visit.why,
        listing=listing,
        headers={name: value for name, value in headers.items() if value is not None},
    )


def _freshness(story: Announcement) -> str:
    # What a front shows without a date is fresh, and goes first.
    return story.announced_date if story.dated else "9999"


def _too_old(story: Announcement, since: date | None) -> bool:
    return since is not None and story.dated and story.announced_date < since.isoformat()


def _lateness(visit: DueVisit) -> tuple[float, int]:
    return -visit.lateness, visit.article_id
