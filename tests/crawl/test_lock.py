"""One crawl of a paper at a time, and any number of papers into one archive."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from tests.crawl.crawling import QUICK, crawl, finish, project, publish, start, story
from tests.server import Answer, Site


def wait_for(site: Site, path: str) -> None:
    deadline = time.monotonic() + 30
    while path not in site.paths:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_second_crawl_of_a_paper_says_so_and_ends(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    seen_enough = threading.Event()
    site.answers["/sitemap.xml"].until = seen_enough  # type: ignore[union-attr]
    project(tmp_path, site)
    patient = (*QUICK, "DOWNLOAD_TIMEOUT=60")
    first = start(tmp_path, settings=patient)
    wait_for(site, "/sitemap.xml")
    second = crawl(tmp_path, settings=patient)
    assert second.status == 1
    lock = tmp_path / "archive" / "newsarchive.db.evening.lock"
    assert second.log.startswith("scrapy crawl: evening is being crawled already, into the same archive (lock: ")
    assert second.log.count("\n") == 1
    assert lock.exists()
    seen_enough.set()
    done = finish(tmp_path, first)
    assert done.status == 0, done.log
    assert done.rows("select count(*) from crawls") == [(1,)]


def test_a_killed_crawl_leaves_no_lock_and_the_next_one_does_its_work(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 106))
    site.answers["/story/1/103"] = [Answer(body=story(103).encode(), wait=20), Answer(body=story(103).encode())]
    project(tmp_path, site)
    killed = start(tmp_path, settings=(*QUICK, "DOWNLOAD_TIMEOUT=60", "EXTRACT_PROCESSES=1"))
    wait_for(site, "/story/1/103")
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=30)
    done = crawl(tmp_path)
    assert done.status == 0, done.log
    assert done.rows("select count(*) from articles") == [(6,)]
    assert done.rows("select finish_reason from crawls order by id") == [("crashed",), ("finished",)]


def test_two_papers_share_an_archive(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 110))
    project(tmp_path, site)
    with Site() as other:
        publish(other, range(200, 210))
        spiders = tmp_path / "evening_spiders"
        text = (spiders / "evening.py").read_text().replace(site.url, other.url)
        (spiders / "morning.py").write_text(text.replace('"evening"', '"morning"').replace("Evening", "Morning"))
        running = start(tmp_path), start(tmp_path, paper="morning")
        done, morning = (finish(tmp_path, process) for process in running)
        assert (done.status, morning.status) == (0, 0), done.log + morning.log
    assert done.rows("select name, count(*) from articles join sources on sources.id = source_id group by 1") == [
        ("evening", 10),
        ("morning", 10),
    ]
