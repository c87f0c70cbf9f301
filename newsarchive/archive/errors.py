"""What can be wrong with an archive, each told in one line that names the archive and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError


class ArchiveError(Exception):
    """The archive cannot be used; the message is one line for the user."""


class MissingArchiveError(ArchiveError):
    """There is no archive at this address."""


class ForeignArchiveError(ArchiveError):
    """There is something at this address, and it is no archive of ours."""


class OutdatedArchiveError(ArchiveError):
    """The archive was made by an older version and wants ``newsarchive upgrade``."""


class NewerArchiveError(ArchiveError):
    """The archive was made by a newer version than this one."""


class ReadOnlyArchiveError(ArchiveError):
    """The archive may be read and not written."""


class LockedArchiveError(ArchiveError):
    """Another program holds the archive's write lock for longer than we wait."""


class FullArchiveError(ArchiveError):
    """There is no room left where the archive lies."""


class DamagedArchiveError(ArchiveError):
    """The archive's file is damaged."""


class UnreachableArchiveError(ArchiveError):
    """The archive cannot be opened or its server not be reached."""


# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_SQLITE: dict[int, tuple[type[ArchiveError], str]] = {
    sqlite3.SQLITE_BUSY: (LockedArchiveError, "another program is writing to it and does not let go"),
    sqlite3.SQLITE_LOCKED: (LockedArchiveError, "another program is writing to it and does not let go"),
    sqlite3.SQLITE_READONLY: (ReadOnlyArchiveError, "it is read-only"),
    sqlite3.SQLITE_FULL: (FullArchiveError, "there is no room left on its disk"),
    sqlite3.SQLITE_IOERR: (UnreachableArchiveError, "its disk does not read or write"),
    sqlite3.SQLITE_CANTOPEN: (UnreachableArchiveError, "it cannot be opened"),
    sqlite3.SQLITE_CORRUPT: (DamagedArchiveError, "its file is damaged; restore a snapshot"),
    sqlite3.SQLITE_NOTADB: (ForeignArchiveError, "it is not an SQLite file"),
}

# PostgreSQL's error codes, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL: dict[str, tuple[type[ArchiveError], str]] = {
    "53100": (FullArchiveError, "there is no room left on its server's disk"),
    "25006": (ReadOnlyArchiveError, "it is read-only"),
    "42501": (ReadOnlyArchiveError, "this user may not write to it"),
    "55P03": (LockedArchiveError, "another program is writing to it and does not let go"),
    "3D000": (MissingArchiveError, "there is no such database on the server"),
}


def describe(error: DBAPIError, archive: str) -> ArchiveError:
    """Say in one line what a database error means; ``archive`` is its file or address."""
    original = error.orig
    detail = " ".join(str(original).split())
    kind, words = ArchiveError, detail
    if isinstance(original, sqlite3.Error):
        # Extended codes carry the primary one in their low byte.
        kind, words = _SQLITE.get(getattr(original, "sqlite_errorcode", 0) & 0xFF, (kind, words))
    else:
        state = getattr(original, "sqlstate", None)
        if state is None and 'database "' in detail and "does not exist" in detail:
            state = "3D000"  # while connecting, psycopg has only the server's words
        if state in _POSTGRESQL:
            kind, words = _POSTGRESQL[state]
        elif state is None or state.startswith(("08", "28", "57P")):
            kind, words = UnreachableArchiveError, "its server does not answer as it should"
    return kind(f"the archive {archive}: {words}" + (f" ({detail})" if words != detail else ""))


@contextmanager
def plain_errors(archive: str) -> Iterator[None]:
    """Turn database errors within the block into `ArchiveError`."""
    try:
        yield
    except DBAPIError as error:
        raise describe(error, archive) from error
