"""One article with its past and its company: what the article page shows beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, select, text

from newsarchive.archive.differences import FieldDifference, differences, load_wording
from newsarchive.archive.lookup import ArchivedArticle, Revision, load_article
from newsarchive.archive.models import ArticleRow, SourceRow

_PRINTED = text("""
    SELECT article_id, source, headline, printed_at, characters, position FROM story_clusters
    WHERE story_id = (SELECT group_id FROM story_groups WHERE article_id = :id) ORDER BY position LIMIT 100""")
_SHARING = text("""
    SELECT articles.id AS article_id, sources.name AS source, headline, published_at AS printed_at, score
    FROM (SELECT other_id AS id, score FROM similar_articles WHERE article_id = :id AND relation = 'shares_text'
          UNION SELECT article_id, score FROM similar_articles WHERE other_id = :id AND relation = 'shares_text')
         AS near
    JOIN articles ON articles.id = near.id JOIN sources ON sources.id = source_id
    ORDER BY score DESC LIMIT 20""")
_VISITS = text("""
    SELECT visited_at, outcome, visits.http_status, captures.digest, captures.warc_file, captures.warc_offset
    FROM visits LEFT JOIN captures ON captures.id = capture_id
    WHERE article_id = :id ORDER BY visited_at DESC, visits.id DESC LIMIT 200""")
_LINKS = text("""
    SELECT kind, title, url, target_article_id FROM related_links
    WHERE article_id = :id ORDER BY kind, position LIMIT 200""")
_REMOVED = text("SELECT last_seen_at, missing_since FROM removals WHERE article_id = :id")
_DIGEST = text("""
    SELECT digest FROM revisions JOIN captures ON captures.id = capture_id
    WHERE article_id = :id ORDER BY number DESC LIMIT 1""")

# Differences are computed when a page is asked for; a live blog may have hundreds of wordings.
_MOST_DIFFERENCES = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A revision after the first, and what it changed; ``differences`` is None for those too old to be compared."""

    revision: Revision
    differences: list[FieldDifference] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """All that the page shows. The lists hold rows with the names of their columns."""

    archived: ArchivedArticle
    source_title: str
    changes: list[Change]
    printed: list[Any]
    sharing: list[Any]
    visits: list[Any]
    links: dict[str, list[Any]]
    removed: Any | None
    digest: str | None  # of the page that the latest wording was read from


def load_story(engine: Engine, article_id: int) -> StoryPage | None:
    """Read what belongs to an article; None where there is none of this id."""
    with engine.connect() as connection:
        title = select(SourceRow.title, SourceRow.name).join(ArticleRow, ArticleRow.source_id == SourceRow.id)
        source = connection.execute(title.where(ArticleRow.id == article_id)).first()
        if source is None:
            return None
        archived = load_article(connection, article_id)
        links: dict[str, list[Any]] = {}
        for link in _rows(connection, _LINKS, article_id):
            links.setdefault(link.kind, []).append(link)
        return StoryPage(
            archived=archived,
            source_title=source.title or source.name,
            changes=_changes(connection, archived),
            printed=_rows(connection, _PRINTED, article_id),
            sharing=_rows(connection, _SHARING, article_id),
            visits=_rows(connection, _VISITS, article_id),
            links=links,
            removed=connection.execute(_REMOVED, {"id": article_id}).first(),
            digest=connection.execute(_DIGEST, {"id": article_id}).scalar(),
        )


def _rows(connection: Connection, query: Any, article_id: int) -> list[Any]:
    return list(connection.execute(query, {"id": article_id}))


def _changes(connection: Connection, archived: ArchivedArticle) -> list[Change]:
    """Newest first."""
    changes = []
    for place, revision in enumerate(reversed(archived.revisions)):
        if revision.number == 1:
            continue
        compared = None
        if place < _MOST_DIFFERENCES:
            old, new = (load_wording(connection, archived.id, revision.number - back) for back in (1, 0))
            compared = differences(old, new) if old and new else None
        changes.append(Change(revision, compared))
    return changes
