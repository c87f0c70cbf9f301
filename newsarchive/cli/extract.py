"""``newsarchive extract``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsarchive import extract_article
from newsarchive.article import as_dict
from newsarchive.cli.options import print_json
from newsarchive.cli.reading import print_article
from newsarchive.crawl.papers import layout_for


@click.command("extract")
@click.argument("page", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--url", required=True, help="The page's address; it chooses the described paper, and completes links.")
@click.option(
    "--content-type", metavar="TYPE", help='The Content-Type header the page came with, "text/html; charset=big5".'
)
@click.option("--generic", is_flag=True, help="Read the page as one of an unknown paper.")
@click.option("--explain", is_flag=True, help="Say which rule gave each field.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the rule of each field.")
def command(page: str, url: str, content_type: str | None, generic: bool, explain: bool, as_json: bool) -> None:
    """Read the fields of one saved PAGE (an HTML file, or - for standard input).

    Where the address belongs to a described paper, that paper's layout is used.
    """
    if "://" not in url:
        raise click.ClickException(f"--url {url}: that is no address; it begins with https://")
    html = sys.stdin.buffer.read() if page == "-" else Path(page).read_bytes()
    layout = None if generic else layout_for(url)
    article = extract_article(html, url, layout=layout, content_type=content_type)
    if as_json:
        print_json(as_dict(article))
    else:
        print_article(article, explain=explain)
    if article.headline is None or article.body is None:
        missing = " and ".join(name for name in ("headline", "body") if getattr(article, name) is None)
        raise click.ClickException(f"{page}: no {missing} found; this is hardly an article page")
