"""Any bytes give an article, and in bounded time: random bytes, and pages of ours cut, doubled and damaged.

A seeded thousand by default. NEWSARCHIVE_FUZZ=20000 runs that many; with NEWSARCHIVE_REFERENCE set, real pages are
damaged too.
"""

from __future__ import annotations

import gzip
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsarchive
from newsarchive.article import Article

MEGABYTES_10 = 10_000_000
INPUTS = int(os.environ.get("NEWSARCHIVE_FUZZ", "1000"))
PIECE = 250  # inputs to a test, so that all processors have a share
MOST_SECONDS = 5.0  # of CPU for one input of at most 2 MB, on the slowest machine that runs this
LONGEST = 2_000_000

PAGES = [
    """<html lang="en"><head><meta charset="utf-8"><title>Old bridge closes - The Paper</title>
    <meta property="og:image" content="https://p.example/b.jpg"><meta name="keywords" content="bridge, river">
    <script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline":
    "Old bridge closes", "datePublished": "2026-03-03T10:15:00-05:00", "author": [{"name": "Ann Field"}],
    "articleBody": "The old bridge is closed.\\n\\nIt opens again in spring."}</script></head><body>
    <nav><a href="/">Home</a></nav>
    <article><h1>Old bridge closes</h1><p class="byline">By Ann Field</p>
    <time datetime="2026-03-03">3 March</time>
    <figure><img src="/b.jpg" srcset="/b.jpg 1x, /c.jpg 2x"><figcaption>At dawn. (Ann Field/AP)</figcaption></figure>
    <p>The old bridge over the river is closed from today on, the town council said.</p><h2>Spring</h2>
    <p>It opens again in spring, when the new deck is in place and the lamps are tested.</p>
    <table><tr><td>Cars</td><td>Mill</td></tr></table><ul><li>One</li><li>Two</li></ul></article>
    <div class="related"><h3>Read also</h3><ul><li><a href="/2">A ferry comes</a> 12:30</li>
    </ul></div></body></html>""",
    """<html><head><meta charset="big5"><title>老橋關閉 ｜ 新河日報</title></head><body><h1>老橋關閉</h1>
    <div class="subinfo">記者王大明／新河報導 2026年3月3日 下午9:07</div>
    <div id="js_content" style="visibility:hidden">
    <section><p>（新河訊）市議會昨天通過了新的預算，<a class="tag" href="/t">老橋</a>今天起關閉。<br><br>明年春天開放。
    </p>
    <p><img data-src="https://p.example/q.php?u=https://o.example/a.jpg"></p>
    <p>▲清晨的老橋。（圖／記者王大明攝）</p></section>
    </div>
    <script>window.__STATE__ = {"content": "<p>市議會昨天通過了新的預算，老橋今天起關閉。</p>",
    "ct": "1581517074"};</script>
    <h3>延伸閱讀</h3><ul><li><a href="/3">渡輪來了</a></li></ul><p>責任編輯：李小明</p></body></html>""",
    """<!DOCTYPE html><html lang="de"><body itemscope itemtype="https://schema.org/NewsArticle">
    <header><h1 itemprop="headline">Alte Brücke gesperrt</h1></header>
    <div itemprop="articleBody"><p>Die alte Brücke ist ab heute
    gesperrt, teilte der Rat am Abend mit.</p><div class="newsletter"><form><input><button>OK</button></form></div>
    <p>Im Frühjahr wird sie wieder geöffnet, wenn der neue Belag liegt.</p></div><aside>
    <h4>Mehr zum Thema</h4></aside>""",
]
PIECES = [
    *(b"<div>", b"</div>", b"<p>", b"<br><br>", b"<a href=", b"<!--", b"-->", b"<script>", b"</script>", b"<![CDATA["),
    *(b"\0", b"\xff\xfe", b"&#x110000;", b"&#0;", b"&amp;amp;", b'"', b"'", b"<table><tr>", b"<figure>", b"\xe2\x80"),
    *(b"\x1b$B", b"{", b"]}", b"http://[::1", b'"datePublished":"99999999999999999999"', b"<base href='//[x'>"),
    *(b"<time datetime='2026-13-45T99:99'>", b"\xf0\x9f", b"\xa4\xe5", b"<svg><title>", b"<noscript>", b"<template>"),
    *(b"(" * 500, b"\\u003c" * 200, b"99999-" * 40, "／".encode(), "記者".encode(), "｜".encode()),
]


STORY = "<p>The council said on Monday that the old bridge stays closed until spring.</p>"
# What a page of ten megabytes is made of: a beginning, what is repeated, an end.
SHAPES = {
    "deep nesting": ("", "<div>", STORY),
    "deep nesting of many kinds": ("", "<div class=a><p>text <b>bold", STORY),
    "open tables": ("", "<table><tr><td>", STORY),
    "a million siblings": (STORY, "<p>a b c</p>", ""),
    "line breaks": (STORY, "a<br>", ""),
    "links": (f"{STORY}<h2>Related</h2>", '<a href="/2026/1234567.html">A ferry comes to the town</a>', STORY),
    "bylines": (STORY, '<div class="author tag date">By Ann Field 3 March 2026</div>', STORY),
    "one text": ("<p>", "The council said so on Monday. ", "</p>"),
    "one Chinese text": ("<p>", "記者王大明報導，市議會昨天通過。", "</p>"),
    "one word": ("<p>", "x", "</p>"),
    "white space": ("<p>", " ", STORY),
    "open brackets": ("<p>", "（", STORY),
    "digits and signs": ("<p>", "2026-03-03 12:", STORY),
    "a script": ("<script>var a={", '"key":"value",', "}</script>" + STORY),
    "a string never closed": ("<script>var a='", '\\"', "'</script>" + STORY),
    "a body in a script": ('<script>var a={"body":"', "<p>The council said it is so. \\n", '"}</script>' + STORY),
    "many nodes": ('<script type="application/ld+json">[', '{"@type":"NewsArticle"},', "{}]</script>" + STORY),
    "deep JSON-LD": ('<script type="application/ld+json">', "[", "</script>" + STORY),
    "a class": ('<p class="', "a b-c ", f'">{STORY}'),
    "attributes": ("<p ", "ab cd=e ", f">{STORY}"),
    "a srcset": ('<figure><img srcset="', "/a.jpg 1x, ", f'"></figure>{STORY}'),
    "entities": ("<p>", "&amp;amp;", "</p>"),
    "metas": ("", '<meta name="author" content="Ann Field">', STORY),
}


def damaged(page: bytes, chance: random.Random) -> bytes:
    """A page after one to eight blows."""
    data = bytearray(page)
    for _ in range(chance.randint(1, 8)):
        at, to = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
        blow = chance.randrange(8)
        if blow == 0:
            del data[at : min(to, at + 400)]
        elif blow == 1:
            data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 3, 2000))
        elif blow == 2:
            data[at:at] = data[at:to][:20_000] * chance.choice((1, 2, 5))
        elif blow == 3:
            del data[chance.randint(0, len(data)) :]
        elif blow == 4:
            for _ in range(chance.randint(1, 60)):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
        elif blow == 5:
            data[at:at] = chance.randbytes(chance.choice((1, 16, 3000)))
        elif blow == 6:
            data = bytearray(bytes(data).replace(b"</p>", chance.choice((b"", b"</div>", b"<p>"))))
        else:
            text = bytes(data).decode("utf-8", "replace")
            data = bytearray(text.encode(chance.choice(("big5", "gb18030", "utf-16", "cp1252", "euc_kr")), "replace"))
    return bytes(data[:LONGEST])


def inputs(piece: int, reference: Path | None) -> Iterator[bytes]:
    chance = random.Random(20260303 + piece)
    pages = [page.encode() for page in PAGES]
    if reference is not None:
        files = sorted((reference / "realpages").glob("**/*.html.gz"))
        pages += [gzip.decompress(file.read_bytes()) for file in chance.sample(files, min(len(files), PIECE // 25))]
    for number in range(PIECE):
        if number % 10 == 0:
            yield chance.randbytes(chance.choice((0, 1, 7, 300, 40_000)))
        else:
            yield damaged(chance.choice(pages), chance)


@pytest.mark.parametrize("piece", range(INPUTS // PIECE))
def test_any_bytes_give_an_article_in_bounded_time(piece: int) -> None:
    folder = os.environ.get("NEWSARCHIVE_REFERENCE")
    for number, data in enumerate(inputs(piece, Path(folder) if folder else None)):
        start = time.process_time()
        try:
            article = newsarchive.extract_article(data, "https://paper.example/2026/03/03/bridge-1234567")
        except Exception as error:
            raise AssertionError(f"input {piece}-{number} ({len(data)} bytes): {data[:200]!r}") from error
        seconds = time.process_time() - start
        assert isinstance(article, Article)
        assert seconds < MOST_SECONDS, f"input {piece}-{number} took {seconds:.1f} s"


@pytest.mark.parametrize("shape", SHAPES)
def test_ten_megabytes_of_any_shape_end_in_bounded_time(shape: str) -> None:
    before, repeated, after = SHAPES[shape]
    head = "<html><head><title>Old bridge closes</title></head><body><h1>Old bridge closes</h1>"
    page = f"{head}{before}{repeated * (MEGABYTES_10 // len(repeated.encode()))}{after}".encode()
    start = time.process_time()
    article = newsarchive.extract_article(page, "https://paper.example/2026/03/03/bridge-1234567")
    assert time.process_time() - start < MOST_SECONDS
    assert article.headline == "Old bridge closes" or article.problems
