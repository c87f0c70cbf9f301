"""An archive is made where there is none, and what is no archive of today is refused in one line."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.errors import (
    ArchiveError,
    ForeignArchiveError,
    FullArchiveError,
    LockedArchiveError,
    MissingArchiveError,
    NewerArchiveError,
    OutdatedArchiveError,
    ReadOnlyArchiveError,
    UnreachableArchiveError,
)
from tests.archive.conftest import Archive
from tests.archive.stories import NOON, story


def refusal(error: pytest.ExceptionInfo[ArchiveError]) -> str:
    message = str(error.value)
    assert "\n" not in message
    assert len(message) < 250
    return message


def test_an_archive_is_made_with_its_folder(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/below/news.db"
    open_archive(url).dispose()
    open_archive(url, create=False).dispose()
    with sqlite3.connect(tmp_path / "deep/below/news.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_foreign_keys_are_enforced_and_commits_synced(sqlite_archive: Archive) -> None:
    with sqlite_archive.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL


def test_two_programs_may_make_the_archive_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/news.db"
    children = [in_child(lambda: open_archive(url).dispose() or "made") for _ in range(4)]
    assert [child() for child in children] == ["made"] * 4


def test_missing(tmp_path: Path, postgresql_url: str) -> None:
    with pytest.raises(MissingArchiveError, match=r"no archive at .*none\.db") as error:
        open_archive(f"sqlite:///{tmp_path}/none.db", create=False)
    refusal(error)
    assert not (tmp_path / "none.db").exists()
    with pytest.raises(MissingArchiveError):
        open_archive(postgresql_url, create=False)
    with pytest.raises(MissingArchiveError, match="no such database") as error:
        open_archive(postgresql_url + "missing")
    refusal(error)


@pytest.mark.parametrize("content", ["eine Einkaufsliste, lang genug für einen Kopf", "<html>", "x"])
def test_no_database(tmp_path: Path, content: str) -> None:
    (tmp_path / "list.txt").write_text(content)
    with pytest.raises(ForeignArchiveError, match=r"list\.txt: it is not an SQLite file") as error:
        open_archive(f"sqlite:///{tmp_path}/list.txt")
    refusal(error)
    assert (tmp_path / "list.txt").read_text() == content


def test_a_foreign_database_is_left_alone(tmp_path: Path, postgresql_url: str) -> None:
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("CREATE TABLE articles (id INTEGER)")
    before = (tmp_path / "other.db").read_bytes()
    with pytest.raises(ForeignArchiveError, match="not one of ours") as error:
        open_archive(f"sqlite:///{tmp_path}/other.db")
    refusal(error)
    assert (tmp_path / "other.db").read_bytes() == before
    engine = create_engine(postgresql_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE articles (id INTEGER)"))
    engine.dispose()
    with pytest.raises(ForeignArchiveError):
        open_archive(postgresql_url)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ForeignArchiveError, match="a folder") as error:
        open_archive(f"sqlite:///{tmp_path}")
    refusal(error)


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    (tmp_path / "news.db").touch()
    open_archive(f"sqlite:///{tmp_path}/news.db").dispose()


@pytest.mark.parametrize(
    "url", ["archive.db", "", "sqlite://", "sqlite:///:memory:", "mysql://localhost/x", "nonsense://"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UnreachableArchiveError) as error:
        open_archive(url)
    refusal(error)


def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(UnreachableArchiveError, match="does not answer") as error:
        open_archive("postgresql+psycopg://reader:secret@127.0.0.1:9/news")
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("version", "kind", "words"),
    [("0000", OutdatedArchiveError, "run: newsarchive upgrade"), ("9999", NewerArchiveError, "update newsarchive")],
)
def test_another_version(archive_url: str, version: str, kind: type[ArchiveError], words: str) -> None:
    engine = open_archive(archive_url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE archive_version SET version_num = '{version}'"))
    engine.dispose()
    with pytest.raises(kind, match=words) as error:
        open_archive(archive_url)
    refusal(error)
    with pytest.raises(kind):
        open_archive(archive_url, read_only=True)


def test_read_only(sqlite_archive: Archive, tmp_path: Path) -> None:
    sqlite_archive.write(story(1))
    sqlite_archive.engine.dispose()
    file = tmp_path / "archive/news.db"
    file.chmod(0o444)
    file.parent.chmod(0o555)
    make_reachable(file)
    message = in_child(lambda: str(open_archive(sqlite_archive.url)), as_nobody=True)()
    assert re.fullmatch(r"ReadOnlyArchiveError: the archive \S+news\.db: it is read-only", message)
    headline = in_child(lambda: read_headline(sqlite_archive.url), as_nobody=True)()
    assert headline == "小熊貓出走 第1夜"


def read_headline(url: str) -> str:
    engine = open_archive(url, read_only=True)
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT headline FROM articles")).scalar())


def test_a_reader_cannot_write(archive: Archive) -> None:
    archive.write(story(1))
    engine = open_archive(archive.url, read_only=True)
    with pytest.raises(ReadOnlyArchiveError) as error:
        begin_crawl(engine, "morgenblatt", {}, NOON)
    refusal(error)
    engine.dispose()


def test_locked_by_another_writer(sqlite_url: str, tmp_path: Path) -> None:
    archive = Archive(f"{sqlite_url}?timeout=0.2")
    other = sqlite3.connect(tmp_path / "archive/news.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    archive.writer.add(story(1))
    with pytest.raises(LockedArchiveError, match="does not let go") as error:
        archive.writer.flush()
    refusal(error)
    other.execute("ROLLBACK")
    other.close()
    assert archive.one("SELECT count(*) FROM articles") == 0
    assert archive.write(story(2)) == {"new": 1}  # nothing that was remembered of the failed batch is wrong
    archive.engine.dispose()


def test_no_room_left(sqlite_archive: Archive) -> None:
    sqlite_archive.write(story(1))
    with sqlite_archive.engine.connect() as connection:  # the pool keeps this connection for the writer
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")
        connection.rollback()
    for number in range(2, 30):
        sqlite_archive.writer.add(story(number))
    with pytest.raises(FullArchiveError, match="no room left") as error:
        sqlite_archive.writer.flush()
    refusal(error)
    assert sqlite_archive.one("SELECT count(*) FROM articles") == 1
    assert sqlite_archive.one("SELECT count(*) FROM visits") == 1
    assert sqlite_archive.one("PRAGMA integrity_check") == "ok"


def make_reachable(path: Path) -> None:
    """Let everybody go through the folders above; pytest makes them for one user."""
    for folder in path.parents:
        if folder.is_relative_to("/tmp/pytest-of-" + os.environ.get("USER", "root")) or "pytest" in str(folder):
            folder.chmod(folder.stat().st_mode | 0o055)


def in_child(work: Callable[[], str], *, as_nobody: bool = False) -> Callable[[], str]:
    """Do the work in a process of its own (of the user nobody, if we may); call the result to wait for its answer."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if as_nobody and os.getuid() == 0:
                os.setgroups([])
                os.setresgid(65534, 65534, 65534)
                os.setresuid(65534, 65534, 65534)
            answer = work()
        except (ArchiveError, OSError) as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)

    def wait() -> str:
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read().decode()
        os.waitpid(child, 0)
        return answer

    return wait
