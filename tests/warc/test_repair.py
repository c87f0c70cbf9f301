"""Recordings after a crash, and captures held against them."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from newsarchive.warc.repair import check_captures, repair, repair_all, repair_recent
from newsarchive.warc.walk import Damage, walk
from tests.server import Answer, Site
from tests.warc.crawling import SPIDER, read_capture, run
from tests.warc.recordings import PAGE, http, packed, record, write

URLS = [f"https://paper.example/{number}" for number in range(4)]
NAME = "paper-20260219050000-00000.warc.gz"


def test_the_half_record_is_cut_and_kept(tmp_path: Path) -> None:
    parts = [packed(record(url, http(PAGE))) for url in URLS]
    whole, half = b"".join(parts[:3]), parts[3][:50]
    path = write(tmp_path / NAME, whole + half)
    cut = repair(path)
    assert cut is not None
    assert path.read_bytes() == whole
    assert cut.kept.read_bytes() == half
    assert cut.kept.name == f"{NAME}.cut-{len(whole)}"
    assert f"its last 50 bytes, from byte {len(whole)} on, are now in {cut.kept.name}" in str(cut)
    assert repair(path) is None
    assert list(repair_all(tmp_path)) == []


def test_a_file_that_a_crawl_is_writing_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / NAME, packed(record(URLS[0], http(PAGE)))[:-9])
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert repair(path) is None
    assert repair(path) is not None
    assert path.read_bytes() == b""


def test_only_the_spiders_own_recordings_are_repaired_at_its_start(tmp_path: Path) -> None:
    half = packed(record(URLS[0], http(PAGE)))[:-9]
    for name in (NAME, "paper-two-20260219050000-00000.warc.gz", "other-20260219050000-00000.warc.gz"):
        write(tmp_path / name, half)
    assert [cut.path.name for cut in repair_recent(tmp_path, "paper")] == [NAME]


def test_a_killed_crawl_leaves_whole_records_and_true_captures(site: Site, tmp_path: Path) -> None:
    names = [f"/{number}" for number in range(400)]
    for name in names:
        site.answers[name] = Answer(body=os.urandom(60_000), wait=0.005)
    urls = ",".join(site.url + name for name in names)
    command = [sys.executable, "-m", "scrapy", "runspider", str(SPIDER), "-a", f"urls={urls}", "-o", "items.jsonl"]
    environment = {
        **os.environ,
        "SCRAPY_SETTINGS_MODULE": "newsarchive.settings",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    command += ["-s", "ALLOW_PRIVATE_ADDRESSES=127.0.0.1", "-s", "WARC_MAX_SIZE=2000000"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL) as crawl:
        folder = tmp_path / "archive/warc"
        deadline = time.monotonic() + 60
        while len(list(folder.glob("*.warc.gz"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        crawl.send_signal(signal.SIGKILL)
    paths = sorted(folder.glob("*.warc.gz"))
    assert len(paths) >= 3
    lines = (tmp_path / "items.jsonl").read_text("utf-8").split("\n")[:-1]
    captures = [read_capture(json.loads(line)["capture"]) for line in lines]
    assert captures
    assert not list(check_captures(captures, folder))

    # What a kill in the middle of a write leaves, as this one may have; the next crawl cuts it off before it begins.
    if not [damage for damage in walk(paths[-1]) if isinstance(damage, Damage)]:
        whole = paths[-1].read_bytes()
        paths[-1].write_bytes(whole + whole[:777])
    again = run(tmp_path, [f"{site.url}/1"], "WARC_MAX_SIZE=2000000")
    assert f"{paths[-1].name}: ended in half a record; its last" in again.log
    for path in sorted(folder.glob("*.warc.gz")):
        assert not [damage for damage in walk(path) if isinstance(damage, Damage)]
    assert not list(check_captures([*captures, *again.captures], folder))


def test_captures_that_disagree_are_named(site: Site, tmp_path: Path) -> None:
    site.answers.update({"/a": Answer(body=PAGE), "/b": Answer(body=PAGE + b" ")})
    first, second = run(tmp_path, [f"{site.url}/a", f"{site.url}/b"], "CONCURRENT_REQUESTS=1").captures
    folder = tmp_path / "archive/warc"
    assert first.warc_length is not None
    wrong = {
        "is of": replace(first, warc_offset=second.warc_offset),
        "no record": replace(first, warc_offset=10**9),
        "no record begins at byte 7": replace(first, warc_offset=7),
        "No such file": replace(first, warc_file="none.warc.gz"),
        "has another body": replace(first, digest=second.digest),
        "bytes, not": replace(first, warc_length=first.warc_length + 1),
    }
    assert not list(check_captures([first, second], folder))
    for reason, capture in wrong.items():
        (disagreement,) = check_captures([capture], folder)
        assert reason in str(disagreement)
        assert str(disagreement).startswith(f"{first.url}, fetched 20")
