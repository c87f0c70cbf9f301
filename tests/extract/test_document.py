"""Bytes to a document: every encoding of news pages, every lie about it, and bytes that are no page at all."""

from __future__ import annotations

import time

import pytest

from newsarchive.extract.document import MAX_ELEMENTS, parse, text_of

TEXTS = {
    "big5": "市議會昨天通過了新的預算，這是十年來的第一次，市長說大家都要為未來做好準備。" * 4,
    "gb18030": "市议会昨天通过了新的预算，这是十年来的第一次，市长说大家都要为未来做好准备。" * 4,
    "shift_jis": "市議会は昨日、新しい予算を可決した。市長は「みんなで準備をしましょう」と話した。" * 4,
    "euc_jp": "市議会は昨日、新しい予算を可決した。市長は「みんなで準備をしましょう」と話した。" * 4,
    "euc_kr": "시의회는 어제 새 예산안을 통과시켰다. 시장은 모두가 미래를 준비해야 한다고 말했다." * 4,
    "cp1251": "Городской совет вчера принял новый бюджет, и мэр сказал, что всем надо готовиться." * 4,
    "koi8_r": "Городской совет вчера принял новый бюджет, и мэр сказал, что всем надо готовиться." * 4,
    "cp1252": "Le conseil a adopté hier le budget après des années d’études, a déclaré le maire." * 4,
    "cp1250": "Městská rada včera přijala nový rozpočet, řekl starosta, že všichni mají být připraveni." * 4,
    "cp1253": "Το δημοτικό συμβούλιο ενέκρινε χθες τον νέο προϋπολογισμό, είπε ο δήμαρχος." * 4,
    "cp1255": "מועצת העיר אישרה אתמול את התקציב החדש, אמר ראש העיר לתושבים." * 4,
    "cp1256": "وافق مجلس المدينة أمس على الميزانية الجديدة، وقال رئيس البلدية إن الجميع مستعد." * 4,
    "cp874": "เมื่อวานนี้สภาเมืองได้อนุมัติงบประมาณใหม่แล้ว นายกเทศมนตรีกล่าว" * 4,
}


def page(text: str, encoding: str, declared: str | None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>x</title></head><body><p>{text}</p></body></html>".encode(encoding)


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "own"])
def test_reads_every_encoding_whatever_is_declared(encoding: str, declared: str | None) -> None:
    text = TEXTS[encoding]
    document = parse(page(text, encoding, encoding if declared == "own" else declared), "https://paper.example/1")
    assert text[:30] in text_of(document.root)
    assert bool(document.problems) == (declared != "own" and (encoding, declared) != ("cp1252", "iso-8859-1"))


def test_utf8_is_utf8_whatever_is_declared() -> None:
    document = parse(page("舊金山市長說，橋明天開放。", "utf-8", "gb2312"), "https://paper.example/1")
    assert text_of(document.root).endswith("舊金山市長說，橋明天開放。")
    assert document.encoding == "utf-8"
    assert document.problems == ["declares gb18030, is UTF-8"]


def test_the_header_counts_before_the_page() -> None:
    data = page("Un café très cher, dit-on.", "cp1252", "koi8-r")
    assert "café très" in text_of(parse(data, "https://p.example/", "text/html; charset=ISO-8859-1").root)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_byte_order_marks_and_utf16_without_one(encoding: str) -> None:
    assert "市長說" in text_of(parse(page("市長說，橋明天開放。", encoding, None), "https://p.example/").root)


def test_a_few_damaged_bytes_do_not_make_a_page_something_else() -> None:
    data = page("市議會昨天通過了新的預算。" * 50, "utf-8", "utf-8")
    document = parse(data[:300] + b"\xff" + data[300:], "https://p.example/")
    assert document.encoding == "utf-8"
    assert "damaged" in document.problems[0]


def test_names_of_codecs_that_decode_no_text_are_no_charset() -> None:
    for name in ("hex", "rot13", "zip", "idna", "unicode_escape", "no-such-thing", "utf-16"):
        document = parse(page("Le café est fermé, hélas, dit-on.", "cp1252", name), "https://p.example/")
        assert "café" in text_of(document.root)


def test_base_address() -> None:
    head = '<html><head><base href="{}"></head><body><p>x</p></body></html>'
    assert parse(head.format("/news/"), "https://p.example/a/b").base_url == "https://p.example/news/"
    assert parse(head.format("http://[broken"), "https://p.example/a").base_url == "https://p.example/a"
    assert parse(head.format("javascript:x"), "https://p.example/a").base_url == "https://p.example/a"


def test_inline_elements_join_and_blocks_do_not() -> None:
    document = parse('<p>舊金山<a class="tag"><strong>市長</strong></a>說<br>橋<script>x()</script></p><p>開放</p>', "")
    assert text_of(document.root) == "舊金山市長說 橋 開放"


def test_of_drawings_only_what_a_browser_shows_as_text_is_read() -> None:
    icon = "<svg><title>Share</title><path d='M0 0'/><text>x</text></svg>"
    document = parse(f"<p>before {icon}after</p><svg><g><svg></svg></g></svg><svg><path d='M0'><p>The story.</p>", "")
    assert text_of(document.root) == "before after The story."
    assert not list(document.root.iter("title", "text", "g"))


def test_menus_of_the_site_are_not_looked_at_and_those_of_the_story_are() -> None:
    links = "<a href='/x'>x</a>" * 20
    lines = "<p>x</p>" * 11
    titles = "<a href='/x'>The bell of the old harbour</a>" * 12
    page = (
        f"<head><meta name=a></head><nav id=menu><b>{links}</b></nav><nav id=trail><a>Home</a><a>Town</a></nav>"
        f"<main><nav id=parts><b>{links}</b></nav></main><nav id=unclosed><article>x</article>{links}</nav>"
        f"<nav id=text>{links}{lines}</nav><footer><nav>{links}</nav>{links}</footer>"
        f"<ul id=sections>{links}</ul><ul id=stories>{titles}</ul><h1>Story</h1><ul id=tags>{links}</ul><i>end</i>"
    )
    read = parse(page, "").nodes
    inside: dict[str, int] = {}
    for element, around, *_ in read:
        outer = next((one for one in element.iterancestors("nav", "footer", "head", "ul") if around is not None), None)
        if outer is not None:
            name = outer.get("id") or outer.tag
            inside[name] = inside.get(name, 0) + 1
    assert inside == {"trail": 2, "parts": 21, "unclosed": 21, "text": 31, "stories": 12, "tags": 20}
    assert read[-1][2] == "i"


def test_a_head_that_holds_the_page_is_looked_at() -> None:
    links = b"<a href='/x'>x</a>" * 20
    page = parse(
        b"<html><head><title>x</title></head><body><h1>x</h1><footer>" + links + b"</footer></body></html>", ""
    )
    page.root[1].tag = "head"  # as libxml2 leaves some damaged pages
    assert [node[2] for node in page.nodes] == ["html", "head", "head", "h1", "footer"]


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (b"", ""),
        (b"\0\0\0", ""),
        (b"   \n", ""),
        (b"no markup at all", "no markup at all"),
        (b"<p>a\0b", "ab"),
        (b"<html><body><p>cut off in the mid", "cut off in the mid"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        (b"<!-- never closed <p>x</p>", ""),
    ],
)
def test_what_is_no_page_gives_a_document(data: bytes | str, seen: str) -> None:
    assert text_of(parse(data, "https://p.example/").root) == seen


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body>" + b"<div>" * 100_000 + b"<p>kept</p>",
        b"<html><body>" + b"<div class='a'><span>" * 60_000 + b"<p>kept</p>",
        b"<b>" * 200_000 + b"kept",
        b"<p>a</p>" * 15_000 + b"kept",
        b"<p " + b" ".join(b"a%d=x" % number for number in range(100_000)) + b">kept</p>",
        b"<div title='x' " * 300_000 + b">kept</div>",
        b"<" * 3_000_000 + b" kept",
        b"&amp" * 2_000_000 + b"kept",
        b"<meta charset=" * 300_000 + b"><p>kept</p>",
        b"<ul>" + b"<li>a" * 15_000 + b"</ul>kept",
        b"\xa4\xa4" * 3_000_000 + b"<p>kept</p>",
    ],
    ids=[
        "deep",
        "deep with spans",
        "bold",
        "siblings",
        "attributes of one element",
        "attributes",
        "angles",
        "entities",
        "metas",
        "items",
        "high bytes",
    ],
)
def test_hostile_pages_end_in_bounded_time_with_their_text(data: bytes) -> None:
    start = time.process_time()
    document = parse(data, "https://p.example/")
    text = text_of(document.root)
    assert time.process_time() - start < 10
    if not data.startswith((b"<div title", b"<meta")):  # here it stands in an attribute
        assert "kept" in text[-10:]


def test_a_page_beyond_all_measure_is_read_to_the_limit() -> None:
    document = parse(b"<p>begins</p>" + b"<p>x</p>" * 2_500_000, "https://p.example/")
    assert text_of(document.root[0][0]) == "begins"
    assert any("longer than" in problem for problem in document.problems)


def test_elements_beyond_the_limit_are_not_read() -> None:
    document = parse(
        b"<div><p>begins</p>" + b"<p>x</p>" * 30_000 + b"<p>end</p></div><p>after</p>", "https://p.example/"
    )
    assert sum(1 for _ in document.root.iter("*")) == MAX_ELEMENTS
    text = text_of(document.root)
    assert text.startswith("begins")
    assert text.endswith("x")
    assert document.problems == [f"more than {MAX_ELEMENTS} elements: the rest was not read"]
