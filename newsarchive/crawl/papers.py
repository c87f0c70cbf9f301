"""The described papers: every spider of the project, found by Scrapy's own spider loader."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


@cache
def papers() -> tuple[type[NewspaperSpider], ...]:
    """Return the described papers: those of the project in the working folder, where there is one, else our own."""
    settings = get_project_settings()
    if not settings.getlist("SPIDER_MODULES"):
        settings.set("SPIDER_MODULES", ["newsarchive.spiders"])
    loader = get_spider_loader(settings)
    spiders = [loader.load(name) for name in loader.list()]
    return tuple(spider for spider in spiders if issubclass(spider, NewspaperSpider) and spider.home_url)


def paper_for(url: str) -> type[NewspaperSpider] | None:
    """Return the described paper on whose site ``url`` is; of several, the one with the longest host name."""
    found = [paper for paper in papers() if paper.describes(url)]
    return max(found, key=lambda paper: len(urlsplit(paper.home_url or "").hostname or ""), default=None)


def layout_of(name: str) -> Layout | None:
    """Return the layout of the described paper of this name, or ``None`` where no file describes it."""
    return next((paper.layout for paper in papers() if paper.name == name), None)


def layout_for(url: str) -> Layout | None:
    """Return the layout of the paper on whose site ``url`` is, or ``None`` where no file describes it."""
    paper = paper_for(url)
    return paper.layout if paper else None
