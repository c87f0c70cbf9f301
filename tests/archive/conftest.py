from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.writing.batch import Item
from newsarchive.archive.writing.writer import Writer
from tests.archive.postgres import binaries, server
from tests.archive.stories import NOON

_databases = count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    programs = binaries()
    if programs is None:
        pytest.skip("needs PostgreSQL's programs: apt-get install postgresql")
    with server(programs) as address:
        yield address


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The address of a new, empty database."""
    name = f"archive{next(_databases)}"
    engine = create_engine(postgresql_server + "postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return postgresql_server + name


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/archive/news.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_url(request: pytest.FixtureRequest) -> str:
    """An address at which there is no archive yet, on each of the databases."""
    return str(request.getfixturevalue(f"{request.param}_url"))


class Archive:
    """An archive under test: write into it, ask it in SQL."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_archive(url)
        self.crawl_id = self.begin()
        self.writer = Writer(self.engine, self.crawl_id)

    def begin(self, spider: str = "morgenblatt") -> int:
        return begin_crawl(self.engine, spider, {}, NOON)

    def write(self, *items: Item) -> dict[str, int]:
        """Write all items in one batch; returns the visits by outcome."""
        for item in items:
            self.writer.add(item)
        return dict(self.writer.flush())

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def one(self, query: str, **values: Any) -> Any:
        """The only row, or its only value."""
        (row,) = self.rows(query, **values)
        return row[0] if len(row) == 1 else row


@pytest.fixture
def archive(archive_url: str) -> Iterator[Archive]:
    opened = Archive(archive_url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def sqlite_archive(sqlite_url: str) -> Iterator[Archive]:
    opened = Archive(sqlite_url)
    yield opened
    opened.engine.dispose()
