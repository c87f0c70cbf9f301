"""How many stories there are over time: counts by day, month or year, drawn without any script."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, func, select

from newsarchive.archive.models import ArticleRow
from newsarchive.archive.search import matching
from newsarchive.archive.search.index import INDEX
from newsarchive.archive.search.query import parse
from newsarchive.archive.selection import Selection

# Bars that a phone's width still shows apart; what is longer is counted by months, then by years.
_MOST_DAYS = 124
_MOST_MONTHS = 240
_MOST_YEARS = 200


@dataclass(frozen=True, slots=True)
class Bar:
    """A day (``2026-03-01``), month (``2026-03``) or year, with its stories and those of them that a query hits."""

    label: str
    since: str
    until: str
    stories: int
    hits: int

    @property
    def share(self) -> float:
        """Hits among the stories, 0 to 1."""
        return self.hits / self.stories if self.stories else 0.0


def coverage(engine: Engine, query: str, selection: Selection) -> list[Bar]:
    """Count the stories that are dated, from the first to the last, gaps included. Raises `QueryError`."""
    tree = parse(query) if query.strip() else None
    index = INDEX[engine.dialect.name]
    counted = ArticleRow.published_date, func.count()
    with engine.connect() as connection:
        all_of = select(*counted).where(ArticleRow.published_date.is_not(None), *selection.conditions())
        stories = dict(connection.execute(all_of.group_by(ArticleRow.published_date)).tuples().all())
        hits = {}
        if tree is not None:
            found = matching(tree, selection, index, *counted).group_by(ArticleRow.published_date)
            hits = {row[0]: row[1] for row in connection.execute(found)}
    return bars({day: count for day, count in stories.items() if day}, hits)


def bars(stories: dict[str, int], hits: dict[str, int]) -> list[Bar]:
    """Put counts by day (ISO dates) into bars. Pure."""
    days = sorted(filter(None, map(_day, stories)))
    if not days:
        return []
    first, last = days[0], days[-1]
    length = 10
    if (last - first).days >= _MOST_DAYS:
        length = 7 if (last.year - first.year) * 12 < _MOST_MONTHS else 4
    counts = [Counter[str](), Counter[str]()]
    for counter, given in zip(counts, (stories, hits), strict=True):
        for day, count in given.items():
            counter[day[:length]] += count
    return [Bar(label, *_span(label), counts[0][label], counts[1][label]) for label in _labels(first, last, length)]


def _labels(first: date, last: date, length: int) -> list[str]:
    if length == 10:
        return [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
    if length == 4:
        return [f"{year:04}" for year in range(max(first.year, last.year - _MOST_YEARS), last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def _span(label: str) -> tuple[str, str]:
    if len(label) == 10:
        return label, label
    if len(label) == 4:
        return f"{label}-01-01", f"{label}-12-31"
    year, month = int(label[:4]), int(label[5:])
    after = date(year + month // 12, month % 12 + 1, 1) if year < 9999 else date(year, 12, 31)
    return f"{label}-01", (after - timedelta(days=1)).isoformat()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
