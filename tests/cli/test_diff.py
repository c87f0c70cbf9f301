"""``newsarchive diff`` on an archive in which papers really changed their stories."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from lxml import html
from rich.console import Console

from newsarchive.cli import diff
from tests.archive.conftest import Archive
from tests.archive.stories import BODY, OTHER, address, day, moment, story

Run = Callable[..., Result]
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def changed(tmp_path: Path) -> str:
    archive = Archive(f"sqlite:///{tmp_path}/news.db")
    more = BODY + "\n\n園方說，門票照常八十元。\n\n其他動物都在。"
    archive.write(
        story(1, body=more),
        story(2),
        story(3, body=HOSTILE),
        story(4, language="en", headline="The cat sleeps in the zoo"),
    )
    archive.write(
        story(1, at=day(1), body=more.replace("八十元", "九十元"), modified=moment(day(1))),
        story(3, at=day(1), body=HOSTILE + "。還有三個人。", headline=HOSTILE),
        story(
            4,
            at=day(1),
            language="en",
            headline="The black cat wakes, and eats 2 fish in the zoo",
            tags=["動物園", "cats"],
        ),
    )
    archive.write(story(1, at=day(2), body=more.replace("八十元", "一百元"), headline="小熊貓回家了"))
    archive.write(story(2, at=day(3), source=OTHER, url="https://abend.example/2"))
    archive.engine.dispose()
    return archive.url


def test_a_paragraph_is_one_line_where_no_terminal_is(newsarchive: Run, tmp_path: Path) -> None:
    archive = Archive(f"sqlite:///{tmp_path}/news.db")
    long = "園裡的動物今晚都在。" * 12
    archive.write(story(1, body=f"{long}門票八十元。{long}"))
    archive.write(story(1, at=day(1), body=f"{long}門票二百一十元。{long}"))
    archive.engine.dispose()
    shown = newsarchive("diff", address(1), "--archive", archive.url)
    assert f"{long}門票[-八-]{{+二百一+}}十元。{long}" in shown.output


def test_what_went_and_what_came(newsarchive: Run, changed: str) -> None:
    shown = newsarchive("diff", address(1), "--archive", changed)
    assert shown.exit_code == 0
    lines = [line.strip() for line in shown.output.splitlines()]
    assert "園方說，門票照常[-八十-]{+一百+}元。" in lines
    assert lines[lines.index("headline") + 1] == "小熊貓[-出走 第1夜-]{+回家了+}"
    assert lines.count("⋯ 2 unchanged") == 1
    assert any("publisher, substantive: numbers, words, silent · headline, body" in line for line in lines)
    step = newsarchive("diff", address(1), "--to", "2", "--archive", changed).output
    assert "門票照常[-八-]{+九+}十元。" in step
    assert "回家" not in step.split("body")[1]
    assert "[-一百-]{+八十+}元" in newsarchive("diff", "1", "--from", "3", "--to", "1", "--archive", changed).output


def test_latin_by_word(newsarchive: Run, changed: str) -> None:
    shown = newsarchive("diff", address(4), "--archive", changed).output
    assert "The{+ black+} cat [-sleeps-]{+wakes, and eats 2 fish+} in the zoo" in shown
    assert "[-小熊貓-]\n  {+cats+}" in shown


def test_as_json(newsarchive: Run, changed: str) -> None:
    told = json.loads(newsarchive("diff", address(1), "--json", "--archive", changed).output)
    assert (told["from"]["number"], told["to"]["number"]) == (1, 3)
    assert [step["number"] for step in told["revisions"]] == [2, 3]
    assert told["revisions"][0]["substantive"] is True
    assert told["revisions"][0]["reasons"] == ["numbers"]
    body = next(field for field in told["fields"] if field["field"] == "body")
    edited = [parts for parts in body["paragraphs"] if len(parts) > 1]
    assert [part["operation"] for part in edited[0]] == ["equal", "delete", "insert", "equal"]


def test_a_page_from_hostile_text_holds_no_markup_of_it(newsarchive: Run, changed: str) -> None:
    page = newsarchive("diff", address(3), "--html", "--archive", changed).output
    assert page.startswith("<!DOCTYPE html>")
    root = html.fromstring(page)
    assert root.xpath("//script | //img | //@onerror | //iframe") == []
    assert "default-src 'none'" in page
    assert any("三個人" in (element.text or "") for element in root.iter("ins"))
    assert HOSTILE in root.text_content()


def test_colours_on_a_terminal(newsarchive: Run, changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "console", lambda: Console(force_terminal=True, color_system="standard", width=100))
    shown = newsarchive("diff", address(1), "--archive", changed).output
    assert "\x1b[9;31m八十\x1b[0m\x1b[4;32m一百\x1b[0m" in shown
    assert "[-" not in shown


def test_one_wording_and_no_such_wording(newsarchive: Run, changed: str) -> None:
    alone = newsarchive("diff", address(2), "--archive", changed)
    assert alone.exit_code == 0
    assert "only this wording" in alone.output
    missing = newsarchive("diff", address(1), "--to", "9", "--archive", changed)
    assert missing.exit_code == 1
    assert missing.output.strip().endswith("has no wording 9; its latest is 3")
    several = newsarchive("diff", "2", "--archive", changed)
    assert several.exit_code == 1
    assert "several articles" in several.output
    assert newsarchive("diff", "nothing", "--archive", changed).exit_code == 1
