"""What a user sees: a live line on a terminal, and an answer to Ctrl-C."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.crawl.crawling import QUICK, finish, project, publish, start
from tests.server import Site


def read_terminal(terminal: int) -> str:
    seen = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # the last process on the other side is gone
            return seen.decode()
        seen += part


def test_a_terminal_shows_a_live_line_and_the_log_above_it(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 110))
    del site.answers["/story/1/105"]
    project(tmp_path, site)
    terminal, other_side = os.openpty()
    process = start(tmp_path, settings=(*QUICK, "DOWNLOAD_DELAY=0.1"), terminal=other_side)
    os.close(other_side)
    seen = read_terminal(terminal)
    assert process.wait(timeout=60) == 0, seen
    os.close(terminal)
    assert "\x1b[2K" in seen  # the line is drawn over itself
    live = [line for line in seen.split("\r") if "found 10  fetched" in line]
    assert len(live) > 3
    bad = f"WARNING: {site.url}/story/1/105: not_found: 404 Not Found\r\n"
    assert bad in seen  # in one piece
    assert "evening: found 10, fetched 9, new 9, unchanged 0, not_found 1, failed 1 in" in seen


def test_ctrl_c_ends_a_crawl_in_good_order(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 140))
    project(tmp_path, site)
    process = start(tmp_path, settings=(*QUICK, "DOWNLOAD_DELAY=0.2", "EXTRACT_PROCESSES=2"))
    while len(site.paths) < 5:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    done = finish(tmp_path, process)
    assert done.status == 1
    assert "Received SIGINT, shutting down gracefully" in done.log
    assert "crawl failed: broken off by a signal" in done.log
    assert "Traceback" not in done.log
    ((archived,),) = done.rows("select count(*) from articles")
    assert 3 <= archived < 40
    assert done.rows("select finish_reason from crawls") == [("shutdown",)]
