"""When it was published and modified: raw, instant, zone, basis and precision, through whole pages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newsarchive import Article, extract_article
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.layout import Layout
from newsarchive.extract.zone import press_zone
from newsarchive.page import Listing

CHINESE = "".join(
    f"<p>渡輪公司第{n}天表示，失蹤的銅鐘再度響起，這一次是在魚市場後面，附近居民說聲音比從前低沉。</p>"
    for n in range(1, 7)
)
GERMAN = "".join(
    f"<p>Am {n}. Tag meldete die Reederei, dass die Glocke wieder zu hören war, nun hinter dem Fischmarkt.</p>"
    for n in range(1, 7)
)


def read(
    top: str = "",
    *,
    ld: dict[str, Any] | None = None,
    head: str = "",
    url: str = "https://www.hafenblatt.de/lokales/glocke-48213.html",
    text: str = GERMAN,
    lang: str = "de",
    **more: Any,
) -> Article:
    if ld is not None:
        head += f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **ld})}</script>'
    story = f"<h1>Die Glocke im Nebel 霧中的鐘</h1>{top}<article>{text}</article>"
    page = f"<html lang={lang}><head>{head}</head><body>{story}</body></html>"
    return extract_article(page, url, **more)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_a_stated_offset_is_believed() -> None:
    moment = read(ld={"datePublished": "2026-03-10T09:05:30+01:00"}).published
    assert moment is not None
    assert (moment.utc, moment.date) == (utc(2026, 3, 10, 8, 5, 30), "2026-03-10")
    assert (moment.basis, moment.precision, moment.raw) == ("stated_offset", "second", "2026-03-10T09:05:30+01:00")


def test_a_clock_without_a_zone_gets_the_one_that_another_statement_has() -> None:
    moment = read(
        ld={"datePublished": "2026-03-10 09:05:30.0"}, head="<meta name=date content='2026-03-10T09:05:30+01:00'>"
    ).published
    assert moment is not None
    assert (moment.utc, moment.basis) == (utc(2026, 3, 10, 8, 5, 30), "stated_offset")


def test_else_the_press_of_the_country_tells_and_it_is_marked_so() -> None:
    moment = read("<time>10.07.2026, 09:05 Uhr</time>").published
    assert moment is not None
    assert (moment.utc, moment.zone, moment.basis) == (utc(2026, 7, 10, 7, 5), "Europe/Berlin", "inferred")


def test_a_locale_that_says_the_language_twice_names_no_country() -> None:
    for locale, zone in (
        ("ar_AR", None),
        ("vi_VI", "Asia/Ho_Chi_Minh"),
        ("fr_FR", "Europe/Paris"),
        ("ar_MA", "Africa/Casablanca"),
    ):
        data = Structured(meta={"og:locale": [locale]})
        assert press_zone("https://paper.example.com/a", data, locale[:2]) == zone


def test_of_a_country_with_many_zones_nothing_is_inferred() -> None:
    moment = read(
        "<time datetime='2026-03-10 09:05'>today</time>", url="https://harbourpost.example/1", lang="en"
    ).published
    assert moment is not None
    assert (moment.utc, moment.date, moment.basis) == (None, "2026-03-10", "unknown")


def test_a_day_alone_is_completed_by_the_clock_beside_the_headline() -> None:
    moment = read(
        "<div class=info>2026年03月10日06:58 | 来源：港口网</div>",
        head="<meta name=publishdate content=2026-03-10>",
        url="https://www.gangkou.cn/n1/2026/0310/c1.html",
        text=CHINESE,
        lang="zh",
    ).published
    assert moment is not None
    assert (moment.utc, moment.precision) == (utc(2026, 3, 9, 22, 58), "minute")


def test_midnight_is_a_day_and_no_time() -> None:
    moment = read(
        "<time datetime='2026-03-10T11:20:00+01:00'></time>", ld={"datePublished": "2026-03-10T00:00:00+01:00"}
    ).published
    assert moment is not None
    assert moment.utc == utc(2026, 3, 10, 10, 20)


@pytest.mark.parametrize("stated", ["2026-03-10T14:30:00+00:00", "2026-03-10T14:30:00Z"])
def test_a_false_utc_is_seen_by_the_clock_on_the_page(stated: str) -> None:
    taiwan = {"url": "https://www.gangkou.tw/news/48213", "text": CHINESE, "lang": "zh-TW"}
    false = read("<div class=date>2026/03/10 14:30</div>", ld={"datePublished": stated}, **taiwan).published
    assert false is not None
    assert (false.utc, false.zone, false.basis, false.raw) == (
        utc(2026, 3, 10, 6, 30),
        "Asia/Taipei",
        "inferred",
        stated,
    )
    true = read("<div class=date>2026/03/10 22:30</div>", ld={"datePublished": stated}, **taiwan).published
    assert true is not None
    assert (true.utc, true.basis) == (utc(2026, 3, 10, 14, 30), "stated_offset")


def test_a_false_utc_is_seen_in_a_country_whose_press_prints_one_of_its_clocks() -> None:
    brazil = {"url": "https://www1.folhadoporto.com.br/2026/03/sino.shtml", "lang": "pt-BR"}
    for printed in ("<time datetime='2026-03-11 08:00:00'>11.mar.2026 às 8h00</time>", "<div>11.3.2026 às 8h00</div>"):
        moment = read(printed, ld={"datePublished": "2026-03-11T08:00:00Z"}, **brazil).published
        assert moment is not None
        assert (moment.utc, moment.zone) == (utc(2026, 3, 11, 11, 0), "America/Sao_Paulo")


def test_an_update_is_no_publication() -> None:
    article = read(
        "<div>最後更新：2026-03-11 08:00</div><div>2026-03-10 06:58</div>",
        url="https://g.tw/1",
        text=CHINESE,
        lang="zh",
    )
    assert article.published is not None
    assert article.published.utc == utc(2026, 3, 9, 22, 58)
    assert article.modified is not None
    assert article.modified.utc == utc(2026, 3, 11, 0, 0)


def test_times_of_other_stories_stay_out() -> None:
    other = "<aside class=related><time datetime='2020-01-01T10:00:00+01:00'>1.1.2020</time></aside>"
    assert read(other).published is None


def test_dates_in_prose_are_none_of_its_times() -> None:
    text = GERMAN.replace("<p>Am 1. Tag", "<p>Am 4. Mai 2011 um 10:00 Uhr", 1)
    assert read(text=text).published is None


def test_script_state_and_listing_are_the_last_witnesses() -> None:
    state = read(head='<script>window.__S={"publishTime":"2026-03-10 09:05:00"}</script>').published
    assert state is not None
    assert state.utc == utc(2026, 3, 10, 8, 5)
    epoch = read(head='<script>var ct = "1773133500";</script>').published
    assert epoch is not None
    assert (epoch.utc, epoch.raw, epoch.date) == (utc(2026, 3, 10, 9, 5), "1773133500", "2026-03-10")
    listing = Listing(
        url="https://x.de/1", found_in="https://x.de/s.xml", found_by="sitemap", published="2026-03-10T09:05:00+01:00"
    )
    listed = read(listing=listing)
    assert listed.published is not None
    assert listed.published.utc == utc(2026, 3, 10, 8, 5)
    assert listed.rules["published"] == "listing: published"


def test_the_address_gives_a_day_where_nothing_else_does() -> None:
    moment = read(url="https://www.hafenblatt.de/2026/03/10/glocke.html").published
    assert moment is not None
    assert (moment.date, moment.precision) == ("2026-03-10", "day")


def test_a_layout_states_the_zone_of_the_clock() -> None:
    layout = Layout(timezone="America/New_York", published=("time.x",))
    article = read("<time class=x>2026-03-10 09:05</time>", text=CHINESE, lang="zh", layout=layout)
    assert article.published is not None
    assert (article.published.utc, article.published.basis) == (utc(2026, 3, 10, 13, 5), "site_zone")
    assert article.rules["published"] == "layout: time.x"


UNNAMED = "<div class='q7'><span>Von Ada Petersen</span></div><div class='q8'>{}</div>"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("10.03.2026 10.05", utc(2026, 3, 10, 9, 5)),
        ("Di 10. März 2026, 10.05 Uhr", utc(2026, 3, 10, 9, 5)),
        ("Veröffentlicht: 10.03.2026, 10:05 • Zuletzt aktualisiert vor einer Stunde", utc(2026, 3, 10, 9, 5)),
        ("<b>10. März 2026</b><i>10:05 Uhr</i>", utc(2026, 3, 10, 9, 5)),
        ("Lokales / 10. März 2026", utc(2026, 3, 9, 23, 0)),
    ],
)
def test_a_date_that_no_element_names_is_found_beside_the_headline(line: str, expected: datetime) -> None:
    moment = read(UNNAMED.format(line)).published
    assert moment is not None
    assert moment.utc == expected


def test_such_a_date_may_stand_below_the_introduction_or_the_text() -> None:
    first, _, rest = GERMAN.partition("</p>")
    below = read(text=f"{first}</p><div>10.03.2026, 10:05 Uhr</div>{rest}").published
    assert below is not None
    assert below.utc == utc(2026, 3, 10, 9, 5)
    last = read(text=f"{GERMAN}<div>Artikel veröffentlicht am 10. März 2026, 10:05 Uhr</div>").published
    assert last is not None
    assert last.utc == utc(2026, 3, 10, 9, 5)


def test_a_date_under_a_picture_is_the_pictures() -> None:
    assert read("<img src='/glocke-gross.jpg'><div>Die Glocke am Kai, 4. Mai 2011</div>").published is None


def test_a_japanese_clock_goes_with_its_date() -> None:
    text = "".join(
        f"<p>渡し船の鐘は{n}日目も魚市場の裏で鳴り、近くの人は以前より低い音だったと話している。</p>"
        for n in range(1, 7)
    )
    moment = read("<div>2026年3月10日 01時28分 (3月10日 01時40分更新)</div>", text=text, lang="ja",
                  url="https://minato.example.jp/a/1").published  # fmt: skip
    assert moment is not None
    assert moment.utc == utc(2026, 3, 9, 16, 28)
