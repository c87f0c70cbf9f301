from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsarchive.cli import main

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The made-up World Journal, really crawled from its recording into an SQLite file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('archive')}/news.db"
    recording = "tests/fixtures/worldjournal.warc.gz"
    crawl = [sys.executable, "-m", "scrapy", "crawl", "worldjournal", "-s", f"WARC_REPLAY={recording}"]
    subprocess.run([*crawl, "-s", f"ARCHIVE_URL={url}"], cwd=ROOT, check=True, capture_output=True)
    return url


@pytest.fixture
def newsarchive() -> Callable[..., Result]:
    """Run the command with these words."""

    def run(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)

    return run
