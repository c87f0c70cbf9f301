"""A crawl killed at any moment costs nothing but its time. ``benchmarks/kills.py`` kills more often."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import run


def test_ten_kills_lose_double_and_tear_nothing(tmp_path: Path) -> None:
    tally = run(tmp_path, kills=10, seed=20260219)
    assert tally.problems == []
    assert tally.kills == 10
    assert tally.in_crawl >= 3
    assert tally.acknowledged >= 50
