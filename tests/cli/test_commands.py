"""The commands as a user calls them, on an archive that a real crawl made."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import Result

from newsarchive.cli import COMMANDS

Run = Callable[..., Result]
PAGES = Path(__file__).parents[1] / "fixtures" / "worldjournal" / "stories"
ADDRESS = "https://www.worldjournal.com/wj/story/121388/9900101"


def test_help_teaches_every_command(newsarchive: Run) -> None:
    overview = newsarchive("--help")
    assert overview.exit_code == 0
    for name in COMMANDS:
        assert name in overview.output
        told = newsarchive(name, "--help")
        assert told.exit_code == 0
        assert len(told.output.splitlines()) > 5


def test_status_counts_what_the_tables_hold(newsarchive: Run, archive: str) -> None:
    status = json.loads(newsarchive("status", "--json", "--archive", archive).output)
    with sqlite3.connect(archive.removeprefix("sqlite:///")) as database:
        articles = database.execute("SELECT count(*) FROM articles").fetchone()[0]
    [paper] = status["sources"]
    assert paper["source"] == "worldjournal"
    assert paper["articles"] == articles > 35
    assert status["crawls"][0]["finish_reason"] == "finished"
    table = newsarchive("status", "--archive", archive).output
    assert "世界新聞網" in table
    assert str(articles) in table
    words = table.split()
    assert words.index("found,") < words.index("fetched,") < words.index("new,") < words.index("gone,")


@pytest.mark.parametrize(
    "name",
    [
        "9900101",
        "https://www.worldjournal.com/wj/story/121381/9900101",
        "https://worldjournal.com/wj/amp/story/121470/9900101?from=wj_hot_story",
    ],
)
def test_show_finds_an_article_by_id_and_by_any_address(newsarchive: Run, archive: str, name: str) -> None:
    expected = json.loads((PAGES / "9900101.json").read_text(encoding="utf-8"))
    shown = newsarchive("show", name, "--archive", archive)
    assert shown.exit_code == 0
    assert expected["headline"] in shown.output
    as_json = json.loads(newsarchive("show", name, "--json", "--archive", archive).output)
    assert as_json["external_id"] == "9900101"
    assert as_json["body"] == expected["body"]
    assert as_json["tags"] == expected["tags"]
    assert as_json["revisions"][0]["number"] == 1


def test_show_takes_the_archives_own_id(newsarchive: Run, archive: str) -> None:
    by_paper = json.loads(newsarchive("show", "9900101", "--json", "--archive", archive).output)
    by_archive = json.loads(newsarchive("show", f"#{by_paper['id']}", "--json", "--archive", archive).output)
    assert by_archive == by_paper


def test_show_says_that_there_is_no_such_article(newsarchive: Run, archive: str) -> None:
    missing = newsarchive("show", "https://www.worldjournal.com/wj/story/1/1", "--archive", archive)
    assert missing.exit_code == 1
    assert missing.output.startswith("Error: no article https://")


def test_extract_gives_every_promised_name(newsarchive: Run) -> None:
    page = json.loads(newsarchive("extract", PAGES / "9900101.html", "--url", ADDRESS, "--json").output)
    promised = """headline kicker subheadline byline authors provider desk place kind published modified body images
        lead_image tags section language canonical_url external_id paywalled live_blog related_links rules problems"""
    assert set(promised.split()) <= set(page)
    assert page["rules"]["body"].startswith("layout: ")


def test_extract_explains_and_reads_generically_when_told(newsarchive: Run) -> None:
    told = newsarchive("extract", PAGES / "9900101.html", "--url", ADDRESS, "--explain", "--generic").output
    headline = json.loads((PAGES / "9900101.json").read_text(encoding="utf-8"))["headline"]
    assert headline in told
    assert "layout:" not in told


def test_extract_of_no_article_is_an_error_that_names_what_is_missing(newsarchive: Run, tmp_path: Path) -> None:
    page = tmp_path / "empty.html"
    page.write_bytes(b"")
    told = newsarchive("extract", page, "--url", "https://paper.example/1")
    assert told.exit_code == 1
    assert "no headline and body found" in told.output


def test_sql_prints_rows_as_table_json_and_csv(newsarchive: Run, archive: str) -> None:
    query = "SELECT external_id, headline FROM articles WHERE external_id = '9900101'"
    headline = json.loads((PAGES / "9900101.json").read_text(encoding="utf-8"))["headline"]
    assert headline in newsarchive("sql", query, "--archive", archive).output
    assert json.loads(newsarchive("sql", query, "--json", "--archive", archive).output) == [
        {"external_id": "9900101", "headline": headline}
    ]
    rows = list(csv.reader(StringIO(newsarchive("sql", query, "--csv", "--archive", archive).output)))
    assert rows == [["external_id", "headline"], ["9900101", headline]]


def test_sql_prints_many_columns_one_under_the_other(newsarchive: Run, archive: str) -> None:
    lines = newsarchive("sql", "SELECT * FROM visits ORDER BY id LIMIT 2", "--archive", archive).output.splitlines()
    address = next(line for line in lines if line.split()[0:1] == ["url"]).split()[1]
    assert address.startswith("https://www.worldjournal.com/")
    assert sum(line.split()[0:1] == ["visited_at"] for line in lines) == 2


@pytest.mark.parametrize(
    "query", ["DELETE FROM articles", "SELEKT 1", "DROP TABLE articles", "SELECT no_such FROM articles"]
)
def test_sql_changes_nothing_and_names_the_fault(newsarchive: Run, archive: str, query: str) -> None:
    told = newsarchive("sql", query, "--archive", archive)
    assert told.exit_code == 1
    assert told.output.startswith("Error: the query: ")
    assert len(told.output.splitlines()) == 1


def test_a_snapshot_is_a_whole_archive_and_overwrites_nothing(newsarchive: Run, archive: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert newsarchive("snapshot", copy, "--archive", archive).exit_code == 0
    both = [json.loads(newsarchive("status", "--json", "--archive", place).output) for place in (archive, str(copy))]
    assert both[0] == both[1]
    again = newsarchive("snapshot", copy, "--archive", archive)
    assert again.exit_code == 1
    assert "exists already" in again.output


def test_an_archive_of_today_needs_no_upgrade(newsarchive: Run, archive: str) -> None:
    assert "up to date" in newsarchive("upgrade", "--archive", archive).output


@pytest.mark.parametrize("command", [["status"], ["show", "1"], ["sql", "SELECT 1"], ["upgrade"]])
@pytest.mark.parametrize(
    ("file", "fault"), [(None, "there is no archive at"), (b"not a database at all", "it is not an SQLite file")]
)
def test_what_is_no_archive_is_one_clear_line(
    newsarchive: Run, tmp_path: Path, command: list[str], file: bytes | None, fault: str
) -> None:
    path = tmp_path / "news.db"
    if file is not None:
        path.write_bytes(file)
    told = newsarchive(*command, "--archive", path)
    assert told.exit_code == 1
    assert told.output.startswith("Error: ")
    assert fault in told.output
    assert len(told.output.splitlines()) == 1
    assert path.exists() == (file is not None)
