from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsarchive.cli import main
from tests.archive.conftest import (  # noqa: F401 - fixtures
    Archive,
    postgresql_server,
    postgresql_url,
    sqlite_archive,
    sqlite_url,
)
from tests.archive.sample import fill

ROOT = Path(__file__).parents[2]

Export = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up World Journal, really crawled from its recording into an SQLite file."""
    file = tmp_path_factory.mktemp("crawled") / "news.db"
    recording = "tests/fixtures/worldjournal.warc.gz"
    crawl = [sys.executable, "-m", "scrapy", "crawl", "worldjournal", "-s", f"WARC_REPLAY={recording}"]
    subprocess.run([*crawl, "-s", f"ARCHIVE_URL=sqlite:///{file}"], cwd=ROOT, check=True, capture_output=True)
    return file


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Archive]:
    """Two made-up papers with revisions, a moved story and a copied text."""
    archive = Archive(f"sqlite:///{tmp_path}/week/news.db")
    fill(archive)
    yield archive
    archive.engine.dispose()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    """Run the command in an empty folder; after ``shell_before`` in a process of its own."""
    monkeypatch.chdir(tmp_path)

    def newsarchive(*words: object, shell_before: str = "") -> subprocess.CompletedProcess[str]:
        said = [str(word) for word in words]
        if not shell_before:
            result = CliRunner().invoke(main, said, catch_exceptions=False)
            return subprocess.CompletedProcess(said, result.exit_code, result.stdout, result.stderr)
        python = [sys.executable, "-W", "error", "-c", "from newsarchive.cli import main; main()"]
        command = ["bash", "-c", f'{shell_before}; exec "$@"', "bash", *python, *said]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return newsarchive
