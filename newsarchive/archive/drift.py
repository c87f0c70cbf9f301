"""Whether a crawl reads a paper as well as earlier crawls did: the share of articles with each field, against its past.

A redesign seldom breaks a page; it makes the byline or the captions quietly disappear from all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma

from sqlalchemy import Engine, select

from newsarchive.archive.connection import place
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.models import FieldYieldRow, SourceRow
from newsarchive.article import Article

PAST = 20  # crawls to compare with: with a crawl an hour, most of a day, quiet hours and busy ones
ENOUGH = 30  # articles that the past must have; less tells nothing
# A share that falls by less than a quarter is no lost selector, however many articles prove it.
LOSS = 0.75
# With some fifteen fields a crawl, a false alarm about once in a thousand crawls.
CHANCE = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """In how many of so many articles a field was found."""

    articles: int
    filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A field that a paper's pages used to give and now give much less often."""

    source: str
    field: str
    now: Yield
    past: Yield

    def __str__(self) -> str:
        before = self.past.filled / self.past.articles
        return (
            f"{self.source}: {self.field} found in {self.now.filled} of {self.now.articles} articles, "
            f"in earlier crawls in {before:.0%}; has the paper's layout changed?"
        )


def field_presence(article: Article) -> dict[str, bool]:
    """Which fields a page gave, of those whose loss would mean a changed layout."""
    found = {
        "headline": article.headline,
        "subheadline": article.subheadline,
        "byline": article.byline,
        "authors": article.authors,
        "provider": article.provider,
        "published": article.published,
        "modified": article.modified,
        "body": article.body,
        "images": article.images,
        "captions": any(image.caption for image in article.images),
        "tags": article.tags,
        "section": article.section,
        "related_links": article.related_links,
    }
    return {name: bool(value) for name, value in found.items()}


def has_drifted(now: Yield, past: Yield) -> bool:
    """Whether a field's share has fallen too far to be chance.

    The probability of finding so few, given the past, is the lower tail of the beta-binomial distribution: the
    binomial with the past's own uncertainty in it.
    """
    if past.articles < ENOUGH or not now.articles:
        return False
    if now.filled / now.articles >= LOSS * past.filled / past.articles:
        return False
    hits, misses = past.filled + 1, past.articles - past.filled + 1
    base = lgamma(now.articles + 1) - _beta(hits, misses)
    tail = sum(
        exp(
            base
            - lgamma(filled + 1)
            - lgamma(now.articles - filled + 1)
            + _beta(filled + hits, now.articles - filled + misses)
        )
        for filled in range(now.filled + 1)
    )
    return tail < CHANCE


def _beta(a: float, b: float) -> float:
    """Logarithm of the beta function."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def find_drift(engine: Engine, crawl_id: int) -> list[Drift]:
    """Compare a crawl, paper by paper and field by field, with the crawls before it. Raises `ArchiveError`."""
    with plain_errors(place(engine)), engine.connect() as connection:
        today = connection.execute(
            select(FieldYieldRow.source_id, SourceRow.name, FieldYieldRow.field, FieldYieldRow.articles,
                   FieldYieldRow.filled)
            .join(SourceRow, SourceRow.id == FieldYieldRow.source_id)
            .where(FieldYieldRow.crawl_id == crawl_id)
            .order_by(SourceRow.name, FieldYieldRow.field)
        ).all()  # fmt: skip
        found = []
        for row in today:
            earlier = (
                select(FieldYieldRow.articles, FieldYieldRow.filled)
                .where(
                    FieldYieldRow.source_id == row.source_id,
                    FieldYieldRow.field == row.field,
                    FieldYieldRow.crawl_id < crawl_id,
                )
                .order_by(FieldYieldRow.crawl_id.desc())
                .limit(PAST)
            )
            now = Yield(articles=row.articles, filled=row.filled)
            past = pooled([Yield(articles=r.articles, filled=r.filled) for r in connection.execute(earlier)])
            if has_drifted(now, past):
                found.append(Drift(source=row.name, field=row.field, now=now, past=past))
        return found


def pooled(yields: Sequence[Yield]) -> Yield:
    """Several crawls as one."""
    return Yield(articles=sum(each.articles for each in yields), filled=sum(each.filled for each in yields))
