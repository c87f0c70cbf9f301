"""Files that appear whole or not at all, with what describes them beside them."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DICTIONARY, MANIFEST = ".columns.md", ".manifest.json"


class ExportError(Exception):
    """An export that cannot be made; the message is one line for the user."""


@contextmanager
def whole(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a folder beside ``target`` to write files into; at the end all of them move beside the target at once.

    If anything goes wrong nothing is moved and the folder is gone, also after Ctrl-C. `ExportError` where the target
    exists already, or cannot be written (no folder, no permission, no room on the disk).
    """
    if target.is_dir():
        raise ExportError(f"{target}: that is a folder; name the file to write")
    if not overwrite and (taken := [path for path in described(target) if path.exists()]):
        raise ExportError(f"{taken[0]} exists already; --overwrite replaces it")
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise ExportError(f"{target}: {error.strerror}") from error
    try:
        yield folder
        # What describes the file comes first, the file itself last: once it is there, all is there.
        files = sorted(folder.iterdir(), key=lambda path: path.name == target.name)
        for path in files:
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        for path in files:
            path.replace(target.with_name(path.name))
    except OSError as error:
        raise ExportError(f"{target}: {error.strerror or error}; nothing was exported") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def described(target: Path) -> list[Path]:
    """The files that an export makes: the target, its data dictionary, its manifest."""
    return [target, *(target.with_name(target.name + ending) for ending in (DICTIONARY, MANIFEST))]


def checksum(path: Path) -> str:
    """``sha256:<hex>`` of a file. Raises OSError."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
