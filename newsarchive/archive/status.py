"""What is archived, by paper, and how the last crawls went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, case, func, select

from newsarchive.archive.models import ArticleRow, CrawlRow, SourceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What the archive holds of one paper. Dates are local calendar dates, ``YYYY-MM-DD``."""

    source: str
    title: str | None
    articles: int
    duplicates: int
    revised: int
    first_published: str | None
    last_published: str | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One run of a spider. ``finished_at`` is None while it runs, and for ever if it was killed."""

    id: int
    spider: str
    started_at: datetime
    finished_at: datetime | None
    finish_reason: str | None
    counts: dict[str, Any]


def holdings(engine: Engine) -> list[Holding]:
    """What is held of each paper, the largest first."""
    articles = func.count(ArticleRow.id)
    query = (
        select(
            SourceRow.name.label("source"),
            SourceRow.title,
            articles.label("articles"),
            func.count(ArticleRow.duplicate_of_id).label("duplicates"),
            func.coalesce(func.sum(case((ArticleRow.revision_count > 1, 1), else_=0)), 0).label("revised"),
            func.min(ArticleRow.published_date).label("first_published"),
            func.max(ArticleRow.published_date).label("last_published"),
            func.max(ArticleRow.last_seen_at).label("last_seen_at"),
        )
        .select_from(SourceRow)
        .outerjoin(ArticleRow, ArticleRow.source_id == SourceRow.id)
        .group_by(SourceRow.id)
        .order_by(articles.desc(), SourceRow.name)
    )
    with engine.connect() as connection:
        return [Holding(**row._mapping) for row in connection.execute(query)]


def last_crawls(engine: Engine, limit: int = 10) -> list[Crawl]:
    """Give the newest ``limit`` crawls, newest first."""
    columns = [getattr(CrawlRow, name) for name in Crawl.__dataclass_fields__]
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(CrawlRow.id.desc()).limit(limit))
        return [Crawl(**row._mapping) for row in rows]
