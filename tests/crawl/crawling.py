"""A made-up paper on a local server, and real crawls of it in a process of their own.

``start`` runs the command as a scheduler does. ``crawl`` runs the same command to its end from a process that has
loaded Scrapy and newsarchive already, which for most crawls of the tests takes longer than the crawl.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scrapy.cmdline import execute

from tests.server import Answer, Site

ROOT = Path(__file__).parents[2]

SPIDER = """
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout

class Evening(NewspaperSpider):
    name = "evening"
    title = "The Evening Example"
    home_url = "{site}/"
    layout = Layout(
        timezone="America/New_York",
        story=r"/(?:amp/)?story/(?P<category>[0-9]+)/(?P<id>[0-9]+)(?:[?#]|$)",
        canonical="{site}/story/{{category}}/{{id}}",
        {layout}
    )
    sitemaps = ("{site}/sitemap.xml",)
    {listings}
"""

TOWNS = (
    "Alder",
    "Brook",
    "Clay",
    "Dover",
    "Elm",
    "Ferry",
    "Grove",
    "Harbor",
    "Isle",
    "Juniper",
    "Knoll",
    "Linden",
    "Mill",
)


@dataclass(frozen=True, slots=True)
class Crawl:
    """What a finished crawl left: its log, its exit status, its archive."""

    log: str
    status: int
    archive: Path

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(f"file:{self.archive}?mode=ro", uri=True) as connection:
            return connection.execute(sql).fetchall()

    def outcome(self, path: str) -> str:
        """What became of the latest visit to a path."""
        rows = self.rows("select url, outcome from visits order by id")
        return str([outcome for url, outcome in rows if str(url).endswith(path)][-1])

    @property
    def summary(self) -> str:
        return next(line for line in self.log.splitlines() if "] INFO: evening: found" in line)


def story(number: int) -> str:
    """A page with a headline, a byline, a time and a body of its own."""
    town = TOWNS[number % len(TOWNS)]
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{town} opens bridge {number}</title>
<meta property="article:published_time" content="2026-02-{number % 28 + 1:02d}T08:{number % 60:02d}:00-05:00"></head>
<body><article><h1>{town} opens its bridge number {number}</h1>
<p>The town of {town} opened bridge {number} on a cold morning, and {number * 7} people walked across it first.</p>
<p>Its mayor said that the {number * 3} beams came by rail, that {town} had saved for {number + 2} years, and that
nobody would have to take the ferry in winter any more, which a long line of voters had asked for.</p>
<p>Work on the road to it begins in spring; until then carts wait at {town} mill, number {number}.</p>
</article></body></html>"""


def sitemap(site: Site, numbers: range | list[int], *, modified: dict[int, str] | None = None) -> Answer:
    entries = "".join(
        f"<url><loc>{site.url}/story/1/{number}</loc>"
        + (f"<lastmod>{modified[number]}</lastmod>" if modified and number in modified else "")
        + f"<news:news><news:publication_date>2026-02-{number % 28 + 1:02d}T08:00:00-05:00"
        "</news:publication_date></news:news></url>"
        for number in numbers
    )
    text = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )
    return Answer(body=text.encode(), content_type="application/xml")


def publish(site: Site, numbers: range) -> None:
    """Put stories on the server, and a sitemap that lists them."""
    site.answers["/robots.txt"] = Answer(body=b"User-agent: *\nAllow: /\n", content_type="text/plain")
    site.answers["/sitemap.xml"] = sitemap(site, numbers)
    for number in numbers:
        site.answers[f"/story/1/{number}"] = Answer(body=story(number).encode())


def project(folder: Path, site: Site, listings: str = "", layout: str = "") -> None:
    """Make an empty Scrapy project with one newspaper in it."""
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = evening_settings\n")
    (folder / "evening_settings.py").write_text(
        "from newsarchive.settings import *\nSPIDER_MODULES = ['evening_spiders']\n"
    )
    spiders = folder / "evening_spiders"
    spiders.mkdir(exist_ok=True)
    (spiders / "__init__.py").touch()
    (spiders / "evening.py").write_text(SPIDER.format(site=site.url, listings=listings, layout=layout))


# What a test need not wait for, and the leave to visit this machine.
QUICK = (
    "ALLOW_PRIVATE_ADDRESSES=127.0.0.1",
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "EXTRACT_PROCESSES=0",
    "DOWNLOAD_TIMEOUT=20",  # a busy machine answers late, and what is asked for a second time is no finding
    "RETRY_TIMES=1",
)
# Two requests under way at once reach the server in any order; where the order is what a test is about, there is one.
IN_ORDER = (*QUICK, "CONCURRENT_REQUESTS=1")


def _command(paper: str, arguments: tuple[str, ...], settings: tuple[str, ...]) -> list[str]:
    return ["scrapy", "crawl", paper, *(part for setting in settings for part in ("-s", setting)), *arguments]


def start(
    folder: Path,
    *arguments: str,
    settings: tuple[str, ...] = QUICK,
    paper: str = "evening",
    terminal: int | None = None,
) -> subprocess.Popen[str]:
    """Start ``scrapy crawl`` with warnings as errors, its log in a pipe or on a terminal."""
    command = [sys.executable, "-W", "error", "-m", *_command(paper, arguments, settings)]
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
    environment.pop("SCRAPY_SETTINGS_MODULE", None)
    log = subprocess.PIPE if terminal is None else terminal
    environment |= {"TERM": "xterm", "COLUMNS": "100"}
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(folder: Path, process: subprocess.Popen[str]) -> Crawl:
    log, _ = process.communicate(timeout=90)
    return Crawl(log, process.returncode, folder / "archive" / "newsarchive.db")


# Processes made from it are copies of one that has loaded all this; none of it opens or starts anything.
_LOADED = multiprocessing.get_context("forkserver")
_LOADED.set_forkserver_preload(
    [
        *(f"scrapy.{name}" for name in ("cmdline", "commands.crawl", "core.engine", "downloadermiddlewares.retry")),
        *(f"newsarchive.crawl.{name}" for name in ("commands.crawl", "unknown_paper", "progress", "crawl_delay")),
        *(f"newsarchive.pipelines.{name}" for name in ("extract", "since", "archive")),
        *("newsarchive.archive.upgrade", "newsarchive.warc.replay", "newsarchive.warc.recorder", __name__),
    ]
)


def crawl(folder: Path, *arguments: str, settings: tuple[str, ...] = QUICK, paper: str = "evening") -> Crawl:
    """Crawl to the end."""
    with tempfile.NamedTemporaryFile() as log:
        process = _LOADED.Process(target=_crawl_here, args=(folder, log.name, _command(paper, arguments, settings)))
        process.start()
        process.join(90)
        if process.is_alive():
            process.kill()
            process.join()
        status = process.exitcode
        process.close()
        assert status is not None
        return Crawl(log.read().decode(), status, folder / "archive" / "newsarchive.db")


def _crawl_here(folder: Path, log: str, command: list[str]) -> None:
    """Be the command: in its folder, with its words, its log in a file and warnings as errors."""
    written = os.open(log, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(written, stream)
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    sys.argv = command
    os.environ.pop("SCRAPY_SETTINGS_MODULE", None)
    warnings.resetwarnings()
    warnings.simplefilter("error")
    execute()
