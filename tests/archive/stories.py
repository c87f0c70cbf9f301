"""Stories as a crawl would bring them, each field to be set apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from newsarchive.article import Article, Author, Image, Moment, RelatedLink
from newsarchive.extract.layout import Layout
from newsarchive.normalize.fingerprint import text_digest
from newsarchive.page import Capture, Miss, Outcome, Page, Source, Story

PAPER = Source(
    name="morgenblatt", title="晨報", home_url="https://www.morgen.example/", language="zh-Hant", timezone="Asia/Taipei"
)
OTHER = Source(name="abend.example", title="Abend")
LAYOUT = Layout(story=r"/story/(?P<category>\d+)/(?P<id>\d+)", timezone="Asia/Taipei")
NOON = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
BODY = "市立動物園的小熊貓昨晚跑出柵欄。\n\n管理員說，牠在販賣部睡著了。"


def day(number: int) -> datetime:
    return NOON + timedelta(days=number)


def address(story_id: int | str, category: int = 10) -> str:
    return f"https://www.morgen.example/story/{category}/{story_id}"


def moment(at: datetime = NOON, **kwargs: Any) -> Moment:
    given = {"date": f"{at:%Y-%m-%d}", "raw": f"{at:%Y-%m-%d %H:%M}", "zone": "Asia/Taipei", "basis": "site_zone"}
    return Moment(**{"utc": at, **given, "precision": "minute", **kwargs})


def story(
    story_id: int | None = 1,
    *,
    at: datetime = NOON,
    url: str | None = None,
    requested: str | None = None,
    source: Source = PAPER,
    outcome: Outcome | None = None,
    status: int = 200,
    capture: Capture | None = None,
    **fields: Any,
) -> Story:
    url = url or address(story_id or "x")
    article = Article(
        **{
            "url": url,
            "canonical_url": url,
            "external_id": None if story_id is None else str(story_id),
            "headline": f"小熊貓出走 第{story_id}夜",
            "byline": "記者林小川、陳大樹／台北報導",
            "authors": [Author("林小川", "記者"), Author("陳大樹", "記者")],
            "place": "台北",
            "kind": "報導",
            "published": moment(),
            "body": BODY + f"\n\n編號{story_id}。",
            "images": [Image(url="https://img.morgen.example/1.jpg", caption="小熊貓在販賣部", credit="動物園")],
            "tags": ["動物園", "小熊貓"],
            "section": "地方",
            "language": "zh-Hant",
            "rules": {"headline": "layout"},
            **fields,
        }
    )
    layout = LAYOUT if source is PAPER else None
    page = Page(
        source=source, url=url, requested_url=requested or url, status=status, headers=[], body=b"", fetched_at=at,
        layout=layout, capture=capture,
    )  # fmt: skip
    return Story(page=page, article=article, outcome=outcome, text_digest=text_digest(article.body))


def capture(
    offset: int, *, url: str | None = None, at: datetime = NOON, status: int = 200, digest: str = ""
) -> Capture:
    return Capture(
        url=url or address(1), fetched_at=at, http_status=status, content_type="text/html",
        digest=f"sha256:{digest or offset}", warc_file="morgen-1.warc.gz", warc_offset=offset, warc_length=100,
    )  # fmt: skip


def miss(outcome: Outcome, *, at: datetime = NOON, url: str | None = None, **fields: Any) -> Miss:
    return Miss(source=PAPER, url=url or address(1), outcome=outcome, visited_at=at, reason=f"{outcome}!", **fields)


def link(story_id: int, kind: str = "related", category: int = 10, **fields: Any) -> RelatedLink:
    return RelatedLink(kind=kind, title=f"第{story_id}則", url=address(story_id, category), **fields)  # type: ignore[arg-type]
