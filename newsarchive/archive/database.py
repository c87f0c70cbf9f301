"""Opening an archive for work: made where there is none, refused where it is of another version."""

from __future__ import annotations

from sqlalchemy import Engine

from newsarchive.archive.connection import archive_version, connect, place, refuse_other_version
from newsarchive.archive.errors import plain_errors


def open_archive(url: str, *, create: bool = True, read_only: bool = False) -> Engine:
    """Open the archive at a database address, creating it (and its folder) where there is none.

    Raises a subclass of `ArchiveError` with one line for the user: the archive is missing (``create=False``), of an
    older or newer version, foreign, a folder, read-only (unless ``read_only``), or cannot be reached.
    """
    engine = connect(url, create=create and not read_only, read_only=read_only)
    try:
        with plain_errors(place(engine)):
            version = archive_version(engine)
            if version is None and create and not read_only:
                from newsarchive.archive.upgrade import migrate  # Alembic is slow to import and seldom needed

                migrate(engine)
            else:
                refuse_other_version(version, place(engine))
    except BaseException:
        engine.dispose()
        raise
    return engine
