"""``newsarchive check-papers``: stored pages against layouts, in a project of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsarchive import extract_article
from newsarchive.article import as_dict
from newsarchive.extract.layout import Layout

SPIDER = """
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class Quay(NewspaperSpider):
    name = "quay"
    title = "The Quay"
    home_url = "https://www.quay.example/"
    layout = Layout({layout})
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The pump runs again</title></head>
<body><h1>The pump runs again</h1><div class="signed">Ilse Horvath</div>
<div class="text"><p>The pump on the south quay has run without a break since Tuesday night, and the cellars behind it
are dry for the first time since October.</p><p>Nobody knows who mended it. The harbour master found the key in the
lock, a thermos beside it, and a note with the number of turns.</p><p class="offer">Read the quay for a quarter.</p>
</div></body></html>"""
URL = "https://www.quay.example/news/1234567"
LAYOUT = {"timezone": "America/Halifax", "byline": (".signed",), "body": (".text",), "drop": (".offer",)}


def check(folder: Path, *arguments: str, **changed: Any) -> tuple[int, str]:
    """What the command prints for a paper whose layout has ``changed``, and its exit status."""
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = quay_settings\n", "utf-8")
    (folder / "quay_settings.py").write_text("SPIDER_MODULES = ['quays']\n", "utf-8")
    (folder / "quays").mkdir(exist_ok=True)
    (folder / "quays" / "__init__.py").touch()
    layout = ", ".join(f"{name}={value!r}" for name, value in {**LAYOUT, **changed}.items())
    (folder / "quays" / "quay.py").write_text(SPIDER.format(layout=layout), "utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    done = subprocess.run(
        [Path(sys.executable).with_name("newsarchive"), "check-papers", "--pages", "pages", *arguments],
        cwd=folder, env=environment | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    pages = tmp_path / "pages" / "quay"
    pages.mkdir(parents=True)
    (pages / "1.html").write_text(PAGE, "utf-8")
    fields = as_dict(extract_article(PAGE, URL, layout=Layout(**LAYOUT)))
    assert "quarter" not in fields["body"]
    del fields["rules"], fields["problems"]
    (pages / "1.json").write_text(json.dumps(fields), "utf-8")
    return tmp_path


def test_a_paper_that_reads_as_it_must_passes(project: Path) -> None:
    status, printed = check(project)
    assert (status, printed.strip()) == (0, "quay: 1 page, 0 fields changed")


def test_a_selector_broken_on_purpose_is_reported_with_what_it_changes(project: Path) -> None:
    status, printed = check(project, drop=(".ofer",))
    assert status == 1
    assert "quay/1.html: body" in printed
    assert "Read the quay for a quarter." in printed
    assert "drop: .ofer matches on no stored page" in printed


def test_a_broken_selector_is_reported_where_the_generic_reading_makes_up_for_it(project: Path) -> None:
    status, printed = check(project, "--json", headline=("h1.gone",))
    (paper,) = json.loads(printed)
    assert paper["differences"] == []
    assert paper["selectors_without_match"] == [{"field": "headline", "selector": "h1.gone"}]
    assert paper["fields_without_selector"] == ["headline"]
    assert status == 1


def test_one_of_several_selectors_may_wait_for_an_older_layout(project: Path) -> None:
    status, printed = check(project, body=(".text", ".old-text"))
    assert status == 0
    assert "body: .old-text matches on no stored page" in printed


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("pages/quay/1.json", "{", "1.json: no JSON"),
        ("pages/quay/1.json", "{}", "1.json: it states no url"),
        ("pages/quay/1.json", '{"url": "https://nobody.example/1"}', "no file in spiders/ describes https://nobody"),
        ("pages/quay/1.html", '<!--#include virtual="/quay/1.html" -->', "included by itself"),
        ("pages/quay/1.html", '<meta charset="big5">simplified 报', "not in the charset that it declares"),
    ],
)
def test_a_stored_page_that_cannot_be_used_is_named(project: Path, file: str, text: str, reason: str) -> None:
    (project / file).write_text(text, "utf-8")
    status, printed = check(project)
    assert status == 1
    assert reason in printed
    assert "Traceback" not in printed


def test_an_unknown_paper_is_refused(project: Path) -> None:
    status, printed = check(project, "key")
    assert status == 1
    assert "key: no such paper; there are: quay" in printed
