"""What kind of change each revision is, corrections, and the runs that extract again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from newsarchive.archive.writing.changes import class_all

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and class the revisions that are there."""
    op.add_column("articles", sa.Column("correction", sa.Text(), nullable=True))
    op.add_column("revisions", sa.Column("correction", sa.Text(), nullable=True))
    op.add_column("revisions", sa.Column("substantive", sa.Boolean(), nullable=True))
    op.add_column("revisions", sa.Column("reasons", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("revisions", sa.Column("silent", sa.Boolean(), nullable=True))
    op.add_column("revisions", sa.Column("additions", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "reextractions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("after_article_id", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reextractions"),
    )
    class_all(op.get_bind())
