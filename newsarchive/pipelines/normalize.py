"""Reading to article: one form for one thing, and what the page is where it is no full article."""

from __future__ import annotations

from newsarchive.extract.verdict import doubts, judge
from newsarchive.normalize.article import normalize
from newsarchive.page import Miss, Outcome, Story
from newsarchive.pipelines.extract import ReadPage

# For the log and the visit's row.
_REASONS: dict[Outcome, str] = {
    "challenge": "a challenge or a login stands in its place",
    "paywalled": "only the beginning can be read without paying",
    "truncated": "it ends in the middle",
}


class Normalize:
    """Item pipeline: turns a ``ReadPage`` into a ``Story``; a ``Miss`` passes."""

    def process_item(self, item: ReadPage | Miss) -> Story | Miss:
        """Normalize the reading, and say of it what is wrong."""
        if isinstance(item, Miss):
            return item
        article = normalize(item.reading)
        outcome = judge(item.page, article)
        if outcome == "unreadable":
            article.problems.append("no headline" if not article.headline else "no body")
        elif outcome is not None:
            article.problems.append(_REASONS[outcome])
        article.problems += doubts(item.page, article)
        return Story(page=item.page, article=article, outcome=outcome)
