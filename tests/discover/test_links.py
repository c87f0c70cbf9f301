from __future__ import annotations

import pytest

from newsarchive.discover.links import read_home, read_paper
from newsarchive.discover.robots import read_sitemaps
from newsarchive.discover.sitemaps import recent

URL = "https://www.harbourpost.example/"


def test_what_a_home_page_says() -> None:
    home = read_home(
        b"""<html lang="fr-CA"><head><title>Le Quai | Accueil</title>
        <meta property="og:site_name" content="Le Quai">
        <link rel="alternate" type="application/rss+xml" href="/une.xml">
        <link rel="alternate" type="application/rss+xml" title="Commentaires" href="/comments/feed/">
        <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">
        <link rel="alternate" hreflang="en" href="/en/"><link rel="sitemap" href="/plan.xml"></head>
        <body><a href="/port/">Port</a><a href="#top">Haut</a><a href="mailto:a@b.example">Nous</a>
        <a href="http://[x">?</a><a href="/port/">Port</a></body></html>""",
        URL,
    )
    assert home.paper.title == "Le Quai"
    assert home.paper.language == "fr"
    assert home.feeds == (f"{URL}une.xml",)
    assert home.sitemaps == (f"{URL}plan.xml",)
    assert home.links == (f"{URL}port/",)


@pytest.mark.parametrize(
    ("html", "url", "title", "language", "zone"),
    [
        ('<html lang="en-US"><title>The Post | News from the quay</title>', URL, "The Post", "en", None),
        ("<title>港邊日報 - 首頁</title><p>漁船與電車開進舊港區，觀眾說這裡沒有賣票。</p>", "https://a.tw/",
         "港邊日報", "zh-Hant", "Asia/Taipei"),
        ('<meta property="og:site_name" content="Home"><title>Home</title>', URL, None, None, None),
        ("", URL, None, None, None),
        ("\0\xff<<<", URL, None, None, None),
    ],
)  # fmt: skip
def test_a_paper_says_who_it_is_or_does_not(
    html: str, url: str, title: str | None, language: str | None, zone: str | None
) -> None:
    paper = read_home(html.encode(), url).paper
    assert (paper.title, paper.language, paper.timezone) == (title, language, zone)


def test_a_story_does_not_name_the_paper_by_its_own_title() -> None:
    assert read_paper(b"<title>Ferry bell found | Chip shop</title>", URL).title is None
    node = b'{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "The Harbour Post"}}'
    assert read_paper(b'<script type="application/ld+json">' + node + b"</script>", URL).title == "The Harbour Post"


def test_sitemaps_in_robots_txt() -> None:
    body = (
        b"\xef\xbb\xbfSitemap: /a.xml\r\nUser-agent: *\rDisallow: /\n SITEMAP :https://x.example/b.xml # c\nSitemap:\n"
    )
    assert read_sitemaps(body, URL + "robots.txt") == [f"{URL}a.xml", "https://x.example/b.xml"]
    assert read_sitemaps(b"<html>not found</html>", URL) == []


def test_of_an_index_what_is_recent_is_read() -> None:
    months = [(f"{URL}sitemap-{year}-{month:02d}.xml", None) for year in (2024, 2025) for month in range(1, 13)]
    chosen = recent([*months, (f"{URL}sitemap-images.xml", None), (f"{URL}author-sitemap.xml", None)])
    assert len(chosen) == 12
    assert chosen[0] == f"{URL}sitemap-2025-12.xml"
    elsewhere = ["https://static.amp.example/2025-12.xml", "https://static.amp.example/2025-11.xml"]
    assert recent([(url, None) for url in elsewhere]) == elsewhere
    assert recent([*months, (f"{URL}sitemap-news.xml", None)]) == [f"{URL}sitemap-news.xml"]
    dated = [(f"{URL}1.xml", "2026-03-01T00:00:00Z"), (f"{URL}2.xml", "2026-01-01"), (f"{URL}3.xml", None)]
    assert recent(dated, since="2026-02-01") == [f"{URL}1.xml", f"{URL}3.xml"]
