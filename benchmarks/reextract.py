"""How fast kept pages are read again, with one process and with two, against the bare lxml parse of the same pages.

    python benchmarks/reextract.py [--pages 1000]

Pages are made up, seeded, and weigh what a newspaper's do (benchmarks/pages.py: 77 KB). They are recorded in a WARC
file, crawled from there into an archive by the real spider, and read again by `newsarchive reextract`. The floor takes
the same records out of the recording and does no more than parse them with lxml, in one process.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from lxml import html
from pages import story_page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.warc.read import read_response

START = datetime(2026, 3, 1, tzinfo=UTC)


def main() -> None:
    """Record, crawl, read again, and print pages a second."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=1000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        recording, archive = folder / "pages.warc.gz", f"sqlite:///{folder}/news.db"
        urls = record(recording, given.pages)
        crawl = [sys.executable, "-m", "scrapy", "crawl", "worldjournal", "-a", "urls=" + ",".join(urls)]
        settings = ["-s", f"WARC_REPLAY={recording}", "-s", f"ARCHIVE_URL={archive}"]
        subprocess.run([*crawl, *settings], check=True, capture_output=True)
        with sqlite3.connect(folder / "news.db") as database:
            count = database.execute("SELECT count(*) FROM articles").fetchone()[0]
            places = database.execute(
                "SELECT warc_file, warc_offset FROM captures JOIN visits ON visits.capture_id = captures.id"
            ).fetchall()
        floor = measure("bare lxml parse, one process", count, lambda: parse(places), None)
        for processes in (1, 2):
            measure(f"reextract, {processes} process(es)", count, lambda n=processes: reread(archive, n, count), floor)  # type: ignore[misc]


def record(recording: Path, count: int) -> list[str]:
    """Write the pages into one recording; returns their addresses."""
    urls = []
    with recording.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number in range(count):
            url = f"https://www.worldjournal.com/wj/story/121470/{8_000_000 + number}"
            page = story_page(8_000_000 + number)
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            date = (START + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(page), http_headers=head, warc_headers_dict={"WARC-Date": date}
                )
            )
            urls.append(url)
    return urls


def parse(places: list[tuple[str, int]]) -> None:
    """Take each record out of the recording and parse it, and nothing else."""
    for file, offset in places:
        html.document_fromstring(read_response(Path(file), offset).body)


def reread(archive: str, processes: int, count: int) -> None:
    """Run the command as a user does."""
    command = [Path(sys.executable).with_name("newsarchive"), "reextract", "--json", "--archive", archive]
    done = subprocess.run([*command, "--processes", str(processes)], check=True, capture_output=True, text=True)
    report = json.loads(done.stdout)
    assert report["articles"] == count, report
    assert report["skipped"] == {}, report


def measure(name: str, count: int, work: Callable[[], None], floor: float | None) -> float:
    """Print one line; returns CPU seconds a page, those of child processes included."""
    begin, before = time.perf_counter(), _cpu()
    work()
    wall, cpu = (time.perf_counter() - begin) / count, (_cpu() - before) / count
    ratio = f"{cpu / floor:5.1f} ×" if floor else "    1 ×"
    print(f"{name:32} {1 / wall:6.0f} pages/s {cpu * 1000:7.2f} ms CPU a page {ratio}", flush=True)
    return cpu


def _cpu() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
