"""The tables of the archive. ``docs/schema.md`` describes each column for analysts; a test holds the two together.

``articles`` repeats the latest of an article's ``revisions``, so that most questions need one table.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.similar_models import ShingleRow, SimilarArticleRow, StoryGroupRow
from newsarchive.archive.table import Base, text_is

__all__ = ["SCHEMA_VERSION", "Base", "ShingleRow", "SimilarArticleRow", "StoryGroupRow"]  # and the classes below

SCHEMA_VERSION = "0007"
"""The newest migration: what an archive must be at to be opened by this version of newsarchive."""


class Wording:
    """What a reader sees of an article, apart from its people, pictures and tags."""

    headline: Mapped[str]
    kicker: Mapped[str | None]
    subheadline: Mapped[str | None]
    byline: Mapped[str | None]
    provider: Mapped[str | None]
    desk: Mapped[str | None]
    place: Mapped[str | None]
    kind: Mapped[str | None]
    section: Mapped[str | None]
    language: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_date: Mapped[str | None]
    published_raw: Mapped[str | None]
    published_zone: Mapped[str | None]
    published_basis: Mapped[str | None]
    published_precision: Mapped[str | None]
    modified_at: Mapped[datetime | None]
    modified_date: Mapped[str | None]
    modified_raw: Mapped[str | None]
    modified_zone: Mapped[str | None]
    modified_basis: Mapped[str | None]
    modified_precision: Mapped[str | None]
    paywalled: Mapped[bool]
    live_blog: Mapped[bool]
    text_digest: Mapped[str | None]
    correction: Mapped[str | None]
    # Long values last: SQLite reads a row from its start and need not walk through the body for a date.
    body: Mapped[str] = mapped_column(sort_order=1)


class SourceRow(Base):
    """A newspaper."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    home_url: Mapped[str | None]
    language: Mapped[str | None]
    timezone: Mapped[str | None]


class CrawlRow(Base):
    """One run of a spider."""

    __tablename__ = "crawls"
    __table_args__ = (Index(None, "spider", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    spider: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    written_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[str | None]
    counts: Mapped[dict[str, Any]]
    host: Mapped[str]
    process: Mapped[int]


class CaptureRow(Base):
    """A recorded response: where its bytes are and what they hash to."""

    __tablename__ = "captures"
    __table_args__ = (
        UniqueConstraint("crawl_id", "warc_file", "warc_offset"),
        Index(None, "url", "fetched_at"),
        Index(None, "digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"))
    url: Mapped[str]
    fetched_at: Mapped[datetime]
    http_status: Mapped[int]
    content_type: Mapped[str | None]
    digest: Mapped[str]
    warc_file: Mapped[str | None]
    warc_offset: Mapped[int | None]
    warc_length: Mapped[int | None]


class ArticleRow(Wording, Base):
    """An article: its latest wording, when it was first and last seen."""

    __tablename__ = "articles"
    __table_args__ = (
        Index("uq_articles_external_id", "external_id", "source_id", unique=True),
        Index("uq_articles_search_id", "search_id", unique=True),
        Index(None, "published_at"),
        Index(None, "source_id", "published_date", "section"),
        Index(None, "published_date", "source_id"),
        Index(None, "section", "published_date"),
        Index(None, "provider", "published_date"),
        Index(None, "source_id", "published_at"),
        Index(None, "text_digest"),
        Index("ix_articles_duplicate_of_id", "duplicate_of_id", sqlite_where=text("duplicate_of_id IS NOT NULL"),
              postgresql_where=text("duplicate_of_id IS NOT NULL")),
        Index("ix_articles_corrected", "published_date", sqlite_where=text("correction IS NOT NULL"),
              postgresql_where=text("correction IS NOT NULL")),
        Index("ix_articles_revised", "revision_count", "last_changed_at", sqlite_where=text("revision_count > 1"),
              postgresql_where=text("revision_count > 1")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    canonical_url: Mapped[str | None]
    external_id: Mapped[str | None]
    lead_image: Mapped[str | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    last_changed_at: Mapped[datetime]
    revision_count: Mapped[int]
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    rules: Mapped[dict[str, Any]] = mapped_column(sort_order=2)
    problems: Mapped[list[Any]] = mapped_column(sort_order=2)
    search_id: Mapped[int | None] = mapped_column(BigInteger, sort_order=3)


class RevisionRow(Wording, Base):
    """One wording of an article, complete, and what changed since the one before."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        # Later wordings only: they are few among all the first ones, and what is asked for.
        Index(
            "ix_revisions_changes", "observed_at", sqlite_where=text("number > 1"), postgresql_where=text("number > 1")
        ),
        Index(None, "capture_id"),
        text_is("cause", "first", "publisher", "extractor"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    number: Mapped[int]
    observed_at: Mapped[datetime]
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id"))
    cause: Mapped[str]
    changed_fields: Mapped[list[Any]]
    substantive: Mapped[bool | None]
    reasons: Mapped[list[Any]]
    silent: Mapped[bool | None]
    additions: Mapped[int]
    authors: Mapped[list[Any]] = mapped_column(sort_order=2)
    images: Mapped[list[Any]] = mapped_column(sort_order=2)
    tags: Mapped[list[Any]] = mapped_column(sort_order=2)


class AddressRow(Base):
    """An address under which an article was met."""

    __tablename__ = "addresses"
    __table_args__ = (Index(None, "article_id"), {"sqlite_with_rowid": False})

    url: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
    first_seen_at: Mapped[datetime]


class VisitRow(Base):
    """One attempt to fetch a story, and what became of it."""

    __tablename__ = "visits"
    __table_args__ = (
        Index(None, "url", "visited_at"),
        Index(None, "article_id", "visited_at"),
        Index(None, "crawl_id", "outcome"),
        Index(None, "outcome", "visited_at"),
        Index(None, "capture_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    visited_at: Mapped[datetime]
    outcome: Mapped[str]
    http_status: Mapped[int | None]
    redirect_url: Mapped[str | None]
    capture_id: Mapped[int | None] = mapped_column(ForeignKey("captures.id"))
    reason: Mapped[str | None]


class NextVisitRow(Base):
    """When an article is to be visited again, where, and what the server gave to ask it with."""

    __tablename__ = "next_visits"
    __table_args__ = (Index(None, "source_id", "rung", "due_at"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    visited_at: Mapped[datetime]
    unseen_since: Mapped[datetime | None]
    rung: Mapped[int]
    due_at: Mapped[datetime]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]


class ListingRow(Base):
    """A sitemap, feed or front that announced stories."""

    __tablename__ = "listings"
    __table_args__ = (UniqueConstraint("source_id", "url"), text_is("kind", "sitemap", "feed", "front"))

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    kind: Mapped[str]


class AnnouncementRow(Base):
    """A story that a paper's listings announced, archived or not."""

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("source_id", "key"),
        Index(None, "source_id", "announced_date", "article_id"),
        Index(None, "article_id"),
        # Those that wait to be archived are few; they are asked for by every crawl.
        Index("ix_announcements_waiting", "source_id", "last_seen_at", sqlite_where=text("article_id IS NULL"),
              postgresql_where=text("article_id IS NULL")),
        Index("ix_announcements_waiting_url", "url", sqlite_where=text("article_id IS NULL"),
              postgresql_where=text("article_id IS NULL")),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    key: Mapped[str]
    url: Mapped[str]
    title: Mapped[str | None]
    published_at: Mapped[datetime | None]
    announced_date: Mapped[str]
    dated: Mapped[bool]
    modified_at: Mapped[datetime | None]
    modified_seen_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))


class SightingRow(Base):
    """Where a story was announced, from when to when."""

    __tablename__ = "sightings"
    __table_args__ = (Index(None, "listing_id", "last_seen_at"), {"sqlite_with_rowid": False})

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class AuthorRow(Base):
    """A person's name as bylines print it."""

    __tablename__ = "authors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class ArticleAuthorRow(Base):
    """Who wrote which article, in the byline's order."""

    __tablename__ = "article_authors"
    __table_args__ = (Index(None, "author_id", "article_id"), {"sqlite_with_rowid": False})

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    role: Mapped[str | None]


class ImageRow(Base):
    """A picture of an article, caption and credit apart."""

    __tablename__ = "images"
    __table_args__ = ({"sqlite_with_rowid": False},)

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str | None]
    caption: Mapped[str | None]
    credit: Mapped[str | None]


class TagRow(Base):
    """A keyword that papers print under their stories."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class ArticleTagRow(Base):
    """Which article carries which tag, in the order printed."""

    __tablename__ = "article_tags"
    __table_args__ = (Index(None, "tag_id", "article_id"), {"sqlite_with_rowid": False})

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"))


class RelatedLinkRow(Base):
    """A link on an article's page to another story, as the page last showed it."""

    __tablename__ = "related_links"
    __table_args__ = (
        Index("ix_related_links_target_article_id", "target_article_id",
              sqlite_where=text("target_article_id IS NOT NULL"),
              postgresql_where=text("target_article_id IS NOT NULL")),
        # Links that wait for their story to be archived, by address and by the paper's own id.
        Index("ix_related_links_waiting_url", "url", sqlite_where=text("target_article_id IS NULL"),
              postgresql_where=text("target_article_id IS NULL")),
        Index("ix_related_links_waiting_id", "target_external_id", sqlite_where=text("target_article_id IS NULL"),
              postgresql_where=text("target_article_id IS NULL")),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str | None]
    title: Mapped[str]
    published_at: Mapped[datetime | None]
    published_raw: Mapped[str | None]
    target_article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"))
    target_external_id: Mapped[str | None]


class ReextractionRow(Base):
    """One run of ``newsarchive reextract``: how far it came, and what it found that would change."""

    __tablename__ = "reextractions"

    id: Mapped[int] = mapped_column(primary_key=True)
    selection: Mapped[dict[str, Any]]
    extractor: Mapped[str]
    applies: Mapped[bool]
    started_at: Mapped[datetime]
    written_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    after_article_id: Mapped[int]
    report: Mapped[dict[str, Any]]


class FieldYieldRow(Base):
    """How many of a crawl's articles had each field: what drift is judged by."""

    __tablename__ = "field_yields"
    __table_args__ = (Index(None, "source_id", "field", "crawl_id"), {"sqlite_with_rowid": False})

    crawl_id: Mapped[int] = mapped_column(ForeignKey("crawls.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    articles: Mapped[int]
    filled: Mapped[int]


class SearchScaleRow(Base):
    """How finely the full-text index numbers time; one row."""

    __tablename__ = "search_scale"

    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
