"""Killed at any moment, the archive is whole, has all that was acknowledged, and no half of anything."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.archive.conftest import Archive

ROOT = Path(__file__).parents[2]
TRIALS = 10


def write_and_kill(url: str, first: int, after: float) -> int:
    """Run the writing program and kill it; returns the last number that it acknowledged."""
    program = [sys.executable, "-m", "tests.archive.writing_process", url, str(first)]
    process = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = process.stdout.readline()  # it is at work
    time.sleep(after)
    process.kill()
    acknowledged = (acknowledged + process.stdout.read()).split("\n")[-2]
    process.stdout.close()
    assert process.wait() == -9
    return int(acknowledged)


def test_a_killed_crawl_leaves_a_whole_archive(archive: Archive) -> None:
    moments = random.Random(7)
    last = 1000
    for _ in range(TRIALS if archive.engine.dialect.name == "sqlite" else 2):
        last = write_and_kill(archive.url, last, moments.uniform(0, 0.25))
        assert archive.one("SELECT count(*) FROM articles WHERE external_id = :id", id=str(last)) == 1
        whole(archive)
    crawls = archive.rows("SELECT finish_reason FROM crawls ORDER BY id")
    # Each crawl that began found the one before it dead; the last one nobody has found yet.
    assert crawls[1:] == [("crashed",)] * (len(crawls) - 2) + [(None,)]
    archive.begin()
    assert archive.one("SELECT count(*) FROM crawls WHERE finish_reason = 'crashed'") == len(crawls) - 1
    assert archive.one("SELECT count(*) FROM crawls WHERE finish_reason = 'crashed' AND finished_at IS NULL") == 0


def whole(archive: Archive) -> None:
    if archive.engine.dialect.name == "sqlite":
        assert archive.one("PRAGMA integrity_check") == "ok"
        assert archive.rows("PRAGMA foreign_key_check") == []
    parts = {
        "revisions": "article_id", "article_authors": "article_id", "article_tags": "article_id",
        "images": "article_id", "related_links": "article_id", "addresses": "article_id", "visits": "article_id",
    }  # fmt: skip
    for table, column in parts.items():
        missing = f"SELECT count(*) FROM articles WHERE id NOT IN (SELECT {column} FROM {table} WHERE {column} > 0)"
        assert archive.one(missing) == 0, table
    torn = (
        "SELECT count(*) FROM articles JOIN revisions ON article_id = articles.id AND number = revision_count"
        " WHERE revisions.headline <> articles.headline"
    )
    assert archive.one(torn) == 0
    # What a crawl counted stands in the same transactions as its visits.
    counted = "SELECT count(*) FROM visits WHERE outcome = 'new' AND crawl_id = (SELECT max(id) FROM crawls)"
    counts = json.loads(archive.one("SELECT counts FROM crawls WHERE id = (SELECT max(id) FROM crawls)"))
    assert counts.get("new", 0) == archive.one(counted)
