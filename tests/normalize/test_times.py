"""Times as printed. What dateparser reads wrong or not at all stands here form by form."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.article import Moment
from newsarchive.normalize.times import parse_time

TAIPEI = "Asia/Taipei"
PAGE = datetime(2026, 2, 20, 4, 0, tzinfo=UTC)  # noon in Taipei


def read(
    raw: str, zone: str | None = TAIPEI, reference: datetime | None = None, languages: tuple[str, ...] = ()
) -> str:
    """Instant and precision as one string, ``-`` where there is none."""
    moment = parse_time(raw, zone=zone, reference=reference, languages=languages)
    if moment is None:
        return "-"
    return f"{moment.utc:%Y-%m-%dT%H:%M:%SZ}" if moment.utc else f"{moment.date} ?"


EVENING = "2026-02-19T13:07:00Z"  # 21:07 in Taipei on the 19th
THE_DAY = "2026-02-18T16:00:00Z"  # midnight in Taipei
FORMS = [
    ("2026-02-19 21:07", EVENING),
    ("2026-02-19T21:07:00+08:00", EVENING),
    ("2026-02-19T21:07:00.1234567+0800", EVENING),
    ("2026-02-19 21:07:00.123", EVENING),
    ("2026-02-19T13:07:00Z", EVENING),
    ("2026-02-19 08:07:00-05:00", EVENING),
    ("2026-02-19CST21:07:00+08:00", EVENING),
    ("2026-02-19 21:07 CST", EVENING),
    ("2026-02-19 08:07 ET", EVENING),
    ("2026-02-19 08:07 美東時間", EVENING),
    ("Thu, 19 Feb 2026 13:07:00 GMT", EVENING),
    ("Thu Feb 19 13:07:00 UTC 2026", EVENING),
    ("2026/02/19 21:07", EVENING),
    ("2026.02.19 21:07", EVENING),
    ("2026 02/19 21:07:00", EVENING),
    ("21:07 2026/02/19", EVENING),
    ("2026年2月19日 21:07", EVENING),
    ("2026年02月19日21:07", EVENING),
    ("2026-02-1921:07", EVENING),
    ("19.fev.2026 às 21h07", EVENING),
    ("الخميس، 19 فبراير 2026 09:07 م", EVENING),
    ("19 فبراير 2026 9:07 مساءً", EVENING),
    ("19 فبراير 2026 21:07 م", EVENING),
    ("19/02/2026 09:07 μ.μ.", EVENING),
    ("19 Φεβρουαρίου 2026 9:07 μμ", EVENING),
    ("19 Feb 2026 9:07 ptg", EVENING),
    ("2026年2月19日週四 下午9:07", EVENING),
    ("2026年2月19日 下午9時07分", EVENING),
    ("二○二六年二月十九日下午九時七分", EVENING),
    ("民國115年2月19日 下午9時07分", EVENING),
    ("２０２６年２月１９日２１：０７", EVENING),
    ("2026年2月19日 21時07分", EVENING),
    ("입력 2026.02.19. 오후 9:07", EVENING),
    ("20260219210700", EVENING),
    ("1771506420", EVENING),
    ("1771506420000", EVENING),
    ("發布時間：2026-02-19 21:07", EVENING),
    ("来源：橡树网 2026-02-19 21:07", EVENING),
    ("2026-02-19 21:07来源：橡树网", EVENING),
    ("2026-02-19 21:07:0036橡", EVENING),
    ("發布 2026-02-19 21:07 更新 2026-02-20 09:00", EVENING),
    ("2026-02-19", THE_DAY),
    ("20260219", THE_DAY),
    ("民國115年2月19日", THE_DAY),
    ("中華民國一百一十五年二月十九日", THE_DAY),
    ("115/02/19", THE_DAY),
    ("1150219", THE_DAY),
    ("二〇二六年二月十九日", THE_DAY),
    ("令和8年2月19日", THE_DAY),
    ("2026년 2월 19일", THE_DAY),
    ("2026-02-18T24:00:00+08:00", "2026-02-18T16:00:00Z"),
]


@pytest.mark.parametrize(("raw", "instant"), FORMS)
def test_forms_of_one_moment(raw: str, instant: str) -> None:
    assert read(raw) == instant


BERLIN = "2023-04-29T14:15:00Z"
WRITTEN = [
    ("29. April 2023 um 16:15 Uhr", "de", BERLIN),
    ("29.04.2023, 16.15 Uhr", "de", BERLIN),
    ("Stand: 29.04.23, 16:15 Uhr", "de", BERLIN),
    ("le 29 avril 2023 à 16h15", "fr", BERLIN),
    ("Publié le 29 avril 2023 à 16:15, mis à jour le 30 avril 2023", "fr", BERLIN),
    ("29 de abril de 2023 - 16:15 h", "es", BERLIN),
    ("29 aprile 2023 ore 16.15", "it", BERLIN),
    ("29. april 2023 kl. 16.15", "nb", BERLIN),
    ("29 апреля 2023, 16:15", "ru", BERLIN),
    ("29 Nisan 2023, 16:15", "tr", BERLIN),
    ("2023. április 29. 16:15", "hu", BERLIN),
    ("April 29, 2023 4:15 p.m.", "en", BERLIN),
    ("Sat 29 Apr 2023 16.15 CEST", "en", BERLIN),
    ("२९ अप्रैल 2023, 16:15", "hi", BERLIN),
]


@pytest.mark.parametrize(("raw", "language", "instant"), WRITTEN)
@pytest.mark.parametrize("told", [True, False])
def test_written_dates_with_and_without_the_language(raw: str, language: str, instant: str, told: bool) -> None:
    assert read(raw, "Europe/Berlin", languages=(language,) if told else ()) == instant


def test_the_clock_in_eastern_papers_is_that_of_the_season() -> None:
    assert read("2026-07-09 02:15 ET") == "2026-07-09T06:15:00Z"
    assert read("2026-07-09 HKT 02:15") == "2026-07-08T18:15:00Z"
    assert read("2026-07-09 02:15 EST") == "2026-07-09T06:15:00Z"
    assert read("2026-01-09 02:15 EST") == "2026-01-09T07:15:00Z"


def test_cst_is_chinas_in_chinese_and_chicagos_in_english() -> None:
    assert read("2026-02-19 21:07 CST", zone=None, languages=("zh-Hant",)) == EVENING
    assert read("2026-02-19 07:07 CST", zone=None, languages=("en-US",)) == EVENING
    assert read("2026-02-19 07:07 CST", zone="America/New_York") == EVENING
    assert read("2026-02-19 07:07 CST", zone=None) == "2026-02-19 ?"


def test_day_or_month_first_is_the_papers_custom() -> None:
    assert read("07/09/2026", "America/New_York") == "2026-07-09T04:00:00Z"
    assert read("07/09/2026", "Europe/London", languages=("en",)) == "2026-09-06T23:00:00Z"
    assert read("07/19/2026", "Europe/London") == "2026-07-18T23:00:00Z"


RELATIVE = [
    ("昨日 21:07", EVENING),
    ("昨天 21:07", EVENING),
    ("02/19 21:07", EVENING),
    ("2月19日 21:07", EVENING),
    ("发布时间：02-1921:07", EVENING),
    ("今日 08:05", "2026-02-20T00:05:00Z"),
    ("11/02 10:36", "2025-11-02T02:36:00Z"),
    ("2月19日", THE_DAY),
    ("一小時前", "2026-02-20T03:00:00Z"),
    ("3小時前", "2026-02-20T01:00:00Z"),
    ("半小時前", "2026-02-20T03:30:00Z"),
    ("剛剛", "2026-02-20T04:00:00Z"),
    ("兩天前", "2026-02-17T16:00:00Z"),
    ("12 hours ago", "2026-02-19T16:00:00Z"),
]


@pytest.mark.parametrize(("raw", "instant"), RELATIVE)
def test_relative_times_need_the_pages_own(raw: str, instant: str) -> None:
    assert read(raw) == "-"
    assert read(raw, reference=PAGE) == instant


NO_TIME = [
    "18日",
    "4月第1周",
    "上周四",
    "一九七六年",
    "2026年",
    "15:31",
    "2026-02-30",
    "2月4日市長開市時說今天真冷",
    "",
    "市集",
    "12.5.1",
]


@pytest.mark.parametrize("raw", NO_TIME)
def test_what_is_no_time(raw: str) -> None:
    assert read(raw) == "-"
    assert read(raw, reference=PAGE) == "-"


def test_prose_is_not_searched() -> None:
    assert read("報導指出，2026年2月4日河邊的市集開張時，市長說明年還要再辦一次，居民紛紛叫好，連外地人也來了") == "-"
    assert read("2026年2月4日，市集開張。市長說明年再辦。") == "-"


def test_what_is_known_of_the_zone_is_said() -> None:
    stated = parse_time("2026-02-19T21:07:33-05:00")
    assert stated == Moment(
        utc=datetime(2026, 2, 20, 2, 7, 33, tzinfo=UTC),
        date="2026-02-19",
        raw="2026-02-19T21:07:33-05:00",
        zone="-05:00",
        basis="stated_offset",
        precision="second",
    )
    site = parse_time("2026-02-19 21:07", zone="America/New_York")
    assert site is not None
    assert (site.zone, site.basis, site.precision) == ("America/New_York", "site_zone", "minute")
    guessed = parse_time("2026-02-19", zone="America/New_York", basis="inferred")
    assert guessed is not None
    assert (guessed.utc, guessed.basis, guessed.precision) == (datetime(2026, 2, 19, 5, tzinfo=UTC), "inferred", "day")
    unknown = parse_time("2026-02-19 21:07")
    assert unknown is not None
    assert (unknown.utc, unknown.date, unknown.zone, unknown.basis) == (None, "2026-02-19", None, "unknown")


def test_utc_is_a_machines_clock_and_the_day_is_the_papers() -> None:
    moment = parse_time("2026-02-20T02:07:00Z", zone="America/New_York")
    assert moment is not None
    assert (moment.date, moment.zone, moment.basis) == ("2026-02-19", "America/New_York", "stated_offset")


def test_a_skipped_hour_counts_from_before_the_change_and_a_repeated_one_is_the_first() -> None:
    assert read("2026-03-08 02:30", "America/New_York") == "2026-03-08T07:30:00Z"
    assert read("2026-11-01 01:30", "America/New_York") == "2026-11-01T05:30:00Z"


def test_a_future_time_is_a_value() -> None:
    assert read("2099-01-01 00:00", "UTC") == "2099-01-01T00:00:00Z"


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y年%m月%d日%H:%M", "%Y.%m.%d %H:%M"]),
)
@settings(max_examples=200, deadline=None)
def test_what_is_printed_is_read_back(moment: datetime, form: str) -> None:
    printed = moment.strftime(form)
    found = parse_time(printed, zone="UTC")
    assert found is not None
    assert found.utc is not None
    assert found.utc.strftime(form) == printed


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    parse_time(text, zone=TAIPEI, reference=PAGE)


@pytest.mark.parametrize("piece", ["1", "1 ", "2026-", "1/1/", "12:", "一", "年", " ", "2026-02-19 ", "上午1"])
def test_a_string_of_any_length_is_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    for length in (199, 100_000):
        parse_time((piece * length)[:length], zone=TAIPEI, reference=PAGE)
    assert time.perf_counter() - started < 0.5
