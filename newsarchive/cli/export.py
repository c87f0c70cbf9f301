"""``newsarchive export``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from newsarchive.archive.search.query import QueryError
from newsarchive.archive.selection import Selection
from newsarchive.cli.options import archive_option, opened, warc_dir_option
from newsarchive.cli.selecting import selection_options
from newsarchive.export.export import Format, Order, Progress, export
from newsarchive.export.target import ExportError


@click.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format", "chosen", type=click.Choice(get_args(Format)), help="Default: what TARGET's name ends with, else csv."
)
@click.option("--query", metavar="QUERY", help="Only stories that `newsarchive search QUERY` finds.")
@selection_options
@click.option("--overwrite", is_flag=True, help="Replace TARGET if it exists.")
@click.option(
    "--spreadsheet",
    is_flag=True,
    help="CSV for Excel: with a byte order mark, and an apostrophe before what would be taken for a formula.",
)
@warc_dir_option
@archive_option
def command(
    archive_url: str,
    target: Path,
    chosen: Format | None,
    query: str | None,
    selection: Selection,
    overwrite: bool,
    spreadsheet: bool,
    warc_dir: Path,
) -> None:
    """Write stories into the file TARGET, for other programs.

    TARGET appears whole or not at all. Beside it come TARGET.columns.md, which says what each column is, and
    TARGET.manifest.json with counts, conditions, version and checksum. A crawl may be writing meanwhile.

    \b
    newsarchive export stories.csv                          a table; with --spreadsheet for Excel
    newsarchive export stories.parquet                      for pandas, polars, DuckDB, R
    newsarchive export stories.duckdb                       a DuckDB database
    newsarchive export stories.jsonl                        with all revisions; `newsarchive import` reads it again
    newsarchive export pages.warc.gz                        the recorded pages themselves
    newsarchive export pages.wacz                           the same, for replayweb.page in a browser
    newsarchive export tariffs.csv --query 關稅 --since 2026-02-01
    """
    format_ = chosen or _format_of(target)
    if spreadsheet and format_ != "csv":
        raise click.UsageError("--spreadsheet is for CSV")
    order = Order(format=format_, target=target, query=query, selection=selection, overwrite=overwrite,
                  spreadsheet=spreadsheet, warc_dir=warc_dir)  # fmt: skip
    try:
        with opened(archive_url) as engine, _bar(target.name) as progress:
            manifest = export(engine, order, progress)
    except QueryError as error:
        raise click.ClickException(f"the query: {error}") from error
    except ExportError as error:
        raise click.ClickException(str(error)) from error
    if manifest.get("missing_records"):
        click.echo(
            f"Warning: {manifest['missing_records']:,} recorded answers cannot be read and are left out, the first: "
            f"{manifest['first_missing']}",
            err=True,
        )
    click.echo(f"{target}: {manifest['articles']:,} stories, {manifest['bytes']:,} bytes")


def _format_of(target: Path) -> Format:
    formats: tuple[Format, ...] = get_args(Format)
    name = target.name.lower().removesuffix(".gz")
    return next((known for known in formats if name.endswith(f".{known}")), "csv")


@contextmanager
def _bar(name: str) -> Iterator[Progress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    screen = Console(stderr=True)
    with Bar(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
