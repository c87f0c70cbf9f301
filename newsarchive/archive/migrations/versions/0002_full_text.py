"""Full text: headline, subheadline, body, captions, byline and tags of every article can be searched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from newsarchive.archive.search import index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index; version 0007 fills it."""
    op.add_column("articles", sa.Column("search_id", sa.BigInteger(), nullable=True))
    op.create_index("uq_articles_search_id", "articles", ["search_id"], unique=True)
    index.create(op.get_bind())
