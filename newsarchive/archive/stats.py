"""How many stories there are by day, section, author or tag, and what share of them a query finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Engine, Select, func

from newsarchive.archive.models import ArticleAuthorRow, ArticleRow, ArticleTagRow, AuthorRow, SourceRow, TagRow
from newsarchive.archive.search import matching
from newsarchive.archive.search.index import INDEX
from newsarchive.archive.search.query import Node, parse
from newsarchive.archive.selection import Selection

Period = Literal["day", "month", "year"]
Group = Literal["day", "month", "year", "source", "section", "author", "tag"]
PERIODS: tuple[Period, ...] = get_args(Period)

# How much of a date (2026-02-19) names its period.
_LENGTH = {"day": 10, "month": 7, "year": 4}
_LABEL: dict[str, Any] = {
    "source": SourceRow.name,
    "section": ArticleRow.section,
    "author": AuthorRow.name,
    "tag": TagRow.name,
}


@dataclass(frozen=True, slots=True)
class Count:
    """Stories of a day, a section … ``stories`` are those that the query finds, ``of`` all of them.

    ``label`` is None for stories without a date or a section. A story by two people counts for both.
    """

    label: str | None
    stories: int
    of: int

    @property
    def share(self) -> float:
        """Part of all, 0 to 1."""
        return self.stories / self.of


def count_by(
    engine: Engine,
    group: Group,
    query: str | None = None,
    selection: Selection = Selection(),  # noqa: B008 - immutable
    *,
    top: int = 30,
) -> list[Count]:
    """Count stories by period, all of them in order; or by name, the ``top`` most frequent ones, the first one first.

    Without a query ``stories`` and ``of`` are the same. Raises `QueryError`.
    """
    tree = parse(query) if query and query.strip() else None
    with engine.connect() as connection:
        index = engine.dialect.name
        of = {label: number for label, number in connection.execute(_counts(None, selection, group, index))}  # noqa: C416
        found = of
        if tree is not None:
            found = {label: number for label, number in connection.execute(_counts(tree, selection, group, index))}  # noqa: C416
    counts = [Count(label, found.get(label, 0), number) for label, number in of.items()]
    if group in PERIODS:
        return sorted(counts, key=lambda count: (count.label is None, count.label))
    return sorted((c for c in counts if c.stories), key=lambda count: (-count.stories, count.label or ""))[:top]


def _counts(tree: Node | None, selection: Selection, group: Group, dialect: str) -> Select[*tuple[Any, ...]]:
    label = _LABEL.get(group)
    if label is None:
        label = ArticleRow.published_date
        label = label if group == "day" else func.substr(label, 1, _LENGTH[group])
    query = matching(tree, selection, INDEX[dialect], label.label("label"), func.count())
    if group == "source":
        query = query.join(SourceRow, SourceRow.id == ArticleRow.source_id)
    elif group == "author":
        query = query.join(ArticleAuthorRow, ArticleAuthorRow.article_id == ArticleRow.id)
        query = query.join(AuthorRow, AuthorRow.id == ArticleAuthorRow.author_id)
    elif group == "tag":
        query = query.join(ArticleTagRow, ArticleTagRow.article_id == ArticleRow.id)
        query = query.join(TagRow, TagRow.id == ArticleTagRow.tag_id)
    return query.group_by("label")
