"""United Daily News 聯合新聞網, Taipei: World Journal's sister paper, on the same CMS with ids of its own."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class UdnSpider(NewspaperSpider):
    """Traditional Chinese, on Taipei's clock."""

    name = "udn"
    title = "聯合新聞網"
    home_url = "https://udn.com/"
    sitemaps = ("https://udn.com/sitemap/gnews/2",)
    feeds = ("https://udn.com/rssfeed/news/2/6638?ch=news",)
    fronts = ("https://udn.com/news/breaknews/1",)
    layout = Layout(
        timezone="Asia/Taipei",
        language="zh-Hant",
        # One story stands under several categories, and carries in its query where the reader came from.
        story=r"^https?://(?:www\.)?udn\.com/news/(?:amp/)?story/(?P<category>\d+)/(?P<id>\d+)/?(?:[?#]|$)",
        canonical="https://udn.com/news/story/{category}/{id}",
        byline=(".article-content__author",),
        body=(".article-content__editor",),
        drop=(".next-page", ".keywords", "[id^=div-gpt-ad]", "[class^=udn-ads-]", ".udn-ads", ".article-blockquote"),
    )
