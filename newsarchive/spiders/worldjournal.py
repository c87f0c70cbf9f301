"""World Journal 世界新聞網, New York: the first paper."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout, LinkBlock

# The categories in which stories are published; where one is unknown, the page says its section.
SECTIONS = {
    "財經": "121209 121477 121347 121208",
    "美國": "121618 121469 121172 121177",
    "洛杉磯": "121359 122693 121471 121360 121365",
    "觀點": "121201 121206",
    "川普2.0": "124279 121468 121148 124278 124277",
    "中國": "121474 121343 121341 121344 121339",
    "紐約": "121382 121470 121381 121390 121388",
    "生活": "121617 121271 121266 121268",
    "國際": "124211 121257 123308 121488 121261 121480 121256",
    "健康": "121238 121240 121242 122009",
    "藝文": "121251 121250 121428 121535 121253 124667 121252 122163",
    "台灣": "121223 121475 121218 121222 121221 121220",
    "運動": "121226 121225 121229 121517 121227",
    "娛樂": "121235 121233 121478 121234 121232",
    "消費": "122986 122985 122981 122984 122982",
    "教育": "122038",
    "舊金山": "121368 121375 121374 121369 121519 121472",
    "地方": "121278 121275 121274 121277 121282 121473",
    "汽車": "121318",
    "周刊": "124683",
}


class WorldJournalSpider(NewspaperSpider):
    """Traditional Chinese, on the CMS of the United Daily News group (udn.com)."""

    name = "worldjournal"
    title = "世界新聞網"
    home_url = "https://www.worldjournal.com/"
    sitemaps = ("https://www.worldjournal.com/sitemap/gnews",)
    feeds = (
        "https://www.worldjournal.com/wj/rssfeed/121094",
        "https://www.worldjournal.com/wj/rssfeed/121010",
    )
    fronts = (
        "https://www.worldjournal.com/wj/cate/breaking",
        "https://www.worldjournal.com/wj/cate/us/121173",
        "https://www.worldjournal.com/wj/cate/china/121339",
        "https://www.worldjournal.com/wj/cate/taiwan/121220",
        "https://www.worldjournal.com/wj/cate/world/121256",
        "https://www.worldjournal.com/wj/cate/business/121209",
    )
    layout = Layout(
        timezone="America/New_York",
        language="zh-Hant",
        # The id alone is the story: it is published under several categories, as AMP, and with any query.
        story=r"^https?://(?:www\.)?worldjournal\.com/wj/(?:amp/)?story/(?P<category>\d+)/(?P<id>\d+)/?(?:[?#]|$)",
        canonical="https://www.worldjournal.com/wj/story/{category}/{id}",
        site_suffixes=("世界新聞網", "世界日報", "World Journal"),
        headline=("h1.article-content__title",),
        byline=(".article-content__subinfo .article-content__author", ".article-content__author"),
        published=("time.article-content__time",),
        sections={category: section for section, line in SECTIONS.items() for category in line.split()},
        tags=(".keywords a",),
        body=(
            ".article-content__paragraph .article-content__editor",
            ".article-content__editor",
            ".article-content__paragraph",
        ),
        drop=(
            ".next-page",
            ".keywords",
            "[id^=div-gpt-ad]",
            "[class^=udn-ads-]",
            ".udn-ads",
            ".article-content__ads--bd",
            ".article-blockquote",
        ),
        drop_text=(r"世報陪您半世紀",),
        images=("figure.article-content__image", "figure.article-content__cover", ".article-content__cover"),
        # The other blocks stand under their headings; what their classes are is not known.
        links=(LinkBlock(kind="breaking", before_headline=True),),
    )
