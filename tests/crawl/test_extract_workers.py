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


def children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


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
    deadline = time.monotonic() + 30
    while "/story/1/103" not in site.paths and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    workers = [worker for child in children(running.pid) for worker in children(child)]
    assert workers
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    check(finish(tmp_path, running), site, "the extractor died of it (exit code -9)")
