"""Pages a second through the whole way, against Scrapy fetching the same pages and doing nothing.

    python benchmarks/crawl.py                    throughput and CPU by stage, 2,000 pages a run
    python benchmarks/crawl.py --memory           memory after 2,000 and after 20,000 pages, of one crawl and of two

Nothing is done with the pages twice: by plain Scrapy, its settings as it comes and none of our code, and by our own
spider without recorder and pipelines. The second is the faster, as our settings leave out what a paper needs not.

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
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))

FIRST = 5_000_000  # the first story's number
FEW = 2_000  # pages after which memory is looked at first
HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
)
PLAIN = "plain Scrapy"
STAGES = (PLAIN, "fetch", "fetch + record", "fetch + extract", "whole way")
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
    from scrapy import signals
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.utils.misc import load_object

    site = f"http://127.0.0.1:{port}"
    settings = plain_settings() if stage == PLAIN else own_settings(stage, folder)
    for name in ("DOWNLOAD_DELAY", "AUTOTHROTTLE_ENABLED"):
        settings.set(name, 0, priority="cmdline")
    settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 16, priority="cmdline")
    settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    reading = stage in ("fetch + extract", "whole way")
    crawler = process.create_crawler(reader(site) if reading else fetcher(site, pages, stage))
    process.crawl(crawler, **({"urls": ",".join(stories(site, pages))} if reading else {}))
    taken, early = itertools.count(1), [0]

    def scraped() -> None:
        if next(taken) == FEW:
            early[0] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    crawler.signals.connect(scraped, signal=signals.item_scraped)
    for kind in ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES", "DOWNLOAD_HANDLERS"):
        for name, value in settings.get_component_priority_dict_with_base(kind).items():
            load_object(value if kind == "DOWNLOAD_HANDLERS" else name)
    before, start = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    process.start()
    wall = time.perf_counter() - before
    own, workers = resource.getrusage(resource.RUSAGE_SELF), workers_cpu()
    # Loading the libraries is not counted; the workers' own start is, for there is no page without it.
    cpu = own.ru_utime + own.ru_stime - start.ru_utime - start.ru_stime
    if reading:
        forkserver._forkserver._stop()  # type: ignore[attr-defined]  # only of what has ended the system tells the peak
    print(wall, cpu, workers, own.ru_maxrss, early[0], resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def plain_settings() -> Settings:
    """Return Scrapy's own settings, robots.txt obeyed as in a project that ``scrapy startproject`` makes."""
    from scrapy.settings import Settings

    return Settings({"ROBOTSTXT_OBEY": True})


def own_settings(stage: str, folder: str) -> Settings:
    """Return our settings, without the parts that a stage goes without."""
    from scrapy.settings import Settings

    from newsarchive import settings as module

    settings = Settings()
    settings.setmodule(module, priority="project")
    settings.set("ALLOW_PRIVATE_ADDRESSES", ["127.0.0.1"], priority="cmdline")
    settings.set("WARC_DIR", f"{folder}/warc", priority="cmdline")
    settings.set("ARCHIVE_URL", f"sqlite:///{folder}/news.db", priority="cmdline")
    if stage in ("fetch", "fetch + extract"):
        settings["DOWNLOADER_MIDDLEWARES"]["newsarchive.warc.recorder.Recorder"] = None
    if stage in ("fetch", "fetch + record"):
        settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    if stage == "fetch + extract":
        pipelines = {name: order for name, order in settings["ITEM_PIPELINES"].items() if order <= 200}
        settings.set("ITEM_PIPELINES", pipelines, priority="cmdline")
        # What is not archived counts as a crawl that failed.
        settings["EXTENSIONS"]["newsarchive.crawl.exit_status.ExitStatus"] = None
    return settings


def reader(site: str) -> type[Spider]:
    """Return the spider of a paper in World Journal's layout."""
    from newsarchive.crawl.paper import NewspaperSpider
    from newsarchive.spiders.worldjournal import WorldJournalSpider

    class Paper(NewspaperSpider):
        name = "benchmark"
        home_url = f"{site}/"
        layout = replace(
            WorldJournalSpider.layout,
            story=r"^http://127\.0\.0\.1:\d+/wj/story/(?P<category>\d+)/(?P<id>\d+)$",
            canonical=None,
        )

    return Paper


def fetcher(site: str, pages: int, stage: str) -> type[Spider]:
    """Return a spider of the same requests that does nothing with what they bring."""
    from scrapy import Request, Spider

    class Fetching(Spider if stage == PLAIN else reader(site)):  # type: ignore[misc]
        name = "benchmark"

        async def start(self):  # type: ignore[no-untyped-def]
            for url in stories(site, pages):
                yield Request(url, callback=self.nothing)

        def nothing(self, response):  # type: ignore[no-untyped-def]
            return None

    return Fetching


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
    print(f"{'':18}{'pages/s':>9}{'÷ plain':>9}{'÷ fetch':>9}{'CPU ms/page':>13}{'of workers':>12}")
    for stage, runs in figures.items():
        rate = statistics.median(pages / wall for wall, *_ in runs)
        cpu, workers = (
            statistics.median(seconds) / pages * 1e3 for seconds in (map(total, runs), [r[2] for r in runs])
        )
        ratios = (
            statistics.median(theirs[0] / mine[0] for mine, theirs in zip(runs, figures[floor], strict=True))
            for floor in (PLAIN, "fetch")
        )
        print(f"{stage:18}{rate:9.0f}{next(ratios):9.2f}{next(ratios):9.2f}{cpu:13.2f}{workers:12.2f}")
    added: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for plain, fetch, record, extract, whole in zip(*(map(total, figures[stage]) for stage in STAGES), strict=True):
        for part, seconds in {
            "record": record - fetch,
            "extract": extract - fetch,
            "archive": whole - extract - (record - fetch),
            "record + archive": whole - extract,
        }.items():
            added[part].append((seconds / pages, seconds / plain, seconds / fetch))
    print(f"{'adds':18}{'CPU ms/page':>13}{'÷ plain':>9}{'÷ fetch':>9}{'÷ lxml parse':>14}")
    for part, figures_of_part in added.items():
        cpu, of_plain, of_fetch = map(statistics.median, zip(*figures_of_part, strict=True))
        print(f"{part:18}{cpu * 1e3:13.2f}{of_plain:9.2f}{of_fetch:9.2f}{cpu / parse:14.1f}")


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
