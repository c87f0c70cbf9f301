"""The full-text index on PostgreSQL: the same tokens as `tsvector`, the same numbering of documents.

Vectors are written out by us, positions included; the server's own parser would cut our tokens up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, TableClause, and_, func, literal, not_, or_
from sqlalchemy.dialects.postgresql import TSQUERY

from newsarchive.archive.search.query import COLUMN, AnyOf, Node, Term, terms

# PostgreSQL's limits on a word's position, and on how many positions of one word it keeps.
_LAST_POSITION = 16_383
_MOST_POSITIONS = 255
_GAP = 2  # positions between two fields, so that no phrase runs from one into the next


def create_statements(columns: Iterable[str]) -> list[str]:
    """The table, and the index over all fields together; a single field's hits are a part of those."""
    fields = ", ".join(f"{name} tsvector NOT NULL" for name in columns)
    return [
        f"CREATE TABLE article_search (docid bigint PRIMARY KEY, {fields}, words tsvector NOT NULL)",
        "CREATE INDEX ix_article_search_words ON article_search USING gin (words)",
    ]


def insert_statement(columns: Iterable[str]) -> str:
    """Insert one document, its vectors as text."""
    names = [*columns, "words"]
    return (
        f"INSERT INTO article_search (docid, {', '.join(names)}) "
        f"VALUES (:docid, {', '.join(f'CAST(:{name} AS tsvector)' for name in names)})"
    )


def vectors(fields: Mapping[str, str]) -> dict[str, str]:
    """Turn tokens by field into vectors, with one of all fields, ``words``."""
    out = {}
    together: dict[str, list[int]] = {}
    start = 0
    for name, tokens in fields.items():
        own: dict[str, list[int]] = {}
        words = tokens.split()
        for position, token in enumerate(words, start=1):
            own.setdefault(token, []).append(position)
            together.setdefault(token, []).append(start + position)
        start += len(words) + _GAP
        out[name] = _written(own)
    out["words"] = _written(together)
    return out


def _written(positions: dict[str, list[int]]) -> str:
    return " ".join(
        f"{_quoted(token)}:{','.join(str(min(n, _LAST_POSITION)) for n in found[:_MOST_POSITIONS])}"
        for token, found in positions.items()
    )


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def matches(node: Node, index: TableClause) -> ColumnElement[bool]:
    """The condition on the index that a query means."""
    if isinstance(node, Term):
        query = literal(_phrase(node)).cast(TSQUERY)
        found = index.c.words.op("@@")(query)
        # The index is over all fields, so that a field is looked at only where something was found at all.
        return and_(found, index.c[COLUMN[node.field]].op("@@")(query)) if node.field else found
    if isinstance(node, AnyOf):
        return or_(*(matches(part, index) for part in node.of))
    unwanted = (not_(matches(part, index)) for part in node.unwanted)
    return and_(*(matches(part, index) for part in node.wanted), *unwanted)


def relevance(node: Node, index: TableClause) -> ColumnElement[float]:
    """How well a document fits: PostgreSQL's rank of all wanted terms."""
    query = " | ".join(f"({_phrase(term)})" for term in terms(node))
    return func.ts_rank(index.c.words, literal(query).cast(TSQUERY))


def _phrase(term: Term) -> str:
    words = [_quoted(token) for token in term.tokens]
    return " <-> ".join(words) + (":*" if term.prefix else "")
