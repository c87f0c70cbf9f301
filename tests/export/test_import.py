"""What was exported comes back the same, and what is not ours does not come in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive.database import open_archive
from newsarchive.archive.search import search
from newsarchive.export.export import Order, export
from newsarchive.export.importing import import_articles
from tests.archive.conftest import Archive
from tests.export.conftest import Export

# Tables whose rows come back as they were, in their own columns without the numbers of what does not.
SAME = {
    "article_rows": "* EXCEPT visit_count",
    "articles": "* EXCEPT source_id, search_id",  # which of two stories of one second has the lower number is chance
    "revisions": "* EXCEPT id, capture_id",
    "images": "*",
    "related_links": "*",
    "addresses": "* EXCEPT source_id",
    "similar_articles": "*",
    "story_clusters": "* EXCEPT story_id",
}


def content(file: Path, relation: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(file) as database:
        without = {name.strip() for name in SAME[relation].removeprefix("* EXCEPT").split(",")}
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({relation})") if row[1] not in without]
        return sorted(database.execute(f"SELECT {', '.join(columns)} FROM {relation}"), key=repr)


def assert_same(first: Path, second: Path) -> None:
    for relation in SAME:
        assert content(first, relation) == content(second, relation), relation


def test_a_crawled_archive_comes_back(run: Export, crawled: Path, tmp_path: Path) -> None:
    assert run("export", "a.jsonl", "--archive", crawled).returncode == 0
    done = run("import", "a.jsonl", "--archive", "back/news.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert_same(crawled, tmp_path / "back" / "news.db")
    found = [run("search", "火警 OR 保險", "--json", "--archive", file).stdout for file in (crawled, "back/news.db")]
    assert found[0] == found[1]
    assert len(json.loads(found[0])) > 1
    assert run("export", "b.jsonl", "--archive", "back/news.db").returncode == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_revisions_come_back(week: Archive, tmp_path: Path) -> None:
    export(week.engine, Order(format="jsonl", target=tmp_path / "a.jsonl"))
    assert week.one("SELECT count(*) FROM revisions WHERE number > 1") > 2
    back = open_archive(f"sqlite:///{tmp_path}/back.db")
    assert import_articles(back, tmp_path / "a.jsonl") == week.one("SELECT count(*) FROM articles")
    assert_same(Path(str(week.engine.url.database)), tmp_path / "back.db")
    found = [{hit.id for hit in search(engine, "小熊貓", limit=100)} for engine in (back, week.engine)]
    assert found[0] == found[1] != set()
    back.dispose()


def test_it_comes_back_into_postgresql(week: Archive, postgresql_url: str, tmp_path: Path) -> None:
    export(week.engine, Order(format="jsonl", target=tmp_path / "a.jsonl"))
    back = open_archive(postgresql_url)
    import_articles(back, tmp_path / "a.jsonl")
    export(back, Order(format="jsonl", target=tmp_path / "b.jsonl"))
    back.dispose()
    assert (tmp_path / "a.jsonl").read_text("utf-8") == (tmp_path / "b.jsonl").read_text("utf-8")


Line = Callable[[dict[str, Any]], str]


def changed(**fields: Any) -> Line:
    return lambda plain: json.dumps(plain | fields)


def without(name: str) -> Line:
    return lambda plain: json.dumps({key: value for key, value in plain.items() if key != name})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (lambda _: "{", "it is not JSON"),
        (lambda _: "[1, 2]", "it is JSON, but no article"),
        (lambda _: '{"headline": "another program\'s"}', "it has no 'id'"),
        (lambda _: "[" * 100_000, "it is not JSON"),
        (without("body"), "it has no 'body'"),
        (without("revisions"), "it has no 'revisions'"),
        (changed(headline=None), "'headline' is wrong: None"),
        (changed(headline=7), "'headline' is wrong: 7"),
        (changed(published_at="yesterday"), "'published_at' is wrong: yesterday"),
        (changed(published_at="2026-02-19T05:00:00"), "'published_at' is wrong"),
        (changed(tags="a, b"), "'tags' is wrong: a, b"),
        (changed(images=[{"url": 1}]), "'images' is wrong"),
        (changed(related_links=[1]), "'related_links' is wrong: [1]"),
        (changed(revisions=[]), "'revisions' has 0 of 1"),
        (changed(revisions=[1]), "'revisions' has no revision 1"),
        (changed(paper={"title": 1}), "paper: 'title' is wrong"),
        (changed(sentiment=0.3), "'sentiment' is unknown"),
        (changed(headline="half \ud800"), "half of a surrogate pair"),
        (changed(id=2**70), "'id' is wrong"),
        (lambda plain: json.dumps(plain), "a second article with the id"),
        (lambda plain: json.dumps(plain | {"id": 99_999}), "lines 1 to 4: two articles have what only one may have"),
    ],
)
def test_a_wrong_line_ends_the_import_and_leaves_nothing(
    run: Export, crawled: Path, tmp_path: Path, line: Line, reason: str
) -> None:
    run("export", "a.jsonl", "--archive", crawled, "--section", "舊金山")
    good = (tmp_path / "a.jsonl").read_text("utf-8").split("\n")[:1]
    plain = json.loads(good[0])
    text = "\n".join([good[0], "", line(plain), good[0]])
    (tmp_path / "wrong.jsonl").write_text(text, "utf-8")
    done = run("import", "wrong.jsonl", "--archive", "new.db")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    if "lines 1" not in reason:
        assert done.stderr.startswith("Error: wrong.jsonl: line 3: ")
    else:
        (tmp_path / "wrong.jsonl").write_text(text.rpartition("\n")[0], "utf-8")
        done = run("import", "wrong.jsonl", "--archive", "new.db")
        reason = reason.replace("lines 1 to 4", "lines 1 to 3")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.glob("new.db*"))


def test_an_archive_with_articles_is_left_alone(run: Export, crawled: Path, tmp_path: Path) -> None:
    run("export", "a.jsonl", "--archive", crawled)
    before = content(crawled, "articles")
    done = run("import", "a.jsonl", "--archive", crawled)
    assert done.returncode == 1
    assert done.stderr == f"Error: the archive {crawled} holds articles already; import into a new one\n"
    assert content(crawled, "articles") == before


@pytest.mark.parametrize("room", [20, 200])  # KiB that a file may have: too few for the tables, for the articles
def test_a_full_disk_leaves_no_half_archive(run: Export, crawled: Path, tmp_path: Path, room: int) -> None:
    run("export", "a.jsonl", "--archive", crawled)
    done = run("import", "a.jsonl", "--archive", "new.db", shell_before=f"trap '' XFSZ; ulimit -f {room}")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: the archive new.db: ")
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.glob("new.db*"))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe\x00", b"\x1f\x8b\x08\x00rest"])
def test_a_file_that_is_no_export(run: Export, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.jsonl").write_bytes(data)
    done = run("import", "x.jsonl", "--archive", "new.db")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: x.jsonl: ")
    assert not (tmp_path / "new.db").exists()
