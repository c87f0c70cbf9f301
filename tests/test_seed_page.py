"""One real page of World Journal, whose fields were read by hand: whatever its markup, it gives the same values.

The text stays in the reference folder; here is only what sets it in the site's markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

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


GENERIC = ("url", "headline", "byline", "authors", "kind", "provider", "published_date", "body", "images", "tags")


@pytest.mark.parametrize("form", [Form(), FORMS["random classes 1"]], ids=["site", "random classes"])
def test_without_a_layout(seed: tuple[Text, dict[str, Any]], form: Form) -> None:
    """Only the house slogan, which nothing on the page tells from prose, is read as the last paragraph."""
    text, gold = seed
    article = extract_article(page(text, form).encode(), URL)
    read = fields(article)
    read["body"] = read["body"].removesuffix(f"\n\n{text.paragraphs[-1]}")
    assert {name: read[name] for name in GENERIC} == {name: gold[name] for name in GENERIC}
    assert read["related_links"] == gold["related_links"]
