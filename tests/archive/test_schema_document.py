"""``docs/schema.md`` says what the archive is: each table, view and column, and queries that run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import text

from newsarchive.archive.models import Base
from newsarchive.archive.views import VIEWS
from newsarchive.page import Outcome
from tests.archive.conftest import Archive
from tests.archive.sample import fill
from tests.archive.stories import BODY

DOCUMENT = (Path(__file__).parents[2] / "docs/schema.md").read_text()
QUERIES = re.findall(r"^\*\*(.+?)\*\*\n\n```sql\n(.+?)```", DOCUMENT, re.MULTILINE | re.DOTALL)


def described() -> dict[str, list[str]]:
    """Tables and views with their columns, as the document has them."""
    sections = re.findall(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    tables = {name: re.search(r"\| column \|.*?\n\n", body + "\n\n", re.DOTALL) for name, body in sections}
    return {name: re.findall(r"^\| `(\w+)` \| \S", table[0], re.MULTILINE) for name, table in tables.items() if table}


def test_every_table_and_column_is_described_and_no_other(sqlite_archive: Archive) -> None:
    there = {name: [column.name for column in table.columns] for name, table in Base.metadata.tables.items()}
    for view in VIEWS:
        with sqlite_archive.engine.connect() as connection:
            there[view] = list(connection.execute(text(f"SELECT * FROM {view} LIMIT 0")).keys())
    assert described() == there


def test_every_outcome_is_described() -> None:
    table = re.search(r"\| `outcome` \| meaning.*?\n\n", DOCUMENT, re.DOTALL)
    assert table is not None
    assert re.findall(r"^\| `(\w+)` \| \S", table[0], re.MULTILINE)[1:] == list(get_args(Outcome))


def test_there_are_a_dozen_queries() -> None:
    assert len(QUERIES) >= 12
    assert DOCUMENT.count("```sql") == len(QUERIES)


@pytest.fixture
def filled(archive: Archive) -> Archive:
    fill(archive)
    return archive


def test_every_query_runs_and_finds_something(filled: Archive) -> None:
    for name, query in QUERIES:
        with filled.engine.connect() as connection:
            rows = connection.exec_driver_sql(query.replace("%", "%%")).all()
        assert rows, name


def test_no_query_reads_all_articles_or_revisions(sqlite_archive: Archive) -> None:
    """At a million articles a scan of a table with their texts takes seconds; an index of its columns does not."""
    fill(sqlite_archive)
    with sqlite_archive.engine.connect() as connection:
        for name, query in QUERIES:
            plan = [row[3] for row in connection.exec_driver_sql("EXPLAIN QUERY PLAN " + query)]
            scans = [
                step for step in plan if re.match(r"SCAN (articles|revisions|visits|related_links|images)\b", step)
            ]
            assert all("USING" in step and "INDEX" in step for step in scans), (name, plan)


def test_the_flat_view_has_one_row_an_article(filled: Archive) -> None:
    assert filled.one("SELECT count(*) FROM article_rows") == filled.one("SELECT count(*) FROM articles")
    assert filled.one(
        "SELECT source, authors, tags, captions, characters, image_count, link_count, visit_count, revision_count,"
        " duplicate_count FROM article_rows WHERE external_id = '2'"
    ) == ("morgenblatt", "林小川; 陳大樹", "動物園; 小熊貓", "小熊貓在販賣部", len(BODY + "\n\n編號2。"), 1, 0, 2, 2, 0)
    assert filled.one("SELECT duplicate_count FROM article_rows WHERE external_id = '20'") == 1
