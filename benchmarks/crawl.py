"""Pages a second through the whole way, against the same Scrapy fetching the same pages and doing nothing.

    python benchmarks/crawl.py                    throughput and CPU by stage, 2,000 pages a run
    python benchmarks/crawl.py --memory           memory after 2,000 and after 20,000 pages, of one crawl and of two

A server of its own process on 127.0.0.1 sends gzipped pages; it shares the two cores with the crawl, as all here do.
Each figure is the median of the rounds; the runs of one round follow each other, so that ratios hold where the
machine's speed drifts. CPU time is that of the crawl's process and of its workers, which read the pages, together.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

FIRST = 5_000_000  # the first story's number
FEW = 2_000  # pages after which memory is looked at first
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
)
STAGES = ("fetch", "fetch + record", "fetch + extract", "whole way")
TICKS = os.sysconf("SC_CLK_TCK")


def serve(pages: int) -> None:
    """Send ``pages`` different stories, for ever; print the port first."""
    from benchmarks.pages import story_page

    distinct = min(pages, 4_000)  # beyond that, the same texts come again under other addresses
    bodies = [gzip.compress(story_page(FIRST + n), 6) for n in range(distinct)]
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listener.getsockname()[1], flush=True)

    def answer(connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            while request := lines.readline():
                while lines.readline() not in (b"\r\n", b""):
                    pass
                path = request.split()[1]
                if path == b"/robots.txt":
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                    continue
                body = bodies[int(path.rsplit(b"/", 1)[1]) % distinct]
                connection.sendall(HEAD % len(body) + body)

    while True:
        threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()


def crawl(port: int, pages: int, stage: str, folder: str) -> None:
    """Crawl in this process; print seconds of wall time, of CPU time here and in the workers, and peaks of memory.

    The peaks are those of this process, after all pages and after the first 2,000, and of the largest worker.
    """
    from scrapy import Request, signals
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings
    from scrapy.utils.misc import load_object

    from newsarchive import settings as module
    from newsarchive.crawl.paper import NewspaperSpider
    from newsarchive.spiders.worldjournal import WorldJournalSpider

    site = f"http://127.0.0.1:{port}"

    class Paper(NewspaperSpider):
        name = "benchmark"
        home_url = f"{site}/"
        layout = replace(
            WorldJournalSpider.layout,
            story=r"^http://127\.0\.0\.1:\d+/wj/story/(?P<category>\d+)/(?P<id>\d+)$",
            canonical=None,
        )

    class Fetching(Paper):
        """The same requests, and nothing done with what they bring."""

        async def start(self):  # type: ignore[no-untyped-def]
            for url in stories(site, pages):
                yield Request(url, callback=self.nothing)

        def nothing(self, response):  # type: ignore[no-untyped-def]
            return None

    settings = Settings()
    settings.setmodule(module, priority="project")
    for name, value in {
        "ALLOW_PRIVATE_ADDRESSES": ["127.0.0.1"],
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "WARC_DIR": f"{folder}/warc",
        "ARCHIVE_URL": f"sqlite:///{folder}/news.db",
        "LOG_LEVEL": "ERROR",
    }.items():
        settings.set(name, value, priority="cmdline")
    if stage in ("fetch", "fetch + extract"):
        settings["DOWNLOADER_MIDDLEWARES"]["newsarchive.warc.recorder.Recorder"] = None
    if stage in ("fetch", "fetch + record"):
        settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    if stage == "fetch + extract":
        pipelines = {name: order for name, order in settings["ITEM_PIPELINES"].items() if order <= 200}
        settings.set("ITEM_PIPELINES", pipelines, priority="cmdline")
        # What is not archived counts as a crawl that failed.
        settings["EXTENSIONS"]["newsarchive.crawl.exit_status.ExitStatus"] = None
    process = AsyncCrawlerProcess(settings)
    fetching = stage in ("fetch", "fetch + record")
    crawler = process.create_crawler(Fetching if fetching else Paper)
    process.crawl(crawler, **({} if fetching else {"urls": ",".join(stories(site, pages))}))
    taken, early = itertools.count(1), [0]

    def scraped() -> None:
        if next(taken) == FEW:
            early[0] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    crawler.signals.connect(scraped, signal=signals.item_scraped)
    for name in (*settings["EXTENSIONS"], *settings["DOWNLOADER_MIDDLEWARES"], *module.ITEM_PIPELINES):
        load_object(name)
    before, start = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    process.start()
    wall = time.perf_counter() - before
    own, workers = resource.getrusage(resource.RUSAGE_SELF), workers_cpu()
    # Loading the libraries is not counted; the workers' own start is, for there is no page without it.
    cpu = own.ru_utime + own.ru_stime - start.ru_utime - start.ru_stime
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # only of what has ended the system tells the peak
    print(wall, cpu, workers, own.ru_maxrss, early[0], resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def stories(site: str, pages: int) -> Iterator[str]:
    """Give the addresses of the stories."""
    return (f"{site}/wj/story/121388/{FIRST + n}" for n in range(pages))


def workers_cpu() -> float:
    """Return the CPU seconds of the workers, which have ended: children of the process that forked them."""
    seconds = 0.0
    for child in Path("/proc/self/task").glob("*/children"):
        for number in child.read_text().split():
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            seconds += (int(fields[13]) + int(fields[14])) / TICKS  # cutime and cstime, proc_pid_stat(5)
    return seconds


@contextmanager
def server(pages: int) -> Iterator[int]:
    """Run the server while the block runs; gives its port."""
    process = subprocess.Popen([sys.executable, __file__, "--serve", str(pages)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()


def run(port: int, pages: int, stage: str) -> list[float]:
    """Crawl in a fresh process; returns what it prints: seconds of wall, of CPU here and in workers, peaks in KiB."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["--crawl", stage, "--port", str(port), "--pages", str(pages), "--folder", folder]
        done = subprocess.run([sys.executable, __file__, *words], check=True, capture_output=True, text=True)
    if done.stderr:
        print(done.stderr, file=sys.stderr)
    return [float(word) for word in done.stdout.split()]


def throughput(pages: int, rounds: int) -> None:
    """Print pages a second and CPU a page of each stage, and their ratios to the bare fetch."""
    from lxml import html

    from benchmarks.pages import story_page

    sample = [story_page(FIRST + n) for n in range(200)]
    before = time.process_time()
    for page in sample:
        html.fromstring(page.decode())
    parse = (time.process_time() - before) / len(sample)
    figures: dict[str, list[list[float]]] = {stage: [] for stage in STAGES}
    with server(pages) as port:
        for _ in range(rounds):
            for stage in STAGES:
                figures[stage].append(run(port, pages, stage))
    print(f"{pages} pages a run, {rounds} rounds, {os.cpu_count()} cores; one lxml parse {parse * 1e3:.2f} ms CPU")
    print(f"{'':18}{'pages/s':>9}{'÷ fetch':>9}{'CPU ms/page':>13}{'of workers':>12}{'÷ fetch':>9}")
    bare = figures["fetch"]
    for stage, runs in figures.items():
        rate = statistics.median(pages / wall for wall, *_ in runs)
        cpu, workers = (
            statistics.median(seconds) / pages * 1e3 for seconds in (map(total, runs), [r[2] for r in runs])
        )
        faster = statistics.median(theirs[0] / mine[0] for mine, theirs in zip(runs, bare, strict=True))
        dearer = statistics.median(total(mine) / total(theirs) for mine, theirs in zip(runs, bare, strict=True))
        print(f"{stage:18}{rate:9.0f}{faster:9.2f}{cpu:13.2f}{workers:12.2f}{dearer:9.2f}")
    rounds_by_stage = [[total(run) / pages * 1e3 for run in figures[stage]] for stage in STAGES]
    parts: dict[str, list[tuple[float, float]]] = {"record": [], "extract": [], "archive": [], "record + archive": []}
    for fetch, record, extract, whole in zip(*rounds_by_stage, strict=True):
        parts["record"].append((record - fetch, fetch))
        parts["extract"].append((extract - fetch, fetch))
        parts["archive"].append((whole - extract - (record - fetch), fetch))
        parts["record + archive"].append((whole - extract, fetch))
    print(f"{'adds':18}{'CPU ms/page':>13}{'÷ fetch':>9}{'÷ lxml parse':>14}")
    for part, added in parts.items():
        cpu = statistics.median(own for own, _ in added)
        ratio = statistics.median(own / fetch for own, fetch in added)
        print(f"{part:18}{cpu:13.2f}{ratio:9.2f}{cpu / parse / 1e3:14.1f}")


def total(run: list[float]) -> float:
    """Return the CPU seconds of a run, the workers' included."""
    return run[1] + run[2]


def memory() -> None:
    """Print the peak memory of a crawl of 20,000 pages, after 2,000 of them and at its end, and of one of 2,000.

    The longer crawl holds ten times as many addresses from its start, as it is asked for that many.
    """
    peaks: dict[int, list[float]] = {}
    for pages in (FEW, 10 * FEW):
        with server(pages) as port:
            peaks[pages] = [size / 1024 for size in run(port, pages, "whole way")[3:]]
        last, early, worker = peaks[pages]
        print(f"{pages:6} pages: crawl {early:.0f} MiB after {FEW}, {last:.0f} at the end; largest worker {worker:.0f}")
    last, early, _ = peaks[10 * FEW]
    print(f"ratio in one crawl {last / early:.3f}, of two crawls {last / peaks[FEW][0]:.3f}")


def main() -> None:
    """Read the words of the command line."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--pages", type=int, default=2_000)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--memory", action="store_true")
    ask.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    ask.add_argument("--crawl", help=argparse.SUPPRESS)
    ask.add_argument("--port", type=int, help=argparse.SUPPRESS)
    ask.add_argument("--folder", help=argparse.SUPPRESS)
    words = ask.parse_args()
    if words.serve:
        serve(words.serve)
    elif words.crawl:
        crawl(words.port, words.pages, words.crawl, words.folder)
    elif words.memory:
        memory()
    else:
        throughput(words.pages, words.rounds)


if __name__ == "__main__":
    main()
