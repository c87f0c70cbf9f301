"""The file that a crawl records into: appended record by record, rolled at a size, whole whenever a write fails."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

from newsarchive.warc.record import warcinfo


@dataclass(frozen=True, slots=True)
class Place:
    """Where one record stands: the file's name within the folder, first byte, length; both in bytes as compressed."""

    file: str
    offset: int
    length: int


class RecordingFile:
    """Writes ``<spider>-<UTC timestamp>-<serial>.warc.gz`` files into a folder.

    A file is made when the first record comes, so that a crawl that fetches nothing leaves none. It is locked while
    it is written, so that a repair leaves it alone. Writes are not buffered: a record that has a place is with the
    system, and no kill of the process can take it back; :meth:`sync` makes it safe against loss of power as well.
    """

    def __init__(
        self, folder: Path, spider: str, now: Callable[[], datetime], max_size: int, about: Sequence[tuple[str, str]]
    ) -> None:
        self._folder = folder
        self._now = now
        self._stem = f"{spider}-{now():%Y%m%d%H%M%S}"
        self._max_size = max_size
        self._about = about
        self._serial = 0
        self._file: FileIO | None = None
        self._end = 0  # of the last whole record
        self._synced = True

    def append(self, records: Sequence[bytes]) -> Place:
        """Write compressed records that belong together and return the place of the first one.

        Raises OSError (disk full, no permission); the file then ends after the last record that was written whole.
        """
        if self._file is None or self._end >= self._max_size:
            self._open_next()
        offset = self._end
        self._write(b"".join(records))
        return Place(self._path.name, offset, len(records[0]))

    def sync(self) -> None:
        """Wait until everything written so far is on the disk. Raises OSError.

        Another thread than the one that writes may call it: the descriptor is doubled, as the file may be closed.
        """
        if self._file is None or self._synced:
            return
        try:
            descriptor = os.dup(self._file.fileno())
        except ValueError:  # closed just now, and synced before that
            return
        self._synced = True  # before the sync: what is written meanwhile wants another
        try:
            os.fdatasync(descriptor)
        except OSError:
            self._synced = False
            raise
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Sync and close. Raises OSError."""
        if self._file is not None:
            try:
                self.sync()
            finally:
                self._file.close()
                self._file = None

    def _open_next(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            self._path = self._folder / f"{self._stem}-{self._serial:05}.warc.gz"
            self._serial += 1
            try:
                self._file = FileIO(self._path, "x")
            except FileExistsError:  # another crawl began in the same second
                continue
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._end = 0
        self._write(warcinfo(self._path.name, self._now(), self._about).compressed())

    def _write(self, data: bytes) -> None:
        assert self._file is not None
        self._synced = False
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise
        self._end += len(data)
