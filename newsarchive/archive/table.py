"""What all tables of the archive have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from newsarchive.archive.columns import Instant, Json


class Base(DeclarativeBase):
    """All tables of the archive."""

    # Named constraints: SQLite can only alter a table by copying it, and finds constraints by these names.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, datetime: Instant, list[Any]: Json, dict[str, Any]: Json}  # noqa: RUF012 - its API


def text_is(column: str, *values: str) -> CheckConstraint:
    """Constrain a column to these values."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)
