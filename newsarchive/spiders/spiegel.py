"""DER SPIEGEL, Hamburg."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class SpiegelSpider(NewspaperSpider):
    """German. Class names say how a thing looks, and a few of them what it is."""

    name = "spiegel"
    title = "DER SPIEGEL"
    home_url = "https://www.spiegel.de/"
    sitemaps = ("https://www.spiegel.de/sitemaps/news-de.xml",)
    feeds = ("https://www.spiegel.de/schlagzeilen/index.rss",)
    layout = Layout(
        timezone="Europe/Berlin",
        language="de",
        # The words before the id change when a story is retitled.
        story=r"^https?://(?:www\.)?spiegel\.de/(?:[\w-]+/)+[^/?#]*?-?a-(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+)",
        site_suffixes=("DER SPIEGEL",),
        kicker=("article header h2 .text-primary-base",),
        headline=("article header h2 .align-middle",),
        subheadline=("article header .RichText",),
        body=("article section .RichText",),
        images=("article section figure",),
    )
