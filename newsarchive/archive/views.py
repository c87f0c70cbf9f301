"""Views for analysts. They are dropped before a migration and made anew after it, so they never stand in its way."""

from __future__ import annotations

from sqlalchemy import Connection, text

VIEWS: dict[str, str] = {}


def create_views(connection: Connection) -> None:
    """Make all views as this version knows them."""
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_views(connection: Connection) -> None:
    """Drop the views that there are, later ones first: they may rest on earlier ones."""
    for name in reversed(VIEWS):
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))
