"""People's Daily Online 人民网, Beijing: simplified Chinese in GB18030 that calls itself GB2312."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class PeopleSpider(NewspaperSpider):
    """Every channel has a host of its own (politics., world., finance. …) and the same pages."""

    name = "people"
    title = "人民网"
    home_url = "http://www.people.com.cn/"
    feeds = (
        "http://www.people.com.cn/rss/politics.xml",
        "http://www.people.com.cn/rss/world.xml",
        "http://www.people.com.cn/rss/finance.xml",
    )
    fronts = ("http://politics.people.com.cn/", "http://world.people.com.cn/", "http://finance.people.com.cn/")
    layout = Layout(
        timezone="Asia/Shanghai",
        language="zh-Hans",
        # A story of several pages has -2, -3 … behind its id.
        story=(
            r"^https?://(?P<channel>[a-z]+)\.people\.com\.cn"
            r"/n1/(?P<year>\d{4})/(?P<day>\d{4})/c(?P<category>\d+)-(?P<id>\d+)(?:-\d+)?\.html"
        ),
        canonical="http://{channel}.people.com.cn/n1/{year}/{day}/c{category}-{id}.html",
        kicker=("h3.pre",),
        subheadline=("h4.sub",),
        section=("#rwb_navpath a:last-child",),
        # Pages since 2020, and those before.
        body=(".rm_txt_con", "#rwb_zw"),
        drop=(".bza", ".box_pic", ".edit", ".paper_num", "#paper_num", ".tjewm"),
    )
