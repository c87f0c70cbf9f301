"""The raw findings of extraction: for each field what stands on the page, and the rule that found it there.

A reading is made by ``extract`` and put into one form by ``normalize``; the raw strings stay as the page has them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from newsarchive.article import LinkKind, TimeBasis


@dataclass(frozen=True, slots=True)
class Found:
    """A value as found, and the rule that gave it: ``json-ld: NewsArticle.headline``, ``layout: h1.title``."""

    value: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A time as found. ``zone`` is the zone of a clock that states none, ``basis`` says how that zone is known.

    With ``override`` the stated offset is false and ``zone`` counts in its place.
    """

    raw: str
    rule: str
    zone: str | None = None
    basis: TimeBasis | None = None
    override: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """An author as found; ``role`` as printed."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of the article with its caption as found, the credit perhaps still in it."""

    url: str | None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to another story."""

    kind: LinkKind
    title: str
    url: str | None = None
    published: str | None = None


@dataclass(slots=True, kw_only=True)
class Reading:
    """All that was found on one page. ``rules`` has the rule of those fields that are lists."""

    url: str
    base_url: str
    canonical_url: Found | None = None
    external_id: Found | None = None
    headline: Found | None = None
    kicker: Found | None = None
    subheadline: Found | None = None
    byline: Found | None = None
    authors: list[Person] = field(default_factory=list)
    provider: Found | None = None
    desk: Found | None = None
    place: Found | None = None
    kind: Found | None = None
    published: Stamp | None = None
    modified: Stamp | None = None
    body: list[str] = field(default_factory=list)  # paragraphs and subheads
    correction: Found | None = None  # paragraphs of it, a blank line between them
    images: list[Picture] = field(default_factory=list)
    lead_image: Found | None = None
    tags: list[str] = field(default_factory=list)
    section: Found | None = None
    language: Found | None = None
    paywalled: Found | None = None
    pay_notice: Found | None = None  # words under the headline of a short story that ask to pay for the rest
    live_blog: Found | None = None
    related_links: list[Link] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
