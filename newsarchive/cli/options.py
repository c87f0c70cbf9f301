"""What several commands share: the archive to open, and errors as one line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from sqlalchemy import Engine

from newsarchive.archive.connection import DEFAULT_URL, place
from newsarchive.archive.database import open_archive
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.errors import plain_errors as plain_database_errors


def archive_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--archive``, which also reads ARCHIVE_URL as the crawl's setting of that name does."""
    return click.option(
        "--archive",
        "archive_url",
        envvar="ARCHIVE_URL",
        default=DEFAULT_URL,
        show_default=True,
        metavar="URL",
        help="The archive: a database address, or the path of an SQLite file. Also read from ARCHIVE_URL.",
        callback=lambda _context, _option, value: value if "://" in value else f"sqlite:///{value}",
    )(command)


def warc_dir_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--warc-dir``, which also reads WARC_DIR as the crawl's setting of that name does."""
    return click.option(
        "--warc-dir",
        envvar="WARC_DIR",
        default="archive/warc",
        show_default=True,
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder of the recordings, as in the crawl's setting of that name.",
    )(command)


@contextmanager
def opened(archive_url: str) -> Iterator[Engine]:
    """Open an existing archive for reading; what goes wrong ends the command with one line."""
    with plain_errors():
        engine = open_archive(archive_url, create=False, read_only=True)
        try:
            with plain_database_errors(place(engine)):
                yield engine
        finally:
            engine.dispose()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Show errors of the archive and of files as one line and exit status 1, without a traceback."""
    try:
        yield
    except ArchiveError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        raise click.ClickException(f"{what}{error.strerror or error}") from error


def print_json(value: object) -> None:
    """Print a value as JSON that a person can read too, Chinese as itself."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def console() -> Console:
    """Give a console for tables: as wide as the terminal, and 120 columns where the output goes into a file."""
    screen = Console(highlight=False)
    if not screen.is_terminal:
        screen.width = 120
    return screen
