"""Whole crawls of the made-up paper into an archive, as a scheduler runs them, and what stops them."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORDING = ROOT / "tests/fixtures/worldjournal.warc.gz"


def start(url: str, *settings: str, file_limit: int | None = None) -> subprocess.Popen[str]:
    """Start the crawl from the recording; with ``file_limit`` no file may grow beyond so many bytes."""
    # What is read where makes no difference to the archive; processes of their own would take longest to start.
    options = [f"ARCHIVE_URL={url}", f"WARC_REPLAY={RECORDING}", "EXTRACT_PROCESSES=0", *settings]
    program = [sys.executable, "-m", "scrapy", "crawl", "worldjournal"]
    for option in options:
        program += ["-s", option]

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

    return subprocess.Popen(
        program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=limit if file_limit else None,
    )  # fmt: skip


def crawl(url: str, *settings: str, file_limit: int | None = None) -> tuple[int, str]:
    """Crawl to the end; returns exit status and log."""
    process = start(url, *settings, file_limit=file_limit)
    log, _ = process.communicate(timeout=120)
    return process.returncode, log


@contextmanager
def reading(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file, isolation_level=None)
    yield connection
    connection.close()


def count(file: Path, query: str) -> int:
    with reading(file) as connection:
        (number,) = connection.execute(query).fetchone()
    return int(number)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


def test_a_crawl_and_the_same_crawl_again(file: Path) -> None:
    status, log = crawl(f"sqlite:///{file}", "EXTRACT_PROCESSES=2")
    assert status == 0, log
    articles = count(file, "SELECT count(*) FROM articles")
    assert articles > 35
    with reading(file) as connection:
        spider, reason, counts, finished = connection.execute(
            "SELECT spider, finish_reason, counts, finished_at FROM crawls"
        ).fetchone()
        outcomes = dict(connection.execute("SELECT outcome, count(*) FROM visits GROUP BY 1"))
    assert (spider, reason) == ("worldjournal", "finished")
    assert finished is not None
    counted = json.loads(counts)
    assert {outcome: counted[outcome] for outcome in outcomes} == outcomes
    assert counted["new"] + counted.get("paywalled", 0) == articles
    assert count(file, "SELECT count(*) FROM visits WHERE capture_id IS NULL") == 0
    assert count(file, "SELECT count(*) FROM captures WHERE url LIKE '%/robots.txt'") >= 1
    assert count(file, f"SELECT count(*) FROM captures WHERE warc_file <> '{RECORDING}'") == 0
    assert count(file, f"SELECT count(*) FROM field_yields WHERE field = 'headline' AND filled >= {articles}") == 1
    status, log = crawl(f"sqlite:///{file}")
    assert status == 0, log
    assert count(file, "SELECT count(*) FROM articles") == articles
    assert count(file, "SELECT count(*) FROM revisions WHERE number > 1") == 0


def complaint(log: str) -> str:
    """The one line in which a crawl says why it ended; nothing in the log may look like a crash."""
    assert "Traceback" not in log
    (line,) = [line for line in log.splitlines() if "crawl failed" in line]
    return line


def test_an_archive_locked_from_the_start(file: Path) -> None:
    crawl(f"sqlite:///{file}", "CLOSESPIDER_PAGECOUNT=1")
    before = count(file, "SELECT count(*) FROM crawls")
    with reading(file) as other:
        other.execute("BEGIN IMMEDIATE")
        status, log = crawl(f"sqlite:///{file}?timeout=0.3")
    assert status == 1
    assert f"the archive {file}: another program is writing to it and does not let go" in complaint(log)
    assert count(file, "SELECT count(*) FROM crawls") == before


def test_an_archive_that_gets_locked_meanwhile(file: Path) -> None:
    process = start(f"sqlite:///{file}?timeout=0.3")
    other = _lock_as_soon_as_a_crawl_has_begun(file)
    log, _ = process.communicate(timeout=120)
    other.execute("ROLLBACK")
    other.close()
    assert process.returncode == 1
    assert "does not let go" in complaint(log)
    assert count(file, "SELECT count(*) FROM articles") == 0
    status, log = crawl(f"sqlite:///{file}")  # the next run finishes the work
    assert status == 0, log
    assert count(file, "SELECT count(*) FROM articles") > 35
    assert count(file, "SELECT count(*) FROM crawls WHERE finish_reason = 'crashed'") == 1


def _lock_as_soon_as_a_crawl_has_begun(file: Path) -> sqlite3.Connection:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            other = sqlite3.connect(f"file:{file}?mode=rw", uri=True, isolation_level=None, timeout=0)
            if other.execute("SELECT count(*) FROM crawls").fetchone() == (1,):
                other.execute("BEGIN IMMEDIATE")
                return other
            other.close()
        except sqlite3.Error:
            pass
        time.sleep(0.005)
    raise AssertionError("no crawl has begun")


def test_a_file_that_may_not_grow(file: Path) -> None:
    crawl(f"sqlite:///{file}", "CLOSESPIDER_PAGECOUNT=1")
    with reading(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    status, log = crawl(f"sqlite:///{file}", file_limit=file.stat().st_size + 4096)
    assert status == 1
    assert f"the archive {file}: its disk does not read or write" in complaint(log)
    finished_by_the_next_run(file)


def test_a_full_disk(file: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small disk")
    small = disk / "news.db"
    try:
        crawl(f"sqlite:///{small}", "CLOSESPIDER_PAGECOUNT=1")
        (disk / "ballast").write_bytes(bytes(900_000 - sum(each.stat().st_size for each in disk.iterdir())))
        status, log = crawl(f"sqlite:///{small}")
        assert status == 1
        assert f"the archive {small}: there is no room left on its disk" in complaint(log)
        (disk / "ballast").unlink()
        subprocess.run([*mount[:4], "remount,size=20m", *mount[5:]], check=True)
        finished_by_the_next_run(small)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def finished_by_the_next_run(file: Path) -> None:
    """Nothing of the crawl that failed is in the archive by halves, and the next one finishes its work."""
    assert count(file, "SELECT count(*) FROM articles") < 35
    assert count(file, "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM visits)") == 0
    with reading(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    status, log = crawl(f"sqlite:///{file}")
    assert status == 0, log
    assert count(file, "SELECT count(*) FROM articles") > 35


@pytest.mark.parametrize(
    ("content", "words"),
    [("nothing of ours, and long enough for a header", "it is not an SQLite file"), (None, "a folder")],
)
def test_what_is_no_archive(tmp_path: Path, content: str | None, words: str) -> None:
    path = tmp_path
    if content is not None:
        path = tmp_path / "list.txt"
        path.write_text(content)
    status, log = crawl(f"sqlite:///{path}")
    assert status == 1
    assert words in complaint(log)


def test_killed_and_run_again(file: Path) -> None:
    process = start(f"sqlite:///{file}")
    until = time.monotonic() + 30
    while time.monotonic() < until and not (file.exists() and _crawls(file)):
        time.sleep(0.01)
    time.sleep(0.3)
    process.kill()
    process.communicate()
    status, log = crawl(f"sqlite:///{file}")
    assert status == 0, log
    assert count(file, "SELECT count(*) FROM articles") > 35
    assert count(file, "SELECT count(*) - count(DISTINCT external_id) FROM articles WHERE external_id NOT NULL") == 0


def _crawls(file: Path) -> int:
    try:
        return count(file, "SELECT count(*) FROM crawls")
    except sqlite3.Error:
        return 0
