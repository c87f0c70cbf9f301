"""CSV and JSON Lines of real archives, read by the programs that people use."""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive.database import open_archive
from newsarchive.archive.selection import Selection
from newsarchive.export.columns import COLUMNS, NAMES
from newsarchive.export.export import Order, export
from newsarchive.export.target import ExportError
from tests.archive.conftest import Archive
from tests.archive.stories import story
from tests.export.conftest import Export

HOSTILE = [
    "=HYPERLINK(\"http://evil.example\",\"click\")",
    "+1", "-2+3", "@SUM(A1)", "\tcell", "a\rb", "a\nb\r\nc", 'say "hi", twice', "a,b;c|d", "<script>alert(1)</script>",
    "'; DROP TABLE articles; --", "zero\u200bwidth", "right\u202eleft", "😀𠮷", "\ufeffmark",
    "ends with \\", "\x1b[31mred",
]  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_the_file_has_what_the_archive_has(run: Export, crawled: Path, tmp_path: Path) -> None:
    for kind in ("csv", "jsonl"):
        done = run("export", f"stories.{kind}", "--archive", crawled)
        assert (done.returncode, done.stderr.strip()) == (0, "")
    with sqlite3.connect(crawled) as database:
        database.row_factory = sqlite3.Row
        truth = {row["id"]: row for row in database.execute("SELECT * FROM article_rows")}
    assert len(truth) > 30
    table, whole = rows(tmp_path / "stories.csv"), lines(tmp_path / "stories.jsonl")
    assert [row["id"] for row in table] == [str(row["id"]) for row in whole] == [str(number) for number in truth]
    for row, plain in zip(table, whole, strict=True):
        true = truth[plain["id"]]
        assert tuple(row) == NAMES
        assert row["authors"] == "; ".join(plain["authors"]) == (true["authors"] or "")
        assert row["tags"] == "; ".join(plain["tags"]) == (true["tags"] or "")
        assert len(json.loads(row["related_links"])) == len(plain["related_links"]) == true["link_count"]
        assert json.loads(row["images"]) == plain["images"]
        assert len(plain["revisions"]) == true["revision_count"]
        for name in ("source", "url", "headline", "body", "published_at", "section", "byline", "provider"):
            assert plain[name] == true[name]
            assert row[name] == (true[name] or "")


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_manifest_agrees_with_the_file(run: Export, crawled: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"some.{kind}"
    assert (
        run("export", target, "--archive", crawled, "--query", "火警 OR 保險", "--since", "2026-03-01").returncode == 0
    )
    manifest = json.loads((tmp_path / f"some.{kind}.manifest.json").read_text("utf-8"))
    count = len(rows(target)) if kind == "csv" else len(lines(target))
    assert 0 < count < 30
    assert manifest["articles"] == count
    assert manifest["filters"] == {"query": "火警 OR 保險", "since": "2026-03-01"}
    assert manifest["bytes"] == target.stat().st_size
    assert manifest["checksum"] == "sha256:" + hashlib.sha256(target.read_bytes()).hexdigest()
    assert [column["name"] for column in manifest["columns"]] == list(NAMES)
    dictionary = (tmp_path / f"some.{kind}.columns.md").read_text("utf-8")
    assert all(f"| `{column.name}` |" in dictionary for column in COLUMNS)


def test_conditions_take_what_they_say(week: Archive, tmp_path: Path) -> None:
    def taken(**selection: Any) -> list[dict[str, Any]]:
        target = tmp_path / "taken.jsonl"
        order = Order(format="jsonl", target=target, selection=Selection(**selection), overwrite=True)
        assert export(week.engine, order)["articles"] == len(lines(target))
        return lines(target)

    everything = taken()
    assert len(everything) == week.one("SELECT count(*) FROM articles")
    assert {row["id"] for row in taken(revised=True)} == {r["id"] for r in everything if len(r["revisions"]) > 1}
    assert [row["authors"] for row in taken(author="Ada Beispiel")] == [["Ada Beispiel"]]
    assert len(taken(unique=True)) < len(everything)
    assert taken(source="no such paper") == []


def test_hostile_text_comes_through_as_it_is(sqlite_archive: Archive, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE, start=1):
        sqlite_archive.write(
            story(number, headline=text, body=f"{number} {text}", byline=text, section=text, tags=[text])
        )
    for kind in ("csv", "jsonl"):
        export(sqlite_archive.engine, Order(format=kind, target=tmp_path / f"h.{kind}"))  # type: ignore[arg-type]
    table, whole = rows(tmp_path / "h.csv"), lines(tmp_path / "h.jsonl")
    for text, row, plain in zip(HOSTILE, table, whole, strict=True):
        for name in ("headline", "byline", "section"):
            assert row[name] == plain[name] == text
        assert plain["tags"] == [row["tags"]] == [text]


def test_a_spreadsheet_gets_no_formula(sqlite_archive: Archive, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE, start=1):
        sqlite_archive.write(story(number, headline=text, body=f"{text} {number}"))
    target = tmp_path / "safe.csv"
    export(sqlite_archive.engine, Order(format="csv", target=target, spreadsheet=True))
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid,")
    with target.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_nul_and_ten_megabytes(sqlite_archive: Archive, tmp_path: Path) -> None:
    long = "長" * 3_500_000
    sqlite_archive.write(story(1, body=long))
    with sqlite3.connect(sqlite_archive.engine.url.database) as database:  # as no crawl would write it
        database.execute("UPDATE articles SET headline = 'a' || char(0) || 'b'")
    for kind in ("csv", "jsonl"):
        export(sqlite_archive.engine, Order(format=kind, target=tmp_path / f"n.{kind}"))  # type: ignore[arg-type]
    limit = csv.field_size_limit(20_000_000)
    try:
        [row] = rows(tmp_path / "n.csv")
    finally:
        csv.field_size_limit(limit)
    [plain] = lines(tmp_path / "n.jsonl")
    assert row["body"] == plain["body"] == long
    assert (row["headline"], plain["headline"]) == ("ab", "a\0b")


def test_what_is_written_meanwhile_stays_out(week: Archive, tmp_path: Path) -> None:
    """A crawl writes while the export reads: the export is of one moment."""
    before = week.one("SELECT count(*) FROM articles")

    def write_more(done: int, _total: int) -> None:
        if done == 0:
            week.write(story(500, headline="後來的"), story(2, at=story(2).page.fetched_at, headline="改了"))

    target = tmp_path / "then.jsonl"
    assert export(week.engine, Order(format="jsonl", target=target), write_more)["articles"] == before
    assert "後來的" not in target.read_text("utf-8")
    assert week.one("SELECT count(*) FROM articles") == before + 1


def test_nothing_is_overwritten_unasked(run: Export, crawled: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    done = run("export", "a.csv", "--archive", crawled)
    assert (done.returncode, done.stderr) == (1, "Error: a.csv exists already; --overwrite replaces it\n")
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert run("export", "a.csv", "--overwrite", "--archive", crawled).returncode == 0
    assert len(rows(tmp_path / "a.csv")) > 30


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_full_disk_leaves_nothing(run: Export, crawled: Path, tmp_path: Path, kind: str) -> None:
    done = run("export", f"a.{kind}", "--archive", crawled, shell_before="ulimit -f 64")
    assert done.returncode == 1
    assert done.stderr == f"Error: a.{kind}: File too large; nothing was exported\n"
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_export_leaves_nothing(week: Archive, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise KeyboardInterrupt

    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        export(week.engine, Order(format="csv", target=folder / "a.csv"), stop)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a.csv", "--archive", "none.db"], "there is no archive at none.db"),
        (["a.csv", "--archive", "foreign.db"], "a database, but not one of ours"),
        (["a.csv", "--archive", "text.db"], "it is not an SQLite file"),
        (["no/such/folder/a.csv", "--archive", "ARCHIVE"], "no/such/folder/a.csv: No such file or directory"),
        (["a.csv", "--query", "(川普", "--archive", "ARCHIVE"], "the query: "),
        (["a.jsonl", "--spreadsheet", "--archive", "ARCHIVE"], "--spreadsheet is for CSV"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    run: Export, crawled: Path, tmp_path: Path, words: list[str], message: str
) -> None:
    sqlite3.connect(tmp_path / "foreign.db").execute("CREATE TABLE t (a)").connection.close()
    (tmp_path / "text.db").write_text("no database")
    before = sorted(tmp_path.iterdir())
    done = run("export", *(str(crawled) if word == "ARCHIVE" else word for word in words))
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_postgresql_gives_the_same_lines(week: Archive, postgresql_url: str, tmp_path: Path) -> None:
    from tests.archive.sample import fill

    other = Archive(postgresql_url)
    fill(other)
    for name, engine in (("a", week.engine), ("b", other.engine)):
        for kind in ("csv", "jsonl"):
            export(engine, Order(format=kind, target=tmp_path / f"{name}.{kind}"))  # type: ignore[arg-type]
    other.engine.dispose()
    for kind in ("csv", "jsonl"):
        assert (tmp_path / f"a.{kind}").read_text("utf-8") == (tmp_path / f"b.{kind}").read_text("utf-8")


def test_an_empty_archive_gives_an_empty_table(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_archive(sqlite_url)
    assert export(engine, Order(format="csv", target=tmp_path / "a.csv"))["articles"] == 0
    assert rows(tmp_path / "a.csv") == []
    with pytest.raises(ExportError, match="that is a folder"):
        export(engine, Order(format="csv", target=tmp_path))
    engine.dispose()
