"""A smaller full-text index: numbers that stand closer, fewer tokens, pieces that are merged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from newsarchive.archive.search import index

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index anew, and fill it with the articles that are there."""
    op.create_table(
        "search_scale",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("step", name="pk_search_scale"),
    )
    op.execute("DROP TABLE article_search")
    connection = op.get_bind()
    index.create(connection)
    index.rebuild(connection)
