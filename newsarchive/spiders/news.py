"""Any newspaper, no code: ``scrapy crawl news -a url=https://any.paper/``."""

from __future__ import annotations

from newsarchive.crawl.any_paper import AnyPaperSpider


class NewsSpider(AnyPaperSpider):
    """What it takes and does is described with its base."""

    name = "news"
