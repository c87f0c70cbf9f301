"""The clock of a crawl, live and in replay."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from scrapy import Request
from scrapy.utils.test import get_crawler

from newsarchive.page import Capture
from newsarchive.warc.captured import KEY
from newsarchive.warc.clock import fetched_at, now
from tests.warc.recordings import PAGE, http, packed, record, write

ADDON = {"newsarchive.warc.replay.Replay": 100}


def test_in_replay_it_is_when_the_recording_was_made(tmp_path: Path) -> None:
    dates = ["2026-02-19T05:00:00Z", "2026-02-21T07:30:00.25Z", "2026-02-20T05:00:00Z"]
    path = write(
        tmp_path / "one.warc.gz", packed(*(record(f"https://a.example/{d}", http(PAGE), date=d) for d in dates))
    )
    crawler = get_crawler(settings_dict={"ADDONS": ADDON, "WARC_REPLAY": str(path)})
    latest = datetime(2026, 2, 21, 7, 30, 0, 250_000, tzinfo=UTC)
    assert now(crawler) == latest
    refused = Request("https://a.example/forbidden")
    assert fetched_at(refused, crawler) == latest
    date = datetime(2026, 2, 19, 5, tzinfo=UTC)
    capture = Capture(url=refused.url, fetched_at=date, http_status=200, content_type=None, digest="sha256:")
    assert fetched_at(refused.replace(meta={KEY: capture}), crawler) == date


def test_live_it_is_now() -> None:
    before = datetime.now(UTC)
    crawler = get_crawler(settings_dict={"ADDONS": ADDON, "WARC_REPLAY": ""})
    assert before <= now(crawler) <= fetched_at(Request("https://a.example/"), crawler) <= datetime.now(UTC)
