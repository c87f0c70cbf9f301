"""Reading to article: one form for one thing, and what the page is where it is no full article."""

from __future__ import annotations

from newsarchive.article import Article
from newsarchive.extract.page_kind import no_story
from newsarchive.extract.verdict import doubts, judge
from newsarchive.normalize.article import normalize
from newsarchive.page import Outcome, Page
from newsarchive.reading import Reading

# For the log and the visit's row.
_REASONS: dict[Outcome, str] = {
    "challenge": "a challenge or a login stands in its place",
    "paywalled": "only the beginning can be read without paying",
    "truncated": "it ends in the middle",
}


def normalize_reading(page: Page, reading: Reading) -> tuple[Article, Outcome | None]:
    """Return the article of a page, its problems with all that is wrong, and the outcome where it is no full article.

    The second half of a worker's task, right behind the extractor: to judge a page takes as long as to read a field.
    """
    article = normalize(reading)
    outcome = judge(page, article, pay_notice=reading.pay_notice is not None)
    # A described paper's addresses are stories by its own pattern, and so are those that were asked for.
    instead = no_story(page.body, article) if page.listing is not None and page.layout is None else None
    if instead is not None and outcome in (None, "unreadable", "paywalled"):
        outcome = "unreadable"
        article.problems.append(f"no story: {instead}")
    elif outcome == "unreadable":
        article.problems.append("no headline" if not article.headline else "no body")
    elif outcome is not None:
        article.problems.append(_REASONS[outcome])
    article.problems += doubts(page, article)
    return article, outcome
