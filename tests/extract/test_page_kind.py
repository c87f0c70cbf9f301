from __future__ import annotations

import pytest

from newsarchive import extract_article
from newsarchive.extract.page_kind import no_story

URL = "https://www.harbourpost.example/quay/48213-ferry-bell"
SENTENCE = "The bell of the ferry Marigold, missing since 1984, has been ringing last orders in a chip shop all along. "


def kind(head: str, sentences: int, *, byline: str = "<p>By Mara Quill</p>") -> str | None:
    html = f"<html><head>{head}</head><body><article><h1>Ferry bell found in a chip shop</h1>{byline}"
    html += "".join(f"<p>{number}. {SENTENCE}</p>" for number in range(sentences)) + "</article></body></html>"
    return no_story(html.encode(), extract_article(html, URL))


def ld(name: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "{name}", "name": "Bell"}}</script>'


@pytest.mark.parametrize(
    ("head", "sentences", "instead"),
    [
        (ld("NewsArticle"), 1, None),  # a brief
        ('<meta property="og:type" content="article">', 1, None),
        ('<meta property="article:published_time" content="2026-03-09T08:15:00Z">', 1, None),
        ("", 5, None),
        (ld("Product"), 3, "a shop's page"),
        ('<meta property="og:type" content="product">', 3, "a shop's page"),
        (ld("VideoObject"), 1, "a video"),
        ('<meta content="video.other" property="og:type">', 5, "a video"),
        (ld("CollectionPage"), 5, "a list"),
        ('<meta property="og:type" content="profile">', 5, "a list"),
        (ld("CollectionPage"), 30, None),  # a column's length, with a byline: the page calls itself by a wrong name
        ("", 1, "a page without a story's text, date and byline"),
    ],
)
def test_what_a_page_is(head: str, sentences: int, instead: str | None) -> None:
    assert kind(head, sentences) == instead


def test_a_text_without_date_and_byline_is_a_page_of_the_house() -> None:
    assert kind("", 5, byline="") == "a page without a story's text, date and byline"
