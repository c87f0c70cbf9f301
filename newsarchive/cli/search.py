"""``newsarchive search``."""

from __future__ import annotations

import csv
import sys
from dataclasses import asdict
from typing import Any, get_args

import click
from rich import box
from rich.table import Table
from rich.text import Text

from newsarchive.archive.columns import to_text
from newsarchive.archive.search import Hit, Order, count, match_expression, search
from newsarchive.archive.search.query import QueryError, parse
from newsarchive.archive.search.snippets import Marked
from newsarchive.archive.selection import Selection
from newsarchive.cli.options import archive_option, console, opened, print_json
from newsarchive.cli.selecting import selection_options

_COLUMNS = ("id", "source", "published_at", "published_date", "headline", "byline", "section", "url", "snippet")


@click.command("search")
@click.argument("words", metavar="[QUERY]", nargs=-1)
@selection_options
@click.option(
    "--by", "order", type=click.Choice(get_args(Order)), default="newest", show_default=True, help="What comes first."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    metavar="N",
    help="How many stories on a page.",
)
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="Which page.")
@click.option("--count", "only_count", is_flag=True, help="Print only how many stories there are.")
@click.option("--match", is_flag=True, help="Print what to type after MATCH in SQL, and search nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON; hits are (start, end) places in the texts.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
@archive_option
def command(
    archive_url: str,
    words: tuple[str, ...],
    selection: Selection,
    order: Order,
    limit: int,
    page: int,
    only_count: bool,
    match: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Find stories by their words: in headlines, texts, captions, bylines and tags; the newest first.

    Without QUERY, list what the options select. Chinese needs no blanks and no full words; simplified finds
    traditional and the other way round; capitals, width and accents do not matter.

    \b
    newsarchive search 川普 關稅               both, anywhere in a story
    newsarchive search '川普 OR 习近平'         one of them
    newsarchive search '"supply chain"'       one after the other
    newsarchive search '關稅 NOT 中國'          the first without the second
    newsarchive search 'headline:關稅'         only there: headline, subheadline, body, caption, byline, tag
    newsarchive search 'tag:(颱風 OR 地震)'     a field for several
    newsarchive search 'vaccin*'              words that begin so
    newsarchive search 颱風 --since 2026-02-01 --source worldjournal --by relevance
    """
    query = " ".join(words)
    try:
        tree = parse(query) if match or query.strip() else None
        if match and tree is not None:
            click.echo(match_expression(tree))
            return
        with opened(archive_url) as engine:
            total = count(engine, query, selection)
            hits = [] if only_count else search(
                engine, query, selection, order=order, limit=limit, offset=(page - 1) * limit
            )  # fmt: skip
    except QueryError as error:
        raise click.ClickException(f"the query: {error}") from error
    if only_count:
        print_json({"count": total}) if as_json else click.echo(total)
    elif as_json:
        print_json([_plain(hit) for hit in hits])
    elif as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows([plain[name] for name in _COLUMNS] for plain in map(_plain, hits))
    else:
        _print_hits(hits, total, (page - 1) * limit)


def _plain(hit: Hit) -> dict[str, Any]:
    return {
        **asdict(hit),
        "published_at": to_text(hit.published_at) if hit.published_at else None,
        "headline": hit.headline.text,
        "snippet": hit.snippet.text,
        "hits": {"headline": hit.headline.hits, "snippet": hit.snippet.hits},
    }


def _print_hits(hits: list[Hit], total: int, before: int) -> None:
    screen = console()
    if not hits:
        screen.print("no stories" if not total else f"only {total:,} stories: there is no such page")
        return
    table = Table("id", "date", "paper", "story", box=box.SIMPLE_HEAD, show_footer=False)
    table.columns[0].justify = "right"
    for column in table.columns[:3]:
        column.no_wrap = True
    table.columns[3].overflow = "fold"  # a run of Chinese is one long word to Rich, which would cut it off
    for hit in hits:
        marked = _coloured if screen.color_system else _bracketed
        story = Text("\n").join([marked(hit.headline, "bold"), marked(hit.snippet, "dim"), Text()])
        table.add_row(str(hit.id), hit.published_date or "", hit.source, story)
    screen.print(table)
    stories = "story" if total == 1 else "stories"
    screen.print(Text(f" {before + 1:,}–{before + len(hits):,} of {total:,} {stories}; "
                      "newsarchive show '#ID' prints one", "dim"))  # fmt: skip


def _coloured(marked: Marked, style: str) -> Text:
    text = Text(marked.text, style)
    for start, end in marked.hits:
        text.stylize("bold not dim black on yellow", start, end)
    return text


def _bracketed(marked: Marked, style: str) -> Text:
    return Text(marked.with_marks("[", "]"))
