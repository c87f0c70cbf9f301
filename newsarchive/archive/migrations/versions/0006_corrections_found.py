"""An index of the stories that papers corrected: few among all, and otherwise every article is read for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    corrected = sa.text("correction IS NOT NULL")
    op.create_index(
        "ix_articles_corrected", "articles", ["published_date"], sqlite_where=corrected, postgresql_where=corrected
    )
