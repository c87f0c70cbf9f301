"""Our recordings in a tool that knows nothing of us: pywb, which serves web archives.

pywb wants older releases of what Scrapy wants newer ones of, so it lives in an environment of its own::

    python3 -m venv .venv-pywb && .venv-pywb/bin/pip install pywb && export NEWSARCHIVE_PYWB=$PWD/.venv-pywb
"""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Answer, Site, gzipped, redirect
from tests.warc.crawling import run
from tests.warc.recordings import PAGE


@pytest.fixture
def pywb() -> Path:
    """The folder with pywb's commands."""
    named = os.environ.get("NEWSARCHIVE_PYWB")
    if named:
        return Path(named) / "bin"
    found = shutil.which("wb-manager")
    if found is None:
        pytest.skip("needs pywb in an environment of its own: set NEWSARCHIVE_PYWB to its folder")
    return Path(found).parent


@pytest.fixture
def archive(pywb: Path, site: Site, tmp_path: Path) -> Iterator[str]:
    """A pywb that serves the recording of a crawl; gives the address before which a recorded address is put."""
    site.answers.update(
        {
            "/plain": Answer(body=PAGE),
            "/gzip": gzipped(PAGE),
            "/moved": redirect("/plain"),
            "/again": [Answer(body=PAGE), Answer(body=PAGE)],
        }
    )
    urls = [f"{site.url}/{name}" for name in ("plain", "gzip", "moved", "missing", "again", "again")]
    run(tmp_path, urls, "CONCURRENT_REQUESTS=1", arguments=["remember=yes"])
    (recording,) = (tmp_path / "archive/warc").glob("*.warc.gz")
    for command in (["init", "paper"], ["add", "paper", str(recording)]):
        subprocess.run([pywb / "wb-manager", *command], cwd=tmp_path, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [pywb / "wayback", "-b", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}/paper/id_/{site.url}"
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def fetch(url: str) -> tuple[int, dict[str, str], bytes]:
    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *arguments: object) -> None:
            """Leave the redirect as it is."""

    try:
        with urllib.request.build_opener(NoRedirect).open(url, timeout=30) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_pywb_replays_what_a_crawl_recorded(archive: str) -> None:
    status, _, body = fetch(f"{archive}/plain")
    assert (status, body) == (200, PAGE)
    status, headers, body = fetch(f"{archive}/gzip")
    assert status == 200
    assert (gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body) == PAGE
    status, headers, _ = fetch(f"{archive}/moved")
    assert status == 301
    assert headers["Location"].endswith("/plain")
    assert fetch(f"{archive}/missing")[::2] == (404, b"not here")
    assert fetch(f"{archive}/again")[::2] == (200, PAGE)  # the newest is a revisit
