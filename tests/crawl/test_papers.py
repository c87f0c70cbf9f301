"""Which described paper an address belongs to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsarchive.crawl.papers import layout_for, paper_for
from newsarchive.spiders.worldjournal import WorldJournalSpider
from tests.crawl.crawling import project
from tests.server import Site


@pytest.mark.parametrize(
    "url",
    [
        "https://www.worldjournal.com/wj/story/121388/9900101",
        "http://worldjournal.com/wj/amp/story/121388/9900101?zh-cn",
        "https://m.worldjournal.com/",
    ],
)
def test_a_paper_is_known_by_its_host(url: str) -> None:
    assert paper_for(url) is WorldJournalSpider
    assert layout_for(url) is WorldJournalSpider.layout


@pytest.mark.parametrize(
    "url", ["https://notworldjournal.com/", "https://worldjournal.com.example/", "no address", "", "http://["]
)
def test_other_addresses_are_of_no_described_paper(url: str) -> None:
    assert layout_for(url) is None


def test_the_papers_of_a_users_own_project_count(site: Site, tmp_path: Path) -> None:
    project(tmp_path, site)
    script = f"from newsarchive.crawl.papers import paper_for; print(paper_for('{site.url}/story/1/2').name)"
    # Scrapy leaves the project that it found in the environment of this very process.
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == "evening\n"
