"""Who wrote it: through whole pages, in the forms in which papers state it, and in those that only look like it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsarchive import Article, extract_article

ENGLISH = [
    f"The ferry crew said on day {n} that the missing bell had been heard again, this time behind the fish market."
    for n in range(1, 7)
]
CHINESE = [
    f"渡輪公司第{n}天表示，失蹤的銅鐘再度響起，這一次是在魚市場後面，附近居民說聲音比從前低沉，也更接近人聲。"
    for n in range(1, 7)
]


def read(
    texts: list[str] = ENGLISH, *, ld: dict[str, Any] | None = None, head: str = "", top: str = "", end: str = ""
) -> Article:
    if ld is not None:
        head += f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **ld})}</script>'
    body = "".join(f"<p>{text}</p>" for text in texts)
    story = f"<h1>The bell in the fog 霧中的鐘</h1>{top}<article>{body}</article>"
    page = f"<html><head>{head}</head><body>{story}{end}</body></html>"
    return extract_article(page, "https://www.harbourpost.example/news/48213")


def names(article: Article) -> list[str]:
    return [author.name for author in article.authors]


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Person", "name": "Una Brightwater"},
        [{"@type": "Person", "givenName": "Una", "familyName": "Brightwater"}],
        "Una Brightwater",
        "By Una Brightwater",
        [{"@type": "Person", "name": "Una Brightwater (ub)"}],
        [{"@id": "#una"}],
    ],
)
def test_json_ld_in_its_forms(author: object) -> None:
    node = {"@graph": [{"@type": "NewsArticle", "headline": "The bell in the fog", "author": author},
                       {"@id": "#una", "@type": "Person", "name": "Una Brightwater"}]}  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert names(read(head=head)) == ["Una Brightwater"]


def test_two_names_in_one_string_are_two_people() -> None:
    assert names(read(ld={"author": "Una Brightwater and Tom Reedy"})) == ["Una Brightwater", "Tom Reedy"]


@pytest.mark.parametrize(
    ("author", "provider"),
    [
        ({"@type": "Organization", "name": "The Harbour Post"}, "The Harbour Post"),
        ("The Associated Press", "The Associated Press"),
        ({"@type": "Person", "name": "Newsroom Staff"}, "Newsroom Staff"),
    ],
)
def test_a_house_is_the_provider_and_no_author(author: object, provider: str) -> None:
    article = read(ld={"author": author})
    assert names(article) == []
    assert article.provider == provider


def test_the_site_itself_is_no_author() -> None:
    head = "<meta property='og:site_name' content='Ada Quill'><meta name='author' content='Ada Quill'>"
    assert names(read(head=head)) == []


@pytest.mark.parametrize(
    "content", ["https://www.facebook.com/harbourpost", "@harbourpost", "PX209", "105092", "u.b@harbourpost.example"]
)
def test_addresses_and_codes_are_no_authors(content: str) -> None:
    assert names(read(head=f"<meta name='author' content='{content}'>")) == []


def test_the_author_of_a_card_below_is_not_that_of_a_column_signed_above_its_headline() -> None:
    top = "<span class='author'>Una Brightwater</span>"
    card = "<article class='card'><span class='author'>Tom Reedy</span><h4><a href='/2'>More bells</a></h4></article>"
    story = f"<div class='top'>{top}</div><h1>The bell in the fog</h1>{''.join(f'<p>{text}</p>' for text in ENGLISH)}"
    page = f"<html><body><article>{story}</article><section>{card}</section></body></html>"
    assert names(extract_article(page, "https://www.harbourpost.example/news/48213")) == ["Una Brightwater"]


def test_names_that_only_their_elements_part_are_not_one() -> None:
    byline = "<div class='byline'><a href='/x'>Una Brightwater</a><span>HP</span></div>"
    article = read(top=byline)
    assert names(article) == ["Una Brightwater"]
    assert article.byline == "Una Brightwater HP"


def test_by_is_not_cut_out_of_abby() -> None:
    assert names(read(top="<span class='byline'>By Abby Byrne</span>")) == ["Abby Byrne"]


def test_strangers_from_other_boxes_stay_out() -> None:
    aside = "<aside class='trending'><span class='byline'>By Sam Stranger</span></aside>"
    article = read(top="<p class='byline'>By Una Brightwater</p>", end=aside)
    assert names(article) == ["Una Brightwater"]
    assert article.byline == "By Una Brightwater"
    assert names(read(end=aside)) == []


def test_the_byline_below_the_headline_contradicts_an_editor_in_the_data() -> None:
    article = read(
        ld={"author": {"@type": "Person", "name": "Edna Desk"}}, top="<div class='author'>Una Brightwater</div>"
    )
    assert names(article) == ["Una Brightwater"]


@pytest.mark.parametrize(
    ("first", "last", "people", "kind"),
    [
        ("（中央社記者林曉彤台北20日電）" + CHINESE[0], CHINESE[5], ["林曉彤"], "電"),
        ("〔記者林曉彤／台北報導〕" + CHINESE[0], CHINESE[5], ["林曉彤"], "報導"),
        ("新华社北京4月16日电（记者林晓彤、周大川）" + CHINESE[0], CHINESE[5], ["林晓彤", "周大川"], "电"),
        (CHINESE[0], CHINESE[5] + "（林曉彤／台北報導）", ["林曉彤"], "報導"),
        (CHINESE[0], CHINESE[5] + "（林曉彤）", ["林曉彤"], None),
    ],
)
def test_chinese_names_in_the_text(first: str, last: str, people: list[str], kind: str | None) -> None:
    article = read([first, *CHINESE[1:5], last])
    assert names(article) == people
    assert article.kind == kind
    assert article.rules["authors"].startswith("text: ")


@pytest.mark.parametrize(
    ("line", "people", "place", "kind"),
    [
        ("記者林曉彤／綜合報導", ["林曉彤"], None, "綜合報導"),
        ("記者林曉彤、周大川╱紐約報導", ["林曉彤", "周大川"], "紐約", "報導"),
        ("本报记者 林晓彤 方 敏", ["林晓彤", "方敏"], None, None),
    ],
)
@pytest.mark.parametrize(
    "markup", ["<div class='q1'><span class='q2'>{}</span></div>", "<section><div>{}</div></section>"]
)
def test_a_line_above_the_text_needs_no_name(
    markup: str, line: str, people: list[str], place: str | None, kind: str | None
) -> None:
    article = read(CHINESE, top=markup.format(line))
    assert names(article) == people
    assert (article.byline, article.place, article.kind) == (line, place, kind)
    assert line not in (article.body or "")


@pytest.mark.parametrize(
    "line",
    ["责任编辑：林晓彤", "（編輯：林曉彤）", "责编：林晓彤 审核：周大川", "来源：港口新闻网", "財經中心／綜合報導"],
)
def test_editors_sources_and_desks_are_no_authors(line: str) -> None:
    assert names(read([*CHINESE, line])) == []
    assert names(read(CHINESE, top=f"<div class='info'>{line}</div>")) == []


def test_prose_that_opens_like_a_byline_is_prose() -> None:
    article = read(["本報記者走訪碼頭三天，發現鐘聲總在退潮時響起，而沒有人承認聽見。", *CHINESE[1:]])
    assert names(article) == []


def test_the_source_of_a_picture_is_not_that_of_the_story() -> None:
    assert read(CHINESE, top="<p>圖片來源：港口通訊社</p>").provider is None


def test_the_source_beside_the_time_is_the_provider() -> None:
    article = read(CHINESE, top="<div class='info'><span>2026-02-19 21:07</span> 來源：港口通訊社</div>")
    assert article.provider == "港口通訊社"


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        ("<div>By Una Brightwater</div><div>3 March 2026</div>", ["Una Brightwater"]),
        ("<div>Una Brightwater</div><div>3 March 2026, 10:15</div>", ["Una Brightwater"]),
        ("<div>3 March 2026 | Una Brightwater</div>", ["Una Brightwater"]),
        ("<ul><li>By Una Brightwater</li><li>and Tom Reedy</li></ul>", ["Una Brightwater", "Tom Reedy"]),
        ("<div>By</div><div>Una Brightwater</div><div>Tom Reedy</div>", ["Una Brightwater", "Tom Reedy"]),
        ("<div>Una Brightwater | Tom Reedy</div><div>3 March 2026</div>", ["Una Brightwater", "Tom Reedy"]),
        ("<div>Una Brightwater<span>Harbour Reporter</span></div>", ["Una Brightwater"]),
        ("<div>by<span>Una Brightwater</span></div>", ["Una Brightwater"]),
        ("<div>By Una Brightwater Today, 12:37</div>", ["Una Brightwater"]),
        ("<div>Una Brightwater, Published 4 months ago</div>", ["Una Brightwater"]),
        ("<div>By UNA BRIGHTWATER and TOM REEDY Staff Writers</div>", ["UNA BRIGHTWATER", "TOM REEDY"]),
    ],
)
def test_lines_below_the_headline_that_no_element_names_a_byline(top: str, expected: list[str]) -> None:
    assert names(read(top=top)) == expected


@pytest.mark.parametrize(
    "top",
    [
        "<div>World News</div><div>3 March 2026</div>",
        "<div>Una Brightwater</div>",  # alone it may be anybody
        "<img src='/quay-large.jpg'><div>Una Brightwater</div><div>3 March 2026</div>",  # who took the picture
        "<div>By signing up you agree to our newsletter</div>",
        "<div>Artikel zum Hören</div><div>3 Min, 03.03.2026</div>",
    ],
)
def test_lines_that_only_look_like_a_name(top: str) -> None:
    assert names(read(top=top)) == []


def test_an_agency_in_a_place_is_no_person() -> None:
    article = read(head="<meta name='author' content='Associated Press in Valencia'>")
    assert names(article) == []
    assert article.provider == "Associated Press"
    assert article.place == "Valencia" or article.place is None


def test_a_korean_reporter_signs_below_the_text_with_an_address() -> None:
    texts = [f"여객선 회사는 {n}일째 되는 날 어시장 뒤에서 사라진 종소리가 다시 들렸다고 밝혔다." for n in range(1, 7)]
    article = read(texts, end="<div>순천 한가람 기자 garam@harbourpost.example</div>")
    assert names(article) == ["한가람"]


def test_a_house_in_brackets_before_the_reporters_is_passed_over_and_a_hidden_account_too() -> None:
    first = f"【河岸网】（记者 卞若水 特约记者 沈一凡）{CHINESE[0]}"
    hidden = '<span class="author" style="display: none">作者：岑立</span>'
    assert names(read([first, *CHINESE[1:]], top=hidden)) == ["卞若水", "沈一凡"]


def test_a_japanese_lead_may_be_signed() -> None:
    lead = "行方が分からなくなっていた渡船の鐘が見つかった。地元の人たちが魚市場の裏で音を聞いたという。"
    texts = [f"{lead}（樫木美咲、椎名大輔）"]
    texts += [f"会社は{n}日、鐘がまた鳴ったと発表した。音は以前よりも低く、人の声に近いという。" for n in range(2, 7)]
    assert names(read(texts)) == ["樫木美咲", "椎名大輔"]


JAPANESE = [
    f"渡し船の会社は{n}日、行方の分からなかった鐘の音が魚市場の裏で再び聞こえたと発表した。" * 2 for n in range(1, 7)
]


def test_a_japanese_person_needs_no_surname_that_is_chinese() -> None:
    head = "<title>霧の中の鐘が鳴り、港町に朝が来る</title>"
    assert names(read(JAPANESE, head=head, ld={"author": {"@type": "Person", "name": "樫野木涼"}})) == ["樫野木涼"]
    assert names(read(CHINESE, ld={"author": {"@type": "Person", "name": "晴川讀書會"}})) == []


@pytest.mark.parametrize(
    ("top", "people"),
    [
        ("<div class=author>樫木太郎</div>", ["樫木太郎"]),
        ("<div class=article-writer>樫木太郎、楢山花子</div>", ["樫木太郎", "楢山花子"]),
        ("<p>2026年3月4日 8時15分 樫木太郎</p>", ["樫木太郎"]),
        ("<div>取材・文／樫木太郎</div>", ["樫木太郎"]),
        ("<div class=author>編集部</div>", []),
        ("<div class=author>港湾新聞</div>", []),
        ("<div>樫木太郎</div>", []),
    ],
)
def test_japanese_bylines_above_the_text(top: str, people: list[str]) -> None:
    assert names(read(JAPANESE, head="<title>霧の中の鐘が鳴り、港町に朝が来る</title>", top=top)) == people


@pytest.mark.parametrize(
    "last", ["【樫木太郎、写真も】", "（聞き手・樫木太郎）", "取材・文：樫木太郎", "（ソウル＝樫木太郎）"]
)
def test_japanese_signatures(last: str) -> None:
    article = read([*JAPANESE, last], head="<title>霧の中の鐘が鳴り、港町に朝が来る</title>")
    assert names(article) == ["樫木太郎"]
    assert last not in (article.body or "")


@pytest.mark.parametrize(
    ("last", "people", "provider"),
    [
        ("Una Brightwater", ["Una Brightwater"], None),
        ("– Una Brightwater", ["Una Brightwater"], None),
        ("<em>Una Brightwater © RIPRODUZIONE RISERVATA</em>", ["Una Brightwater"], None),
        ("Una Brightwater, dpa", ["Una Brightwater"], "dpa"),
        ("Breaking News", [], None),
        ("<a href=/x>Una Brightwater</a>", [], None),
        ("(dpa/ub)", [], "dpa"),
        ("Kaynak: AA", [], "AA"),
        ("Avec AFP", [], "AFP"),
        ("PTI", [], "PTI"),
        ("(END)", [], None),
    ],
)
def test_a_line_below_the_text_signs_it(last: str, people: list[str], provider: str | None) -> None:
    article = read([*ENGLISH, last])
    assert (names(article), article.provider) == (people, provider)
    assert (article.body or "").endswith(ENGLISH[-1])


@pytest.mark.parametrize(
    "top",
    [
        "<div>Publié le 11/03/2026 à 08h15 par Una Brightwater</div>",
        "<div>Posted on March 11, 2026 by Una Brightwater</div>",
        "<div>Oakham - Una Brightwater</div><div>March 11, 2026</div>",
        "<span class=writeBy>Oakham - Una Brightwater</span>",
    ],
)
def test_a_name_behind_date_or_place(top: str) -> None:
    assert names(read(top=top)) == ["Una Brightwater"]


def test_an_address_below_the_headline_is_who_wrote_it() -> None:
    top = "<div><address>JO OAKLEY, 沈一凡</address><time datetime='2026-03-04'>2026年3月4日</time></div>"
    assert names(read(CHINESE, top=top)) == ["JO OAKLEY", "沈一凡"]
    assert names(read(CHINESE, end="<footer><address>Harbour Post Limited, Ferry Lane</address></footer>")) == []


@pytest.mark.parametrize(
    "folder", ["muhabir", "giornalisti", "journalistes", "periodistas", "redakteure", "dziennikarze"]
)
def test_a_link_to_the_page_of_a_reporter_is_a_byline_whatever_its_class(folder: str) -> None:
    top = f"<div class=author-info><div class=name><a href='/{folder}/una-brightwater/'>Una Brightwater</a></div></div>"
    assert names(read(top=top, ld={"author": {"@type": "Organization", "name": "Harbour Post"}})) == ["Una Brightwater"]


def test_a_korean_name_that_is_stated_with_the_place_of_its_dateline() -> None:
    assert names(read(ld={"author": {"@type": "Person", "name": "순천=한가람"}})) == ["한가람"]


def test_a_name_in_brackets_below_a_column_signs_it() -> None:
    assert names(read([*CHINESE, "作者是海港大學社會學系副教授", "[卞若水]"])) == ["卞若水"]


@pytest.mark.parametrize(
    "top",
    [
        "<div>港口新闻网</div><div>2026-03-10 13:09</div>",
        "<div>港口新闻网 2026-03-10 13:09</div>",
        "<div>关注</div><div>港口新闻网</div><div>发布时间：03-1013:09</div>",
    ],
)
def test_a_bare_name_beside_the_date_is_the_source(top: str) -> None:
    article = read(CHINESE, top=top)
    assert article.provider == "港口新闻网"
    assert names(article) == []


@pytest.mark.parametrize("line", ["林悦", "社会", "关注", "听新闻", "2026年3月10日星期二"])
def test_not_every_word_beside_the_date_is_a_source(line: str) -> None:
    assert read(CHINESE, top=f"<div>{line}</div><div>2026-03-10 13:09</div>").provider is None
