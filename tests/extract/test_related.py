"""Links to other stories, on pages of our own sentences in many languages and builds."""

from __future__ import annotations

import pytest

from newsarchive.extract.document import parse
from newsarchive.extract.layout import Layout, LinkBlock
from newsarchive.extract.related import Related, related

URL = "https://www.example-zeitung.de/politik/haushalt-2026-100.html"


def read(body: str, *, url: str = URL, layout: Layout | None = None, headline: str | None = None) -> Related:
    return related(parse(f"<html><body>{body}</body></html>", url), layout=layout, headline=headline)


def links(body: str, **options: object) -> list[tuple[str, str, str | None]]:
    found = read(body, **options)  # type: ignore[arg-type]
    return [(link.kind, link.title, link.published) for link in found.links]


GERMAN = """
<nav><ul><li><a href="/p">Politik</a></li><li><a href="/meist">Meistgelesen</a></li>
<li><a href="/w">Wirtschaft</a></li></ul></nav>
<main><h1>Der Haushalt steht nach langer Nacht</h1>
<p>Um vier Uhr früh einigten sich die Fraktionen auf den letzten Posten, den neuen Steg am Hafen.</p>
<aside><h3>Mehr zum Thema <b>Hafen</b></h3>
 <article><a href="/a/steg-101.html"><img src="s.jpg" alt="Steg"></a>
  <h4><a href="/a/steg-101.html">Warum der Steg dreimal so teuer wird</a></h4><span>Von Ute Brand</span>
  <time>vor 3 Stunden</time></article>
 <article><a href="/a/kran-102.html"><img src="k.jpg" alt="Kran"></a>
  <h4><a href="/a/kran-102.html">Der letzte Kran verlässt den Kai</a></h4><time>12. Feb. 2026</time></article>
</aside>
<section><div class="head"><span>Meistgelesen</span><a href="/meist">Alle anzeigen</a></div>
 <ol><li><a href="/a/fisch-103.html"><span>1</span><span>Fischmarkt öffnet wieder am Sonntag</span></a></li>
 <li><a href="/a/tor-104.html"><span>2</span><span>Ein Tor in der Nachspielzeit reicht</span></a></li></ol></section>
</main><footer><h4>Meistgelesen</h4>
<ul><li><a href="/impressum">Impressum und Kontakt für Leser</a></li></ul></footer>"""


def test_a_german_page() -> None:
    assert links(GERMAN) == [
        ("related", "Warum der Steg dreimal so teuer wird", "vor 3 Stunden"),
        ("related", "Der letzte Kran verlässt den Kai", "12. Feb. 2026"),
        ("popular", "Fischmarkt öffnet wieder am Sonntag", None),
        ("popular", "Ein Tor in der Nachspielzeit reicht", None),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("À lire aussi", "related"),
        ("Sur le même sujet :", "related"),
        ("Les plus lus", "popular"),
        ("Te puede interesar", "related"),
        ("Lo más leído", "popular"),
        ("Leia também", "related"),
        ("Leggi anche", "related"),
        ("Lees ook", "related"),
        ("Läs också", "related"),
        ("Les også", "related"),
        ("Czytaj także", "related"),
        ("Читайте также", "related"),
        ("Популярное", "popular"),
        ("İlgili haberler", "related"),
        ("اقرأ أيضا", "related"),
        ("関連記事", "related"),
        ("アクセスランキング", "popular"),
        ("많이 본 뉴스", "popular"),
        ("Tin liên quan", "related"),
        ("Baca juga:", "related"),
        ("READ MORE:", "related"),
        ("Related", "related"),
        ("More from Harbour Town", "related"),
        ("Most read in World", "popular"),
        ("Trending Now", "hot"),
        ("Breaking News", "breaking"),
        ("Eilmeldungen", "breaking"),
        ("延伸閱讀", "related"),
        ("延伸阅读", "related"),
        ("【相关阅读】", "related"),
        ("▲ 相關新聞 ▲", "related"),
        ("热门新闻", "hot"),
        ("點閱排行", "popular"),
        ("超人氣", "popular"),
        ("快讯", "breaking"),
    ],
)
@pytest.mark.parametrize(
    "build",
    [
        "<div><h3>{heading}</h3><ul><li><a href='/a/1001'>{one}</a></li>"
        "<li><a href='/a/1002'>{two}</a></li></ul></div>",
        "<div><div><strong>{heading}</strong></div><div><div><a href='/a/1001'>{one}</a></div>"
        "<div><a href='/a/1002'>{two}</a></div></div></div>",
        "<dl><dt>{heading}</dt><dd><a href='/a/1001'>{one}</a></dd><dd><a href='/a/1002'>{two}</a></dd></dl>",
        "<p>{heading}<br><a href='/a/1001'>{one}</a><br><a href='/a/1002'>{two}</a></p>",
        "<p>Am Ende bleibt der Steg.<br>{heading}<br><a href='/a/1001'>{one}</a><br><a href='/a/1002'>{two}</a></p>",
        "<table><tr><td>{heading}</td></tr><tr><td><a href='/a/1001'>{one}</a></td></tr>"
        "<tr><td><a href='/a/1002'>{two}</a></td></tr></table>",
        "<section><header><h2><span>{heading}</span></h2></header><article><a href='/a/1001'><figure><img alt='{one}'>"
        "<figcaption>Foto: Steg bei Nacht (Agentur)</figcaption></figure><h3>{one}</h3></a></article>"
        "<article><a href='/a/1002'><h3>{two}</h3></a></article></section>",
    ],
    ids=["list", "divs", "definitions", "paragraph", "within a paragraph", "table", "cards"],
)
def test_headings_in_many_languages_and_builds(heading: str, kind: str, build: str) -> None:
    one, two = "Warum der Steg dreimal so teuer wird", "港口的最後一座起重機走了"
    body = build.format(heading=heading, one=one, two=two)
    assert links(body) == [(kind, one, None), (kind, two, None)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<div><span>上一則</span><a href='/a/1001'>晾衣繩</a></div>", "previous"),
        ("<a href='/a/1001'><span>下一則</span><h4>晾衣繩</h4></a>", "next"),
        ("<p>上一篇：<a href='/a/1001'>晾衣繩</a></p>", "previous"),
        ("<p><a href='/a/1001'>下一篇：晾衣繩</a></p>", "next"),
        ("<div><div>Next article</div><div><a href='/a/1001'>晾衣繩</a></div></div>", "next"),
        ("<p><strong>Read more: </strong><a href='/a/1001'>晾衣繩上的那個春天</a></p>", "related"),
        ("<p><a href='/a/1001'>【延伸閱讀】晾衣繩上的那個春天</a></p>", "related"),
    ],
)
def test_a_single_link_and_its_label(body: str, kind: str) -> None:
    ((found, title, _),) = links(body)
    assert found == kind
    assert title.startswith("晾衣繩")
    assert title in body


@pytest.mark.parametrize(
    "body",
    [
        "<a href='#'><span>下一篇</span><span></span></a><div><a href='/p'>理論</a><a href='/q'>時政</a></div>",
        "<ul><li><a href='/hot'>熱門</a></li><li><a href='/us'>美國</a></li><li><a href='/cn'>中國</a></li></ul>",
        "<nav><h3>Most read</h3><ul><li><a href='/a'>A long entry of the menu</a></li></ul></nav>",
        "<footer><h4>Related</h4><a href='/a'>Terms and conditions of use</a></footer>",
        "<h2>Related</h2><ul><li><a href='https://ads.example/x'>One trick that dentists hate so much</a></li></ul>",
        "<h2>Popular</h2><p>The word comes from Latin and once meant what belongs to the people, said the teacher.</p>",
        "<p>He said the most popular <a href='/topic/boats'>boats of the harbour</a> were the small ones.</p>",
        "<h2>Related</h2>",
        "<h2>熱門新聞</h2><p>這個詞在報社裡用了三十年，從來沒有人問過它是什麼意思。</p><p>他說。</p>",
        "<button>Most read</button><div><a href='/a/1'>The boats of the harbour are back</a></div>",
    ],
    ids=["button", "menu", "nav", "footer", "paid", "prose", "words in prose", "nothing", "chinese prose", "tab"],
)
def test_what_is_no_list_of_stories(body: str) -> None:
    assert links(f"<h1>Der Haushalt steht</h1>{body}") == []


def test_a_list_ends_where_something_else_begins() -> None:
    body = """<div><h2>Related</h2><div><a href="/a/1001">The harbour gets its bridge back</a></div>
    <div><a href="/a/1002">Why the old crane had to go</a></div>
    <h2>Comments</h2><div><a href="/u/7">The man from the harbour office</a></div></div>"""
    assert [title for _, title, _ in links(body)] == [
        "The harbour gets its bridge back",
        "Why the old crane had to go",
    ]
    body = """<h2>Related</h2><ul><li><a href="/a/1001">The harbour gets its bridge back</a></li></ul>
    <p>The bridge was closed in autumn, when a barge had hit its second pillar, and since then everybody had to walk
    around the basin, which takes a quarter of an hour, as <a href="/p/8">the man from the office</a> complained.</p>"""
    assert [title for _, title, _ in links(body)] == ["The harbour gets its bridge back"]


def test_tabs_have_their_own_lists() -> None:
    body = """<div><div><span>Most read</span><span>Trending</span></div>
    <ul><li><a href="/a/1001">The harbour gets its bridge back</a></li>
    <li><a href="/a/1002">Why the crane had to go</a></li></ul>
    <ul><li><a href="/a/1003">A barge is stuck in the lock</a></li>
    <li><a href="/a/1004">Swans move to the basin</a></li></ul></div>"""
    assert [(kind, title) for kind, title, _ in links(body)] == [
        ("popular", "The harbour gets its bridge back"),
        ("popular", "Why the crane had to go"),
        ("hot", "A barge is stuck in the lock"),
        ("hot", "Swans move to the basin"),
    ]


def test_each_link_once_however_often_it_stands_there() -> None:
    body = """<h2>延伸閱讀</h2><ul>
    <li><a href="/a/1001?from=list"><img alt="港口的橋"></a><a href="/a/1001?from=list">港口的橋今天重新開放</a>
        <a href="/a/1001?from=list#comments">3 comments</a></li>
    <li><a href="/a/1002" title="起重機"><span>最後一座起重機走了</span></a>
        <a href="/a/1002">最後一座起重機走了</a></li></ul>
    <h2>熱門新聞</h2><p><a href="/a/1001?from=hot">港口的橋今天重新開放</a></p>"""
    found = read(body).links
    assert [(link.kind, link.title, link.url) for link in found] == [
        ("related", "港口的橋今天重新開放", "https://www.example-zeitung.de/a/1001"),
        ("related", "最後一座起重機走了", "https://www.example-zeitung.de/a/1002"),
        ("hot", "港口的橋今天重新開放", "https://www.example-zeitung.de/a/1001"),
    ]


def test_the_story_itself_is_no_link() -> None:
    body = f"""<h2>Most read</h2><ul><li><a href="{URL}">Der Haushalt steht</a></li>
    <li><a href="/amp/9">Der Haushalt steht nach langer Nacht!</a></li>
    <li><a href="/a/7">Fischmarkt öffnet am Sonntag</a></li></ul>"""
    assert [title for _, title, _ in links(body, headline="Der Haushalt steht nach langer Nacht")] == [
        "Fischmarkt öffnet am Sonntag"
    ]


def test_sections_authors_captions_and_counts_are_no_titles() -> None:
    body = """<h2>Related</h2><div><a href="/section/harbour">Harbour</a><a href="/2026/02/the-bridge-is-back-again">
    The bridge is back again at last</a><a href="/author/jo-marsh">Jo Marsh</a>
    <p>Ships wait at the lock. (Reuters)</p></div>
    <div><a href="/section/life">Life</a><a href="/2026/02/swans-move-to-the-basin">Swans move to the basin</a>
    <a href="/2026/02/swans-move-to-the-basin#c">12 comments</a></div>"""
    assert [title for _, title, _ in links(body)] == ["The bridge is back again at last", "Swans move to the basin"]


def test_times_before_after_and_within_the_link() -> None:
    one, two = "<a href='/a/1'>港口的橋今天重新開放", "<a href='/a/2'>最後一座起重機走了"
    before = f"<time>09:40</time> {one}</a><time>11:14</time> {two}</a>"
    after = f"<p>{one}</a></p><p>09:40</p><p>{two}</a></p><p>11:14</p>"
    within = f"{one}<span>09:40</span></a><br>{two} <em>11:14</em></a>"
    for rows in (before, after, within):
        assert links(f"<div><h3>熱門新聞</h3><div>{rows}</div></div>") == [
            ("hot", "港口的橋今天重新開放", "09:40"),
            ("hot", "最後一座起重機走了", "11:14"),
        ]


def test_a_layout_selects_a_block_whose_heading_says_nothing() -> None:
    layout = Layout(
        links=(
            LinkBlock(kind="hot", select=".box-x"),
            LinkBlock(kind="popular", headings=("大家都在看",)),
        )
    )
    body = """<div class=" box-x "><a href="/a/1">港口的橋今天重新開放</a></div>
    <h2>大家都在看：</h2><ul><li><a href="/a/2">最後一座起重機走了</a></li></ul>"""
    found = read(body, layout=layout)
    assert [(link.kind, link.title) for link in found.links] == [
        ("hot", "港口的橋今天重新開放"),
        ("popular", "最後一座起重機走了"),
    ]
    assert found.rule == "layout: .box-x"
    assert read(body).links == []


def test_a_ticker_without_a_heading() -> None:
    layout = Layout(story=r"/story/(?P<id>\d+)", links=(LinkBlock(kind="breaking", before_headline=True),))
    body = """<ul><li><a href="/">Home</a></li></ul><div><a href="/story/77">港口的橋今天重新開放</a></div>
    <h1>預算</h1><p><a href="/story/78">最後一座起重機走了</a></p>"""
    assert links(body, layout=layout) == [("breaking", "港口的橋今天重新開放", None)]
    assert links(f"<b>快訊</b>{body}", layout=layout) == [("breaking", "港口的橋今天重新開放", None)]
    assert links(body) == []


def test_the_elements_of_other_stories_are_named_and_no_others() -> None:
    document = parse(f"<html><body>{GERMAN}</body></html>", URL)
    inside = {inner for element in related(document).elements for inner in element.iter()}
    prose = document.root.findall(".//p")
    assert prose
    assert not inside.intersection(prose)
    assert inside.issuperset(document.root.iter("article", "ol", "time"))


def test_a_caption_under_a_link_of_its_own_is_no_story() -> None:
    body = """<h2>熱門新聞</h2><div><a><img><div>港口的橋今天重新開放，市民排隊走過。（路透）</div></a>
    <a>港口的橋今天重新開放</a>
    <span>2026-03-02 22:15</span></div><div><a><img><div>最後一座起重機。(美聯社)</div></a>
    <a>最後一座起重機走了</a></div>"""
    assert links(body) == [
        ("hot", "港口的橋今天重新開放", "2026-03-02 22:15"),
        ("hot", "最後一座起重機走了", None),
    ]
