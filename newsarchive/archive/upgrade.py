"""Bringing an archive to today's schema: after a backup, in one transaction, or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from newsarchive.archive.connection import VERSION_TABLE, archive_version, connect, place, refuse_other_version, writing
from newsarchive.archive.errors import ArchiveError, DamagedArchiveError, plain_errors
from newsarchive.archive.search.index import settle
from newsarchive.archive.snapshot import copy_archive
from newsarchive.archive.views import create_views, drop_views

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What an upgrade did. ``backup`` is None for PostgreSQL, whose backups are its server's business."""

    before: str
    after: str
    backup: Path | None


def upgrade(url: str, *, migrations: Path = MIGRATIONS) -> Upgrade | None:
    """Back the archive up beside its file, then migrate it. ``None`` if it is of today's version already.

    Raises `ArchiveError`; the archive is then as it was, and the backup, if one was made, stays.
    """
    engine = connect(url, create=False)
    try:
        with plain_errors(place(engine)):
            before = archive_version(engine)
            today = ScriptDirectory.from_config(_config(migrations)).get_current_head()
            assert today is not None
            if before is None or before >= today:
                refuse_other_version(before, place(engine), today)
                return None
            backup = _back_up(engine, before)
            after = migrate(engine, migrations=migrations)
            settle(engine)
    finally:
        engine.dispose()
    return Upgrade(before=before, after=after, backup=backup)


def _back_up(engine: Engine, version: str) -> Path | None:
    if engine.dialect.name != "sqlite":
        return None
    file = Path(str(engine.url.database))
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    backup = file.with_name(f"{file.stem}.{stamp}.version-{version}{file.suffix}")
    try:
        copy_archive(file, backup)
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(f"the archive {file}: no backup could be made ({error}); nothing was changed") from error
    return backup


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["version_table"] = VERSION_TABLE
    return config


def migrate(engine: Engine, *, migrations: Path = MIGRATIONS) -> str:
    """Create the tables or alter them to today's schema, in one transaction; returns the version reached.

    Foreign keys are off meanwhile: SQLite alters a table by copying it and dropping the old one, and a drop with
    foreign keys on deletes the child rows. They are checked as a whole before the commit.
    """
    config = _config(migrations)
    sqlite = engine.dialect.name == "sqlite"
    with writing(engine) as connection:
        driver = connection.connection.driver_connection
        if sqlite:
            assert isinstance(driver, sqlite3.Connection)
            driver.execute("PRAGMA journal_mode=WAL")
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                drop_views(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                create_views(connection)
                if sqlite:
                    orphans = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
                    if orphans:
                        raise DamagedArchiveError(
                            f"the archive {place(engine)}: {len(orphans)} rows of {orphans[0][0]!r} and others point "
                            "to rows that are not there; nothing was changed"
                        )
                version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one()
        finally:
            if sqlite and isinstance(driver, sqlite3.Connection):
                driver.execute("PRAGMA foreign_keys=ON")
    return str(version)
