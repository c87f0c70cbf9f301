"""A crawl that is killed again and again: archive and recordings agree each time, and in the end all is there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from newsarchive.archive.captures import recorded_captures
from newsarchive.archive.database import open_archive
from newsarchive.warc.repair import check_captures
from newsarchive.warc.walk import Entry, walk
from tests.crawl.crawling import QUICK, finish, project, publish, start
from tests.server import Site

KILLS = int(os.environ.get("NEWSARCHIVE_KILLS", "3"))
STORIES = 300
SETTINGS = (*QUICK, "DOWNLOAD_DELAY=0.005", "WARC_MAX_SIZE=30000")


def recorded(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "archive/warc").glob("*.warc.gz"))


def rows(folder: Path, query: str) -> Sequence[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "archive/newsarchive.db")) as archive:
        return archive.execute(query).fetchall()


def disagreements(folder: Path) -> list[str]:
    engine = open_archive(f"sqlite:///{folder}/archive/newsarchive.db", create=False)
    try:
        return [str(one) for one in check_captures(recorded_captures(engine), folder / "archive/warc")]
    finally:
        engine.dispose()


def test_archive_and_recordings_agree_after_every_kill(site: Site, tmp_path: Path) -> None:
    publish(site, range(STORIES))
    project(tmp_path, site)
    chance = random.Random(20260219)
    archived = 0
    for _ in range(KILLS):
        enough = recorded(tmp_path) + chance.randrange(2_000, 60_000)
        with start(tmp_path, settings=SETTINGS) as process:
            while recorded(tmp_path) < enough and process.poll() is None:
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        if not (tmp_path / "archive/newsarchive.db").exists():
            continue
        assert disagreements(tmp_path) == []
        ((now_archived,),) = rows(tmp_path, "SELECT count(*) FROM articles")
        assert now_archived >= archived
        archived = now_archived
    last = finish(tmp_path, start(tmp_path, settings=SETTINGS))
    assert last.status == 0, last.log
    assert disagreements(tmp_path) == []
    assert rows(tmp_path, "SELECT count(*), count(DISTINCT url) FROM articles") == [(STORIES, STORIES)]
    for path in (tmp_path / "archive/warc").glob("*.warc.gz"):
        assert all(isinstance(entry, Entry) for entry in walk(path)), path
