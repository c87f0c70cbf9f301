"""The headline through whole pages: who is right where the statements disagree."""

from __future__ import annotations

import json

import pytest

from newsarchive import Article, extract_article

URL = "https://www.harbourpost.example/2026/03/10/story-48213.html"
BODY = "".join(
    f"<p>The ferry crew said on day {n} that the missing bell was heard again, this time behind the fish market.</p>"
    for n in range(1, 7)
)


def read(head: str = "", top: str = "", url: str = URL) -> Article:
    page = f"<!doctype html><html lang='en'><head>{head}</head><body>{top}<article>{BODY}</article></body></html>"
    return extract_article(page, url)


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Ferry bell found in a chip shop | The Harbour Post", "The Harbour Post"),
        ("Ferry bell found in a chip shop - Local - The Harbour Post", "The Harbour Post"),
        ("Ferry bell found in a chip shop – harbourpost.example", "Somebody Else"),
        ("渡輪的鐘在炸魚店找到：港口新聞", "港口新聞"),
        ("渡轮的钟在炸鱼店找到_社会_港口新闻网", "别的"),
        ("渡轮的钟在炸鱼店找到--港口日报", "别的"),
        ("渡轮的钟在炸鱼店找到-港口网", "别的"),
        ("“失踪的钟”：两年后在炸鱼店找到-港口新闻-港口在线", "别的"),
        ("여객선의 종이 튀김집에서 발견되다ㅣ항구일보", "다른"),
        ("渡し船の鐘、フライ店で見つかる｜港新聞", "別の"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_it(title: str, site: str) -> None:
    article = read(f"<title>{title}</title><meta property='og:site_name' content='{site}'>")
    assert article.headline is not None
    assert article.headline in title
    assert article.headline.endswith(("shop", "找到", "発見", "발견되다", "見つかる"))


def test_a_dash_of_its_own_stays() -> None:
    article = read("<title>Ferry bell found – captain moved to tears | The Harbour Post</title>"
                   "<meta property='og:site_name' content='The Harbour Post'>")  # fmt: skip
    assert article.headline == "Ferry bell found – captain moved to tears"


def test_a_suffix_that_no_name_explains_is_known_by_the_line_on_the_page() -> None:
    article = read("<title>Ferry bell found in a chip shop - Isle Desk Daily</title>",
                   "<div class='x7'>Ferry bell found in a chip shop</div>")  # fmt: skip
    assert article.headline == "Ferry bell found in a chip shop"


def test_a_logo_in_the_first_h1_is_passed_over() -> None:
    article = read("<title>Ferry bell found in a chip shop</title>",
                   "<h1><img src='logo.png'></h1><h1>Log in</h1><h1>Ferry bell found in a chip shop</h1>")  # fmt: skip
    assert article.headline == "Ferry bell found in a chip shop"
    assert article.rules["headline"] in ("page: h1", "page: title")


def test_two_that_agree_outweigh_json_ld() -> None:
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bell, ferry: five facts"}</script>'
    article = read(f"<meta property='og:title' content='Ferry bell found in a chip shop'>{ld}",
                   "<h1>Ferry bell found in a chip shop</h1>")  # fmt: skip
    assert article.headline == "Ferry bell found in a chip shop"


def test_what_is_printed_is_not_cut_to_what_social_networks_are_told() -> None:
    short, whole = "Ferry bell found in a chip shop", "Ferry bell found in a chip shop, owner confirms"
    head = f"<title>{whole} - The Post</title><meta property='og:title' content='{short}'>"
    head += (
        '<script type="application/ld+json">' + json.dumps({"@type": "NewsArticle", "headline": short}) + "</script>"
    )
    assert read(head, f"<h1>{whole}</h1>").headline == whole


def test_the_kicker_is_part_of_the_headline_and_stands_apart_too() -> None:
    head, heading = "<meta property='og:title' content='Lost property: Ferry bell found in a chip shop'>", "<h1>{}</h1>"
    bell = "Ferry bell found in a chip shop"
    article = read(head, "<p class='kicker'>Lost property</p>" + heading.format(bell))
    assert (article.headline, article.kicker) == (f"Lost property: {bell}", "Lost property")
    assert read(head, heading.format(bell)).headline == bell  # told to social networks, and not printed


def test_entities_in_json_ld_are_read() -> None:
    ld = '<script type="application/ld+json">{"@type":"Article","headline":"Gr&uuml;ne Glocke im Hof"}</script>'
    assert read(ld).headline == "Grüne Glocke im Hof"


def test_of_several_articles_the_one_of_this_address_speaks() -> None:
    other = (
        '{"@type":"NewsArticle","headline":"Another story altogether","url":"https://www.harbourpost.example/other"}'
    )
    own = f'{{"@type":"NewsArticle","headline":"Ferry bell found in a chip shop","url":"{URL}"}}'
    assert (
        read(f'<script type="application/ld+json">[{other},{own}]</script>').headline
        == "Ferry bell found in a chip shop"
    )


def test_without_any_there_is_none() -> None:
    assert read().headline is None


TRAIL = "<nav><a href='/'>Home</a> <a href='/isle'>Isle</a> <h1>Ferry bell found: where and when it was seen</h1></nav>"
TRAIL_TITLE = "<title>Ferry bell found: where and when it was seen</title>"


def test_an_h1_that_ends_the_trail_is_no_headline_where_another_heading_prints_one() -> None:
    article = read(TRAIL_TITLE + "<meta property='og:title' content='The bell behind the fish market'>",
                   TRAIL + "<h2>The bell behind the fish market</h2>")  # fmt: skip
    assert article.headline == "The bell behind the fish market"
    assert article.rules["headline"] in ("page: h2", "meta: og:title")


def test_a_kicker_in_that_heading_is_told_by_the_title_that_is_stated_without_it() -> None:
    article = read(TRAIL_TITLE + "<meta property='og:title' content='Bell behind the market'>",
                   TRAIL + "<h2><span>Lost property</span> <span>Bell behind the market</span></h2>")  # fmt: skip
    assert article.headline == "Bell behind the market"


def test_a_trail_without_nav_is_known_by_its_links() -> None:
    article = read(TRAIL_TITLE + "<meta property='og:title' content='The bell behind the fish market'>",
                   TRAIL.replace("nav>", "div>") + "<h2>The bell behind the fish market</h2>")  # fmt: skip
    assert article.headline == "The bell behind the fish market"


def test_the_h1_of_a_trail_stays_where_nothing_else_prints_a_headline() -> None:
    article = read(TRAIL_TITLE, TRAIL + "<h2>Weather</h2>")
    assert article.headline == "Ferry bell found: where and when it was seen"


def test_the_words_of_the_address_do_not_overrule_what_is_printed() -> None:
    article = read("<title>Ferry bell found in a chip shop by the sea</title>",
                   "<h1>The bell behind the fish market</h1>",
                   url="https://www.harbourpost.example/isle/ferry-bell-found-in-a-chip-shop-by-the-sea")  # fmt: skip
    assert article.headline == "The bell behind the fish market"


def test_a_stated_title_is_compared_without_the_name_of_the_site() -> None:
    article = read("<title>Ferry bell found in a chip shop - Harbour Post</title>"
                   "<meta property='og:site_name' content='Harbour Post'><meta name='title' content='The smell'>",
                   "<h1>Ferry bell found in a chip shop</h1><h1>The smell</h1>")  # fmt: skip
    assert article.headline == "Ferry bell found in a chip shop"


def test_a_button_in_the_heading_is_no_part_of_it() -> None:
    article = read("<title>Ferry bell found in a chip shop</title>",
                   "<h1><span>Ferry bell found in a chip shop</span><div>Listen to the story</div></h1>")  # fmt: skip
    assert article.headline == "Ferry bell found in a chip shop"


def test_a_word_that_only_opens_the_title_is_not_preferred_to_a_heading() -> None:
    article = read("<title>Ferry bell: all about the find in a chip shop | The Harbour Post</title>",
                   "<a href='/t'>Ferry bell</a><h1>The bell behind the fish market</h1>")  # fmt: skip
    assert article.headline == "The bell behind the fish market"
