"""The recorded pages of chosen stories, read by warcio and replayed by our own crawl."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tests.export.conftest import ROOT, Export


def addresses(path: Path) -> list[str]:
    with path.open("rb") as file:
        return [
            record.rec_headers.get_header("WARC-Target-URI")
            for record in ArchiveIterator(file, check_digests="raise")
            if record.rec_type in ("response", "revisit") and record.content_stream().read() is not None
        ]


def test_the_pages_of_the_chosen_stories_and_no_others(run: Export, crawled: Path, tmp_path: Path) -> None:
    done = run("export", "p.warc.gz", "--section", "舊金山", "--archive", crawled)
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(crawled) as database:
        wanted = {
            row[0]
            for row in database.execute(
                "SELECT captures.url FROM captures JOIN visits ON visits.capture_id = captures.id"
                " JOIN articles ON articles.id = visits.article_id WHERE articles.section = '舊金山'"
            )
        }
    found = addresses(tmp_path / "p.warc.gz")
    assert set(found) == wanted != set()
    assert len(found) == len(set(found))
    manifest = json.loads((tmp_path / "p.warc.gz.manifest.json").read_text("utf-8"))
    assert manifest["records"] == len(found)
    assert manifest["missing_records"] == 0


def test_it_replays_to_the_same_articles(run: Export, crawled: Path, tmp_path: Path) -> None:
    run("export", "p.warc.gz", "--archive", crawled)
    with sqlite3.connect(crawled) as database:
        url, headline = database.execute("SELECT url, headline FROM articles ORDER BY id LIMIT 1").fetchone()
    crawl = [sys.executable, "-m", "scrapy", "crawl", "worldjournal", "-a", f"urls={url}",
             "-s", f"WARC_REPLAY={tmp_path}/p.warc.gz", "-s", f"ARCHIVE_URL=sqlite:///{tmp_path}/again.db"]  # fmt: skip
    subprocess.run(crawl, cwd=ROOT, check=True, capture_output=True)
    with sqlite3.connect(tmp_path / "again.db") as database:
        assert database.execute("SELECT url, headline FROM articles").fetchall() == [(url, headline)]


def test_recordings_that_are_gone_are_told(run: Export, crawled: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.db"
    shutil.copy(crawled, moved)
    with sqlite3.connect(moved) as database:
        database.execute("UPDATE captures SET warc_file = 'gone.warc.gz' WHERE id % 2 = 0")
    done = run("export", "p.warc.gz", "--archive", moved)
    assert done.returncode == 0
    assert "recorded answers cannot be read and are left out, the first: " in done.stderr
    assert addresses(tmp_path / "p.warc.gz")
    with sqlite3.connect(moved) as database:
        database.execute("UPDATE captures SET warc_file = 'gone.warc.gz'")
    done = run("export", "none.warc.gz", "--archive", moved)
    assert done.returncode == 1
    assert "none of these stories has a recording that can be read: " in done.stderr
    assert not list(tmp_path.glob("none*"))
