"""The bound ``-a since=DATE``, for stories whose listing had no date: then the page's own counts."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsarchive.crawl import counts
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.page import Miss, Story


class Since:
    """Item pipeline: makes a ``Story`` published before the date asked for a ``Miss``: a visit that changes nothing.

    Undated stories pass, and so do those whose addresses were asked for.
    """

    def __init__(self, crawler: Crawler) -> None:
        spider = crawler.spider
        if not isinstance(spider, NewspaperSpider) or spider.arguments.since is None or spider.arguments.urls:
            raise NotConfigured
        self.crawler = crawler
        self.since = spider.arguments.since.isoformat()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline; raises ``NotConfigured`` where the crawl has no such bound."""
        return cls(crawler)

    def process_item(self, item: Story | Miss) -> Story | Miss:
        """Compare the publication date."""
        if isinstance(item, Story):
            published = item.article.published
            if published is not None and published.date < self.since:
                counts.add(self.crawler, "older")
                return Miss.of_page(
                    item.page, "unchanged", f"published {published.date}, before since={self.since}: not archived"
                )
        return item
