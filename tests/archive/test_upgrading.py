"""An archive of an older version is brought to today's: whole, after a backup, or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from newsarchive.archive.connection import VERSION_TABLE
from newsarchive.archive.database import open_archive
from newsarchive.archive.errors import ArchiveError, DamagedArchiveError, MissingArchiveError, NewerArchiveError
from newsarchive.archive.models import SCHEMA_VERSION, Base
from newsarchive.archive.upgrade import MIGRATIONS, migrate, upgrade
from newsarchive.archive.views import VIEWS
from tests.archive.conftest import Archive
from tests.archive.stories import capture, day, link, miss, story

# A later version of the archive: a column more, a constraint, a column renamed, which makes SQLite copy the tables.
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("articles") as articles:
        articles.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
        articles.create_check_constraint("mood", "mood <> ''")
    with op.batch_alter_table("revisions") as revisions:
        revisions.alter_column("desk", new_column_name="bureau")
    {more}
"""


def later_migrations(folder: Path, more: str = "") -> Path:
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    (migrations / "versions/9001_later.py").write_text(LATER.format(head=SCHEMA_VERSION, more=more))
    return migrations


def fill(archive: Archive) -> None:
    archive.write(*(story(n, capture=capture(n), related_links=[link(n + 1), link(n - 1)]) for n in range(1, 40)))
    archive.write(*(story(n, at=day(1), headline=f"新的標題{n}", capture=capture(100 + n)) for n in range(1, 10)))
    archive.write(story(90, body="同一篇。"), story(91, body="同一篇。"), miss("gone", at=day(2)))


def counts(archive: Archive) -> dict[str, int]:
    return {table: archive.one(f"SELECT count(*) FROM {table}") for table in (*Base.metadata.tables, *VIEWS)}


def test_the_models_are_what_the_migrations_make(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        # Tables that migrations make by hand, such as a full-text index, are in no model.
        opts = {
            "version_table": VERSION_TABLE,
            "include_object": lambda _thing, name, kind, reflected, _other: (
                kind != "table" or not reflected or name in Base.metadata.tables
            ),
        }
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def test_the_version_of_the_models_is_that_of_the_last_migration() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == SCHEMA_VERSION


def test_an_archive_of_today_needs_nothing(sqlite_archive: Archive, tmp_path: Path) -> None:
    assert upgrade(sqlite_archive.url) is None
    assert [file.name for file in (tmp_path / "archive").glob("*version*")] == []


def test_a_filled_archive_is_upgraded_with_all_its_rows(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    before = counts(archive)
    articles = archive.rows("SELECT id, headline, body, duplicate_of_id FROM articles ORDER BY id")
    archive.engine.dispose()
    done = upgrade(archive.url, migrations=later_migrations(tmp_path))
    assert done is not None
    assert (done.before, done.after) == (SCHEMA_VERSION, "9001")
    assert counts(archive) == before
    assert archive.rows("SELECT id, headline, body, duplicate_of_id FROM articles ORDER BY id") == articles
    assert archive.rows("SELECT DISTINCT mood FROM articles") == [("calm",)]
    assert archive.one("SELECT count(*) FROM revisions WHERE bureau IS NULL") == before["revisions"]
    if archive.engine.dialect.name == "sqlite":
        assert archive.rows("PRAGMA foreign_key_check") == []
        assert archive.one("PRAGMA foreign_keys") == 1
        assert archive.one("PRAGMA integrity_check") == "ok"
        # The older version, as the backup has it, still opens.
        assert done.backup is not None
        backup = Archive(f"sqlite:///{done.backup}")
        assert {**counts(backup), "crawls": before["crawls"]} == before
        backup.engine.dispose()
    else:
        assert done.backup is None
    with pytest.raises(NewerArchiveError):
        open_archive(archive.url)


def test_a_migration_that_fails_leaves_the_archive_as_it_was(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    before = counts(archive)
    archive.engine.dispose()
    migrations = later_migrations(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(ArchiveError, match="nowhere"):
        upgrade(archive.url, migrations=migrations)
    assert counts(archive) == before
    open_archive(archive.url).dispose()
    assert archive.one("SELECT count(*) FROM articles WHERE revision_count = 2") == 9


def test_a_migration_that_orphans_rows_is_undone(sqlite_archive: Archive, tmp_path: Path) -> None:
    fill(sqlite_archive)
    before = counts(sqlite_archive)
    sqlite_archive.engine.dispose()
    migrations = later_migrations(tmp_path, 'op.execute("DELETE FROM tags")')
    with pytest.raises(DamagedArchiveError, match="nothing was changed"):
        upgrade(sqlite_archive.url, migrations=migrations)
    assert counts(sqlite_archive) == before


def test_killed_during_a_migration(sqlite_archive: Archive, tmp_path: Path) -> None:
    fill(sqlite_archive)
    before = counts(sqlite_archive)
    sqlite_archive.engine.dispose()
    started = tmp_path / "started"
    more = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    migrations = later_migrations(tmp_path, more)
    child = os.fork()
    if child == 0:
        upgrade(sqlite_archive.url, migrations=migrations)
        os._exit(0)
    until = time.monotonic() + 20
    while not started.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert started.exists()
    assert counts(sqlite_archive) == before
    assert sqlite_archive.one("PRAGMA integrity_check") == "ok"
    sqlite_archive.engine.dispose()
    (migrations / "versions/9001_later.py").write_text(LATER.format(head=SCHEMA_VERSION, more=""))
    assert upgrade(sqlite_archive.url, migrations=migrations) is not None


def test_nothing_to_upgrade(tmp_path: Path, postgresql_url: str) -> None:
    with pytest.raises(MissingArchiveError):
        upgrade(f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(MissingArchiveError):
        upgrade(postgresql_url)


def test_tables_made_by_hand_survive_an_upgrade(sqlite_archive: Archive, tmp_path: Path) -> None:
    """A full-text index brings tables of its own that no model knows."""
    sqlite_archive.engine.dispose()
    with sqlite3.connect(tmp_path / "archive/news.db") as connection:
        connection.execute("CREATE VIRTUAL TABLE search USING fts5(words, content='')")
    upgrade(sqlite_archive.url, migrations=later_migrations(tmp_path))
    assert sqlite_archive.one("SELECT count(*) FROM sqlite_master WHERE name = 'search'") == 1


def test_views_are_made_anew(archive: Archive) -> None:
    engine = create_engine(archive.url)
    with engine.begin() as connection:
        for name in reversed(VIEWS):
            connection.execute(text(f"DROP VIEW {name}"))
    engine.dispose()
    migrate(archive.engine)
    assert counts(archive)
