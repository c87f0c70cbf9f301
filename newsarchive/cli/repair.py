"""``newsarchive repair``."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from newsarchive.archive.writing.captures import recorded_captures
from newsarchive.cli.options import archive_option, opened, plain_errors, warc_dir_option
from newsarchive.warc.repair import check_captures, repair_all
from newsarchive.warc.walk import RecordingError


@click.command("repair")
@warc_dir_option
@archive_option
def command(archive_url: str, warc_dir: Path) -> None:
    """Cut off half records that a crash has left, and check that the archive agrees with the recordings.

    What is cut off is kept beside the recording, as NAME.cut-OFFSET. A recording that a crawl is writing is left alone.
    A crawl does the first part by itself when it begins. The exit status is 1 where a capture has no true record.
    """
    with plain_errors():
        try:
            for cut in repair_all(warc_dir):
                click.echo(str(cut))
        except RecordingError as error:
            raise click.ClickException(str(error)) from error
    checked = wrong = 0
    with opened(archive_url) as engine, Console(stderr=True).status("checking captures"):
        for capture in recorded_captures(engine):
            checked += 1
            for disagreement in check_captures([capture], warc_dir):
                wrong += 1
                click.echo(str(disagreement))
    if wrong:
        raise click.ClickException(f"{wrong:,} of {checked:,} captures disagree with the recordings")
    click.echo(f"{checked:,} captures agree with the recordings")
