"""``newsarchive repair`` on an archive and recordings that a crawl left."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsarchive.cli import main
from tests.warc.crawling import scrapy

WORLDJOURNAL = Path(__file__).parents[1] / "fixtures/worldjournal.warc.gz"


@pytest.fixture
def crawled(tmp_path: Path) -> Path:
    """A folder in which a recording, ``archive/warc/paper.warc.gz``, was crawled into the archive."""
    recording = tmp_path / "archive/warc/paper.warc.gz"
    recording.parent.mkdir(parents=True)
    shutil.copy(WORLDJOURNAL, recording)
    crawl = scrapy(tmp_path, ["crawl", "worldjournal", "-s", "WARC_REPLAY=archive/warc/paper.warc.gz"])
    assert crawl.status == 0, crawl.log
    return tmp_path


@pytest.fixture
def repair(crawled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Result]:
    monkeypatch.chdir(crawled)
    return lambda: CliRunner().invoke(main, ["repair"], catch_exceptions=False)


def ask(folder: Path, query: str) -> tuple[int, ...]:
    with closing(sqlite3.connect(folder / "archive/newsarchive.db")) as archive:
        row: tuple[int, ...] = archive.execute(query).fetchone()
        return row


def test_a_cut_off_recording_is_repaired_and_the_captures_agree(crawled: Path, repair: Callable[[], Result]) -> None:
    recording = crawled / "archive/warc/paper.warc.gz"
    (captures,) = ask(crawled, "SELECT count(*) FROM captures")
    whole = recording.read_bytes()
    recording.write_bytes(whole + whole[:99])
    result = repair()
    assert result.exit_code == 0, result.output
    assert f"{recording.name}: ended in half a record; its last 99 bytes, from byte {len(whole)} on" in result.output
    assert f"{captures} captures agree with the recordings" in result.output
    assert recording.read_bytes() == whole


def test_captures_whose_record_is_lost_are_named(crawled: Path, repair: Callable[[], Result]) -> None:
    recording = crawled / "archive/warc/paper.warc.gz"
    (last,) = ask(crawled, "SELECT max(warc_offset) FROM captures")
    with recording.open("r+b") as file:
        file.truncate(last + 10)
    result = repair()
    assert result.exit_code == 1
    assert f"no record at byte {last}, the file ends at byte {last}" in result.output
    assert "1 of " in result.output
    assert "Traceback" not in result.output
