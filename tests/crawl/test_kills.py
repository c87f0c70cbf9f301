"""A crawl, an upgrade or a re-reading killed at any moment costs nothing but its time.

``benchmarks/kills.py`` and ``benchmarks/kills_offline.py`` kill more often.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.kills import run
from benchmarks.kills_offline import QUERIES, disturb


def test_ten_kills_lose_double_and_tear_nothing(tmp_path: Path) -> None:
    tally = run(tmp_path, kills=10, seed=20260219)
    assert tally.problems == []
    assert tally.kills == 10
    assert tally.in_crawl >= 3
    assert tally.acknowledged >= 50


@pytest.mark.parametrize("make", QUERIES)
def test_an_upgrade_and_a_rereading_may_be_killed(
    tmp_path: Path, make: Callable[[Path], tuple[Path, list[str]]]
) -> None:
    assert disturb(tmp_path, 3, random.Random(20260219), make) == []
