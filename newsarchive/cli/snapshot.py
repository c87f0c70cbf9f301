"""``newsarchive snapshot``."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
from rich.console import Console

from newsarchive.archive.snapshot import copy_archive
from newsarchive.cli.options import archive_option, opened


@click.command("snapshot")
@click.argument("target", type=click.Path(path_type=Path))
@archive_option
def command(archive_url: str, target: Path) -> None:
    """Copy the archive to TARGET, as of one moment, also while a crawl writes.

    TARGET appears whole or not at all, and is never overwritten.
    """
    with opened(archive_url) as engine:
        if engine.dialect.name != "sqlite":
            raise click.ClickException("a snapshot is of an SQLite archive; for PostgreSQL use pg_dump")
        file = Path(str(engine.url.database).removeprefix("file:"))
        try:
            with Console(stderr=True).status(f"copying {file}"):
                copy_archive(file, target)
        except FileExistsError as error:
            raise click.ClickException(str(error)) from error
        except sqlite3.Error as error:
            raise click.ClickException(f"the archive {file} cannot be copied to {target}: {error}") from error
    click.echo(f"{target}: {target.stat().st_size:,} bytes")
