"""Connecting to an archive: one SQLite file by default, or PostgreSQL through the same code.

Durability. SQLite runs in WAL mode with ``synchronous=FULL``: a committed batch survives ``kill -9`` and also power
loss, as far as the disk honours a sync. A batch is one sync, so this costs little; ``NORMAL`` would be faster only by
that sync and could lose the last batches when power fails. PostgreSQL has the same promise by default.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from newsarchive.archive.errors import (
    ForeignArchiveError,
    MissingArchiveError,
    NewerArchiveError,
    OutdatedArchiveError,
    ReadOnlyArchiveError,
    UnreachableArchiveError,
)
from newsarchive.archive.models import SCHEMA_VERSION

DEFAULT_URL = "sqlite:///archive/newsarchive.db"
VERSION_TABLE = "archive_version"
# Seconds to wait for another writer; a batch takes milliseconds, an upgrade of a large archive some seconds. For SQLite
# the address may say otherwise: sqlite:///archive/newsarchive.db?timeout=5
LOCK_WAIT = 30
# Pages of log after which SQLite brings them into the file, with two syncs. Its default of 1,000 is two batches; most
# of what they touch (indexes) is touched again by the next ones, and need be brought over but once.
CHECKPOINT = 4000
# At most this much write-ahead log stays on disk after a checkpoint, however long a reader held it up.
WAL_LIMIT = 64 * 1024 * 1024  # bytes
CACHE = 8 * 1024  # KiB of pages that a connection keeps; more made no crawl into 100,000 articles faster


def connect(url: str, *, create: bool, read_only: bool = False) -> Engine:
    """Make an engine for the address, without asking what is in the database. Raises `ArchiveError`."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise UnreachableArchiveError(f"{url!r} is no archive address; an example is {DEFAULT_URL}") from None
    if address.get_backend_name() == "sqlite":
        return _connect_sqlite(address, create=create, read_only=read_only)
    if address.get_backend_name() != "postgresql":
        raise UnreachableArchiveError(f"{url!r}: an archive is an SQLite file or a PostgreSQL database")
    try:
        engine = create_engine(address)
    except (NoSuchModuleError, ModuleNotFoundError):
        raise UnreachableArchiveError(
            f"{url!r}: install newsarchive[postgresql], and write postgresql+psycopg://"
        ) from None

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}s'")
            if read_only:
                cursor.execute("SET default_transaction_read_only = on")
        connection.commit()

    return engine


def _connect_sqlite(address: URL, *, create: bool, read_only: bool) -> Engine:
    if not address.database or address.database == ":memory:":
        raise UnreachableArchiveError(f"{address}: an archive needs a file; an example is {DEFAULT_URL}")
    path = Path(address.database)
    _check_file(path, create=create, read_only=read_only)
    if read_only:
        query = {"mode": "ro", "uri": "true"}
        # SQLite reads a WAL database through two files beside it. Where it may not make them and nobody writes, it has
        # to be told that nothing will change meanwhile.
        if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
            query["immutable"] = "1"
        address = address.set(database=f"file:{path}").update_query_dict(query)
    wait = {} if "timeout" in address.query else {"timeout": LOCK_WAIT}
    engine = create_engine(address, connect_args=wait)

    @event.listens_for(engine, "connect")
    def _settings(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: the driver's own would start reading and then fail to write
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT}")
        connection.execute(f"PRAGMA journal_size_limit={WAL_LIMIT}")
        connection.execute(f"PRAGMA cache_size=-{CACHE}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes the lock at once: a transaction that reads first cannot wait for it later (SQLITE_BUSY).
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _check_file(path: Path, *, create: bool, read_only: bool) -> None:
    if path.is_dir():
        raise ForeignArchiveError(f"the archive {path}: that is a folder, not a file")
    if not path.exists():
        if not create:
            raise MissingArchiveError(f"there is no archive at {path}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnreachableArchiveError(f"the archive {path}: its folder cannot be made ({error.strerror})") from None
        if not os.access(path.parent, os.W_OK):
            raise ReadOnlyArchiveError(f"the archive {path}: its folder is read-only")
        return
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise UnreachableArchiveError(f"the archive {path}: it cannot be read ({error.strerror})") from None
    if start and start != b"SQLite format 3\0":
        raise ForeignArchiveError(f"the archive {path}: it is not an SQLite file")
    # SQLite writes its log beside the file, so the folder has to be writable too.
    if not read_only and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise ReadOnlyArchiveError(f"the archive {path}: it is read-only")


def archive_version(engine: Engine) -> str | None:
    """Which migration the archive stands at, ``None`` for an empty database. `ForeignArchiveError` if not ours."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if VERSION_TABLE in tables:
            version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
            if version is not None:
                return str(version)
        if tables:
            raise ForeignArchiveError(f"the archive {place(engine)}: a database, but not one of ours")
        return None


def refuse_other_version(version: str | None, archive: str, today: str = SCHEMA_VERSION) -> None:
    """Raise the fitting `ArchiveError` unless the archive is of today's schema; ``None`` is an empty database."""
    if version is None:
        raise MissingArchiveError(f"there is no archive in {archive} yet; a crawl makes one")
    if version < today:
        raise OutdatedArchiveError(
            f"the archive {archive} is of an older version ({version}); run: newsarchive upgrade"
        )
    if version > today:
        raise NewerArchiveError(
            f"the archive {archive} is of a newer version ({version}, this newsarchive knows {today}); "
            "update newsarchive"
        )


def place(engine: Engine) -> str:
    """Where the archive is, for messages: the file's path, or the address without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database).removeprefix("file:")
    return engine.url.render_as_string(hide_password=True)


def writing(engine: Engine) -> Connection:
    """Open a connection whose transactions take the write lock as they begin."""
    return engine.connect().execution_options(writes=True)
