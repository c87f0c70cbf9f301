"""WACZ files, held to the standard by the tool of those who keep it."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError

from tests.export.conftest import Export


def test_wacz_validates_and_lists_the_stories(run: Export, crawled: Path, tmp_path: Path) -> None:
    done = run("export", "p.wacz", "--archive", crawled)
    assert (done.returncode, done.stderr) == (0, "")
    validate = [str(Path(sys.executable).parent / "wacz"), "validate", "-f", "p.wacz"]
    told = subprocess.run(validate, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert "Validation succeeded, the passed WACZ is valid" in told.stdout
    run("export", "s.jsonl", "--archive", crawled)
    stories = [json.loads(line) for line in (tmp_path / "s.jsonl").read_text("utf-8").split("\n") if line]
    with zipfile.ZipFile(tmp_path / "p.wacz") as file:
        _, *pages = [json.loads(line) for line in file.read("pages/pages.jsonl").decode().splitlines()]
    assert [page["title"] for page in pages] == [story["headline"] for story in stories]
    assert [page["text"] for page in pages] == [story["body"] for story in stories]
    assert sorted(path.name for path in tmp_path.glob("p.*")) == ["p.wacz", "p.wacz.manifest.json"]


def test_it_opens_in_replayweb_page(run: Export, crawled: Path, tmp_path: Path, browser: Any) -> None:
    """The viewer, from npm, in a real browser, shows the story as it was recorded."""
    viewer = os.environ.get("NEWSARCHIVE_REPLAYWEBPAGE")
    if not viewer:
        pytest.skip("needs npm's replaywebpage: set NEWSARCHIVE_REPLAYWEBPAGE to its folder")
    run("export", "p.wacz", "--archive", crawled)
    run("export", "s.jsonl", "--archive", crawled)
    with (tmp_path / "s.jsonl").open(encoding="utf-8") as lines:
        story = json.loads(lines.readline())
    (tmp_path / "replay").mkdir()
    shutil.copy(Path(viewer) / "ui.js", tmp_path)
    shutil.copy(Path(viewer) / "sw.js", tmp_path / "replay")
    (tmp_path / "index.html").write_text(
        '<!doctype html><body style="margin:0;height:100vh"><script src="/ui.js"></script>'
        f'<replay-web-page source="/p.wacz" url="{story["url"]}" replayBase="/replay/"></replay-web-page>'
    )
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context()
        try:
            for last in (False, False, True):
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
                shown = page.frame_locator("replay-web-page iframe").frame_locator("iframe")
                try:
                    shown.locator("h1", has_text=story["headline"]).first.wait_for(timeout=30_000)
                    break
                except TimeoutError:  # on a busy machine the viewer's frame may come before its service worker
                    if last:
                        raise
            assert story["body"].split("\n")[0][:20] in shown.locator("body").inner_text()
        finally:
            context.close()
            server.shutdown()
