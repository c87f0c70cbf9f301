"""``newsarchive sql``: a question to the archive where no sqlite3 shell is at hand."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click
from rich import box
from rich.table import Column, Table
from rich.text import Text

from newsarchive.archive.errors import ArchiveError
from newsarchive.cli.options import archive_option, console, opened, print_json

_NARROW = 12  # characters; columns narrower than that break dates and names into pieces


@click.command("sql")
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@archive_option
def command(archive_url: str, query: str, as_json: bool, as_csv: bool) -> None:
    """Ask the archive QUERY, in SQL. The archive is opened for reading only.

    \b
    newsarchive sql "SELECT published_date, headline FROM articles ORDER BY published_at DESC LIMIT 5"
    """
    with opened(archive_url) as engine, engine.connect() as connection:
        try:
            result = connection.exec_driver_sql(query)
        except ArchiveError:
            raise
        except Exception as error:
            # Any fault of the query, in the words of the database it was sent to.
            raise click.ClickException(f"the query: {getattr(error, 'orig', error)}") from error
        if not result.returns_rows:
            raise click.ClickException("the query gives no rows")
        names = list(result.keys())
        if as_csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(names)
            writer.writerows(result)
        elif as_json:
            print_json([dict(zip(names, row, strict=True)) for row in result])
        else:
            screen, rows = console(), result.fetchall()
            screen.print(_records(names, rows) if len(names) * _NARROW > screen.width else _table(names, rows))


def _table(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> Table:
    # Folded: a run of Chinese is one long word to Rich, which would cut it off.
    table = Table(*(Column(name, overflow="fold") for name in names), box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*map(_cell, row))
    return table


def _records(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> Table:
    """One column under the other, where side by side none could be read."""
    table = Table(Column(style="bold"), Column(overflow="fold"), box=box.SIMPLE_HEAD, show_header=False)
    for row in rows:
        for name, value in zip(names, row, strict=True):
            table.add_row(name, _cell(value))
        table.add_section()
    return table


def _cell(value: object) -> Text:
    return Text("" if value is None else str(value))
