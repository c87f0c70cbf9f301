"""``newsarchive reextract`` on a crawled archive whose fields an older extractor is made to have missed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsarchive.cli import reextract

Run = Callable[..., Result]
# A story with links, whichever of the crawled ones came when, and not one of those that are changed otherwise.
UNLINKED = "SELECT min(article_id) FROM related_links WHERE article_id % 2 = 1 AND article_id > 3"
# What the older extractor did not see: bylines with their authors, sections, tags, and a word of a headline.
WORSE = f"""
UPDATE articles SET byline = NULL, section = NULL, canonical_url = NULL WHERE id % 2 = 0;
UPDATE revisions SET byline = NULL, authors = '[]', section = NULL WHERE article_id % 2 = 0;
DELETE FROM article_authors WHERE article_id % 2 = 0;
UPDATE articles SET headline = headline || ' | 世界新聞網' WHERE id = 3;
UPDATE revisions SET headline = headline || ' | 世界新聞網' WHERE article_id = 3;
DELETE FROM related_links WHERE article_id = ({UNLINKED});
"""
KEPT = (
    "SELECT a.id, byline, section, canonical_url, headline, body, published_at, language,"
    " (SELECT count(*) FROM article_authors WHERE article_id = a.id),"
    " (SELECT count(*) FROM related_links WHERE article_id = a.id) FROM articles AS a ORDER BY a.id"
)


def rows(url: str, query: str) -> list[Any]:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as database:
        return database.execute(query).fetchall()


def report(newsarchive: Run, *words: str | Path) -> dict[str, Any]:
    done = newsarchive("reextract", "--json", "--processes", "0", *words)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture
def crawled(archive: str, tmp_path: Path) -> str:
    """A copy of the crawled archive, for one test to spoil."""
    shutil.copy(archive.removeprefix("sqlite:///"), tmp_path / "news.db")
    return f"sqlite:///{tmp_path}/news.db"


@pytest.fixture
def worse(crawled: str, tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "news.db") as database:
        database.executescript(WORSE)
    return crawled


def test_what_a_crawl_has_just_read_does_not_change(newsarchive: Run, crawled: str) -> None:
    told = report(newsarchive, "--archive", crawled)
    assert told["fields"] == {}
    assert (told["changed"], told["skipped"]) == (0, {})
    assert told["articles"] == rows(crawled, "SELECT count(*) FROM articles")[0][0] > 35


def test_a_report_writes_nothing_and_applying_repairs(newsarchive: Run, archive: str, worse: str) -> None:
    before = rows(worse, "SELECT * FROM articles"), rows(worse, "SELECT * FROM revisions")
    told = report(newsarchive, "--archive", worse)
    assert (rows(worse, "SELECT * FROM articles"), rows(worse, "SELECT * FROM revisions")) == before
    assert set(told["fields"]) == {"byline", "authors", "section", "canonical_url", "headline", "related_links"}
    headline = told["fields"]["headline"]["worldjournal"]
    assert headline["count"] == 1
    assert headline["examples"][0]["before"] == headline["examples"][0]["after"] + " | 世界新聞網"
    assert told["fields"]["byline"]["worldjournal"]["count"] > 10
    assert len(told["fields"]["byline"]["worldjournal"]["examples"]) == 3

    applied = report(newsarchive, "--apply", "--archive", worse)
    assert applied == told
    assert rows(worse, KEPT) == rows(archive, KEPT)
    unlinked = rows(archive, UNLINKED)[0][0]
    changes = (
        "SELECT number, cause, silent, changed_fields FROM revisions WHERE article_id IN (3, {}) ORDER BY article_id"
    )
    causes = rows(worse, changes.format(unlinked))
    assert causes == [(1, "first", None, "[]"), (2, "extractor", 0, '["headline"]'), (1, "first", None, "[]")]
    latest = "FROM articles AS a JOIN revisions AS r ON r.article_id = a.id AND r.number = a.revision_count"
    assert rows(worse, f"SELECT a.id {latest} WHERE a.byline IS NOT r.byline OR a.section IS NOT r.section") == []
    assert rows(worse, f"SELECT count(*) {latest} AND r.capture_id IS NOT NULL") == [(told["articles"],)]
    assert rows(worse, "SELECT count(*) FROM visits") == rows(archive, "SELECT count(*) FROM visits")
    assert rows(worse, "PRAGMA foreign_key_check") == []
    assert report(newsarchive, "--apply", "--archive", worse)["changed"] == 0
    assert [bool(end) for (end,) in rows(worse, "SELECT finished_at FROM reextractions")] == [True] * 3


def test_processes_read_the_same(newsarchive: Run, worse: str) -> None:
    assert report(newsarchive, "--archive", worse) == report(newsarchive, "--archive", worse, "--processes", "2")


def test_only_some_fields_of_some_articles(newsarchive: Run, worse: str) -> None:
    told = report(newsarchive, "--apply", "--field", "section", "--since", "2000-01-01", "--archive", worse)
    assert set(told["fields"]) == {"section"}
    assert rows(worse, "SELECT count(*) FROM revisions WHERE number > 1") == [(0,)]
    assert rows(worse, "SELECT count(*) FROM articles WHERE byline IS NULL")[0][0] > 10
    assert report(newsarchive, "--source", "worldjournal", "--since", "2999-01-01", "--archive", worse)["articles"] == 0


@pytest.mark.parametrize("words", [("--field", "mood"), ("--since", "tuesday"), ("--source", "nobody")])
def test_what_there_is_not_is_said_in_a_line(newsarchive: Run, crawled: str, words: tuple[str, str]) -> None:
    done = newsarchive("reextract", *words, "--archive", crawled)
    assert done.exit_code > 0
    assert f"{words[0]} {words[1]}" in done.output
    assert "Traceback" not in done.output


def test_recordings_that_are_missing_or_cut_are_named_and_passed_over(
    newsarchive: Run, worse: str, tmp_path: Path
) -> None:
    recording = Path(rows(worse, "SELECT DISTINCT warc_file FROM captures")[0][0])
    places = rows(worse, "SELECT c.id, warc_offset FROM captures c JOIN visits v ON v.capture_id = c.id"
                         " WHERE outcome = 'new' ORDER BY warc_offset")  # fmt: skip
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(recording.read_bytes()[: places[-2][1] + 100])
    with sqlite3.connect(tmp_path / "news.db") as database:
        database.execute("UPDATE captures SET warc_file = 'gone.warc.gz' WHERE id = ?", (places[0][0],))
        database.execute("UPDATE captures SET warc_file = 'cut.warc.gz' WHERE id IN (?, ?)",
                         (places[-2][0], places[-1][0]))  # fmt: skip
        database.execute("UPDATE captures SET digest = 'sha256:other' WHERE id = ?", (places[1][0],))
    done = newsarchive("reextract", "--apply", "--warc-dir", tmp_path, "--archive", worse)
    assert done.exit_code == 0
    assert f"{tmp_path}/gone.warc.gz is not there" in done.output
    assert str(cut) in done.output
    told = json.loads(rows(worse, "SELECT report FROM reextractions")[0][0])
    assert {reason: skipped["count"] for reason, skipped in told["skipped"].items()} == {
        "its recording is missing": 1, "its recording is damaged": 2, "its recording holds other bytes": 1,
    }  # fmt: skip
    assert told["changed"] > 10


def test_killed_in_the_middle_the_next_run_goes_on(
    newsarchive: Run, archive: str, worse: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reextract, "BATCH", 8)
    child = os.fork()
    if child == 0:
        settled = reextract.settle
        batches = 0

        def settle(*arguments: Any) -> None:
            nonlocal batches
            batches += 1
            if batches == 4:
                os.kill(os.getpid(), signal.SIGKILL)
            settled(*arguments)

        reextract.settle = settle
        words = ["reextract", "--apply", "--processes", "0", "--archive", worse]
        CliRunner().invoke(__import__("newsarchive.cli").cli.main, words)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert rows(worse, "SELECT after_article_id, finished_at FROM reextractions") == [(24, None)]
    assert rows(worse, "SELECT max(article_id) FROM revisions WHERE cause = 'extractor'") == [(24,)]
    done = newsarchive("reextract", "--apply", "--archive", worse)
    assert "going on after article 24, 24 are done" in done.output
    assert rows(worse, KEPT) == rows(archive, KEPT)
    (told,) = rows(worse, "SELECT report FROM reextractions")
    assert json.loads(told[0])["articles"] == rows(worse, "SELECT count(*) FROM articles")[0][0]
    assert rows(worse, "PRAGMA integrity_check") == [("ok",)]
