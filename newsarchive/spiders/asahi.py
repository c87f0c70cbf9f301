"""The Asahi Shimbun 朝日新聞, Tokyo."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class AsahiSpider(NewspaperSpider):
    """Japanese. Its class names change with every build, so that only the order of elements can be relied on."""

    name = "asahi"
    title = "朝日新聞デジタル"
    home_url = "https://www.asahi.com/"
    feeds = ("https://www.asahi.com/rss/asahi/newsheadlines.rdf",)
    layout = Layout(
        timezone="Asia/Tokyo",
        language="ja",
        story=r"^https?://(?:www\.|digital\.)?asahi\.com/articles/(?P<id>[A-Z]{2,3}[0-9A-Z]{8,})\.html",
        canonical="https://www.asahi.com/articles/{id}.html",
        site_suffixes=("朝日新聞デジタル", "朝日新聞"),
        # The line under the headline: reporters, then the time.
        byline=("main h1 + div > span:first-child:not(:only-child)",),
        drop=(".notPrint",),
        images=("main figure",),
    )
