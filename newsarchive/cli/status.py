"""``newsarchive status``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

import click
from rich import box
from rich.table import Table

from newsarchive.archive.columns import to_text
from newsarchive.archive.status import Crawl, Holding, holdings, last_crawls
from newsarchive.cli.options import archive_option, console, opened, print_json
from newsarchive.page import Outcome

_OUTCOMES: tuple[str, ...] = get_args(Outcome)

LOOK: dict[str, Any] = {"box": box.SIMPLE_HEAD, "title_justify": "left", "title_style": "bold"}


@click.command("status")
@click.option(
    "--crawls", default=10, show_default=True, metavar="N", type=click.IntRange(0), help="How many crawls to list."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@archive_option
def command(archive_url: str, crawls: int, as_json: bool) -> None:
    """Show what is archived, by paper, and how the last crawls went."""
    with opened(archive_url) as engine:
        held, ran = holdings(engine), last_crawls(engine, crawls)
    if as_json:
        print_json({"sources": [_plain(row) for row in held], "crawls": [_plain(row) for row in ran]})
        return
    screen = console()
    screen.print(_holdings_table(held))
    if ran:
        screen.print(_crawls_table(ran))


def _holdings_table(held: Sequence[Holding]) -> Table:
    table = Table("paper", "title", title="Archived", **LOOK)
    for column in ("articles", "duplicates", "revised"):
        table.add_column(column, justify="right")
    table.add_column("published")
    table.add_column("last seen (UTC)")
    for row in held:
        span = " – ".join(dict.fromkeys(day for day in (row.first_published, row.last_published) if day))
        numbers = (f"{number:,}" for number in (row.articles, row.duplicates, row.revised))
        table.add_row(row.source, row.title, *numbers, span, _minute(row.last_seen_at))
    return table


def _crawls_table(ran: Sequence[Crawl]) -> Table:
    table = Table("crawl", "paper", "started (UTC)", "ended", "how", "what", title="Crawls", **LOOK)
    for row in ran:
        seen = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in _in_order(row.counts))
        how = row.finish_reason or "running, or killed"
        table.add_row(str(row.id), row.spider, _minute(row.started_at), _minute(row.finished_at), how, seen)
    return table


def _in_order(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """First what the crawl did, then what came of its visits, the good before the bad."""
    happened = [(name, count) for name, count in counts.items() if isinstance(count, int) and count]
    return sorted(happened, key=lambda one: _OUTCOMES.index(one[0]) if one[0] in _OUTCOMES else -1)


def _minute(instant: datetime | None) -> str:
    return instant.strftime("%Y-%m-%d %H:%M") if instant else ""


def _plain(row: Holding | Crawl) -> dict[str, object]:
    return {
        name: to_text(value) if isinstance(value, datetime) else value
        for name, value in dataclasses.asdict(row).items()
    }
