"""``newsarchive browse``."""

from __future__ import annotations

import socket

import click

from newsarchive.archive.connection import place
from newsarchive.cli.options import archive_option, opened

# Bytes of a request's head: a pasted text of 10,000 characters, nine bytes each, is answered in words and not cut off.
_ADDRESS = 256 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("browse")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; the default is this machine only."
)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free one.")
@archive_option
def command(archive_url: str, host: str, port: int) -> None:
    """Open the archive in the browser: search, articles, their changes, coverage over time, SQL.

    Nothing can be changed, and crawls may go on meanwhile. Scripts are switched off in all pages, and no other host is
    asked for anything: pictures are linked, not shown.
    """
    try:
        import uvicorn

        from newsarchive.browse.application import application
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"{error.name} is missing; install it with: pip install 'newsarchive[browse]'"
        ) from None
    with opened(archive_url) as engine:
        served = application(engine, loopback=host in _LOOPBACK)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as listening:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listening.bind((host, port))
                listening.listen()  # who follows the address below waits until the first answer, and is not refused
            except OSError as error:
                reason = error.strerror or error
                raise click.ClickException(f"cannot listen on {host} port {port}: {reason}; try --port 0") from error
            shown = f"[{host}]" if ":" in host else host
            click.echo(f"{place(engine)}: http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C ends)")
            config = uvicorn.Config(
                served, log_level="warning", lifespan="on", server_header=False, h11_max_incomplete_event_size=_ADDRESS
            )
            uvicorn.Server(config).run(sockets=[listening])
