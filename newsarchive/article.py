"""What newsarchive knows of an article: plain typed values, nothing that reads or stores them.

The field names are those that ``newsarchive extract --json`` prints and that the archive's tables use.
An absent value is ``None`` or an empty list, never a missing key.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

TimeBasis = Literal["stated_offset", "site_zone", "inferred", "unknown"]
TimePrecision = Literal["second", "minute", "day"]
LinkKind = Literal["previous", "next", "related", "hot", "popular", "breaking"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as a newspaper states it.

    ``utc`` is an aware UTC instant, or ``None`` where only the calendar date is certain and no zone is known.
    ``date`` is the local calendar date (``YYYY-MM-DD``) in ``zone``. With precision ``day``, ``utc`` is local midnight.
    """

    utc: datetime | None
    date: str
    raw: str
    zone: str | None = None  # IANA name, or the offset as stated ("-05:00")
    basis: TimeBasis
    precision: TimePrecision


@dataclass(frozen=True, slots=True)
class Author:
    """A person who wrote the article; ``role`` as printed (記者, 編譯, Reporter)."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article. ``caption`` and ``credit`` stand apart, without brackets, each once."""

    url: str | None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedLink:
    """A link from the article's page to another story. ``published`` is the time as printed beside it, if any."""

    kind: LinkKind
    title: str
    url: str | None = None
    published: str | None = None


@dataclass(slots=True, kw_only=True)
class Article:
    """One article as read from one page."""

    url: str
    canonical_url: str | None = None
    external_id: str | None = None  # the paper's own id
    headline: str | None = None  # as printed: with its kicker, without the site's suffix
    kicker: str | None = None
    subheadline: str | None = None
    byline: str | None = None  # the line as printed
    authors: list[Author] = field(default_factory=list)  # people only
    provider: str | None = None  # agency, paper or organisation the text comes from
    desk: str | None = None  # 台灣新聞組, 財經中心
    place: str | None = None  # where the byline or dateline says it was written
    kind: str | None = None  # 綜合報導, 電
    published: Moment | None = None
    modified: Moment | None = None
    body: str | None = None  # paragraphs and subheads, a blank line between them
    correction: str | None = None  # the notice in which the paper corrects itself; it stands in the body too
    images: list[Image] = field(default_factory=list)
    lead_image: str | None = None
    tags: list[str] = field(default_factory=list)
    section: str | None = None
    language: str | None = None  # BCP 47; Chinese as zh-Hant or zh-Hans
    paywalled: bool = False
    live_blog: bool = False
    related_links: list[RelatedLink] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)  # field name -> the rule that gave it
    problems: list[str] = field(default_factory=list)  # what was wrong with the page, in words


def as_dict(article: Article) -> dict[str, Any]:
    """Turn an article into plain JSON values, every name present; instants as ``2026-02-19T05:00:00Z``."""
    plain = asdict(article)
    for name in ("published", "modified"):
        moment: Moment | None = getattr(article, name)
        if moment is not None and moment.utc is not None:
            plain[name]["utc"] = moment.utc.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return plain


def from_dict(plain: dict[str, Any]) -> Article:
    """Make the article that ``as_dict`` wrote. KeyError or TypeError where ``plain`` is no such thing."""
    values = dict(plain)
    values["authors"] = [Author(**author) for author in plain["authors"]]
    values["images"] = [Image(**image) for image in plain["images"]]
    values["related_links"] = [RelatedLink(**link) for link in plain["related_links"]]
    for name in ("published", "modified"):
        if (moment := plain[name]) is not None:
            utc = datetime.fromisoformat(moment["utc"]) if moment["utc"] else None
            values[name] = Moment(**moment | {"utc": utc})
    return Article(**values)
