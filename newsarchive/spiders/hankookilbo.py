"""Hankook Ilbo 한국일보, Seoul."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class HankookIlboSpider(NewspaperSpider):
    """Korean; the frame around the story changed in 2026, the story's own class names did not."""

    name = "hankookilbo"
    title = "한국일보"
    home_url = "https://www.hankookilbo.com/"
    fronts = (
        "https://www.hankookilbo.com/News/Politics",
        "https://www.hankookilbo.com/News/Economy",
        "https://www.hankookilbo.com/News/Society",
        "https://www.hankookilbo.com/News/World",
        "https://www.hankookilbo.com/News/Culture",
    )
    layout = Layout(
        timezone="Asia/Seoul",
        language="ko",
        # /News/Read/ is the address until 2025; the id is the same, and leads to the new one.
        story=r"^https?://(?:www\.|m\.)?hankookilbo\.com/(?:news/article|News/Read)/(?P<id>A\d{16,})/?(?:[?#]|$)",
        canonical="https://www.hankookilbo.com/news/article/{id}",
        subheadline=("h2.sub-tit-ll",),
        byline=(".writer-info .name",),
        # Today's pages, and those until 2025.
        body=("#article-view-content", "[itemprop=articleBody]"),
        drop=("h2.sub-tit-ll", ".no-print", ".end-ad-container", ".module-quote", ".writer-info"),
        images=(".editor-img-box",),
    )
