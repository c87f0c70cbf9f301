from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server import Site

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def reference() -> Path:
    """The reference pages, where the environment says that they are."""
    folder = os.environ.get("NEWSARCHIVE_REFERENCE")
    if not folder:
        pytest.skip("needs the reference pages: set NEWSARCHIVE_REFERENCE to their folder")
    return Path(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven from Python; one for all tests, since a second driver in a process is refused."""
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on 127.0.0.1 that sends what the test declares."""
    with Site() as running:
        yield running
