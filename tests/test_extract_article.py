"""``newsarchive.extract_article``: the whole of it, on one page with and without what helps, and on anything at all."""

from __future__ import annotations

import gc
import json
import random
import re
from pathlib import Path

import pytest

from newsarchive import extract_article
from newsarchive.article import as_dict, from_dict
from newsarchive.extract.layout import Layout

FIXTURES = Path(__file__).parent / "fixtures"
URL = "https://www.gangkou-news.tw/island/story/48213"
PAGE = """<!doctype html><html lang="zh-TW"><head><title>霧中銅鐘再響 漁民連夜尋找 | 島嶼 | 港口新聞網</title>
<meta property="og:title" content="霧中銅鐘再響 漁民連夜尋找 | 港口新聞網">
<meta property="og:site_name" content="港口新聞網">
<script type="application/ld+json">[{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"霧中銅鐘再響 漁民連夜尋找","keywords":"銅鐘,漁民","articleSection":"島嶼",
"datePublished":"2026-02-19T21:07:00+08:00","dateModified":"2026-02-20T08:00:00+08:00",
"author":{"@type":"Organization","name":"港口新聞網"},"description":"第一行
第二行"}]</script></head><body><header><h1 class="logo"><a href="/">港口新聞網</a></h1></header><main>
<div class="a1"><h1 class="a2">霧中銅鐘再響 漁民連夜尋找</h1>
<div class="a3"><span class="a4">記者林曉彤、編譯周大川／島嶼報導</span>
<time class="a5">2026-02-19 21:07</time></div></div>
<div class="a6"><p>渡輪公司十九日表示，失蹤的銅鐘再度響起，這一次是在魚市場後面，附近居民說聲音比從前低沉。</p>
<p>漁民連夜划船尋找，沿著防波堤來回三趟，除了兩隻浮球和一張破網之外，什麼也沒有找到，直到天亮才回港。</p>
<p>港務局說，霧散之前不會派潛水員下水，也請民眾不要靠近舊碼頭，因為木板在去年冬天已經腐壞多處。</p></div></main></body></html>"""


def test_every_field_and_why() -> None:
    fields = as_dict(extract_article(PAGE, URL))
    assert json.loads(json.dumps(fields)) == fields
    assert from_dict(fields) == extract_article(PAGE, URL)
    assert fields["headline"] == "霧中銅鐘再響 漁民連夜尋找"
    assert fields["authors"] == [{"name": "林曉彤", "role": "記者"}, {"name": "周大川", "role": "編譯"}]
    assert (fields["byline"], fields["place"], fields["kind"]) == ("記者林曉彤、編譯周大川／島嶼報導", "島嶼", "報導")
    assert fields["published"]["utc"] == "2026-02-19T13:07:00Z"
    assert fields["published"]["raw"] == "2026-02-19T21:07:00+08:00"
    assert (fields["published"]["basis"], fields["modified"]["utc"]) == ("stated_offset", "2026-02-20T00:00:00Z")
    assert (fields["tags"], fields["section"], fields["language"]) == (["銅鐘", "漁民"], "島嶼", "zh-Hant")
    assert (fields["external_id"], fields["canonical_url"]) == ("48213", URL)
    assert fields["body"].startswith("渡輪公司十九日")
    assert fields["body"].count("\n\n") == 2
    assert (fields["kicker"], fields["images"], fields["paywalled"]) == (None, [], False)
    for name in ("headline", "authors", "byline", "published", "body", "tags", "section", "language", "canonical_url"):
        assert fields["rules"][name]


def test_a_line_alone_above_byline_and_text_is_the_subheadline_and_no_body() -> None:
    told = "三名漁民划船尋找了一整夜，天亮時兩手空空回到港口，只帶回一張破網和兩隻浮球。"
    byline = '<div class="a3"><span class="a4">'
    article = extract_article(PAGE.replace(byline, f'<div class="a9"><p>{told}</p></div><div>島嶼</div>{byline}'), URL)
    assert article.subheadline == told
    assert article.body == extract_article(PAGE, URL).body
    named = f'<div class="standfirst">第三夜仍無所獲</div><div class="a9"><p>{told}</p></div><div>島嶼</div>{byline}'
    article = extract_article(PAGE.replace(byline, named), URL)
    assert article.subheadline == "第三夜仍無所獲"
    assert (article.body or "").startswith(told)


def test_the_caption_of_the_lead_image_is_no_subheadline() -> None:
    caption = '<div class="article-description">漁民在防波堤外划船尋找銅鐘。 Foto © Lin/dpa</div>'
    assert extract_article(PAGE.replace('<div class="a6">', f'{caption}<div class="a6">'), URL).subheadline is None


def test_without_names_and_structured_data_the_same() -> None:
    bare = re.sub(r"<script.*?</script>", "", PAGE, flags=re.DOTALL)
    bare = re.sub(r' class="(\w+)"', lambda match: f' class="z{hash(match[1]) % 997}"', bare)
    bare = bare.replace('<div class="', '<div><div class="').replace("</div>", "</div></div>")
    plain, full = (as_dict(extract_article(page, URL)) for page in (bare, PAGE))
    for name in ("headline", "byline", "authors", "place", "kind", "body", "language"):
        assert plain[name] == full[name], name
    assert plain["published"]["utc"] == full["published"]["utc"]
    assert plain["published"]["basis"] == "inferred"


def test_a_layout_states_exceptions_and_the_rest_falls_back() -> None:
    layout = Layout(headline=("h2.none", "h1.a2"), byline=(".not-there",), tags=(".no-tags",), language="zh-Hant")
    article = extract_article(PAGE, URL, layout=layout)
    assert article.rules["headline"] == "layout: h1.a2"
    assert article.rules["language"] == "layout: language"
    assert article.tags == ["銅鐘", "漁民"]
    assert [author.name for author in article.authors] == ["林曉彤", "周大川"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "//",
        "http://[",
        "http://a b/",
        "mailto:x@y.example",
        "http://x:99999/1",
        "https://例え.jp/ニュース/12345",
    ],
)
def test_any_address(url: str) -> None:
    assert extract_article(PAGE, url).headline == "霧中銅鐘再響 漁民連夜尋找"


@pytest.mark.parametrize(
    "html", [b"", b"\x00", b"\xff\xfe", b"<", b"<html>", b"%PDF-1.7 \x93\x8c", "\ud800", "<p>", b"{}"]
)
def test_bytes_that_are_no_page(html: bytes | str) -> None:
    article = extract_article(html, URL)
    assert article.body is None
    assert article.url == URL


def test_hostile_shapes_end() -> None:
    for page in (
        "<div>" * 20_000 + PAGE,
        "<p>" + "a" * 2_000_000,
        "<i class=author>x</i>" * 50_000,
        "<time>2026-02-19</time>" * 20_000,
        f"<title>{'-' * 50_000}</title><h1>{' | ' * 20_000}</h1>",
        f"<meta name=keywords content='{',' * 200_000}'>",
        f"<meta name=author content='{'By ' * 50_000}'>",
        "<script type=application/ld+json>" + '{"@type":"NewsArticle","author":[' * 2_000,
    ):
        extract_article(page, URL)


PIECES = (
    b'<script type="application/ld+json">', b"</div>" * 30, b"<div>" * 100, b"\x00", b'"author":{"name":[[{}]]}',
    b"null", b'"@id":1,', b"<h1>", b"&#x110000;", b"<meta property='og:title'>", b'<time datetime="9999-99-99">',
    b'"@type":[{}],', b'"datePublished":{"a":1},', b"99999999999999", b'<base href="http://[">', b"\xe9\x9b",
    b'"itemListElement":[1,[]],',
)  # fmt: skip


def test_a_thousand_damaged_pages_give_articles() -> None:
    chance = random.Random(20260219)
    pages = [PAGE.encode(), *(path.read_bytes() for path in sorted(FIXTURES.rglob("*.html"))[:40])]
    for _ in range(1000):
        page = bytearray(chance.choice(pages)) if chance.random() < 0.9 else bytearray(chance.randbytes(2000))
        for _ in range(chance.randrange(1, 20)):
            at = chance.randrange(len(page) + 1)
            match chance.randrange(4):
                case 0:
                    page[at : at + 1] = chance.randbytes(1)
                case 1:
                    del page[at : at + chance.randrange(500)]
                case 2:
                    page[at:at] = chance.choice(PIECES)
                case _:
                    page[at:at] = page[: chance.randrange(300)]
        article = extract_article(bytes(page), URL)
        assert from_dict(as_dict(article)) == article


@pytest.mark.parametrize("collecting", [True, False])
def test_a_page_leaves_no_cycles_and_the_garbage_collector_as_it_was(*, collecting: bool) -> None:
    extract_article(PAGE, URL)
    gc.collect()
    gc.disable()
    try:
        extract_article(PAGE, URL)
        assert gc.collect() == 0
        if collecting:
            gc.enable()
        extract_article(PAGE, URL)
        assert gc.isenabled() == collecting
    finally:
        gc.enable()
