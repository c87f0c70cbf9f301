"""The same story elsewhere: the index of shingles, the groups of articles that are one story, and all links anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from newsarchive.archive import similar

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and link the articles that are there."""
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_shingles_article_id"),
        sa.PrimaryKeyConstraint("hash", "article_id", name="pk_shingles"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_groups",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_story_groups_article_id"),
        sa.ForeignKeyConstraint(["group_id"], ["articles.id"], name="fk_story_groups_group_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_groups"),
    )
    op.create_index("ix_story_groups_group_id", "story_groups", ["group_id"])
    similar.rebuild(op.get_bind())
