"""The tags of a story: which of several lists is the paper's own."""

from __future__ import annotations

import json

import pytest

from newsarchive import Article, extract_article
from newsarchive.page import Listing

BODY = "".join(
    f"<p>The ferry crew said on day {n} that the missing bell was heard again, this time behind the fish market.</p>"
    for n in range(1, 7)
)


def read(head: str = "", end: str = "", *, keywords: object = None, listing: Listing | None = None) -> Article:
    if keywords is not None:
        node = {"@type": "NewsArticle", "keywords": keywords}
        head += f'<script type="application/ld+json">{json.dumps(node)}</script>'
    page = f"<html><head>{head}</head><body><h1>The bell in the fog</h1><article>{BODY}{end}</article></body></html>"
    return extract_article(page, "https://www.harbourpost.example/news/48213", listing=listing)


@pytest.mark.parametrize(
    "keywords", ["Ferries, Fog", ["Ferries", "Fog"], "Ferries;Fog", ["Ferries,Fog"], ["#Ferries", "Fog "]]
)
def test_json_ld_in_its_forms(keywords: object) -> None:
    assert read(keywords=keywords).tags == ["Ferries", "Fog"]


def test_meta_that_is_given_several_times_is_one_list() -> None:
    assert read("<meta property=article:tag content=Ferries><meta property=article:tag content=Fog>").tags == [
        "Ferries",
        "Fog",
    ]


@pytest.mark.parametrize(
    "block",
    [
        "<ul class='article-tags'><li><a href='/t/1'>Ferries</a></li><li><a href='/t/2'>Fog</a></li></ul>",
        "<p class='tags'>Tags: <a href='/t/1'>Ferries</a>, <a href='/t/2'>Fog</a></p>",
        "<footer><a rel='tag' href='/tag/ferries'>Ferries</a> <a rel='tag' href='/tag/fog'>Fog</a></footer>",
    ],
)
def test_links_below_the_story(block: str) -> None:
    assert read(end=block).tags == ["Ferries", "Fog"]


def test_lists_that_agree_outweigh_one_that_a_machine_filled() -> None:
    words = "<meta name=keywords content='bell,heard,again,behind,market,crew'>"
    links = "<p class='tags'><a href='/t/1'>Ferries</a> <a href='/t/2'>Fog</a></p>"
    article = read(
        words + "<meta property=article:tag content='Ferries'><meta property=article:tag content='Fog'>", links
    )
    assert article.tags == ["Ferries", "Fog"]
    assert article.rules["tags"] == "meta: article:tag"


def test_the_site_the_headline_and_codes_are_no_tags() -> None:
    head = "<meta property=og:site_name content='The Harbour Post'>"
    words = ["Ferries", "The Harbour Post", "The bell in the fog", "urn:x:1", "type:story", "12345", "Fog"]
    words += ["The Harbour Post News Web"]
    assert read(head, keywords=words).tags == ["Ferries", "Fog"]


def test_the_short_name_of_a_chinese_house_is_no_tag() -> None:
    head = "<meta property=og:site_name content='港灣報新聞網 - 每日港灣報'>"
    assert read(head, keywords=["港灣報", "每日港灣報", "港灣", "渡輪"]).tags == ["港灣", "渡輪"]
    head = "<meta property=og:site_name content='港湾新聞'>"
    assert read(head, keywords=["渡し船", "港湾新聞デジタル", "港湾"]).tags == ["渡し船", "港湾"]


def test_other_stories_in_a_block_of_topics_are_no_tags() -> None:
    block = (
        "<div class='topics'><a href='/1'>Who hides a bell? We ask!</a> <a href='/2'>Where fog comes from.</a></div>"
    )
    assert read(end=block).tags == []


def test_a_few_keywords_of_which_none_speaks_of_the_story_are_the_sites() -> None:
    assert read("<meta name=keywords content='港灣報,港灣報網,地方新聞,社會新聞,即時新聞'>").tags == []


def test_a_link_over_the_block_is_no_tag() -> None:
    links = (
        "<a href='#next'>Skip the next section</a><a href=/t/1>Ferries of the north</a><a href=/t/2>Fog and bells</a>"
    )
    assert read(end=f"<section class=tags>{links}</section>").tags == ["Ferries of the north", "Fog and bells"]


def test_what_is_trending_are_no_tags() -> None:
    links = "".join(
        f"<li><a href='/{n}'>{text}</a></li>" for n, text in enumerate(("Fuel levy reviewed", "New signposts"))
    )
    assert read(end=f"<div class='trending-topics'><ul>{links}</ul></div>").tags == []


def test_chinese_words_apart_by_blanks() -> None:
    assert read("<meta name=keywords content='渡輪 銅鐘 魚市場'>").tags == ["渡輪", "銅鐘", "魚市場"]


def test_the_keywords_of_every_page_are_no_tags() -> None:
    everywhere = "Harbour Post, newspaper, news, sports, weather, classified, jobs, bell"
    assert read(f'<meta name="keywords" content="{everywhere}">').tags == []
    own = "fog, bell, ferry crew, fish market, harbour, winter, navigation"
    assert read(f'<meta name="keywords" content="{own}">').tags == own.split(", ")


def test_a_listing_is_the_last_witness() -> None:
    listing = Listing(
        url="https://x.example/1", found_in="https://x.example/s", found_by="sitemap", keywords=("Ferries",)
    )
    assert read(listing=listing).tags == ["Ferries"]
    assert read(keywords=["Fog", "Bells"], listing=listing).tags == ["Fog", "Bells"]


ROW = (
    "<div class='q7'><div class='q8'>{}</div>"
    "<ul class='q9'><li><a href='/a/1'>Fog</a></li><li><a href='/a/2'>Fish market</a></li></ul></div>"
)
LABELS = [
    *(
        "Tags",
        "Related topics:",
        "Mehr lesen über",
        "Schlagwörter",
        "Související témata:",
        "關鍵字：",
        "関連キーワード",
    ),
    "Read more on these topics",
]


@pytest.mark.parametrize("label", LABELS)
def test_a_row_of_links_behind_a_label_is_tags_whatever_its_class(label: str) -> None:
    assert read(end=ROW.format(label)).tags == ["Fog", "Fish market"]


def test_without_a_label_the_links_themselves_say_it() -> None:
    hashes = "<p class='q7'><a href='/x/1'>#Fog</a> <a href='/x/2'>#Fish market</a></p>"
    assert read(end=hashes).tags == ["Fog", "Fish market"]
    pages = "<p class='q7'><a href='/topic/fog'>Fog</a>, <a href='/topic/fish-market'>Fish market</a></p>"
    assert read(end=pages).tags == ["Fog", "Fish market"]


def test_a_row_of_buttons_or_sections_is_no_tags() -> None:
    assert read(end="<p class='q7'><a href='/share'>Share</a> <a href='/print'>Print</a></p>").tags == []
    assert read(end=ROW.format("Follow us")).tags == []
