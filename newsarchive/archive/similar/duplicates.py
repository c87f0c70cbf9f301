"""Articles whose text is the same: each points at the first archived of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from newsarchive.archive.statements import ARTICLES, chunks


def first_with(connection: Connection, digests: Iterable[str]) -> dict[str, int]:
    """The article first archived of those with each text; texts not in the archive are not in the result."""
    first: dict[str, int] = {}
    for some in chunks(digests):
        query = (
            select(ARTICLES.c.text_digest, func.min(ARTICLES.c.id))
            .where(ARTICLES.c.text_digest.in_(some))
            .group_by(ARTICLES.c.text_digest)
        )
        first.update({row[0]: row[1] for row in connection.execute(query)})
    return first


def settle(connection: Connection, digests: Iterable[str]) -> list[int]:
    """Set ``duplicate_of_id`` anew among the articles with these texts, after a body has changed; returns those set.

    The first archived (ids rise in the order of archiving) points nowhere, all others at it: there is never a chain.
    """
    corrections: list[dict[str, Any]] = []
    for some in chunks(digests):
        first: dict[str, int] = {}
        query = (
            select(ARTICLES.c.id, ARTICLES.c.text_digest, ARTICLES.c.duplicate_of_id)
            .where(ARTICLES.c.text_digest.in_(some))
            .order_by(ARTICLES.c.id)
        )
        for row in connection.execute(query):
            original = first.setdefault(row.text_digest, row.id)
            right = None if original == row.id else original
            if row.duplicate_of_id != right:
                corrections.append({"article": row.id, "original": right})
    if corrections:
        statement = update(ARTICLES).where(ARTICLES.c.id == bindparam("article"))
        connection.execute(statement.values(duplicate_of_id=bindparam("original")), corrections)
    return [row["article"] for row in corrections]
