"""Parquet and DuckDB, opened by pandas, polars and DuckDB themselves."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from newsarchive.export.columns import COLUMNS
from newsarchive.export.export import Order, export
from tests.archive.conftest import Archive
from tests.archive.stories import story
from tests.export.conftest import Export


@pytest.fixture
def truth(run: Export, crawled: Path, tmp_path: Path) -> list[dict[str, object]]:
    """The stories as JSON Lines has them, exported in all formats."""
    for kind in ("jsonl", "parquet", "duckdb"):
        done = run("export", f"s.{kind}", "--archive", crawled)
        assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in (tmp_path / "s.jsonl").read_text("utf-8").split("\n") if line]


def moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None


def test_polars_reads_every_value(truth: list[dict[str, object]], tmp_path: Path) -> None:
    frame = pl.read_parquet(tmp_path / "s.parquet")
    assert frame.schema["published_at"] == pl.Datetime("ms", "UTC")
    assert frame.schema["published_date"] == pl.Date
    assert frame.schema["authors"] == frame.schema["tags"] == pl.List(pl.String)
    assert frame.schema["paywalled"] == pl.Boolean
    times = {column.name for column in COLUMNS if column.type == "time"}
    dates = {column.name for column in COLUMNS if column.type == "date"}
    for row, plain in zip(frame.to_dicts(), truth, strict=True):
        for name, value in row.items():
            expected = plain[name]
            if name in times:
                expected = moment(expected)
            elif name in dates:
                expected = date.fromisoformat(str(expected)) if expected else None
            elif name == "related_links":
                expected = [link | {"published_at": moment(link["published_at"])} for link in expected]  # type: ignore[attr-defined]
            assert value == expected, name
    assert any(plain["related_links"] for plain in truth)
    assert any(plain["images"] for plain in truth)


def test_pandas_reads_types_and_lists(truth: list[dict[str, object]], tmp_path: Path) -> None:
    frame = pd.read_parquet(tmp_path / "s.parquet")
    assert isinstance(frame["published_at"].dtype, pd.DatetimeTZDtype)
    assert str(frame["published_at"].dtype.tz) == "UTC"
    assert [list(names) for names in frame["authors"]] == [plain["authors"] for plain in truth]
    assert list(frame["headline"]) == [plain["headline"] for plain in truth]


@pytest.mark.parametrize("relation", ["'s.parquet'", "articles"])
def test_duckdb_reads_both(
    truth: list[dict[str, object]], tmp_path: Path, relation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with duckdb.connect("s.duckdb", read_only=True) as database:
        types = {row[0]: row[1] for row in database.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()}
        assert types["published_at"] == "TIMESTAMP WITH TIME ZONE"
        assert types["published_date"] == "DATE"
        assert types["tags"] == "VARCHAR[]"
        query = f"SELECT id, headline, tags, epoch(published_at), len(related_links) FROM {relation} ORDER BY id"
        rows = database.execute(query).fetchall()
    assert rows == [
        (plain["id"], plain["headline"], plain["tags"],
         at.timestamp() if (at := moment(plain["published_at"])) else None, len(plain["related_links"]))  # type: ignore[arg-type]
        for plain in truth
    ]  # fmt: skip


def test_duckdb_describes_its_columns(truth: list[dict[str, object]], tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "s.duckdb", read_only=True) as database:
        said = database.execute("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'articles'")
        assert dict(said.fetchall()) == {column.name: column.description for column in COLUMNS}


@pytest.mark.parametrize("kind", ["parquet", "duckdb"])
def test_a_full_disk_leaves_nothing(run: Export, crawled: Path, tmp_path: Path, kind: str) -> None:
    done = run("export", f"a.{kind}", "--archive", crawled, shell_before="ulimit -f 40")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: a.{kind}: ")
    assert done.stderr.endswith("; nothing was exported\n")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kind", "library"), [("parquet", "pyarrow"), ("duckdb", "duckdb")])
def test_a_missing_library_is_named(run: Export, crawled: Path, tmp_path: Path, kind: str, library: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        f"u.find_spec = lambda name, *more: None if name == {library!r} else find(name, *more)\n"
    )
    done = run("export", f"a.{kind}", "--archive", crawled, shell_before=f"export PYTHONPATH={tmp_path}")
    assert done.returncode == 1
    assert done.stderr == (
        f"Error: {kind} needs {library}, which is not installed: pip install 'newsarchive[{kind}]'\n"
    )
    assert not (tmp_path / f"a.{kind}").exists()


@pytest.mark.parametrize("kind", ["parquet", "duckdb"])
def test_hostile_and_empty(sqlite_archive: Archive, tmp_path: Path, kind: str) -> None:
    def headlines(target: Path) -> list[str]:
        export(sqlite_archive.engine, Order(format=kind, target=target))  # type: ignore[arg-type]
        if kind == "parquet":
            return pl.read_parquet(target)["headline"].to_list()
        with duckdb.connect(target, read_only=True) as database:
            return [row[0] for row in database.execute("SELECT headline FROM articles ORDER BY id").fetchall()]

    assert headlines(tmp_path / f"none.{kind}") == []
    texts = ["=1+1", "'; DROP TABLE articles; --", "a\r\nb", "😀𠮷\u202e", "長" * 3_500_000]
    for number, text in enumerate(texts, start=1):
        sqlite_archive.write(story(number, headline=text, body=f"{number}", tags=[text[:50]], published=None))
    with sqlite3.connect(sqlite_archive.engine.url.database) as database:
        database.execute("UPDATE articles SET headline = 'a' || char(0) || 'b' WHERE id = 1")
    assert headlines(tmp_path / f"all.{kind}") == ["a\0b", *texts[1:]]
