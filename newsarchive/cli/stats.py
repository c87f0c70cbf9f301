"""``newsarchive stats``."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import click
from rich import box
from rich.bar import Bar
from rich.table import Table
from rich.text import Text

from newsarchive.archive.search.query import QueryError
from newsarchive.archive.selection import Selection
from newsarchive.archive.stats import PERIODS, Count, Group, count_by
from newsarchive.cli.options import archive_option, console, opened, plain_errors, print_json
from newsarchive.cli.selecting import selection_options

_NOTHING = "(none)"  # the label of stories without a date or a section


@click.command("stats")
@click.argument("words", metavar="[QUERY]", nargs=-1)
@click.option(
    "--by", "group", type=click.Choice(get_args(Group)), default="day", show_default=True, help="What is counted by."
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    metavar="N",
    help="How many papers, sections, people or tags; days are all shown.",
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw it into FILE, a .png or .svg (needs newsarchive[plot]).",
)
@selection_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@archive_option
def command(
    archive_url: str,
    words: tuple[str, ...],
    group: Group,
    top: int,
    plot: Path | None,
    selection: Selection,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Count stories by day, month, year, paper, section, author or tag.

    With QUERY (as in `newsarchive search`) count those that it finds, and their share of all.

    \b
    newsarchive stats --since 2026-02-01                     stories a day
    newsarchive stats 關稅 --by month --plot tariffs.png      how much of the paper a subject takes, over time
    newsarchive stats 關稅 --by section                       where it is printed
    newsarchive stats --by author --source worldjournal      who writes most
    """
    query = " ".join(words).strip()
    try:
        with opened(archive_url) as engine:
            counts = count_by(engine, group, query, selection, top=top)
    except QueryError as error:
        raise click.ClickException(f"the query: {error}") from error
    if plot is not None:
        from newsarchive.cli.plot import PlotError, draw  # matplotlib is slow to import, and optional

        dated = [count for count in counts if count.label is not None or group not in PERIODS]
        try:
            with plain_errors():
                draw(plot, [(count.label or _NOTHING, count.share if query else count.stories) for count in dated],
                     title=_title(group, query), over_time=group in PERIODS, share=bool(query))  # fmt: skip
        except PlotError as error:
            raise click.ClickException(str(error)) from error
    if as_json:
        print_json([_plain(group, count) for count in counts])
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow((group, "stories", "of", "share"))
        writer.writerows(_plain(group, count).values() for count in counts)
    else:
        _print(counts, group, bool(query))
        if plot is not None:
            click.echo(f"{plot} is drawn")


def _title(group: Group, query: str) -> str:
    return f"Share of stories with {query}, by {group}" if query else f"Stories by {group}"


def _plain(group: Group, count: Count) -> dict[str, str | float | None]:
    return {group: count.label, "stories": count.stories, "of": count.of, "share": round(count.share, 6)}


def _print(counts: Sequence[Count], group: Group, searched: bool) -> None:
    if not any(count.stories for count in counts):
        click.echo("no stories")
        return
    table = Table(group, box=box.SIMPLE_HEAD)
    table.columns[0].no_wrap = True
    table.add_column("stories", justify="right")
    if searched:
        table.add_column("of", justify="right")
        table.add_column("share", justify="right")
    table.add_column("", ratio=1)
    most = max(count.share if searched else count.stories for count in counts)
    for count in counts:
        numbers = [f"{count.stories:,}", f"{count.of:,}", f"{count.share:.1%}"] if searched else [f"{count.stories:,}"]
        bar = Bar(most, 0, count.share if searched else count.stories, color="blue")
        table.add_row(Text(count.label or _NOTHING), *numbers, bar)
    console().print(table)
