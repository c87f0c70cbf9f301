"""One real page of World Journal, whose fields were read by hand: whatever its markup, it gives the same values.

The text stays in the reference folder; here is only what sets it in the site's markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opencc import OpenCC

from newsarchive import extract_article
from newsarchive.article import Article
from newsarchive.spiders.worldjournal import WorldJournalSpider
from tests.seed_page import URL, Form, Text, load, page

LAYOUT = WorldJournalSpider.layout

FORMS = {
    "site": Form(),
    "list of JSON-LD": Form(json_ld="list"),
    "trailing blanks": Form(classes="trailing blanks", lists="one link"),
    "caption cut": Form(caption_cut=True, tag_links=False),
    **{f"random classes {seed}": Form(classes="random", seed=seed) for seed in range(4)},
    "no classes": Form(classes="none", caption_cut=True),
    "nested, no JSON-LD": Form(nested=3, json_ld=None),
    "nested, random, no JSON-LD": Form(classes="random", seed=7, nested=4, json_ld=None),
    "flat lists": Form(classes="random", seed=8, nested=2, json_ld=None, lists="flat", headings="div"),
    "definition lists": Form(classes="random", seed=9, nested=1, lists="definitions", headings="strong"),
    "one link a card": Form(classes="random", seed=10, nested=2, json_ld=None, lists="one link", headings="p"),
    "lists without links": Form(classes="random", seed=11, nested=1, json_ld=None, lists="no links", headings="div"),
}


@pytest.fixture
def seed(reference: Path) -> tuple[Text, dict[str, Any]]:
    return load(reference)


def fields(article: Article) -> dict[str, Any]:
    """The fields that the page's text shows, in the form in which they were written down."""
    return {
        "url": article.url,
        "external_id": article.external_id,
        "language": article.language,
        "headline": article.headline,
        "kicker": article.kicker,
        "subheadline": article.subheadline,
        "byline": article.byline,
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "provider": article.provider,
        "desk": article.desk,
        "place": article.place,
        "kind": article.kind,
        "published_date": article.published.date if article.published else None,
        "body": article.body,
        "images": [{"caption": image.caption, "credit": image.credit} for image in article.images],
        "tags": article.tags,
        "related_links": [
            {"kind": link.kind, "title": link.title, "published": link.published} for link in article.related_links
        ],
    }


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_field_of_the_page(seed: tuple[Text, dict[str, Any]], form: Form) -> None:
    text, gold = seed
    article = extract_article(page(text, form).encode(), URL, layout=LAYOUT)
    assert fields(article) == {name: value for name, value in gold.items() if name != "not_in_body"}
    assert not [line for line in (article.body or "").split("\n\n") if line.startswith(tuple(gold["not_in_body"]))]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_the_hour_is_known_only_where_the_page_states_it(seed: tuple[Text, dict[str, Any]], form: Form) -> None:
    article = extract_article(page(seed[0], form).encode(), URL, layout=LAYOUT)
    assert article.published is not None
    if form.json_ld:
        assert article.published.precision == "second"
        assert article.published.basis == "stated_offset"
        assert f"{article.published.utc:%Y-%m-%dT%H:%M}" == "2026-02-19T10:00"
    else:
        assert article.published.precision == "day"
        assert article.published.zone == "America/New_York"


def test_addresses(seed: tuple[Text, dict[str, Any]]) -> None:
    article = extract_article(page(seed[0], Form(classes="random")).encode(), URL, layout=LAYOUT)
    assert article.canonical_url == URL
    assert [image.url for image in article.images] == ["https://uc.udn.com.tw/photo/wj/realtime/2026/02/19/1.jpg"]
    addresses = [link.url for link in article.related_links]
    assert len(set(addresses)) == len(addresses) == 18
    assert all(url and url.startswith("https://www.worldjournal.com/wj/story/121468/933") for url in addresses)
    assert not any("from=" in url for url in addresses if url)


def test_links_without_an_address_have_none(seed: tuple[Text, dict[str, Any]]) -> None:
    article = extract_article(page(seed[0], Form(lists="no links")).encode(), URL, layout=LAYOUT)
    assert {link.url for link in article.related_links} == {None}


@pytest.mark.parametrize(
    "url",
    [
        "https://www.worldjournal.com/wj/amp/story/124277/9334434",
        "https://www.worldjournal.com/wj/story/121469/9334434?zh-cn",
        "https://worldjournal.com/wj/story/124277/9334434?from=wj_hot_story",
        "http://www.worldjournal.com/wj/story/124277/9334434#comments",
    ],
)
def test_every_address_of_the_story_is_the_same_story(seed: tuple[Text, dict[str, Any]], url: str) -> None:
    text, gold = seed
    article = extract_article(page(text, Form()).encode(), url, layout=LAYOUT)
    assert article.external_id == gold["external_id"]
    assert article.canonical_url == URL
    assert article.body == gold["body"]


def test_the_ticker_does_not_link_the_story_to_itself(seed: tuple[Text, dict[str, Any]]) -> None:
    text, gold = seed
    ticker = f'<h2>快訊</h2><ul><li><a href="/wj/story/121469/9334434?from=wj_breaking">{text.headline}</a></li>'
    markup = page(text, Form()).replace('<h2 class="heading">快訊</h2><ul class="breaking-list">', ticker)
    assert markup.count(text.headline) > page(text, Form()).count(text.headline)
    article = extract_article(markup.encode(), URL, layout=LAYOUT)
    assert text.headline not in [link.title for link in article.related_links]
    assert len(article.related_links) == len(gold["related_links"])


def test_the_simplified_variant(seed: tuple[Text, dict[str, Any]]) -> None:
    text, gold = seed
    simplified = OpenCC("t2s").convert
    markup = simplified(page(text, Form(classes="random", json_ld=None))).replace("zh-Hant", "zh-Hans")
    article = extract_article(markup.encode(), f"{URL}?zh-cn", layout=LAYOUT)
    assert (article.canonical_url, article.language) == (URL, "zh-Hans")
    expected = json.loads(simplified(json.dumps(gold, ensure_ascii=False)))
    same = set(gold) - {"url", "language", "not_in_body"}
    assert {name: fields(article)[name] for name in same} == {name: expected[name] for name in same}


def test_the_amp_variant(seed: tuple[Text, dict[str, Any]]) -> None:
    text, gold = seed
    picture = re.compile(r'<picture><img data-src="([^"]*)" alt="([^"]*)"></picture>')
    amp = r'<amp-img src="\1" alt="\2" layout="responsive"><noscript><img src="\1" alt="\2"></noscript></amp-img>'
    markup, pictures = picture.subn(amp, page(text, Form(lists="one link")))
    assert pictures == 1
    article = extract_article(markup.encode(), URL.replace("/wj/", "/wj/amp/"), layout=LAYOUT)
    assert article.canonical_url == URL
    assert [image.url for image in article.images] == ["https://uc.udn.com.tw/photo/wj/realtime/2026/02/19/1.jpg"]
    same = set(gold) - {"url", "not_in_body"}
    assert {name: fields(article)[name] for name in same} == {name: gold[name] for name in same}


def _in_divs(tag: str) -> Callable[[str], str]:
    return lambda markup: re.sub(rf"<(/?){tag}(?=[\s>])", r"<\1div", markup)


def _without(pattern: str) -> Callable[[str], str]:
    return lambda markup: re.sub(pattern, "", markup)


BUILDS: dict[str, Callable[[str], str]] = {
    "paragraphs are divs": _in_divs("p"),
    "sections are divs": _in_divs("section"),
    "spans are divs": _in_divs("span"),
    "main is a div": _in_divs("main"),
    "captions are divs": _in_divs("figcaption"),
    "figures are divs": _in_divs("figure"),
    "paragraphs end in line breaks": lambda markup: markup.replace("</p>\n<p>", "<br><br>"),
    "indented": lambda markup: re.sub(r"(<(?:div|p|ul|li|h\d|section|figure)[^>]*>)", r"\n   \1\n     ", markup),
    "clock beside the byline": lambda markup: markup.replace(
        "</span></section></div>", "</span><time>2026-02-19</time></section></div>", 1
    ),
    "caption twice": lambda markup: re.sub(r"(<figcaption>.*?</figcaption>)", r"\1\1", markup, count=1),
    "no descriptions": _without(r' (?:alt|title)="[^"]*"'),
    "no language": _without(r' lang="[^"]*"'),
    "no OpenGraph, no canonical link": _without(r'<meta property[^>]*>|<link rel="canonical"[^>]*>'),
    "no keywords but the links": _without(r'<meta name="news_keywords"[^>]*>'),
    "no addresses": _without(r' href="/wj/[^"]*"'),
    "addresses lead nowhere": lambda markup: re.sub(r' href="/wj/[^"]*"', ' href="#"', markup),
    "a logo is the first heading": lambda markup: markup.replace(
        "<main", '<header><h1><a href="/"><img alt="世界新聞網"></a></h1></header><main', 1
    ),
}


@pytest.mark.parametrize("lists", ["cards", "one link", "flat", "definitions"])
@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS.keys())
def test_builds_that_nobody_announced(
    seed: tuple[Text, dict[str, Any]], build: Callable[[str], str], lists: Any
) -> None:
    text, gold = seed
    markup = page(text, Form(classes="random", seed=5, nested=2, json_ld=None, lists=lists))
    built = build(markup)
    assert built != markup
    expected = {name: value for name, value in gold.items() if name != "not_in_body"}
    assert fields(extract_article(built.encode(), URL, layout=LAYOUT)) == expected


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_without_a_layout(seed: tuple[Text, dict[str, Any]], form: Form) -> None:
    """Nothing on the page is known beforehand, and yet everything is found."""
    text, gold = seed
    article = extract_article(page(text, form).encode(), URL)
    assert fields(article) == {name: value for name, value in gold.items() if name != "not_in_body"}


def test_each_rule_says_where_the_value_stood(seed: tuple[Text, dict[str, Any]]) -> None:
    described = extract_article(page(seed[0], Form()).encode(), URL, layout=LAYOUT).rules
    assert described["body"] == "layout: .article-content__paragraph .article-content__editor"
    assert described["headline"] == "layout: h1.article-content__title"
    assert described["published"].startswith("json-ld: ")
    scrambled = extract_article(page(seed[0], Form(classes="random")).encode(), URL, layout=LAYOUT).rules
    by_selector = {name for name, rule in scrambled.items() if rule.startswith("layout: ")}
    assert by_selector == {"canonical_url", "external_id", "language", "section"}
    assert set(scrambled) == set(described)
