"""The canonical address, the paper's own id, the section, the marks: through whole pages."""

from __future__ import annotations

import pytest

from newsarchive import Article, extract_article
from newsarchive.extract.layout import Layout

URL = "https://www.example.org/news/48213?utm_source=feed"


def read(head: str = "", top: str = "", url: str = URL, layout: Layout | None = None) -> Article:
    page = f"<html><head>{head}</head><body>{top}<h1>The bell in the fog</h1><p>Text.</p></body></html>"
    return extract_article(page, url, layout=layout)


@pytest.mark.parametrize(
    ("head", "address", "rule"),
    [
        ("<link rel=canonical href='/bell'>", "https://www.example.org/bell", "page: link[rel=canonical]"),
        ("<meta property=og:url content='https://m.example.org/b'>", "https://m.example.org/b", "meta: og:url"),
        ("<link rel=canonical href='https://www.example.org/'>", "https://www.example.org/news/48213", "address"),
        ("<link rel=canonical href='https://another.example/bell'>", "https://www.example.org/news/48213", "address"),
        ("<link rel=canonical href='http://['>", "https://www.example.org/news/48213", "address"),
        ("", "https://www.example.org/news/48213", "address"),
    ],
)  # fmt: skip
def test_canonical(head: str, address: str, rule: str) -> None:
    article = read(head)
    assert (article.canonical_url, article.rules["canonical_url"]) == (address, rule)


LAYOUT = Layout(
    story=r"/(?P<category>\w+)/(?P<id>\d+)",
    canonical="https://www.example.org/{category}/{id}",
    sections={"news": "News & Fog"},
)


def test_a_layout_makes_the_address_its_own() -> None:
    article = read(layout=LAYOUT)
    assert (article.canonical_url, article.external_id) == ("https://www.example.org/news/48213", "48213")
    assert (article.section, article.rules["section"]) == ("News & Fog", "layout: sections")


@pytest.mark.parametrize(
    ("head", "url", "identity"),
    [
        ("<meta name=articleid content=A77>", URL, "A77"),
        ('<script type="application/ld+json">{"@type":"Article","identifier":812}</script>', URL, "812"),
        ("", URL, "48213"),
        ("", "https://www.example.org/2026/03/10/20260310/bell", None),
    ],
)
def test_external_id(head: str, url: str, identity: str | None) -> None:
    assert read(head, url=url).external_id == identity


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<script type="application/ld+json">{"@type":"Article","articleSection":["Island Life","Fog"]}</script>', ""),
        ("", "<ul class=breadcrumb><li><a href=/>Ynys</a></li><li><a href=/life>Island Life</a></li></ul>"),
        ("<meta property=article:section content='Island Life'>", ""),
        ("", "<nav class=breadcrumb><a href=/>Home</a> <a href=/island>Island Life</a></nav>"),
    ],
)
def test_section(head: str, top: str) -> None:
    assert read(head, top).section == "Island Life"


def test_marks() -> None:
    article = read()
    assert (article.paywalled, article.live_blog) == (False, False)
    assert read("<meta property=article:content_tier content=locked>").paywalled
    assert not read("<meta property=article:content_tier content=free>").paywalled
    assert read(
        '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Fog, live"}</script>'
    ).live_blog


def test_the_heading_over_key_points_is_no_subheadline() -> None:
    line = "<h2 class=subtitle>Das Wichtigste in Kürze:</h2><ul><li>Die Glocke läutet wieder.</li></ul>"
    article = extract_article(f"<html><body><h1>The bell in the fog</h1>{line}<p>Text.</p></body></html>", URL)
    assert article.subheadline is None


def test_subheadline_is_what_says_more() -> None:
    line = "<p class=standfirst>Heard again, not found.</p>"
    article = extract_article(f"<html><body><h1>The bell in the fog</h1>{line}<p>Text.</p></body></html>", URL)
    assert article.subheadline == "Heard again, not found."
