"""What the archive knows of story addresses, so that a crawl need not fetch again what it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from newsarchive.archive.connection import place
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.models import AddressRow, ArticleRow, SourceRow, VisitRow
from newsarchive.archive.statements import chunks
from newsarchive.normalize.address import address_key


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStory:
    """A story that was archived, or only tried: then ``article_id`` is ``None``; ``outcome`` says what came of it."""

    article_id: int | None
    outcome: str | None  # of the latest visit to this address
    visited_at: datetime | None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None


def known_stories(
    engine: Engine, source: str, addresses: Iterable[str], external_ids: Iterable[str] = ()
) -> dict[str, KnownStory]:
    """What is known of a paper's stories, by the address or the paper's own id that was asked for.

    Addresses count in any variant of the same form (tracking parameters aside). Unknown ones are not in the result.
    Raises `ArchiveError`.
    """
    article, address, visit = ArticleRow.__table__, AddressRow.__table__, VisitRow.__table__
    columns = [article.c[name] for name in ("published_at", "modified_at", "first_seen_at", "last_seen_at")]
    asked: dict[str, list[str]] = {}
    for url in addresses:
        asked.setdefault(address_key(url), []).append(url)
    known: dict[str, KnownStory] = {}
    with plain_errors(place(engine)), engine.connect() as connection:
        source_id = connection.execute(select(SourceRow.id).where(SourceRow.name == source)).scalar()
        for some in chunks(asked):
            latest = (
                select(visit.c.url, func.max(visit.c.id).label("id"))
                .where(
                    visit.c.url.in_([url for key in some for url in {key, *asked[key]}]), visit.c.source_id == source_id
                )
                .group_by(visit.c.url)
                .subquery()
            )
            tried = {
                row.url: KnownStory(article_id=None, outcome=row.outcome, visited_at=row.visited_at)
                for row in connection.execute(
                    select(visit.c.url, visit.c.outcome, visit.c.visited_at).join(latest, latest.c.id == visit.c.id)
                )
            }
            met = select(address.c.url, article.c.id, *columns).join(article, article.c.id == address.c.article_id)
            held = {
                row.url: row
                for row in connection.execute(met.where(address.c.url.in_(some), address.c.source_id == source_id))
            }
            for key in some:
                for url in asked[key]:
                    story = tried.get(url) or tried.get(key)
                    if key in held:
                        known[url] = _known(held[key], story)
                    elif story is not None:
                        known[url] = story
        for some in chunks(external_ids):
            query = select(article.c.external_id, article.c.id, *columns).where(
                article.c.source_id == source_id, article.c.external_id.in_(some)
            )
            known.update({row.external_id: _known(row, None) for row in connection.execute(query)})
    return known


def _known(row: object, visited: KnownStory | None) -> KnownStory:
    return KnownStory(
        article_id=row.id,  # type: ignore[attr-defined]
        outcome=visited.outcome if visited else None,
        visited_at=visited.visited_at if visited else None,
        published_at=row.published_at,  # type: ignore[attr-defined]
        modified_at=row.modified_at,  # type: ignore[attr-defined]
        first_seen_at=row.first_seen_at,  # type: ignore[attr-defined]
        last_seen_at=row.last_seen_at,  # type: ignore[attr-defined]
    )
