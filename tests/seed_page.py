"""Sets the text of a World Journal page in the site's markup, in one of many ways that such a page may be built."""

from __future__ import annotations

import html
import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

NAME = "worldjournal-9334434"
URL = "https://www.worldjournal.com/wj/story/124277/9334434"


@dataclass(frozen=True)
class Text:
    date: str
    channels: list[str]
    breaking: list[str]
    headline: str
    byline: str
    player: list[str]
    caption: str
    paragraphs: list[str]  # the house slogan last
    tags: list[str]
    previous: str
    related: list[str]
    hot: list[tuple[str, str, str]]  # caption, title, time
    popular: list[str]


def load(reference: Path) -> tuple[Text, dict]:
    """The text of the page and its fields as read by hand."""
    folder = reference / "seed"
    lines = [line.strip() for line in (folder / f"{NAME}.txt").read_text("utf-8").splitlines() if line.strip()]
    at = {name: lines.index(name) for name in ("快訊", "聽新聞", "上一則", "延伸閱讀", "熱門新聞", "超人氣")}
    date, channels = re.fullmatch(r"date (\S+) (.*)", lines[0]).groups()  # type: ignore[union-attr]
    *breaking, headline, byline = lines[at["快訊"] + 1 : at["聽新聞"]]
    player = lines[at["聽新聞"] : at["聽新聞"] + 3]
    caption, again, *paragraphs, tags = lines[at["聽新聞"] + 3 : at["上一則"]]
    assert caption == again
    hot = lines[at["熱門新聞"] + 1 : at["超人氣"]]
    text = Text(
        date=date,
        channels=[channels, *lines[1 : at["快訊"]]],
        breaking=breaking,
        headline=headline,
        byline=byline,
        player=player,
        caption=caption,
        paragraphs=paragraphs,
        tags=tags.split(),
        previous=lines[at["上一則"] + 1],
        related=lines[at["延伸閱讀"] + 1 : at["熱門新聞"] : 2],
        hot=list(zip(hot[0::3], hot[1::3], hot[2::3], strict=True)),
        popular=lines[at["超人氣"] + 2 :: 2],
    )
    return text, json.loads((folder / f"{NAME}.gold.json").read_text("utf-8"))


@dataclass(frozen=True, kw_only=True)
class Form:
    """How the page is built."""

    classes: Literal["site", "trailing blanks", "random", "none"] = "site"
    seed: int = 0  # of the random class names
    nested: int = 0  # how many divs are wrapped around each block
    json_ld: Literal["object", "list", None] = "object"
    lists: Literal["cards", "one link", "flat", "definitions", "no links"] = "cards"
    headings: str = "h2"
    tag_links: bool = True  # the words of the tags are links where they stand in the prose
    caption_cut: bool = False  # the picture's description is the caption, cut


def page(text: Text, form: Form) -> str:
    """The page as HTML."""
    builder = _Builder(text, form)
    markup = builder.document()
    if form.classes == "trailing blanks":
        markup = re.sub(r'class="([^"]+)"', r'class=" \1  "', markup)
    elif form.classes == "none":
        markup = re.sub(r' class="[^"]*"', "", markup)
    elif form.classes == "random":
        rng = random.Random(form.seed)
        names: dict[str, str] = {}

        def rename(match: re.Match[str]) -> str:
            new = [
                names.setdefault(name, "".join(rng.choices("bcdfghjkmnpqrstvwxz", k=7))) for name in match[1].split()
            ]
            return f'class="{" ".join(new)}"'

        markup = re.sub(r'class="([^"]*)"', rename, markup)
    return markup


class _Builder:
    def __init__(self, text: Text, form: Form) -> None:
        self.text, self.form = text, form
        self.story = 9330000

    def document(self) -> str:
        text = self.text
        editor = "".join([self.figure(), *map(self.paragraph, text.paragraphs), self.keywords(), self.neighbours()])
        blocks = [
            self.block("channel", self.channels()),
            self.block(
                "breaking", self.heading("快訊") + self.listing("breaking", [(None, t, None) for t in text.breaking])
            ),
            f'<h1 class="article-content__title">{text.headline}</h1>',
            self.block(
                "article-content__subinfo",
                f'<section class="authors"><span class="article-content__author">{text.byline}</span></section>',
            ),
            self.block("player", "".join(f"<div>{line}</div>" for line in text.player)),
            self.block("article-content__paragraph", f'<section class="article-content__editor">{editor}</section>'),
            self.block(
                "extend", self.heading("延伸閱讀") + self.listing("extend", [(t, t, None) for t in text.related])
            ),
            self.block("hot", self.heading("熱門新聞") + self.listing("hot", text.hot)),
            self.block(
                "rank", self.heading("超人氣", more=True) + self.listing("rank", [(t, t, None) for t in text.popular])
            ),
            self.block(
                "cookie",
                "<p>本網站使用相關技術提供更好的閱讀體驗，同時尊重使用者隱私。</p>"
                "<p>We use cookies to improve your reading experience.</p><button>我知道了</button>",
            ),
        ]
        return (
            '<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8">'
            f"<title>{html.escape(text.headline)} | 世界新聞網</title>{self.metadata()}</head>"
            f'<body><main class="article">{"".join(blocks)}</main></body></html>'
        )

    def metadata(self) -> str:
        text, keywords = self.text, ",".join(self.text.tags)
        meta = (
            f'<link rel="canonical" href="{URL}">'
            f'<meta property="og:title" content="{html.escape(text.headline)} | 世界新聞網">'
            f'<meta name="date" content="{text.date}"><meta name="news_keywords" content="{keywords}">'
        )
        if self.form.json_ld is None:
            return meta
        data: object = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": text.headline,
            "datePublished": f"{text.date}T05:00:00-05:00",
            "dateModified": f"{text.date}T05:00:00-05:00",
            "keywords": text.tags,
            "description": text.paragraphs[0][:60] + "\n",
        }
        if self.form.json_ld == "list":
            data = [data]
        raw = json.dumps(data, ensure_ascii=False).replace(
            "\\n", "\n"
        )  # a raw control character, as the site prints it
        return f'{meta}<script type="application/ld+json">{raw}</script>'

    def block(self, name: str, inner: str) -> str:
        opening = "".join(f'<div class="layer-{depth}">' for depth in range(self.form.nested))
        return f'{opening}<div class="{name}">{inner}</div>{"</div>" * self.form.nested}'

    def heading(self, words: str, more: bool = False) -> str:
        tag = self.form.headings
        heading = f'<{tag} class="heading">{words}</{tag}>'
        if more and self.form.lists == "no links":
            return f'<div class="bar">{heading}<span>更多 &gt;</span></div>'
        return f'<div class="bar">{heading}<a href="/wj/rank">更多 &gt;</a></div>' if more else heading

    def channels(self) -> str:
        first, *rest = self.text.channels
        entries = "".join(f"<li>{line.removeprefix('* ')}</li>" for line in rest)
        return f"<span>{first}</span><ul>{entries}</ul>"

    def figure(self) -> str:
        caption = html.escape(self.text.caption)
        alt = f"{caption[:40]}..." if self.form.caption_cut else caption
        original = "https://uc.udn.com.tw/photo/wj/realtime/2026/02/19/1.jpg"
        address = f"https://pgw.worldjournal.com/gw/photo.php?u={original}&x=0&w=800"
        again = "" if self.form.caption_cut else f"<p>{caption}</p>" if self.form.classes == "none" else ""
        return (
            f'<figure class="article-content__image" title="{alt}">{again}<picture>'
            f'<img data-src="{html.escape(address)}" alt="{alt}"></picture><figcaption>{caption}</figcaption></figure>'
        )

    def paragraph(self, words: str) -> str:
        words = html.escape(words)
        if self.form.tag_links:
            for tag in self.text.tags:
                link = f'<a class="tag" href="/search/tagging/8877/{tag}"><strong>{tag}</strong></a>'
                words = words.replace(tag, link, 1)
        return f"<p>{words}</p>\n"

    def keywords(self) -> str:
        links = "\n".join(f'<a href="/search/tagging/8877/{tag}">{tag}</a>' for tag in self.text.tags)
        return f'<div class="keywords">{links}</div>'

    def neighbours(self) -> str:
        if self.form.lists == "no links":
            return f'<section class="next-page"><div>上一則</div><div>{self.text.previous}</div></section>'
        address = self.address()
        link = f'<span>上一則</span><a href="{address}">{self.text.previous}</a>'
        if self.form.lists == "one link":
            link = f'<a href="{address}"><span>上一則</span><h4>{self.text.previous}</h4></a>'
        return f'<section class="next-page">{link}</section>'

    def address(self) -> str:
        self.story += 1
        return f"/wj/story/121468/{self.story}"

    def listing(self, name: str, rows: list[tuple[str | None, str, str | None]]) -> str:
        cards = [self.card(*row) for row in rows]
        match self.form.lists:
            case "cards" | "one link":
                return f'<ul class="{name}-list">{"".join(f"<li>{card}</li>" for card in cards)}</ul>'
            case "definitions":
                return f'<dl class="{name}-list">{"".join(f"<dd>{card}</dd>" for card in cards)}</dl>'
            case _:
                return "".join(cards)

    def card(self, caption: str | None, title: str, time: str | None) -> str:
        address = self.address()
        title = html.escape(title)
        printed = f'<span class="time">{time}</span>' if time else ""
        match self.form.lists:
            case "cards":
                if time:
                    picture = f'<figure><img alt="{title}"><figcaption>{caption}</figcaption></figure>'
                else:
                    picture = f'<img alt="{title}">{title}' if caption else ""
                first = f'<a href="{address}?from=wj_hot_story">{picture}</a>' if picture else ""
                return f'{first}<h3><a href="{address}">{title}</a></h3>{printed}'
            case "one link":
                inner = f"<div><img><span>{caption}</span></div>" if caption else ""
                return f'<a href="{address}">{inner}<div>{title}</div>{printed}</a>'
            case "definitions":
                before = f'<a href="{address}"><img alt="{title}"></a><div>{caption}</div>' if caption else ""
                return f'{before}<a href="{address}">{title}</a>{printed}'
            case "flat":
                before = f"<p>{caption}</p>" if caption and time else ""
                twice = f'<p><a href="{address}">{title}</a></p>' if caption and not time else ""
                return f'{before}{twice}<p><a href="{address}">{title}</a></p>{f"<p>{time}</p>" if time else ""}'
            case _:
                before = f"<p>{caption}</p>" if caption else ""
                return f"{before}<p>{title}</p>{f'<p>{time}</p>' if time else ''}"
