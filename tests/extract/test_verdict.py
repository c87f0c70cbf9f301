"""Pages with status 200 that are no article, or not all of one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive import extract_article
from newsarchive.extract import read
from newsarchive.extract.verdict import doubts
from newsarchive.page import Page, Source
from newsarchive.pipelines.normalize import normalize_reading

STORY = "<h1>The bell in the fog</h1>" + "".join(
    f"<p>The ferry crew said on day {n} that the missing bell was heard again, this time behind the fish market.</p>"
    for n in range(1, 13)
)


def verdict(html: str | bytes, *, truncated: bool = False) -> str | None:
    body = html.encode() if isinstance(html, str) else html
    page = Page(
        source=Source(name="harbourpost"), url="https://x.example/1", requested_url="https://x.example/1", status=200,
        headers=[], body=body, fetched_at=datetime(2026, 3, 10, tzinfo=UTC), truncated=truncated,
    )  # fmt: skip
    return normalize_reading(page, read(page.body, page.url))[1]


@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        (f"<html><body>{STORY}</body></html>", None),
        (f"<html><body>{STORY}", None),  # HTML needs no closing tags
        ("<html><title>Just a moment...</title><body><div id=cf-chl-widget></div></body></html>", "challenge"),
        (
            "<html><title>Access Denied</title><body><h1>Access Denied</h1><p>Reference 18.2</p></body></html>",
            "challenge",
        ),
        ("<html><title>安全验证</title><body><p>请完成下方验证后继续访问。</p></body></html>", "challenge"),
        ("<html><body><div class='g-recaptcha'></div></body></html>", "challenge"),
        ("<html><body><h1>Log in</h1><form><input name=u><input type=password></form></body></html>", "challenge"),
        ("<html><title>會員登入</title><body><form><input type='password'></form></body></html>", "challenge"),
        ("<html><body><p>No headline and hardly a text.</p></body></html>", "unreadable"),
        ("<html><body><h1>The bell in the fog</h1><video src=x.mp4></video></body></html>", "unreadable"),
        ("", "unreadable"),
        (f"<html><body>{STORY}<p>The bell was fi", "truncated"),
        (f"<html><body>{STORY}<a class='more", "truncated"),
        (f"<html><body>{STORY}<script>var a = [1,2</p>", "truncated"),
    ],
)
def test_outcomes(html: str, outcome: str | None) -> None:
    assert verdict(html) == outcome


def test_an_article_with_a_login_form_and_a_captcha_is_an_article() -> None:
    extras = "<form><h2>Log in</h2><input type=password></form><div class=g-recaptcha></div>"
    assert verdict(f"<html><body>{STORY}{extras}</body></html>") is None


def test_a_connection_that_broke_is_truncated_whatever_the_page_says() -> None:
    assert verdict(f"<html><body>{STORY}</body></html>", truncated=True) == "truncated"


def test_a_paid_story_counts_by_what_was_sent() -> None:
    mark = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    teaser = "".join(STORY.split("</p>")[0:3]) + "</p>"
    assert verdict(f"<html><head>{mark}</head><body>{teaser}</body></html>") == "paywalled"
    whole = STORY + STORY.replace("fish", "fruit").replace("<h1>The bell in the fog</h1>", "")
    assert verdict(f"<html><head>{mark}</head><body>{whole}</body></html>") is None


def test_words_that_ask_to_pay_count_where_a_reader_sees_them_under_the_headline() -> None:
    teaser, notice = "".join(STORY.split("</p>")[0:3]) + "</p>", "<div>Subscribe to continue reading</div>"
    assert verdict(f"<html><body>{teaser}{notice}</body></html>") == "paywalled"
    assert verdict(f"<html><body>{teaser}<script>var wall = '{notice}'</script></body></html>") is None
    assert verdict(f"<html><body><header>{notice}</header>{teaser}</body></html>") is None
    chinese = "<h1>霧中的鐘聲又響了</h1>" + "<p>渡輪船員表示，失蹤的鐘昨天又在魚市場後面響起，沒有人看見它。</p>" * 3
    page = f"<html><meta charset=big5><body>{chinese}<div>訂閱後閱讀全文</div></body></html>"
    assert verdict(page.encode("big5")) == "paywalled"


def test_a_date_in_the_future_is_doubted() -> None:
    html = f"<html><meta property='article:published_time' content='2031-01-01T10:00:00Z'><body>{STORY}</body></html>"
    page = Page(
        source=Source(name="x"), url="https://x.example/1", requested_url="https://x.example/1", status=200, headers=[],
        body=html.encode(), fetched_at=datetime(2026, 3, 10, tzinfo=UTC),
    )  # fmt: skip
    article = extract_article(html, page.url)
    assert doubts(page, article) == ["published in the future: 2031-01-01T10:00:00Z (fetched 2026-03-10)"]
