from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Site


@pytest.fixture
def reference() -> Path:
    """The reference pages, where the environment says that they are."""
    folder = os.environ.get("NEWSARCHIVE_REFERENCE")
    if not folder:
        pytest.skip("needs the reference pages: set NEWSARCHIVE_REFERENCE to their folder")
    return Path(folder)


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on 127.0.0.1 that sends what the test declares."""
    with Site() as running:
        yield running
