"""Bodies on pages of our own sentences: what is a paragraph of the story, and what only stands beside it."""

from __future__ import annotations

import json

import pytest

from newsarchive.extract.body import Body, read_body
from newsarchive.extract.document import parse
from newsarchive.extract.document.structured import structured
from newsarchive.extract.layout import Layout

ONE = "The old bridge over the river is closed from today on, the town council said in the evening."
TWO = "It opens again in spring, when the new deck is in place and the lamps have been tested twice."
THREE = "“We had hoped for autumn,” said the engineer, who has worked on the piers for eleven months."
STORY = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"
PARAGRAPHS = [ONE, TWO, THREE]


def body(inside: str, *, head: str = "", headline: str | None = None, layout: Layout | None = None) -> Body:
    document = parse(f"<html><head>{head}</head><body>{inside}</body></html>", "https://paper.example/story")
    return read_body(document, structured(document), headline=headline, layout=layout)


def texts(inside: str, **options: object) -> list[str]:
    return [block.text for block in body(inside, **options).blocks]  # type: ignore[arg-type]


def article(inside: str) -> str:
    """A page with all that usually stands around a story."""
    return f"""
    <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
    <div class="ticker"><a href="/1">Storm warning for the coast lifted after a calm night</a></div>
    <main><h1>Old bridge closes</h1><div class="meta">By Ann Field | 3 March 2026, 10:15</div>
    <div class="text">{inside}</div></main>
    <div class="comments"><p>{"I always drove over that bridge, and nobody asked what I think. " * 9}</p></div>
    <footer><p>All the stories of this paper are written by people of the towns they write about.</p></footer>"""


def test_the_story_and_nothing_around_it() -> None:
    found = body(article(STORY), headline="Old bridge closes")
    assert [block.text for block in found.blocks] == PARAGRAPHS
    assert {block.kind for block in found.blocks} == {"paragraph"}
    assert [element.get("class") for element in found.containers] == ["text"]
    assert found.rule == "heaviest box"


def test_inline_elements_leave_no_stray_blank() -> None:
    sentence = (
        '<p>據<a class="tag" href="/search/橋">舊金山</a>市府表示，<b>跨河</b>大橋'
        "<span>（長<i>120</i>公尺）</span>今天起關閉，預計明年春天重新開放，讓居民通行。</p>"
    )
    other = "<p>工程師說，橋面已經使用了六十年，早就應該更換，這次工程總共需要十一個月才能完成。</p>"
    assert texts(f"<div>{sentence}{other}</div>")[0] == (
        "據舊金山市府表示，跨河大橋（長120公尺）今天起關閉，預計明年春天重新開放，讓居民通行。"
    )


def test_two_breaks_end_a_paragraph_and_text_may_stand_straight_in_a_div() -> None:
    assert texts(article(f"{ONE}<br><br>{TWO}<br>\n<br/>{THREE}")) == PARAGRAPHS


def test_an_empty_element_may_be_a_break_by_its_class() -> None:
    assert texts(article('<span class="id br"></span>'.join(PARAGRAPHS))) == PARAGRAPHS


def test_single_breaks_end_paragraphs_where_every_piece_is_a_sentence() -> None:
    assert texts(article(f"{ONE}<br>{TWO}<br>{THREE}")) == PARAGRAPHS


def test_a_single_break_in_a_line_that_goes_on_is_a_blank() -> None:
    wrapped = "<p>The council meets at<br>Old Market 5<br>on the second floor</p>"
    assert texts(article(STORY + wrapped + f"<p>{ONE[:-1]} again.</p>"))[3] == (
        "The council meets at Old Market 5 on the second floor"
    )


def test_chinese_text_with_breaks_straight_in_a_table_cell() -> None:
    story = (
        "　　市议会昨天夜里通过了新的预算，这是十年来的第一次，市长对此表示满意。<br><br>"
        "　　预算中最大的一笔钱用于修建跨河大桥，工程预计明年春天结束。<br><br>"
        "　　“我们等了很久。”一位住在河边的老人对记者说，他每天都要绕路去市场。"
    )
    page = (
        '<table><tr><td><a href="/">首页</a> <a href="/news">新闻</a> <a href="/sport">体育</a></td></tr>'
        f'<tr><td class="zw">{story}</td><td><a href="/1">河边公园明天开放</a></td></tr></table>'
    )
    assert [text[:6] for text in texts(page)] == ["市议会昨天夜", "预算中最大的", "“我们等了很"]


def test_text_hidden_until_a_script_runs() -> None:
    lines = [
        "县里的老桥从今天起关闭，开放时间另行通知，请大家绕行。",
        "工程师说，新的桥面明年春天就可以使用，路灯也会换新的。",
    ]
    inside = "".join(f'<section style="margin: 0"><section><span>{line}</span></section></section>' for line in lines)
    page = (
        '<div id="page"><h1>老桥关闭</h1>'
        f'<div class="rich_media" id="js_content" style="visibility: hidden; opacity: 0">{inside}</div></div>'
    )
    assert texts(page) == lines


@pytest.mark.parametrize(
    "beside",
    [
        '<div class="related-stories"><h3>More</h3><ul><li><a href="/2">A ferry is on its way</a></li></ul></div>',
        '<div class="newsletter-box"><p>Our evening letter brings the five stories you should know.</p></div>',
        '<aside class="promo"><p>Read this paper for a month, on every screen, for the price of a coffee.</p></aside>',
        '<div class="share-bar"><span>Share it on the usual networks or send it to a friend.</span></div>',
        '<div class="author-bio"><p>Ann Field has written about bridges and ferries for twenty years.</p></div>',
        "<p><a href='/3'>Read also: The ferry that nobody wanted</a></p>",
        "<p>Lesen Sie auch: <a href='/3'>Die Fähre, die keiner wollte</a></p>",
        "<p>À lire aussi <a href='/3'>Le bac dont personne ne voulait</a></p>",
        "<p>相關閱讀：<a href='/3'>沒有人要搭的渡輪</a></p>",
        "<p>あわせて読みたい<a href='/3'>誰も乗らない渡し船</a></p>",
        "<p>作者是海港大學社會學系副教授</p>",
        "<p>（本網發表的文章只代表作者個人立場，與本網無關）</p>",
        "<p>Advertisement</p>",
        "<p>Story continues below the map</p>",
        "<p>Artikkelen fortsetter under bildet.</p>",
        "<p>Dalszy ciąg artykułu pod materiałem wideo</p>",
        "<div class='kp'><h2>AI-assisted summary</h2><ul><li>Bridge closed.</li><li>Opens in spring.</li></ul></div>",
        "<p>Sign up for our newsletter and get the stories of the day into your inbox every evening.</p>",
        '<figure><img src="/b.jpg"><figcaption>The bridge on Monday evening. Photo: A. Field</figcaption></figure>',
        '<div class="embed"><div><p>With your consent, a map would be shown at this place.</p></div></div>',
        "<form><p>Your mail address, please, so that we can send you the stories of the day.</p></form>",
        '<div style="display: none"><p>This text is only seen by those who have clicked on a button first.</p></div>',
    ],
)
def test_what_stands_between_the_paragraphs_and_is_no_paragraph(beside: str) -> None:
    inside = f"<p>{ONE}</p><p>{TWO}</p>{beside}<p>{THREE}</p>"
    assert texts(article(inside), headline="Old bridge closes") == PARAGRAPHS


@pytest.mark.parametrize(
    "caption",
    [
        "▲老橋星期一晚上的樣子，遠處是磨坊和新的碼頭。（圖／記者王大明攝）",
        "图/新河日报",
        "工人们正在桥面上安装路灯，远处是老磨坊。新河日报记者 王大明 摄",
        "（图源：新河市政府网站）",
        "施工現場",
    ],
)
def test_captions_that_are_plain_paragraphs(caption: str) -> None:
    one = "市議會昨天夜裡通過了新的預算，這是十年來的第一次，市長對此表示滿意，反對派則沒有發言。"
    two = "預算中最大的一筆錢用於修建跨河大橋，工程預計明年春天結束，屆時居民不必再繞路去市場。"
    found = body(f'<div><p>{one}</p><p><img src="/q.jpg"></p><p>{caption}</p><p>{two}</p></div>')
    assert [block.text for block in found.blocks] == [one, two]
    assert len(found.captions) == 1


def test_subheads_are_kept_and_named_so() -> None:
    inside = (
        f"<p>{ONE}</p><h2>A long winter</h2><p>{TWO}</p>"
        f"<div class='subheadline'>And then?</div><p>{THREE}</p><h3>Topics</h3>"
    )
    found = body(article(inside))
    assert [(block.kind, block.text) for block in found.blocks if block.kind == "subhead"] == [
        ("subhead", "A long winter"),
        ("subhead", "And then?"),
    ]
    assert found.blocks[-1].text == THREE


def test_a_standfirst_set_as_a_heading_is_no_paragraph() -> None:
    standfirst = "The council has voted to mend the old bridge. The work begins in spring and takes a year."
    found = body(article(f"<h2>{standfirst}</h2><p>{ONE}</p><h2>A long winter.</h2><p>{TWO}</p>"))
    assert [block.text for block in found.blocks] == [ONE, "A long winter.", TWO]
    assert found.introduction == standfirst


def test_a_subhead_may_be_wrapped_once_more() -> None:
    wrapped = "".join(f"<div class=text-p><div class=block>{text}</div></div>" for text in (ONE, TWO))
    inside = f"{wrapped}<h3 class=text-p><div class=block><b>A long winter</b></div></h3>"
    inside += f"<div class=text-p><div class=block>{THREE}</div></div>"
    assert texts(article(inside)) == [ONE, TWO, "A long winter", THREE]


def test_an_invitation_speaks_to_the_reader_and_takes_its_whole_paragraph_along() -> None:
    prose = "Residents can see the map of the detour and sign up for text alerts on the website of the county."
    letter = (
        "<p><b>Too little time to read about bridges as much as you would like?</b><br>"
        "<em><a href='/letter'>Get our weekly roundup in your inbox instead.</a> Every Wednesday it comes.</em></p>"
    )
    assert texts(article(f"<p>{ONE}</p><p>{prose}</p><p>{TWO}</p><p>{THREE}</p>{letter}")) == [ONE, prose, TWO, THREE]
    broken = "<br><br>".join([ONE, TWO, "Sign up for our newsletter here.", THREE])
    assert texts(article(f"<div>{broken}</div>")) == PARAGRAPHS


def test_a_box_under_a_heading_that_asks_for_money_is_no_story() -> None:
    box = "<div class=pt><h3>Support THE PAPER's journalism of integrity</h3><p>We believe in the importance of news "
    box += "that is free to all who want to read it.</p><p>It is essential to say that news has its cost.</p></div>"
    assert texts(article(STORY + box)) == PARAGRAPHS


def test_who_the_author_is_is_no_story_where_it_ends_the_page() -> None:
    about = "Ann Field is a staff writer who covers bridges for the paper."
    assert texts(article(f"{STORY}<p>{about}</p>")) == PARAGRAPHS
    assert texts(article(f"<p>{about}</p>{STORY}"))[0] == about


def test_what_only_a_screen_reader_says_of_a_link_is_not_read() -> None:
    inside = "".join(
        f"<p>{ONE[:-1]}<a href=/x> and a link{unseen}</a>.</p>"
        for unseen in (
            "<span class=go-vh>(öffnet im neuen Fenster)</span>",
            "<span style='clip:rect(0 0 0 0);height:1px;width:1px'>, opens new tab</span>",
        )
    )
    assert set(texts(article(inside + STORY))[:2]) == {f"{ONE[:-1]} and a link."}


def test_subheads_that_nothing_names_stand_between_the_paragraphs_again_and_again() -> None:
    heads = ("A long winter", "The new deck", "And then?")
    inside = "".join(
        f"<p class=k7>{head}</p><div class=w><p>{text}</p></div>" for head, text in zip(heads, PARAGRAPHS, strict=True)
    )
    assert texts(article(f"<div class=w><p>{ONE}</p></div>{inside}")) == [
        ONE, *(text for pair in zip(heads, PARAGRAPHS, strict=True) for text in pair),
    ]  # fmt: skip
    inside = (
        inside.replace("A long winter", "Anzeige").replace("The new deck", "Anzeige").replace("And then?", "Anzeige")
    )
    assert texts(article(f"<div class=w><p>{ONE}</p></div>{inside}")) == [ONE, *PARAGRAPHS]


@pytest.mark.parametrize(
    "line",
    [
        "Have a tip? Ann Field may be reached at afield@paper.example. Follow her on Twitter @annfield.",
        "Follow @PaperDeals on Twitter to keep up with the latest deals from around the web.",
        "If you buy something using links in our stories, we may earn a commission.",
        "ATENÇÃO: Comentários que faltem com respeito ao leitor não serão aprovados pelo moderador.",
    ],
)
def test_what_the_house_says_of_itself_is_no_story(line: str) -> None:
    assert texts(article(f"<p>{ONE}</p><p>{TWO}</p><p>{line}</p><p>{THREE}</p>")) == PARAGRAPHS


def test_a_box_of_key_points_and_a_list_of_more_stories_are_no_story() -> None:
    points = "<div class=kp><div>Key Points</div><ul><li>The old bridge is closed, the council says.</li>"
    points += "<li>Cars cross at the mill, which is two miles up the river.</li></ul></div>"
    more = "<h3>More Great PAPER Stories</h3><ul><li>The enduring power of <a href=/1>a ferry</a>, even in winter</li>"
    more += "<li>Get tips from <a href=/2>our team of riders</a> about the best bells and lamps.</li></ul>"
    assert texts(article(f"{points}{STORY}{more}")) == PARAGRAPHS


def test_the_id_of_a_subhead_is_made_of_its_words() -> None:
    inside = f"<p>{ONE}</p><h3 class=subheading id=nav_share_of_tolls>Share of tolls</h3><p>{TWO}</p><p>{THREE}</p>"
    assert texts(article(inside)) == [ONE, "Share of tolls", TWO, THREE]


def test_what_announces_only_links_to_other_stories_goes_with_them() -> None:
    links = "".join(f"<p><a href='/{n}'><b>The bridge that nobody crosses</b></a></p>" for n in range(2))
    assert texts(article(f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p><p><b>Nagbasa ka pa:</b></p>{links}")) == PARAGRAPHS
    assert texts(article(f"<p>{ONE}</p><p>{TWO}</p><p>Three rules hold:</p><p>{THREE}</p>"))[2] == "Three rules hold:"


def test_lists_quotations_and_short_answers_belong_to_the_story() -> None:
    inside = (
        f"<p>{ONE}</p><ul><li>Cars cross at the mill, two miles up the river.</li><li>Walkers take the ferry.</li></ul>"
        f"<blockquote><p>We are patient people.</p></blockquote><p>{TWO}</p><p>“No.”</p><p>{THREE}</p>"
    )
    assert texts(article(inside)) == [
        ONE,
        "Cars cross at the mill, two miles up the river.",
        "Walkers take the ferry.",
        "We are patient people.",
        TWO,
        "“No.”",
        THREE,
    ]


@pytest.mark.parametrize(("below", "parted"), [("", False), ("<p>Ann Field</p>", True)])
def test_an_introduction_above_the_column_is_parted_from_it_by_a_byline(*, below: str, parted: bool) -> None:
    lead = "For the first time in sixty years nobody may cross the river on foot, and the mill is the reason."
    found = body(
        f'<article><header><h1>Old bridge closes</h1><div class="x1"><p>{lead}</p></div>{below}</header>'
        f'<div class="x2">{STORY}</div></article>',
        headline="Old bridge closes",
    )
    assert [block.text for block in found.blocks] == ([] if parted else [lead]) + PARAGRAPHS
    assert found.introduction == (lead if parted else None)


def test_a_quoted_post_is_kept_and_a_pull_quote_is_not() -> None:
    post = '<div class="embedded"><blockquote><p>Walked over it one last time tonight.</p></blockquote></div>'
    pull = (
        '<div class="big"><blockquote>“We had hoped for autumn,” said the engineer, who has worked</blockquote></div>'
    )
    assert texts(article(f"<p>{ONE}</p>{post}<p>{TWO}</p>{pull}<p>{THREE}</p>")) == [
        ONE,
        "Walked over it one last time tonight.",
        TWO,
        THREE,
    ]


def test_a_list_of_stories_longer_than_the_story() -> None:
    card = (
        '<li><h3><a href="/{0}">Story number {0} about the harbour and its cranes</a></h3><p>The cranes of the harbour '
        "have been painted for the {0}th time, and again it was done at night, when nobody works there.</p></li>"
    )
    cards = "".join(map(card.format, range(20)))
    page = f'<main><h1>Bridge</h1><div class="c"><p>{ONE}</p><p>{TWO}</p></div><ul>{cards}</ul></main>'
    assert texts(page) == [ONE, TWO]


def test_nothing_above_the_headline_but_a_headline_may_be_repeated_below() -> None:
    ticker = "<p>The ferry is late again today, and nobody in the harbour knows the reason for it yet.</p>"
    page = f'<div><div class="x">{ticker}</div><h1>Old bridge closes</h1><div class="t">{STORY}</div></div>'
    assert texts(page, headline="Old bridge closes") == PARAGRAPHS
    page = f'<div class="t">{STORY}</div><h3>Old bridge closes</h3><p>Share</p>'
    assert texts(page, headline="Old bridge closes") == PARAGRAPHS


def test_the_next_story_of_an_endless_page_is_not_this_one() -> None:
    late = "<p>The ferry, number {} of the fleet, is late again, and nobody knows the reason for it.</p>"
    long = "".join(map(late.format, range(9)))
    page = (
        f'<div><h1>Old bridge closes</h1><div class="author">Ann Field</div><div class="t">{STORY}</div></div>'
        f'<div><h1>The ferry is late again</h1><div class="author">Bo Lund</div><div class="t">{long}</div></div>'
    )
    assert texts(page, headline="Old bridge closes") == PARAGRAPHS


def test_a_class_that_speaks_of_something_else_does_not_lose_the_story() -> None:
    for names in (
        "article-ads-wrapper",
        "layout-with-sidebar",
        "sidebar-grid",
        "comments-enabled",
        "print:hidden",
        "has-related",
    ):
        assert texts(f'<div class="{names}"><h1>Bridge</h1>{STORY}</div>') == PARAGRAPHS


def test_a_story_in_several_boxes_of_one_class() -> None:
    page = (
        f'<div><div class="block"><p>{ONE}</p><p>{TWO}</p></div><div class="ad-slot">Advertisement</div>'
        f'<div class="block"><p>{THREE}</p></div><div class="offer">Members only. Log in. Help. Contact.</div></div>'
    )
    assert texts(page) == PARAGRAPHS


def test_the_pages_own_data_tells_the_story_from_its_neighbours() -> None:
    stated = json.dumps({"@type": "NewsArticle", "headline": "Bridge", "articleBody": "\n\n".join(PARAGRAPHS)})
    other = "".join(f"<p>Another story of the day, number {n}, is told here without a link.</p>" for n in range(5))
    page = f'<div><div class="a">{STORY}</div><div class="b">{other}</div><p>Terms</p><p>Help</p><p>Contact</p></div>'
    assert len(texts(page)) == 8
    assert texts(page, head=f'<script type="application/ld+json">{stated}</script>') == PARAGRAPHS


def test_a_body_that_only_the_data_has() -> None:
    long = [f"{sentence} Number {n}." for n in range(4) for sentence in PARAGRAPHS]
    stated = json.dumps({"@type": "NewsArticle", "headline": "Bridge", "articleBody": "\n\n".join(long)})
    found = body(f"<h1>Bridge</h1><p>{ONE}</p>", head=f'<script type="application/ld+json">{stated}</script>')
    assert [block.text for block in found.blocks] == long
    assert found.rule == "json-ld: NewsArticle.articleBody"


def test_a_body_that_only_script_state_has() -> None:
    caption = f'<div class="caption"><p>{"A caption, not a paragraph. " * 4}</p></div>'
    html = f"<p>{ONE}</p><h3>Spring</h3><p>{TWO}</p>{caption}<p>{THREE}</p>"
    inner = json.dumps({"article": {"title": "Bridge", "content": html}})
    script = f"self.state.push({json.dumps([1, inner])})".replace("<", "\\u003c")
    found = body(f"<h1>Bridge</h1><div id='app'></div><script>{script}</script>")
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("paragraph", ONE),
        ("subhead", "Spring"),
        ("paragraph", TWO),
        ("paragraph", THREE),
    ]
    assert found.rule == "script state"


def test_nothing_is_made_up_where_there_is_no_story() -> None:
    for page in (
        "",
        "<h1>404</h1><p>Not found</p>",
        '<ul><li><a href="/1">One</a></li><li><a href="/2">Two</a></li></ul>',
    ):
        assert body(page).blocks == []


def test_a_described_paper_names_its_container_and_what_to_drop() -> None:
    page = (
        f'<div class="heavy">{"<p>Words of another box, of which there are a great many on this page.</p>" * 30}</div>'
        f'<section class="story "><p>{ONE}</p><p class="house">Our house has stood for fifty years</p><p>{TWO}</p>'
        '<div class="next"><p>The next story is about the ferry, which is late again.</p></div></section>'
    )
    layout = Layout(body=("section.story",), drop=(".next",), drop_text=("Our house .*",))
    found = body(page, layout=layout)
    assert [block.text for block in found.blocks] == [ONE, TWO]
    assert found.rule == "layout: section.story"


def test_a_layout_that_no_longer_fits_falls_back_to_the_generic_reading() -> None:
    assert texts(article(STORY), layout=Layout(body=("div.no-such-box",))) == PARAGRAPHS
    assert texts(article(STORY), layout=Layout(body=("div.ticker",))) == PARAGRAPHS


def test_a_described_story_in_two_places_is_read_to_its_end_and_what_lies_far_below_is_not() -> None:
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(200))
    page = f'<div class="part"><p>{ONE}</p></div><ul>{menu}</ul><div class="part"><p>{TWO}</p></div><ul>{menu}</ul>'
    found = body(page, layout=Layout(body=("div.part",)))
    assert [block.text for block in found.blocks] == [ONE, TWO]
    assert 202 < len(found.page.lines) < 300


def test_a_page_whose_described_place_is_empty_is_read_to_its_end() -> None:
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(200))
    assert (
        texts(f'<div class="part"></div><ul>{menu}</ul>{article(STORY)}', layout=Layout(body=("div.part",)))
        == PARAGRAPHS
    )


HOUSE_RULES = (
    "<p>Whoever writes here agrees that what is written may be shortened, moved or taken away by the house.</p>"
    "<ul><li>Nobody is called names, and nobody sells anything to anybody in this place.</li></ul>"
    "<p>Whoever does not keep to this is asked to leave, and may come back when the moon is new again.</p>"
    "<p>The house reads everything that is written, most of it twice, and some of it aloud to the cat.</p>"
)


@pytest.mark.parametrize("heading", ["Comments", "12 comments", "Leave a reply", "Kommentare", "發表意見", "댓글 3"])
def test_a_box_under_a_heading_of_comments_is_no_story_whatever_its_class(heading: str) -> None:
    page = f"<main><h1>Old bridge closes</h1><div class='x1'>{STORY}</div></main>"
    page += f"<section class='x2'><header><h4>{heading}</h4></header><div class='x3'>{HOUSE_RULES}</div></section>"
    assert texts(page, headline="Old bridge closes") == PARAGRAPHS


def test_the_next_story_of_an_endless_page_is_known_by_its_date() -> None:
    page = f"<div><div class='x1'><h1>Old bridge closes</h1><div class='x2'>{STORY}</div></div>"
    page += f"<div><div><h1>The cat that reads letters</h1><i>2 March 2026</i></div>{HOUSE_RULES * 3}</div></div>"
    assert texts(page, headline="Old bridge closes") == PARAGRAPHS


def test_a_stated_body_that_is_a_summary_does_not_belittle_the_rest() -> None:
    points = "".join(f"<li>{point}</li>" for point in (ONE, TWO))
    rest = "".join(
        f"<p>{ordinal} pier was measured by a diver, who wrote down what was seen and came up for lunch.</p>"
        for ordinal in ("The first", "The second", "The third", "The fourth", "The fifth", "The sixth")
    )
    state = json.dumps({"@type": "NewsArticle", "headline": "Old bridge closes", "articleBody": f"{ONE} {TWO}"})
    head = f'<script type="application/ld+json">{state}</script>'
    teasers = "".join(
        f"<ul><li><a href='/{n}'>The cat that reads the letters of others</a></li></ul>" for n in range(9)
    )
    page = f"<h1>Old bridge closes</h1><div><ul class='points'>{points}</ul><div>{rest}{teasers}</div></div>"
    assert len(texts(page, head=head, headline="Old bridge closes")) >= 6


@pytest.mark.parametrize(
    "box", ["<div><img src='/pier.jpg'><div>{}</div></div>", "<div><div><img src='/pier.jpg'></div>{}</div>"]
)
def test_the_text_that_shares_a_box_with_a_picture_is_its_caption(box: str) -> None:
    caption = "The third pier, which was measured by a diver in the first week of March and found to be whole."
    more = "Nobody in the town remembers a spring without the bridge, and nobody wants to see another one."
    found = body(f"<div>{box.format(caption)}{STORY.replace('p>', 'div>')}<div>{more}</div></div>")
    assert [block.text for block in found.blocks] == [*PARAGRAPHS, more]
    assert [found.page.lines[n].text for n in found.captions] == [caption]


def test_where_every_paragraph_has_a_picture_they_are_no_captions() -> None:
    cards = "".join(f"<div><img src='/{n}.jpg'><div>{text}</div></div>" for n, text in enumerate(PARAGRAPHS))
    assert texts(f"<div>{cards}</div>") == PARAGRAPHS


def test_letters_in_the_middle_of_a_made_up_class_name_say_nothing() -> None:
    subhead = '<div><h2 class="sc-f98b1ad2-0 wYOdD">Nobody has tested them</h2></div>'
    advert = '<p class="top-ad">The bell foundry casts bells for every harbour, and delivers them free in spring.</p>'
    kept = texts(f"<article><p>{ONE}</p><p>{TWO}</p>{subhead}<p>{THREE}</p>{advert}<p>{ONE[:-1]} again.</p></article>")
    assert kept == [ONE, TWO, "Nobody has tested them", THREE, f"{ONE[:-1]} again."]
