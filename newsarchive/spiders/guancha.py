"""Guancha 观察者网, Shanghai."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout, LinkBlock


class GuanchaSpider(NewspaperSpider):
    """Simplified Chinese, without any machine-readable statement on its pages."""

    name = "guancha"
    title = "观察者网"
    home_url = "https://www.guancha.cn/"
    fronts = ("https://www.guancha.cn/", "https://www.guancha.cn/politics", "https://www.guancha.cn/internation")
    layout = Layout(
        timezone="Asia/Shanghai",
        language="zh-Hans",
        # A section, or a columnist's name; the date; the number. ?s= says where the reader came from.
        story=(
            r"^https?://(?:www\.)?guancha\.cn/(?P<section>[\w-]+)/(?P<date>\d{4}_\d\d_\d\d)_(?P<id>\d+)(?:_s)?\.shtml"
        ),
        canonical="https://www.guancha.cn/{section}/{date}_{id}.shtml",
        headline=(".left-main > h3",),
        tags=(".key-word a",),
        body=(".content.all-txt",),
        links=(LinkBlock(kind="related", select=".related-news"),),
    )
