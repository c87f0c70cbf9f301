"""Every stored page of every described paper gives its expected fields; a new paper needs only its own files."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsarchive import extract_article
from newsarchive.article import as_dict
from newsarchive.crawl.papers import layout_for, papers
from tests.fixtures.pack import FIXTURES, pack, page_bytes

PAGES = sorted(page for page in FIXTURES.rglob("*.html") if page.with_suffix(".json").exists())


@cache
def expected(page: Path) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return fields


@cache
def read(page: Path) -> dict[str, Any]:
    url = expected(page)["url"]
    layout = layout_for(url)
    assert layout is not None, f"no file in spiders/ describes {url}"
    fields: dict[str, Any] = json.loads(json.dumps(as_dict(extract_article(page_bytes(page), url, layout=layout))))
    return fields


@pytest.mark.parametrize(
    ("page", "field"),
    [
        pytest.param(page, field, id=f"{page.relative_to(FIXTURES).with_suffix('')}:{field}")
        for page in PAGES
        for field in expected(page)
    ],
)
def test_field(page: Path, field: str) -> None:
    assert read(page)[field] == expected(page)[field]


CONTRIBUTING = Path(__file__).parent.parent / "CONTRIBUTING.md"
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>The Harbour Post</title>
<item><title>Ferry bell found in a chip shop</title><link>{url}</link></item>
</channel></rss>
"""
MANIFEST = """recording = "harbourpost.warc.gz"
date = 2026-03-10T09:00:00Z
[[answer]]
url = "https://www.harbourpost.example/robots.txt"
status = 404
text = ""
[[answer]]
url = "https://www.harbourpost.example/feed.xml"
file = "feed.xml"
[[answer]]
url = "{url}"
file = "48213.html"
"""


def block(language: str, beginning: str) -> str:
    """The code block of CONTRIBUTING.md in ``language`` that begins with ``beginning``."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", CONTRIBUTING.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    (found,) = (text for text in blocks if text.startswith(beginning))
    return str(found)


@pytest.fixture
def own_project(tmp_path: Path) -> Path:
    """An empty folder with the files that CONTRIBUTING.md shows, as a reader would put them there."""
    (tmp_path / "papers").mkdir()
    for name, text in (
        ("scrapy.cfg", block("ini", "[settings]")),
        ("settings.py", block("python", "from newsarchive.settings")),
        ("papers/harbourpost.py", block("python", '"""The Harbour Post')),
        ("48213.html", block("html", "<!DOCTYPE")),
        ("48213.json", block("json", "{")),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def run(folder: Path, command: str, *arguments: str) -> str:
    """What the installed ``command`` prints when it is run in ``folder``."""
    path = Path(sys.executable).with_name(command)
    # Scrapy has put our own project's settings module there, for this process.
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    done = subprocess.run(
        [path, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_paper_is_one_file_and_its_page_gives_its_fields(own_project: Path) -> None:
    wanted = json.loads((own_project / "48213.json").read_text("utf-8"))
    printed = json.loads(run(own_project, "newsarchive", "extract", "48213.html", "--url", wanted["url"], "--json"))
    assert {field: printed[field] for field in wanted} == wanted
    assert set(printed) - set(wanted) == {"correction", "rules", "problems"}


def test_a_new_paper_is_crawled_in_an_empty_project(own_project: Path) -> None:
    wanted = json.loads((own_project / "48213.json").read_text("utf-8"))
    (own_project / "feed.xml").write_text(FEED.format(url=wanted["url"]), "utf-8")
    (own_project / "recording.toml").write_text(MANIFEST.format(url=wanted["url"]), "utf-8")
    (own_project / "harbourpost.warc.gz").write_bytes(pack(own_project / "recording.toml"))
    assert {"harbourpost", "worldjournal"} <= set(run(own_project, "scrapy", "list").split())
    run(own_project, "scrapy", "crawl", "harbourpost", "-s", "WARC_REPLAY=harbourpost.warc.gz")
    with closing(sqlite3.connect(own_project / "archive" / "newsarchive.db")) as archive:
        rows = archive.execute(
            "SELECT sources.name, external_id, headline, body, published_at FROM articles"
            " JOIN sources ON sources.id = source_id"
        ).fetchall()
    assert rows == [("harbourpost", "48213", wanted["headline"], wanted["body"], wanted["published"]["utc"])]


@pytest.mark.parametrize("paper", [paper.name for paper in papers()])
def test_a_crawl_of_the_recording_archives_what_its_pages_say(paper: str, tmp_path: Path) -> None:
    """The whole way, charsets and compression included: every page with a body is a row that says what is expected."""
    replay, archive_url = f"WARC_REPLAY={FIXTURES / paper}.warc.gz", f"ARCHIVE_URL=sqlite:///{tmp_path / 'archive.db'}"
    here = "EXTRACT_PROCESSES=0"  # processes of their own take longer to start than such a crawl
    run(FIXTURES.parent.parent, "scrapy", "crawl", paper, "-s", replay, "-s", archive_url, "-s", here)
    pages = [expected(page) for page in PAGES if (FIXTURES / paper) in page.parents]
    wanted = {
        page["external_id"]: (page["headline"], page["byline"], page["body"], page["published"]["utc"], page["section"])
        for page in pages
        if page["body"]
    }
    with closing(sqlite3.connect(tmp_path / "archive.db")) as archive:
        rows = archive.execute("SELECT external_id, headline, byline, body, published_at, section FROM articles")
        assert {row[0]: row[1:] for row in rows} == wanted
