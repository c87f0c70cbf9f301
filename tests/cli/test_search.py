"""Searching from the command line, in the archive of a real crawl."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from io import StringIO

import pytest
from click.testing import Result

Run = Callable[..., Result]


def like(archive: str, word: str) -> set[int]:
    """The truth: what a scan of everything that is searched finds."""
    columns = ("headline", "subheadline", "body", "captions", "byline", "authors", "tags")
    either = " OR ".join(f"{column} LIKE ?" for column in columns)
    with sqlite3.connect(archive.removeprefix("sqlite:///")) as database:
        rows = database.execute(f"SELECT id FROM article_rows WHERE {either}", [f"%{word}%"] * len(columns))
        return {row[0] for row in rows}


@pytest.mark.parametrize("word", ["報", "火警", "彩券", "洛杉磯", "保險", "Lena"])
def test_it_finds_what_a_scan_finds(newsarchive: Run, archive: str, word: str) -> None:
    found = json.loads(newsarchive("search", word, "--json", "--limit", "500", "--archive", archive).output)
    assert {hit["id"] for hit in found} == like(archive, word) != set()
    assert int(newsarchive("search", word, "--count", "--archive", archive).output) == len(found)
    dates = [hit["published_at"] or "" for hit in found]
    assert dates == sorted(dates, reverse=True)


def test_simplified_characters_find_traditional_ones_and_hits_are_marked(newsarchive: Run, archive: str) -> None:
    table = newsarchive("search", "洛杉矶", "--archive", archive).output
    assert "[洛杉磯]" in table
    [hit, *_] = json.loads(newsarchive("search", "headline:洛杉矶", "--json", "--archive", archive).output)
    [[start, end]] = hit["hits"]["headline"]
    assert hit["headline"][start:end] == "洛杉磯"


def test_the_table_shows_every_character_of_a_hit(newsarchive: Run, archive: str) -> None:
    shown = "".join(newsarchive("search", "報", "--archive", archive).output.translate({91: "", 93: ""}).split())
    hits = json.loads(newsarchive("search", "報", "--json", "--archive", archive).output)
    for hit in hits:
        for text in (hit["headline"], hit["snippet"]):
            assert "".join(text.split()) in shown
    bodies = "SELECT body FROM articles WHERE length(body) > 100 LIMIT 3"
    shown = "".join(newsarchive("sql", bodies, "--archive", archive).output.split())
    for row in json.loads(newsarchive("sql", bodies, "--json", "--archive", archive).output):
        assert "".join(row["body"].split()) in shown


def test_pages_follow_each_other(newsarchive: Run, archive: str) -> None:
    def ids(*more: str) -> list[str]:
        rows = csv.DictReader(StringIO(newsarchive("search", *more, "--csv", "--archive", archive).output))
        return [row["id"] for row in rows]

    assert ids("--limit", "3") + ids("--limit", "3", "--page", "2") == ids("--limit", "6")
    assert "there is no such page" in newsarchive("search", "火警", "--page", "90", "--archive", archive).output


def test_options_select(newsarchive: Run, archive: str) -> None:
    def found(*more: str) -> list[dict[str, str]]:
        listed: list[dict[str, str]] = json.loads(
            newsarchive("search", *more, "--json", "--limit", "500", "--archive", archive).output
        )
        return listed

    everything = found()
    day = found("--since", "2026-03-10", "--until", "2026-03-10")
    assert 0 < len(day) < len(everything)
    assert {hit["published_date"] for hit in day} == {"2026-03-10"}
    section = day[0]["section"]
    assert {hit["section"] for hit in found("--section", section)} == {section}
    assert found("--source", "nobody") == []
    assert found("--tag", "保險", "--author", "羊紹祖")[0]["byline"].count("羊紹祖") == 1
    assert found("--removed") == found("--revised") == []


def test_what_to_type_in_sql(newsarchive: Run, archive: str) -> None:
    match = newsarchive("search", "洛杉磯 (火警 OR headline:保險)", "--match").output.strip()
    query = (
        "SELECT articles.id FROM article_search JOIN articles ON articles.search_id = article_search.rowid "
        f"WHERE article_search MATCH '{match}' ORDER BY article_search.rowid DESC"
    )
    rows = json.loads(newsarchive("sql", query, "--json", "--archive", archive).output)
    found = json.loads(newsarchive("search", "洛杉磯 (火警 OR headline:保險)", "--json", "--archive", archive).output)
    assert [row["id"] for row in rows] == [hit["id"] for hit in found] != []


@pytest.mark.parametrize("query", ['"川普', "title:川普", "川普 AND", "，", "字" * 10_000])
def test_a_query_that_cannot_be_understood_is_one_line(newsarchive: Run, archive: str, query: str) -> None:
    told = newsarchive("search", query, "--archive", archive)
    assert told.exit_code == 1
    assert told.output.startswith("Error: the query: ")
    assert len(told.output.splitlines()) == 1


def test_nothing_found_is_said(newsarchive: Run, archive: str) -> None:
    told = newsarchive("search", "鸕鶿", "--archive", archive)
    assert (told.exit_code, told.output) == (0, "no stories\n")
