"""What a crawl asks the archive: what is known, whether fields have gone missing; and a copy while it is written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from newsarchive.archive.crawls import finish_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.drift import Yield, find_drift, has_drifted
from newsarchive.archive.frontier.known import known_stories
from newsarchive.archive.snapshot import copy_archive
from newsarchive.archive.writing.writer import Writer
from tests.archive.conftest import Archive
from tests.archive.stories import NOON, OTHER, address, day, miss, story


def test_what_is_known_of_addresses_and_ids(archive: Archive) -> None:
    archive.write(story(1), story(2), miss("gone", url=address(9)), story(3, outcome="truncated"))
    archive.write(story(1, at=day(1)), miss("not_found", at=day(2), url=address(2)))
    variant = address(1) + "?utm_source=mail"
    known = known_stories(
        archive.engine, "morgenblatt", [variant, address(2), address(9), address(3), address(50)], ["2", "51"]
    )
    assert set(known) == {variant, address(2), address(9), address(3), "2"}
    assert (known[variant].article_id, known[variant].outcome) == (1, "unchanged")
    assert (known[variant].first_seen_at, known[variant].last_seen_at) == (NOON, day(1))
    assert (known[address(2)].article_id, known[address(2)].outcome, known[address(2)].visited_at) == (
        2,
        "not_found",
        day(2),
    )
    assert (known[address(9)].article_id, known[address(9)].outcome) == (None, "gone")
    assert (known[address(3)].article_id, known[address(3)].outcome) == (None, "truncated")
    assert (known["2"].article_id, known["2"].published_at) == (2, NOON)


def test_papers_do_not_know_each_other(archive: Archive) -> None:
    archive.write(story(1), story(1, source=OTHER, url="https://abend.example/1"))
    assert known_stories(archive.engine, "abend.example", [address(1)]) == {}
    assert known_stories(archive.engine, "nobody", [address(1)], ["1"]) == {}


def crawl(archive: Archive, first: int, without_byline: int = 0, articles: int = 40) -> list[str]:
    """Crawl a day's stories, some of them without a byline; returns the drift found."""
    archive.crawl_id = archive.begin()
    archive.writer = Writer(archive.engine, archive.crawl_id)
    archive.write(
        *(story(first + n, **({"byline": None, "authors": []} if n < without_byline else {})) for n in range(articles))
    )
    return [drift.field for drift in find_drift(archive.engine, archive.crawl_id)]


def test_a_field_that_has_gone_missing_is_found(archive: Archive) -> None:
    assert crawl(archive, 1000, without_byline=40) == []  # no past to judge by
    for round_ in range(1, 5):
        assert crawl(archive, 1000 * round_, without_byline=4) == []
    assert crawl(archive, 9000, without_byline=9) == []  # a quiet Sunday
    assert crawl(archive, 10000, without_byline=3, articles=4) == []  # too few to tell
    assert crawl(archive, 11000, without_byline=38) == ["authors", "byline"]
    (drift,) = [str(each) for each in find_drift(archive.engine, archive.crawl_id) if each.field == "byline"]
    assert drift.startswith("morgenblatt: byline found in 2 of 40 articles, in earlier crawls in 7")


@pytest.mark.parametrize(
    ("now", "past", "drifted"),
    [
        ((40, 0), (1000, 950), True),
        ((40, 25), (1000, 950), True),
        ((40, 36), (1000, 950), False),
        ((3, 0), (1000, 950), False),  # one chance in eight thousand, and still no proof
        ((4, 0), (1000, 950), True),
        ((40, 0), (20, 20), False),  # too little past
        ((400, 10), (1000, 50), False),  # a field that was always rare
        ((0, 0), (1000, 950), False),
        ((100_000, 60_000), (100_000, 90_000), True),
    ],
)
def test_when_a_fall_is_no_chance(now: tuple[int, int], past: tuple[int, int], drifted: bool) -> None:
    assert has_drifted(Yield(articles=now[0], filled=now[1]), Yield(articles=past[0], filled=past[1])) is drifted


def test_a_snapshot_is_whole_while_the_archive_is_written(sqlite_archive: Archive, tmp_path: Path) -> None:
    sqlite_archive.write(*(story(n) for n in range(50)))
    writer = sqlite3.connect(tmp_path / "archive/news.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE articles SET headline = 'half done'")
    copy_archive(tmp_path / "archive/news.db", tmp_path / "copy.db")
    writer.execute("ROLLBACK")
    writer.close()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("copy")] == ["copy.db"]
    copy = open_archive(f"sqlite:///{tmp_path}/copy.db", read_only=True)
    with copy.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM articles WHERE headline <> 'half done'").scalar() == 50
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    copy.dispose()


def test_a_snapshot_overwrites_nothing_and_leaves_no_half(sqlite_archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        copy_archive(tmp_path / "archive/news.db", target)
    assert target.read_text() == "mine"
    with pytest.raises(sqlite3.Error):
        copy_archive(tmp_path / "missing.db", tmp_path / "other.db")
    assert not list(tmp_path.glob("other*"))


def test_readers_read_while_a_crawl_writes(sqlite_archive: Archive, tmp_path: Path) -> None:
    sqlite_archive.write(story(1))
    reader = sqlite3.connect(tmp_path / "archive/news.db", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    for number in range(2, 200):
        sqlite_archive.write(story(number))  # the long reader does not keep the crawl from writing …
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)  # … and sees one moment
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (199,)
    log = tmp_path / "archive/news.db-wal"
    grown = log.stat().st_size
    sqlite_archive.write(*(story(number) for number in range(200, 1200)))
    assert log.stat().st_size < grown + 12_000_000  # once the reader has gone, the log is used again from its start
    reader.close()


def test_a_finished_crawl_leaves_statistics_for_the_planner(sqlite_archive: Archive) -> None:
    sqlite_archive.write(*(story(n) for n in range(50)))
    finish_crawl(sqlite_archive.engine, sqlite_archive.crawl_id, "finished", {"found": 50}, day(1))
    assert sqlite_archive.one("SELECT finish_reason, counts FROM crawls") == ("finished", '{"new":50,"found":50}')
    assert sqlite_archive.one("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'articles'") > 5
