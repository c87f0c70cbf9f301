"""One crawl a paper at a time, whatever the schedule says; two papers share an archive freely.

The lock stands beside the archive: a file that the system unlocks when its process dies, kill -9 included; for a
database server an advisory lock, which ends with its connection.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy
from filelock import FileLock, Timeout
from scrapy.settings import BaseSettings


class AlreadyCrawled(RuntimeError):  # noqa: N818  it is no error of anybody's
    """Another crawl of the same paper is running; the message is one line for the user."""


@contextmanager
def paper_lock(settings: BaseSettings, name: str) -> Iterator[None]:
    """Hold the lock of the paper ``name`` in the archive of ``settings``; raises ``AlreadyCrawled``.

    An archive that cannot be opened is not this function's to report: the crawl says so.
    """
    try:
        address = sqlalchemy.make_url(settings["ARCHIVE_URL"])
    except sqlalchemy.exc.ArgumentError:
        yield
        return
    if address.get_backend_name() == "postgresql":
        with _advisory_lock(address, name):
            yield
    elif address.get_backend_name() == "sqlite" and address.database and address.database != ":memory:":
        with _file_lock(Path(f"{address.database}.{name}.lock"), name):
            yield
    else:
        yield


@contextmanager
def _file_lock(path: Path, name: str) -> Iterator[None]:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AlreadyCrawled(f"{name} is being crawled already, into the same archive (lock: {path})") from None
    except OSError:  # a folder that cannot be written to: the archive will say so
        yield
        return
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _advisory_lock(address: sqlalchemy.URL, name: str) -> Iterator[None]:
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool, isolation_level="AUTOCOMMIT")
    try:
        connection = engine.connect()
    except sqlalchemy.exc.SQLAlchemyError:
        yield
        return
    with connection:
        locked = sqlalchemy.func.pg_try_advisory_lock(sqlalchemy.func.hashtextextended(f"newsarchive {name}", 0))
        if not connection.scalar(sqlalchemy.select(locked)):
            raise AlreadyCrawled(f"{name} is being crawled already, into the same archive")
        yield
