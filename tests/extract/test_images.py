"""Pictures and captions on pages of our own sentences: which belong to the story, and what stands under them."""

from __future__ import annotations

import json

import pytest

from newsarchive.extract.body import read_body
from newsarchive.extract.document import parse
from newsarchive.extract.document.structured import structured
from newsarchive.extract.images import Pictures, read_images
from newsarchive.extract.layout import Layout
from newsarchive.reading import Picture

ONE = "<p>The old bridge over the river is closed from today on, the town council said in the evening.</p>"
TWO = "<p>It opens again in spring, when the new deck is in place and the lamps have been tested twice.</p>"
HEADLINE = "Old bridge closes"


def read(inside: str, *, head: str = "", layout: Layout | None = None) -> Pictures:
    page = f"<html><head>{head}</head><body>{inside}</body></html>"
    document = parse(page, "https://paper.example/story")
    data = structured(document)
    body = read_body(document, data, headline=HEADLINE, layout=layout)
    return read_images(document, data, body, layout=layout)


def story(between: str, above: str = "") -> str:
    return f"<main><h1>{HEADLINE}</h1>{above}<div class='text'>{ONE}{between}{TWO}</div></main>"


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        ("<figure>{}<figcaption>The bridge at dawn.</figcaption></figure>", "The bridge at dawn.", None),
        (
            "<figure>{}<figcaption>The bridge at dawn. <span class='credit'>Ann Field/AP</span></figcaption></figure>",
            "The bridge at dawn.",
            "Ann Field/AP",
        ),
        (
            "<figure>{}<figcaption><p>The bridge at dawn.</p><cite>Photo: A. Field</cite></figcaption></figure>",
            "The bridge at dawn.",
            "Photo: A. Field",
        ),
        (
            "<figure>{}<div class='img-copyright'>© A. Field</div><div class='caption'>At dawn.</div></figure>",
            "At dawn.",
            "© A. Field",
        ),
        (
            "<figure>{}<button>Enlarge</button><span class='count'>2</span><figcaption>At dawn.</figcaption></figure>",
            "At dawn.",
            None,
        ),
        (
            "<button>{}<figcaption class='fig-caption'>The bridge at dawn.</figcaption></button>",
            "The bridge at dawn.",
            None,
        ),
        (
            "<div class='wp-caption'>{}<p class='wp-caption-text'>The bridge at dawn.</p></div>",
            "The bridge at dawn.",
            None,
        ),
        (
            "<div class='photo'>{}<span>At dawn, from the old mill.</span></div>",
            "At dawn, from the old mill.",
            None,
        ),
        ("<div>{}</div><div>At dawn, from the old mill.</div>", "At dawn, from the old mill.", None),
        (
            "<p>{}</p><p>▲清晨的老橋，遠處是磨坊。（圖／記者王大明攝）</p>",
            "▲清晨的老橋，遠處是磨坊。（圖／記者王大明攝）",
            None,
        ),
        ("<p>{}</p><p>清晨的老桥。新河日报记者 王大明 摄</p>", "清晨的老桥。新河日报记者 王大明 摄", None),
        (
            "<p>{}<br>清晨的老桥，远处是磨坊和新的码头。 王大明/摄</p>",
            "清晨的老桥，远处是磨坊和新的码头。 王大明/摄",
            None,
        ),
        ("<p>{}</p><p>施工現場</p>", "施工現場", None),
        (
            "<figure>{}<div class='caption'>At dawn. <b class='hide-caption'>hide caption</b></div></figure>",
            "At dawn.",
            None,
        ),
        (
            "<figure>{}<div data-c-caption='The bridge at dawn.' data-c-credit='Ann Field'></div></figure>",
            "The bridge at dawn.",
            "Ann Field",
        ),
        ("<div class='v'>{}<div>See the bridge that nobody crosses</div><div>02:14</div></div>", None, None),
        ("<div class='v'>{}<span>See the bridge that nobody crosses</span> <span>02:14</span></div>", None, None),
        ("<figure>{}<div class='caption'>View 6 Images</div></figure>", None, None),
        ("<figure>{}<figcaption>/Getty Images/iStockphoto</figcaption></figure>", None, None),
        ("{}", None, None),
    ],
)
def test_caption_and_credit(markup: str, caption: str | None, credit: str | None) -> None:
    found = read(story(markup.format('<img src="/b.jpg" width="800">')))
    assert found.pictures == [Picture(url="/b.jpg", caption=caption, credit=credit)]
    assert found.rule == "pictures beside the story"


def test_the_picture_above_the_story_is_the_first() -> None:
    lead = "<figure><img src='/lead.jpg'><figcaption>The mill.</figcaption></figure>"
    found = read(story("<figure><img src='/b.jpg'></figure>", lead))
    assert [(picture.url, picture.caption) for picture in found.pictures] == [
        ("/lead.jpg", "The mill."),
        ("/b.jpg", None),
    ]
    assert found.lead is not None
    assert found.lead.value == "/lead.jpg"


@pytest.mark.parametrize(
    "strange",
    [
        "<div class='related'><figure><a href='/2'><img src='/r.jpg'><figcaption>Ferry</figcaption></a></figure></div>",
        "<div><a href='/2'><img src='/r.jpg'><span>A ferry is on its way to the town at last</span></a></div>",
        "<ul><li><div><img src='/r.jpg'></div><a href='/2'>A ferry is on its way to the town at last</a></li></ul>",
        "<aside><img src='/app-of-the-paper.jpg'></aside><img src='/img/theApp/appIcon.png'>",
        "<div class='author-bio'><img src='/ann.jpg'><p>Ann Field writes about bridges.</p></div>",
        "<img src='/icons/logo.svg'><img src='/pixel.gif?1'><img src='/a.jpg' width='40' height='40'>",
        "<img src='/img/share.png'><img src='/img/harbourlogo2.gif?v=3'><img src='/img/next_page.jpg'>",
        "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>",
        "<figure><blockquote>We are patient people.</blockquote><figcaption>The mayor</figcaption></figure>",
        "<figure><h4>The bridge</h4><ul><li>Built: 1911</li><li>Length: 88 metres</li></ul></figure>",
        "<figure><figcaption>Text: Ann Field</figcaption></figure>",
        "<figure><figcaption>Sign up for our newsletter and get it into your inbox today</figcaption></figure>",
    ],
)
def test_what_is_no_picture_of_the_story(strange: str) -> None:
    assert read(story(strange)).pictures == []


@pytest.mark.parametrize("emblem", ["/img/opengraph_default.jpg", "/img/harbour-logo.png", "/share2023.png"])
def test_what_stands_for_a_picture_is_no_lead_image(emblem: str) -> None:
    head = f"<meta property='og:image' content='{emblem}'>"
    found = read(story("<img src='/bridge.jpg'>"), head=head)
    assert found.lead is not None
    assert found.lead.value == "/bridge.jpg"
    assert read(story(""), head=head) == Pictures([])


def test_emblems_and_buttons_beside_the_story_are_no_pictures_of_it() -> None:
    emblem = "<header><a href='https://paper.example/'><img src='/paper.png'></a></header>"
    buttons = "<div class=foot><img src='/shop.png'></div>"
    lead = f"<div>{emblem}<img src='/lead.jpg'></div>"
    page = f"<main><h1>{HEADLINE}</h1>{lead}<div>{ONE}{TWO}{TWO}</div></main>"
    assert [picture.url for picture in read(page + buttons).pictures] == ["/lead.jpg"]


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="/true.jpg">', "/true.jpg"),
        ('<img src="/blank.gif" data-original="https://img.example/true.jpg">', "https://img.example/true.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg 320w, /l.jpg 1280w, /m.jpg 640w">', "/l.jpg"),
        ('<picture><source srcset="/l.webp 2x, /s.webp 1x"><img alt="x"></picture>', "/l.webp"),
        ('<amp-img src="/amp.jpg"></amp-img>', "/amp.jpg"),
        ('<img src=" /blanks.jpg ">', "/blanks.jpg"),
        ('<img src="/2024/customer-loading-a-truck.jpg?w=9">', "/2024/customer-loading-a-truck.jpg?w=9"),
        ('<img src="/button.png" data-src="/16-inch-arrow-keys-l.jpg">', "/16-inch-arrow-keys-l.jpg"),
    ],
)
def test_the_address_of_a_picture(image: str, address: str) -> None:
    assert [picture.url for picture in read(story(f"<figure>{image}</figure>")).pictures] == [address]


def test_each_picture_once_with_its_caption() -> None:
    twice = "<figure><img src='/b.jpg'></figure><figure><img src='/b.jpg'><figcaption>At dawn.</figcaption></figure>"
    assert read(story(twice)).pictures == [Picture(url="/b.jpg", caption="At dawn.")]


def test_the_caption_of_a_picture_may_stand_in_the_link_that_opens_it() -> None:
    photo = "<a href='/large.jpg?1'><img src='/b.jpg'><span class='d'>The bridge, seen from the old mill.</span></a>"
    found = read(story(f"<div class='photo'>{photo}</div>")).pictures
    assert [(picture.url, picture.caption) for picture in found] == [("/b.jpg", "The bridge, seen from the old mill.")]


def test_a_gallery_in_one_figure_has_a_caption_for_each_picture() -> None:
    slide = (
        "<div class='slide'><img src='/{0}.jpg'><div class='desc'>The bridge in {0}, seen from the mill.</div></div>"
    )
    gallery = f"<figure><figure>{slide.format(1911)}{slide.format(2025)}<span>1/2</span></figure></figure>"
    assert [(picture.url, picture.caption) for picture in read(story(gallery)).pictures] == [
        ("/1911.jpg", "The bridge in 1911, seen from the mill."),
        ("/2025.jpg", "The bridge in 2025, seen from the mill."),
    ]


def test_the_lead_image_that_the_data_states() -> None:
    node: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "image": {"url": "https://p.example/x.jpg", "caption": "At dawn."},
    }
    node["image"] = {"url": "https://p.example/x.jpg", "caption": "At dawn."}
    found = read(story(""), head=f'<script type="application/ld+json">{json.dumps(node)}</script>')
    assert found.pictures == [Picture(url="https://p.example/x.jpg", caption="At dawn.")]
    assert found.lead is not None
    assert (found.lead.value, found.lead.rule) == ("https://p.example/x.jpg", "json-ld: image")
    found = read(story(""), head='<meta property="og:image" content="https://p.example/og.jpg">')
    assert found.lead is not None
    assert found.lead.rule == "meta: og:image"


def test_a_described_paper_names_its_pictures() -> None:
    page = story("<section class='pic'><img data-src='/b.jpg'><em>At dawn.</em></section>")
    found = read(page, layout=Layout(images=("section.pic",)))
    assert found.pictures[0] == Picture(url="/b.jpg", caption="At dawn.")
    assert found.rule == "layout: section.pic"
