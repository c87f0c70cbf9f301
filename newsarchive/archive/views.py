"""Views for analysts. They are dropped before a migration and made anew after it, so they never stand in its way."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, text

# (what, from where, in which order) -> one text, the parts joined by a separator
Joined = Callable[[str, str, str, str], str]


def _article_rows(joined: Joined) -> str:
    authors = joined(
        "name",
        "; ",
        "article_authors JOIN authors ON authors.id = author_id WHERE article_id = articles.id",
        "position",
    )
    tags = joined("name", "; ", "article_tags JOIN tags ON tags.id = tag_id WHERE article_id = articles.id", "position")
    # LEFT, though every article has its newspaper: SQLite then begins with the articles, in the order asked for.
    captions = joined("caption", "\n", "images WHERE article_id = articles.id AND caption IS NOT NULL", "position")
    return f"""
        SELECT articles.id, sources.name AS source, external_id, url, headline, kicker, subheadline, byline,
            ({authors}) AS authors, provider, desk, place, kind, section, articles.language, ({tags}) AS tags,
            published_at, published_date, published_basis, published_precision, modified_at,
            ({captions}) AS captions, body, length(body) AS characters,
            (SELECT count(*) FROM images WHERE article_id = articles.id) AS image_count,
            (SELECT count(*) FROM related_links WHERE article_id = articles.id) AS link_count,
            (SELECT count(*) FROM visits WHERE article_id = articles.id) AS visit_count,
            revision_count,
            (SELECT count(*) FROM articles AS copies WHERE copies.duplicate_of_id = articles.id) AS duplicate_count,
            duplicate_of_id, paywalled, live_blog, first_seen_at, last_seen_at, last_changed_at
        FROM articles LEFT JOIN sources ON sources.id = source_id"""


def _removals(joined: Joined) -> str:
    # Only an answer that the story is not there counts: a timeout, a server's error or a challenge says nothing of it.
    # articles.last_seen_at is the latest visit that showed it, so that a story that is back is a removal no more.
    return """
        SELECT articles.id AS article_id, sources.name AS source, articles.external_id, articles.url,
            articles.headline, articles.published_at, articles.last_seen_at,
            min(visits.visited_at) AS missing_since, max(visits.visited_at) AS last_visited_at,
            count(*) AS visits,
            sum(CASE WHEN visits.outcome = 'not_found' THEN 1 ELSE 0 END) AS not_found,
            sum(CASE WHEN visits.outcome = 'gone' THEN 1 ELSE 0 END) AS gone,
            min(visits.capture_id) AS first_capture_id, max(visits.capture_id) AS last_capture_id
        FROM visits
        JOIN articles ON articles.id = visits.article_id AND articles.last_seen_at < visits.visited_at
        JOIN sources ON sources.id = articles.source_id
        WHERE visits.outcome IN ('not_found', 'gone')
        GROUP BY articles.id, sources.name
        HAVING count(*) > 1 OR min(visits.outcome) = 'gone'"""


def _unarchived(joined: Joined) -> str:
    latest = "SELECT max(id) FROM visits WHERE visits.url = announcements.url"
    places = joined(
        "url", " ", "sightings JOIN listings ON listings.id = listing_id WHERE announcement_id = announcements.id",
        "listings.id",
    )  # fmt: skip
    return f"""
        SELECT sources.name AS source, announcements.announced_date, announcements.url, announcements.title,
            announcements.first_seen_at, announcements.last_seen_at, ({places}) AS listed_in,
            (SELECT count(*) FROM visits WHERE visits.url = announcements.url) AS visits,
            last.visited_at AS last_visited_at, last.outcome AS last_outcome, last.reason AS last_reason
        FROM announcements
        JOIN sources ON sources.id = announcements.source_id
        LEFT JOIN visits AS last ON last.id = ({latest})
        WHERE announcements.article_id IS NULL"""


def _completeness(joined: Joined) -> str:
    return """
        SELECT sources.name AS source, announced_date, count(*) AS announced, count(article_id) AS archived,
            count(*) - count(article_id) AS missing
        FROM announcements JOIN sources ON sources.id = announcements.source_id
        GROUP BY announcements.source_id, sources.name, announced_date"""


def _story_clusters(joined: Joined) -> str:
    # A page that states only the day of publication states midnight, which would always be first.
    printed = """CASE WHEN published_precision IN ('minute', 'second') THEN published_at
                WHEN substr(first_seen_at, 1, 10) = published_date THEN first_seen_at
                ELSE coalesce(published_at, first_seen_at) END"""
    within = "PARTITION BY group_id ORDER BY printed_at, article_id"
    return f"""
        SELECT group_id AS story_id, row_number() OVER ({within}) AS position,
            count(*) OVER (PARTITION BY group_id) AS articles, article_id, printed.source, headline, byline, provider,
            url, printed_at, first_value(printed_at) OVER ({within}) AS first_printed_at,
            first_value(printed.source) OVER ({within}) AS first_source,
            first_value(article_id) OVER ({within}) AS first_article_id, duplicate_of_id, characters
        FROM (
            SELECT group_id, article_id, sources.name AS source, headline, byline, provider, articles.url,
                {printed} AS printed_at, duplicate_of_id, length(body) AS characters
            FROM story_groups
            JOIN articles ON articles.id = article_id
            JOIN sources ON sources.id = source_id
        ) AS printed"""


VIEWS: dict[str, Callable[[Joined], str]] = {
    "article_rows": _article_rows,
    "removals": _removals,
    "unarchived": _unarchived,
    "completeness": _completeness,
    "story_clusters": _story_clusters,
}
"""Names of views and their queries, in an order in which a later one may rest on an earlier one."""


def create_views(connection: Connection) -> None:
    """Make all views as this version knows them."""
    joined = _joined_sqlite if connection.dialect.name == "sqlite" else _joined_postgresql
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query(joined)}"))


def drop_views(connection: Connection) -> None:
    """Drop the views that there are, later ones first."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))


def _joined_sqlite(what: str, separator: str, source: str, order: str) -> str:
    # group_concat takes an order of its own only since SQLite 3.44; it keeps that of the rows it is given.
    return f"SELECT group_concat({what}, '{separator}') FROM (SELECT {what} FROM {source} ORDER BY {order})"


def _joined_postgresql(what: str, separator: str, source: str, order: str) -> str:
    return f"SELECT string_agg({what}, '{separator}' ORDER BY {order}) FROM {source}"
