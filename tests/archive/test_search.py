"""Search on real archives, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from newsarchive.archive.crawls import finish_crawl
from newsarchive.archive.search import count, search
from newsarchive.archive.search.query import QueryError, parse
from newsarchive.archive.selection import Selection
from newsarchive.article import Author, Image, Moment
from tests.archive.conftest import Archive
from tests.archive.stories import NOON, story

TEXTS = {
    "1": ("總統訪問花蓮", "總統川普今天訪問花蓮，談到對台軍售與關稅。"),
    "2": ("咖啡館開張", "臺北的café老闆說，AI晶片與iPhone 15都賣不過拿鐵。"),
    "3": ("股市收盤", "川金會之後，普通股上漲，訪客眾多。"),
    "4": ("习近平会见企业家", "习近平在北京会见企业家，讨论贸易。"),
    "5": ("Mayor opens the naïve museum", "The mayor of São Paulo opened a museum on COVID-19 today."),
}


def fill(archive: Archive) -> None:
    for number, (external_id, (headline, body)) in enumerate(TEXTS.items()):
        archive.write(
            story(
                int(external_id),
                at=NOON + timedelta(minutes=number),
                headline=headline,
                body=body,
                byline=None,
                images=[Image(url=None, caption="資料照：國會山莊")] if external_id == "3" else [],
                tags=["軍售"] if external_id == "1" else [],
                authors=[Author("司馬懷", "記者")] if external_id == "4" else [],
            )
        )


def ids(archive: Archive, query: str, **selection: object) -> set[str]:
    hits = search(archive.engine, query, Selection(**selection))  # type: ignore[arg-type]
    assert count(archive.engine, query, Selection(**selection)) == len(hits)  # type: ignore[arg-type]
    with archive.engine.connect() as connection:
        names = dict(connection.execute(text("SELECT id, external_id FROM articles")).all())
    return {names[hit.id] for hit in hits}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("川普", {"1"}),  # not 川金會 … 普通
        ("川", {"1", "3"}),
        ("普", {"1", "3"}),
        ("總統川普", {"1"}),
        ("总统", {"1"}),  # simplified finds traditional
        ("習近平", {"4"}),  # and traditional simplified
        ("台北", {"2"}),
        ("CAFE", {"2"}),
        ("ＡＩ晶片", {"2"}),
        ("AI 晶片", {"2"}),
        ('"iphone 15"', {"2"}),
        ("naive museum", {"5"}),
        ("covid-19", {"5"}),
        ("muse*", {"5"}),
        ("muse", set()),
        ("川普 OR 習近平", {"1", "4"}),
        ("訪 NOT 總統", {"3"}),
        ("(川普 OR 股市) 訪", {"1", "3"}),
        ("headline:川普", set()),
        ("headline:總統", {"1"}),
        ("caption:國會", {"3"}),
        ("tag:軍售", {"1"}),
        ("byline:司馬", {"4"}),
        ("headline:(咖啡 OR 股市)", {"2", "3"}),
        ("「談到對台軍售」", {"1"}),
        ("花蓮談到", set()),  # a sign stands between
        ("蓮", {"1"}),  # the last character of a run begins no pair
        ("headline:蓮", {"1"}),
        ("與iphone", {"2"}),
        ('"蓮，談到"', {"1"}),
        ('"軍售與關稅"', {"1"}),
    ],
)
def test_a_query_finds_its_stories_and_no_other(archive: Archive, query: str, found: set[str]) -> None:
    fill(archive)
    assert ids(archive, query) == found


def test_an_edit_is_searched_as_it_stands_now(archive: Archive) -> None:
    archive.write(story(1, headline="舊標題", body="原文提到鋼鐵。"))
    archive.write(story(1, headline="新標題", body="改稿提到鋁業。"))
    assert ids(archive, "鋁業") == {"1"}
    assert ids(archive, "新標題") == {"1"}
    assert ids(archive, "鋼鐵 OR 舊標題") == set()


def test_newest_first_in_whatever_order_they_came(archive: Archive) -> None:
    days = list(range(1, 29))
    random.Random(4).shuffle(days)
    for day in days:
        raw = f"2026-02-{day:02}T05:00:00Z"
        published = Moment(
            utc=datetime.fromisoformat(raw), date=raw[:10], raw=raw, basis="stated_offset", precision="second"
        )
        archive.write(
            story(day, headline=f"第{day}天", body="同一個題目，各有說法。" + "字" * day, published=published)
        )
    first = search(archive.engine, "題目", limit=5)
    assert [hit.published_date for hit in first] == [f"2026-02-{day}" for day in (28, 27, 26, 25, 24)]
    then = search(archive.engine, "題目", limit=2, offset=5)
    assert [hit.published_date for hit in then] == ["2026-02-23", "2026-02-22"]
    span = Selection(since=date(2026, 2, 3), until=date(2026, 2, 5))
    assert [hit.published_date for hit in search(archive.engine, "題目", span)] == [
        "2026-02-05", "2026-02-04", "2026-02-03",
    ]  # fmt: skip
    assert len(search(archive.engine, None, span)) == 3


def published(at: datetime) -> Moment:
    return Moment(utc=at, date=f"{at:%Y-%m-%d}", raw=str(at), basis="stated_offset", precision="second")


def test_many_stories_of_one_moment_keep_the_others_in_order(archive: Archive) -> None:
    """A paper that states only dates puts a whole day's stories on one midnight."""
    midnight = datetime(2026, 2, 20, tzinfo=UTC)
    archive.write(*(story(n, body=f"同一個題目{n}。", published=published(midnight)) for n in range(1, 60)))
    later = [midnight + timedelta(seconds=second) for second in (1, 40, 200, 3600, -1)]
    archive.write(*(story(100 + n, body=f"另一個題目{n}。", published=published(at)) for n, at in enumerate(later)))
    hits = search(archive.engine, "題目", limit=100)
    assert [hit.published_at for hit in hits] == sorted([midnight] * 59 + later, reverse=True)
    assert [hit.id for hit in search(archive.engine, "題目", limit=2)] == [hit.id for hit in hits[:2]]
    numbers = archive.rows("SELECT search_id FROM articles")
    assert len({number for (number,) in numbers}) == 64


def test_more_stories_a_day_than_there_are_numbers_for_make_the_numbers_finer(archive: Archive) -> None:
    midnight = datetime(2026, 2, 20, tzinfo=UTC)
    archive.write(story(900, body="題目最新。", published=published(midnight + timedelta(hours=5))))
    assert archive.one("SELECT step FROM search_scale") == 256
    archive.write(*(story(n, body=f"題目{n}。", published=published(midnight)) for n in range(1, 180)))
    assert archive.one("SELECT step FROM search_scale") == 64
    archive.write(story(901, body="題目更新。", published=published(midnight + timedelta(hours=3))))
    archive.write(story(7, body="改了。", published=published(midnight)))
    hits = search(archive.engine, "題目", limit=300)
    assert [hit.snippet.text for hit in hits[:2]] == ["題目最新。", "題目更新。"]
    assert len(hits) == 180
    assert ids(archive, "改了") == {"7"}


def test_numbers_become_finer_once_and_not_with_every_story(archive: Archive) -> None:
    """Two crowded moments: sorted, their stories just fit in; one that comes after them does not."""
    midnight = datetime(2026, 2, 20, tzinfo=UTC)
    one_o_clock = midnight + timedelta(hours=1)
    times = [midnight] * 90 + [one_o_clock] * 90
    archive.write(*(story(n, body=f"題目{n}。", published=published(at)) for n, at in enumerate(times, 1)))
    assert archive.one("SELECT step FROM search_scale") == 256
    archive.write(story(500, body="題目也在。", published=published(midnight)))
    assert archive.one("SELECT step FROM search_scale") == 64
    assert count(archive.engine, "題目") == 181


def test_the_end_of_a_crawl_merges_what_it_added_to_the_index(sqlite_archive: Archive) -> None:
    for number in range(30):
        words = "".join(chr(0x4E00 + (number * 37 + n * n) % 9000) for n in range(200))
        sqlite_archive.write(story(number, body=f"題目{words}"))
    blocks = "SELECT count(*) FROM article_search_data"
    before = sqlite_archive.one(blocks)
    finish_crawl(sqlite_archive.engine, sqlite_archive.crawl_id, "finished", {}, NOON)
    assert sqlite_archive.one(blocks) < before
    assert count(sqlite_archive.engine, "題目") == 30


def test_papers_of_two_centuries_and_stories_without_a_date(archive: Archive) -> None:
    times = [datetime(year, 5, 1, tzinfo=UTC) for year in (1872, 1969, 1999, 2026)]
    archive.write(*(story(n, body=f"題目{n}。", published=published(at)) for n, at in enumerate(times)))
    archive.write(story(9, at=datetime(2000, 1, 2, tzinfo=UTC), body="題目。", published=None))
    years = [hit.published_at.year if hit.published_at else None for hit in search(archive.engine, "題目")]
    assert years == [2026, None, 1999, 1969, 1872]
    archive.write(story(1, body="題目1。", published=published(times[3] + timedelta(days=1))))
    years = [hit.published_at.year if hit.published_at else None for hit in search(archive.engine, "題目")]
    assert years == [2026, 2026, None, 1999, 1872]


def test_relevance_puts_headlines_before_bodies(archive: Archive) -> None:
    archive.write(story(1, headline="別的事", body="文中一次提到颱風，其餘都是別的。" + "補充內容很多。" * 20))
    archive.write(story(2, headline="颱風逼近 颱風假未定", body="颱風颱風颱風。"))
    best = search(archive.engine, "颱風", order="relevance")
    assert best[0].headline.text == "颱風逼近 颱風假未定"


def test_hits_are_marked_in_the_characters_printed(archive: Archive) -> None:
    fill(archive)
    [hit] = search(archive.engine, "总统")
    assert hit.headline.with_marks("[", "]") == "[總統]訪問花蓮"
    assert hit.snippet.with_marks("[", "]").startswith("[總統]川普今天")
    [latin] = search(archive.engine, "cafe")
    assert "[café]" in latin.snippet.with_marks("[", "]")
    [caption] = search(archive.engine, "國會山莊")
    assert caption.snippet.with_marks("[", "]") == "資料照：[國會山莊]"


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ('"川普', "not closed"),
        ("(川普", "not closed"),
        ("川普)", "without its opening"),
        ("川普 AND", "nothing after it"),
        ("AND 川普", "nothing before it"),
        ("NOT 川普", "NOT alone"),
        ("title:川普", "is no field"),
        ("，。", "nothing to search for"),
        ("(" * 40 + "川普" + ")" * 40, "deep at most"),
        ("川" * 10_000, "longest that is taken"),
        ("川 " * 100, "are taken at most"),
    ],
)
def test_a_malformed_query_is_told_in_words(query: str, fault: str) -> None:
    with pytest.raises(QueryError, match=fault):
        parse(query)


@pytest.mark.parametrize(
    "query", ["a'b", 'a"b"c', "x:y", "*", "a\x00b", "^川", "川普 NEAR 軍售", "{headline}", "\\", "-川普", "%_"]
)
def test_no_sign_of_the_databases_own_language_gets_through(archive: Archive, query: str) -> None:
    fill(archive)
    with suppress(QueryError):
        search(archive.engine, query)
