"""What a crawl counts, in Scrapy's statistics: the numbers of the live line, the summary and ``crawls.counts``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from scrapy.crawler import Crawler

from newsarchive.page import Outcome

Count = Literal["listings", "listings_failed", "found", "known", "requested", "fetched", "older", "extractor_failed"]

_PREFIX = "newsarchive/"
_OUTCOME = "newsarchive/outcome/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """``listings`` read and failed; stories ``found`` in them, ``known`` and left alone, ``requested``, ``fetched``.

    ``older``: pages from before ``-a since=``. ``extractor_failed``: pages that the extractor did not
    survive or finish.
    """

    listings: int = 0
    listings_failed: int = 0
    found: int = 0
    known: int = 0
    requested: int = 0
    fetched: int = 0
    older: int = 0
    extractor_failed: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Stories of which no article came."""
        return sum(number for outcome, number in self.outcomes.items() if outcome not in ANSWERS)

    @property
    def answered(self) -> int:
        """Visits in which the paper said something of the story, be it that the story is gone."""
        outcomes: tuple[Outcome, ...] = (*ANSWERS, "gone", "not_found", "robots_denied")
        return sum(self.outcomes.get(outcome, 0) for outcome in outcomes)


# The outcomes with which all is well.
ANSWERS: tuple[Outcome, ...] = ("new", "unchanged", "changed", "not_modified", "moved", "paywalled")


def add(crawler: Crawler, count: Count, number: int = 1) -> None:
    """Count something."""
    crawler.stats.inc_value(_PREFIX + count, number)


def add_outcome(crawler: Crawler, outcome: str, number: int = 1) -> None:
    """Count what became of a visit."""
    crawler.stats.inc_value(_OUTCOME + outcome, number)


def read(crawler: Crawler) -> Counts:
    """Return what has been counted so far."""
    stats = crawler.stats
    return Counts(
        **{count: stats.get_value(_PREFIX + count, 0) for count in get_args(Count)},
        outcomes={
            outcome: number for outcome in get_args(Outcome) if (number := stats.get_value(_OUTCOME + outcome, 0))
        },
    )
