"""Counting from the command line, in the archive of a real crawl; charts that can be looked at."""

from __future__ import annotations

import csv
import json
import resource
import sqlite3
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result
from matplotlib import font_manager

Run = Callable[..., Result]


def rows(archive: str, query: str) -> list[tuple[str | None, int]]:
    with sqlite3.connect(archive.removeprefix("sqlite:///")) as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize(
    ("group", "query"),
    [
        ("day", "SELECT published_date, count(*) FROM articles GROUP BY 1 ORDER BY 1"),
        ("month", "SELECT substr(published_date, 1, 7), count(*) FROM articles GROUP BY 1 ORDER BY 1"),
        ("section", "SELECT section, count(*) FROM articles GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5"),
        ("author", "SELECT name, count(*) FROM article_authors JOIN authors ON authors.id = author_id GROUP BY 1"
                   " ORDER BY 2 DESC, 1 LIMIT 5"),
        ("tag", "SELECT name, count(*) FROM article_tags JOIN tags ON tags.id = tag_id GROUP BY 1"
                " ORDER BY 2 DESC, 1 LIMIT 5"),
    ],
)  # fmt: skip
def test_counts_are_those_of_the_tables(newsarchive: Run, archive: str, group: str, query: str) -> None:
    told = newsarchive("stats", "--by", group, "--top", "5", "--csv", "--archive", archive).output
    counted = [(row[group] or None, int(row["stories"])) for row in csv.DictReader(StringIO(told))]
    assert counted == rows(archive, query) != []


def test_the_share_of_a_query(newsarchive: Run, archive: str) -> None:
    shares = json.loads(newsarchive("stats", "洛杉矶", "--by", "month", "--json", "--archive", archive).output)
    found = int(newsarchive("search", "洛杉磯", "--count", "--archive", archive).output)
    assert sum(row["stories"] for row in shares) == found > 0
    assert sum(row["of"] for row in shares) == rows(archive, "SELECT 'all', count(*) FROM articles")[0][1]
    assert all(row["share"] == round(row["stories"] / row["of"], 6) for row in shares)
    table = newsarchive("stats", "洛杉磯", "--by", "month", "--archive", archive).output
    assert "share" in table
    assert "█" in table


@pytest.mark.parametrize("installed_later", [False, True])
def test_a_chart_with_chinese_labels(
    newsarchive: Run, archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, installed_later: bool
) -> None:
    if installed_later:  # Matplotlib keeps its list of fonts from the first chart on
        known = [font for font in font_manager.fontManager.ttflist if "CJK" not in font.name]
        monkeypatch.setattr(font_manager.fontManager, "ttflist", known)
    for name, words in (("sections.svg", ["--by", "section"]), ("days.png", ["洛杉磯", "--by", "day"])):
        told = newsarchive("stats", *words, "--plot", tmp_path / name, "--archive", archive)
        assert told.exit_code == 0, told.output
    assert (tmp_path / "days.png").read_bytes().startswith(b"\x89PNG")
    svg = ElementTree.parse(tmp_path / "sections.svg").getroot()
    drawn = [node.get("id", "") for node in svg.iter() if "DejaVu" not in node.get("id", "")]
    assert any("CJK" in name for name in drawn)  # a Chinese font's outlines, not boxes
    assert sorted(path.name for path in tmp_path.iterdir()) == ["days.png", "sections.svg"]


def test_without_a_chinese_font_the_package_to_install_is_named(
    newsarchive: Run, archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [font for font in font_manager.fontManager.ttflist if "DejaVu" in font.name]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", known)
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    told = newsarchive("stats", "--by", "section", "--plot", tmp_path / "chart.png", "--archive", archive)
    assert (told.exit_code, "fonts-noto-cjk" in told.output) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_the_extra_is_named(
    newsarchive: Run, archive: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    told = newsarchive("stats", "--plot", tmp_path / "chart.png", "--archive", archive)
    assert told.exit_code == 1
    assert "newsarchive[plot]" in told.output


def test_a_full_disk_leaves_no_half_chart_and_the_chart_is_named(
    newsarchive: Run, archive: str, tmp_path: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (33_000, hard))  # SQLite needs 32 KiB to read
    try:
        told = newsarchive("stats", "--plot", tmp_path / "chart.png", "--archive", archive)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert told.exit_code == 1
    assert told.output.startswith(f"Error: {tmp_path}/chart.png: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["(川普"], "not closed"),
        (["--plot", "chart.gif"], "a chart is a .png or a .svg"),
        (["--plot", "/nowhere/chart.png"], "No such file or directory"),
        (["鸕鶿鸕鶿", "--by", "tag", "--plot", "chart.png"], "no stories to draw"),
    ],
)
def test_what_cannot_be_counted_or_drawn_is_one_line(
    newsarchive: Run, archive: str, words: list[str], fault: str
) -> None:
    told = newsarchive("stats", *words, "--archive", archive)
    assert told.exit_code == 1
    assert told.output.startswith("Error: ")
    assert fault in told.output
    assert len(told.output.splitlines()) == 1
