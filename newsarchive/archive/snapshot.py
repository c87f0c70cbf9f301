"""A copy of an SQLite archive that is whole, taken while a crawl may be writing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path


def copy_archive(archive: Path, target: Path) -> None:
    """Copy an SQLite archive to ``target``, as of one moment; the target appears whole or not at all.

    SQLite's own backup: a plain file copy of a database in use misses what stands in its log. Readers and writers go
    on meanwhile. sqlite3.Error or OSError where the copy cannot be made; FileExistsError rather than overwriting.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already")
    part = target.with_name(target.name + ".part")
    try:
        source = sqlite3.connect(f"file:{archive}?mode=ro", uri=True, timeout=30)
        try:
            copy = sqlite3.connect(part)
            try:
                source.backup(copy)
                # One file that stands alone: without WAL it can be read from a read-only place.
                copy.execute("PRAGMA journal_mode=DELETE")
            finally:
                copy.close()
        finally:
            source.close()
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
