"""``newsarchive upgrade``."""

from __future__ import annotations

import click
from rich.console import Console

from newsarchive.cli.options import archive_option, plain_errors


@click.command("upgrade")
@archive_option
def command(archive_url: str) -> None:
    """Bring an archive of an older version up to date.

    A backup is made beside the file first; if anything fails the archive stays as it was.
    """
    from newsarchive.archive.upgrade import upgrade

    with plain_errors(), Console(stderr=True).status("upgrading"):
        done = upgrade(archive_url)
    if done is None:
        click.echo("The archive is up to date.")
        return
    click.echo(f"Upgraded from version {done.before} to {done.after}.")
    if done.backup is not None:
        click.echo(f"The archive as it was: {done.backup}")
