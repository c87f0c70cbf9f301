"""Fetch a listed story or leave it alone, and why: the one place where that is decided."""

from __future__ import annotations

from newsarchive.archive.known import KnownStory
from newsarchive.normalize.times import parse_time
from newsarchive.page import Listing


def reason_to_fetch(listing: Listing, known: KnownStory | None, *, zone: str | None) -> str | None:
    """Return why the story of ``listing`` is fetched, in words, or ``None`` where it is left alone.

    ``known`` is what the archive has of it, ``zone`` the paper's time zone, for listings that state none.
    """
    if known is None:
        return "not seen before"
    if known.article_id is None and known.outcome != "moved":
        return f"not archived yet: {known.outcome}"
    if known.last_seen_at is not None and listing.modified is not None:
        modified = parse_time(listing.modified, zone=zone)
        if modified is not None and modified.utc is not None and modified.utc > known.last_seen_at:
            return "listed as modified since it was last seen"
    return None
