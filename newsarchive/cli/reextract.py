"""``newsarchive reextract``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from newsarchive.archive.database import open_archive
from newsarchive.archive.reextraction import (
    Run,
    Selection,
    begin_run,
    count_articles,
    finish_run,
    kept_pages,
    known_sources,
)
from newsarchive.archive.reextraction.rereading import REREAD, Reread, settle
from newsarchive.cli.diff import styled
from newsarchive.cli.options import archive_option, console, plain_errors, print_json, warc_dir_option
from newsarchive.normalize.difference import compare
from newsarchive.pipelines.reextract import extractor_digest, reread_pages
from newsarchive.pipelines.workers import processors

BATCH = 100  # articles of one transaction: what a killed run reads again at most, and how long a crawl may have to wait
_MOST_LINES = 10  # lines about single pages that cannot be read; all are counted in the report


@click.command("reextract")
@click.option(
    "--source", "sources", multiple=True, metavar="PAPER", help="Only this paper; may be given several times."
)
@click.option("--since", metavar="DATE", help="Only articles published on 2026-02-01 or later (undated: first seen).")
@click.option("--field", "fields", multiple=True, metavar="FIELD", help="Only this field; may be given several times.")
@click.option("--apply", "applies", is_flag=True, help="Write what changes. Without it the archive's articles stay.")
@click.option("--processes", type=click.IntRange(0), help="Processes that read pages; default: one for each processor.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@warc_dir_option
@archive_option
def command(
    archive_url: str,
    warc_dir: Path,
    sources: tuple[str, ...],
    since: str | None,
    fields: tuple[str, ...],
    applies: bool,
    processes: int | None,
    as_json: bool,
) -> None:
    """Read the kept pages again with today's extractor, without any network, and report what would change.

    Of each article the page that it was last read from is taken out of its recording. With --apply what changes is
    written, as revisions with the cause "extractor" where a reader would see it. A run that is cut off goes on where it
    stood when the same command is given again. Run it after an update of newsarchive, before the next crawl: a crawl
    cannot tell what it reads better from what the paper changed.
    """
    _check(since, fields)
    selection = Selection(sources=tuple(sorted(sources)), since=since, fields=tuple(sorted(fields)))
    with plain_errors():
        engine = open_archive(archive_url, create=False)
        try:
            if unknown := set(sources).difference(known := known_sources(engine)):
                raise click.ClickException(
                    f"--source {unknown.pop()}: the archive has {', '.join(known) or 'no paper'}"
                )
            run = begin_run(engine, selection, extractor_digest(), applies=applies, now=datetime.now(UTC))
            _go_through(engine, run, warc_dir, processors() if processes is None else processes)
            finish_run(engine, run, datetime.now(UTC))
        finally:
            engine.dispose()
    if as_json:
        print_json(run.report)
    else:
        _print(run)


def _check(since: str | None, fields: tuple[str, ...]) -> None:
    if since is not None:
        try:
            date.fromisoformat(since)
        except ValueError:
            raise click.UsageError(f"--since {since}: that is no date; an example is 2026-02-01") from None
    if unknown := set(fields).difference(REREAD):
        raise click.UsageError(f"--field {unknown.pop()}: the fields are {', '.join(REREAD)}")


def _go_through(engine: Engine, run: Run, warc_dir: Path, processes: int) -> None:
    screen = Console(stderr=True, highlight=False)
    if run.resumed:
        screen.print(f"going on after article {run.after}, {run.report['articles']:,} are done")
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=screen,
    )
    said: set[str] = set()
    with bar:
        task = bar.add_task("reading again", total=count_articles(engine, run), rate="")
        for batch in _batches(reread_pages(kept_pages(engine, run), warc_dir, processes)):
            settle(engine, run, batch, datetime.now(UTC))
            for reread in batch:
                _tell(screen, reread, said)
            speed = bar.tasks[0].speed
            bar.update(task, advance=len(batch), rate=f"{speed:.0f} pages/s" if speed else "")


def _batches(rereads: Iterator[Reread]) -> Iterator[list[Reread]]:
    while batch := list(islice(rereads, BATCH)):
        yield batch


def _tell(screen: Console, reread: Reread, said: set[str]) -> None:
    """One line for a page that should be there and is not; a recording that is missing is named once."""
    if not reread.skipped.startswith("its recording") or len(said) > _MOST_LINES:
        return
    line = reread.detail.split(" (", 1)[0] if "missing" in reread.skipped else reread.detail
    if line not in said:
        said.add(line)
        more = len(said) > _MOST_LINES
        screen.print("more recordings cannot be read; see the report" if more else f"{reread.skipped}: {line}",
                     style="yellow", markup=False, soft_wrap=True)  # fmt: skip


def _print(run: Run) -> None:
    screen, report = console(), run.report
    done = "changed" if run.applies else "would change"
    noun = "article" if report["articles"] == 1 else "articles"
    screen.print(
        f"{report['articles']:,} {noun} read again: {report['changed']:,} {done}, "
        f"{report['revised']:,} of them in what a reader sees"
    )
    for reason, skipped in report["skipped"].items():
        screen.print(f"{skipped['count']:,} not read, {reason}: {skipped['examples'][0]}", markup=False, soft_wrap=True)
    if not report["fields"]:
        return
    table = Table("field", "paper", done, box=None, header_style="dim")
    table.columns[2].justify = "right"
    for name, papers in report["fields"].items():
        for paper, found in papers.items():
            table.add_row(name, paper, f"{found['count']:,}")
    screen.print(table)
    for name, papers in report["fields"].items():
        for paper, found in papers.items():
            screen.print()
            screen.print(Text(f"{name} · {paper}", "bold cyan"))
            for example in found["examples"]:
                _print_example(screen, example)
    if not run.applies:
        screen.print("\nNothing was written. The same command with --apply writes it.")


def _print_example(screen: Console, example: dict[str, Any]) -> None:
    screen.print(Text(f"  #{example['article']} {example['url']}", "dim"), soft_wrap=True)
    for parts in compare(example["before"], example["after"]):
        if any(part.operation != "equal" for part in parts):
            marked = screen.color_system is None
            screen.print(Text.assemble("    ", *(styled(part, marked=marked) for part in parts)), soft_wrap=True)
