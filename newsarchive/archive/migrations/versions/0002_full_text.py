"""Full text: headline, subheadline, body, captions, byline and tags of every article can be searched."""

from __future__ import annotations

from alembic import op

from newsarchive.archive import search_index

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index, and fill it with the articles that are there."""
    connection = op.get_bind()
    search_index.create(connection)
    search_index.rebuild(connection)
