"""China Times 中時新聞網, Taipei."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class ChinaTimesSpider(NewspaperSpider):
    """Traditional Chinese, on Taipei's clock."""

    name = "chinatimes"
    title = "中時新聞網"
    home_url = "https://www.chinatimes.com/"
    sitemaps = ("https://www.chinatimes.com/sitemaps/sitemap_todaynews.xml",)  # robots.txt names it; the feeds are gone
    fronts = ("https://www.chinatimes.com/realtimenews/",)
    layout = Layout(
        timezone="Asia/Taipei",
        language="zh-Hant",
        # Date and serial number are the id, the number behind the hyphen is the section; ?chdtv says where from.
        story=(
            r"^https?://(?:www\.)?chinatimes\.com/(?P<channel>[a-z]+)/(?P<id>20\d{12})-(?P<category>\d{6})/?(?:[?#]|$)"
        ),
        canonical="https://www.chinatimes.com/{channel}/{id}-{category}",
        site_suffixes=("中時新聞網", "中時電子報"),
        byline=(".meta-info .author",),
        provider=(".meta-info .source",),
        tags=(".article-hash-tag .hash-tag a",),
        body=(".article-body",),
        drop=(".ad", ".article-hash-tag", ".promote-word", ".article-function"),
        # The number of a helpline, and what it is for, under every story that needs it.
        drop_text=(r"★.*", r"(?:自殺諮詢專線|生命線|張老師專線)：[\d-]+", r"[(（]中時\s*[)）]"),
    )
