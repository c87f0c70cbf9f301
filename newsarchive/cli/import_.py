"""``newsarchive import``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import make_url

from newsarchive.archive.connection import place
from newsarchive.archive.database import open_archive
from newsarchive.archive.errors import plain_errors as plain_database_errors
from newsarchive.cli.options import archive_option, plain_errors
from newsarchive.export.importing import Unimportable, import_articles


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@archive_option
def command(archive_url: str, file: Path) -> None:
    """Bring the stories of FILE, written by `newsarchive export --format jsonl`, into an empty archive.

    All of them come in, or none: a line that is not as we write it ends the import with its number. Revisions, numbers
    and addresses are kept. The archive is made if there is none.
    """
    with plain_errors(), _only_whole(archive_url):
        engine = open_archive(archive_url)
        try:
            screen = Console(stderr=True)
            progress = Progress(console=screen, transient=True, disable=not screen.is_terminal)
            with plain_database_errors(place(engine)), progress as bar:
                task = bar.add_task(file.name, total=file.stat().st_size)
                count = import_articles(engine, file, lambda read: bar.update(task, completed=read))
        except Unimportable as error:
            raise click.ClickException(str(error)) from error
        finally:
            engine.dispose()
    click.echo(f"{place(engine)}: {count:,} stories from {file}")


@contextmanager
def _only_whole(archive_url: str) -> Iterator[None]:
    """Take away the archive that was made for this import alone, if the import fails, be it in making it."""
    made = _missing_file(archive_url)
    try:
        yield
    except BaseException:
        if made is not None:
            for ending in ("", "-wal", "-shm"):
                made.with_name(made.name + ending).unlink(missing_ok=True)
        raise


def _missing_file(archive_url: str) -> Path | None:
    """The SQLite file that is yet to be made."""
    if not archive_url.startswith("sqlite"):
        return None
    database = make_url(archive_url).database
    return Path(database) if database and not Path(database).exists() else None
