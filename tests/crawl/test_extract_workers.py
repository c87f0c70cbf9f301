"""Pages are read in processes of their own: one that kills or hangs its reader costs nothing but itself."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.crawl.crawling import QUICK, Crawl, finish, project, publish, start, story
from tests.server import Answer, Site

# A pattern in a paper's file that takes longer than anybody lives to see that a paragraph does not match.
ENDLESS = 'drop_text=(r"(?:a+)+b",),'
HANGING = story(103).replace("Its mayor said", "a" * 60 + "! Its mayor said")


def processes_of(parent: int) -> dict[int, float]:
    """The processes that one has started, with the seconds of processor time that each has used."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return found


def hanging_worker(crawl: int) -> int:
    """Wait for the worker that does not come to an end: any other page takes it a hundredth of this."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for child in processes_of(crawl):
            for worker, seconds in processes_of(child).items():
                if seconds > 1.5:
                    return worker
        time.sleep(0.05)
    raise AssertionError("no worker hangs")


def check(done: Crawl, site: Site, reason: str) -> None:
    assert done.status == 0, done.log
    assert done.outcome("/story/1/103") == "unreadable"
    assert f"{site.url}/story/1/103: unreadable: {reason}" in done.log
    assert "Traceback" not in done.log
    assert done.rows("select count(*) from articles") == [(7,)]


def test_a_page_that_is_never_finished(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 108))
    site.answers["/story/1/103"] = Answer(body=HANGING.encode())
    project(tmp_path, site, layout=ENDLESS)
    done = finish(tmp_path, start(tmp_path, settings=(*QUICK, "EXTRACT_PROCESSES=2", "EXTRACT_TIMEOUT=2")))
    check(done, site, "the extractor did not finish within 2 seconds")


def test_a_page_that_kills_its_reader(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 108))
    site.answers["/story/1/103"] = Answer(body=HANGING.encode())
    project(tmp_path, site, layout=ENDLESS)
    running = start(tmp_path, settings=(*QUICK, "EXTRACT_PROCESSES=1", "EXTRACT_TIMEOUT=60"))
    os.kill(hanging_worker(running.pid), signal.SIGKILL)
    check(finish(tmp_path, running), site, "the extractor died of it (exit code -9)")
