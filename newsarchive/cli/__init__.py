"""The newsarchive command: look at the archive, read one page, keep the archive in order.

Each command is one module of this folder, imported when it is called, so that ``--help`` answers at once.
"""

from __future__ import annotations

from importlib import import_module

import click

from newsarchive import __version__

COMMANDS = {
    "status": "What is archived, by paper, and how the last crawls went.",
    "search": "Stories by their words, in Chinese or any language, newest first.",
    "stats": "How many stories by day, section, author or tag, and a term's share of them; as a chart too.",
    "show": "An article as a person reads it.",
    "diff": "What a paper changed in an article, word by word.",
    "browse": "The archive in the browser: search, articles, their changes, coverage over time.",
    "extract": "The fields of one page, and which rule gave each.",
    "new-paper": "Propose a file and a page for a paper that nobody has described.",
    "check-papers": "Read the stored pages of the described papers again: what would change, field by field.",
    "export": "Stories as CSV, JSON Lines, Parquet, DuckDB, WARC or WACZ, for other programs.",
    "reextract": "Read the kept pages again with today's extractor, and report or write what changes.",
    "import": "Bring exported stories (JSON Lines) into an empty archive.",
    "sql": "Ask the archive a question in SQL; nothing can be changed.",
    "snapshot": "A safe copy of the archive, also while a crawl writes.",
    "repair": "Cut off what a crash left half recorded, and check archive against recordings.",
    "upgrade": "Bring an archive of an older version up to date, after a backup.",
}
"""Command name (its module's, with _ for -) -> what it does, in one line."""


MODULES = {"import": "import_"}  # a word of Python's own cannot name a module that is imported


class Commands(click.Group):
    """The commands, each loaded when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names in the order of ``COMMANDS``: what is needed most comes first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module. It holds one ``click.Command`` named ``command``."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"newsarchive.cli.{MODULES.get(cmd_name, cmd_name.replace('-', '_'))}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List names and lines without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="newsarchive")
def main() -> None:
    """Look at a newspaper archive and keep it in order.

    Articles come into the archive by `scrapy crawl PAPER`. The archive is the SQLite file archive/newsarchive.db, or
    what --archive or the environment variable ARCHIVE_URL names.

    \b
    newsarchive status                       what is there, and how the last crawls went
    newsarchive search 川普 關稅               stories that have both, newest first
    newsarchive show 9334434                 one article, by the paper's id, the archive's id or address
    newsarchive extract page.html --url URL  the fields of one saved page
    """
