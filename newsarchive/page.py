"""What a crawl passes on: sources, listings, pages, misses. A spider yields these and reads no field of an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsarchive.article import Article
from newsarchive.extract.layout import Layout

Outcome = Literal[
    "new",
    "unchanged",
    "changed",
    "not_modified",
    "moved",
    "redirect_loop",
    "not_found",
    "gone",
    "forbidden",
    "client_error",
    "rate_limited",
    "robots_denied",
    "challenge",
    "paywalled",
    "too_large",
    "truncated",
    "unreadable",
    "timeout",
    "unreachable",
    "server_error",
]
"""What became of one attempt to fetch a story; the values of ``visits.outcome``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A newspaper. ``name`` is a described paper's spider name, else its registrable domain."""

    name: str
    title: str | None = None
    home_url: str | None = None
    language: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a news sitemap, a feed or a section front says of a story. Times are kept as printed."""

    url: str
    found_in: str  # address of the listing
    found_by: Literal["sitemap", "feed", "front"]
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    keywords: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Where the bytes of one response were recorded; a row of ``captures``."""

    url: str
    fetched_at: datetime
    http_status: int
    content_type: str | None
    digest: str  # "sha256:<hex>" of the decoded body
    warc_file: str | None = None  # relative to WARC_DIR; absolute in replay; None where nothing is recorded
    warc_offset: int | None = None
    warc_length: int | None = None


@dataclass(slots=True, kw_only=True)
class Page:
    """A fetched article page: decoded bytes, headers, addresses, and what the listing said."""

    source: Source
    url: str  # where the response came from, after redirects
    requested_url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes
    fetched_at: datetime
    layout: Layout | None = None
    listing: Listing | None = None
    capture: Capture | None = None
    truncated: bool = False  # the connection ended before the promised length


@dataclass(slots=True, kw_only=True)
class Miss:
    """An attempt to fetch a story that gave no page to read; becomes a row of ``visits``."""

    source: Source
    url: str
    outcome: Outcome
    visited_at: datetime
    reason: str  # one line for the log
    http_status: int | None = None
    redirect_url: str | None = None
    capture: Capture | None = None
    listing: Listing | None = None

    @classmethod
    def of_page(cls, page: Page, outcome: Outcome, reason: str) -> Miss:
        """Make the visit to a page that came and is not archived, for ``reason``."""
        return cls(
            source=page.source,
            url=page.requested_url,
            outcome=outcome,
            visited_at=page.fetched_at,
            reason=reason,
            http_status=page.status,
            redirect_url=page.url if page.url != page.requested_url else None,
            capture=page.capture,
            listing=page.listing,
        )


@dataclass(slots=True, kw_only=True)
class Story:
    """A page with the article read from it, on its way into the archive."""

    page: Page
    article: Article
    outcome: Outcome | None = None  # set where the page is no full article: challenge, paywalled, truncated, unreadable
    text_digest: str | None = None  # of the normalized and folded body; equal digests are the same text
    shingles: tuple[int, ...] = ()  # smallest shingle hashes of the body, for near-duplicates
