"""Coming back: when each article is visited next, and what the listings announced, archived or not."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection, text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The policy of that day, for the articles that are there: days of waiting, taken after twice as many quiet days.
RUNGS = (0.035, 0.167, 0.833, 3, 13, 60, 180)
AT_A_TIME = 5_000


def upgrade() -> None:
    """Make the tables, and plan the next visits to what is archived."""
    op.create_table(
        "next_visits",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("visited_at", sa.Text(), nullable=False),
        sa.Column("unseen_since", sa.Text(), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_next_visits_article_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_next_visits_source_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_next_visits"),
    )
    op.create_index("ix_next_visits_source_id_rung_due_at", "next_visits", ["source_id", "rung", "due_at"])
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('sitemap', 'feed', 'front')", name="ck_listings_kind"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_listings_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_listings"),
        sa.UniqueConstraint("source_id", "url", name="uq_listings_source_id_url"),
    )
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("announced_date", sa.Text(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("modified_at", sa.Text(), nullable=True),
        sa.Column("modified_seen_at", sa.Text(), nullable=True),
        sa.Column("first_seen_at", sa.Text(), nullable=False),
        sa.Column("last_seen_at", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_announcements_article_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_announcements_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sa.UniqueConstraint("source_id", "key", name="uq_announcements_source_id_key"),
    )
    op.create_index(
        "ix_announcements_source_id_announced_date_article_id",
        "announcements",
        ["source_id", "announced_date", "article_id"],
    )
    op.create_index("ix_announcements_article_id", "announcements", ["article_id"])
    waiting = text("article_id IS NULL")
    for name, columns in (("waiting", ["source_id", "last_seen_at"]), ("waiting_url", ["url"])):
        op.create_index(
            f"ix_announcements_{name}", "announcements", columns, sqlite_where=waiting, postgresql_where=waiting
        )
    op.create_table(
        "sightings",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.Text(), nullable=False),
        sa.Column("last_seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["announcement_id"], ["announcements.id"], name="fk_sightings_announcement_id"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_sightings_listing_id"),
        sa.PrimaryKeyConstraint("announcement_id", "listing_id", name="pk_sightings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sightings_listing_id_last_seen_at", "sightings", ["listing_id", "last_seen_at"])
    _plan(op.get_bind())


def _plan(connection: Connection) -> None:
    """Each article counts as visited when it was last seen; the older it was then, the later it is due."""
    some = text(
        "SELECT id, source_id, url, coalesce(published_at, first_seen_at), last_changed_at, revision_count,"
        " last_seen_at FROM articles WHERE id > :last ORDER BY id LIMIT :many"
    )
    into = text(
        "INSERT INTO next_visits (article_id, source_id, url, visited_at, rung, due_at)"
        " VALUES (:article, :source, :url, :visited, :rung, :due)"
    )
    last = 0
    while rows := connection.execute(some, {"last": last, "many": AT_A_TIME}).all():
        plans = []
        for article, source, url, published, changed, revisions, visited in rows:
            stir = max(published, changed) if revisions > 1 else published
            at = datetime.fromisoformat(visited)
            quiet = (at - datetime.fromisoformat(stir)).total_seconds() / 86_400
            rung = max((n for n, wait in enumerate(RUNGS) if wait * 2 <= quiet), default=0)
            due = at + timedelta(days=RUNGS[rung])
            plans.append({"article": article, "source": source, "url": url, "visited": visited, "rung": rung,
                          "due": f"{due:%Y-%m-%dT%H:%M:%SZ}"})  # fmt: skip
        connection.execute(into, plans)
        last = rows[-1][0]
