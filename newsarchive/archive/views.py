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


VIEWS: dict[str, Callable[[Joined], str]] = {"article_rows": _article_rows}
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
