"""``newsarchive diff``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click
from rich.text import Text

from newsarchive.archive.columns import to_text
from newsarchive.archive.differences import FieldDifference, differences, load_wording
from newsarchive.archive.lookup import ArchivedArticle, Revision
from newsarchive.archive.writing.wording import Wording
from newsarchive.cli.diff_html import as_html
from newsarchive.cli.finding import found_articles
from newsarchive.cli.options import archive_option, console, opened, print_json
from newsarchive.cli.reading import WIDTH
from newsarchive.normalize.difference import Part

_STYLES = {"equal": "", "delete": "red strike", "insert": "green underline"}
# Without colours: the marks of wdiff.
_MARKS = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}


@click.command("diff")
@click.argument("name", metavar="URL|ID")
@click.option(
    "--from", "start", type=click.IntRange(1), metavar="N", help="Compare from this wording; default: the first."
)
@click.option(
    "--to", "end", type=click.IntRange(1), metavar="N", help="Compare with this wording; default: the latest."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--html", "html", is_flag=True, help="Print a page for a browser.")
@archive_option
def command(archive_url: str, name: str, start: int | None, end: int | None, as_json: bool, html: bool) -> None:
    """Show what a paper changed in an article, word by word (in Chinese character by character).

    URL|ID names the article as in `newsarchive show`. All wordings are listed, then two of them compared: the first
    with the latest, unless --from or --to says otherwise. Where the output is no terminal, what went stands in [- -]
    and what came in {+ +}.
    """
    if as_json and html:
        raise click.UsageError("--json and --html: choose one of them.")
    with opened(archive_url) as engine:
        found = found_articles(engine, name)
        if len(found) > 1:
            several = ", ".join(f"#{one.id} ({one.source})" for one in found)
            raise click.ClickException(f"{name} is the name of several articles: {several}; ask for one of them")
        article = found[0]
        with engine.connect() as connection:
            last = article.revisions[-1].number
            numbers = (start or min(1, end or 1), end or last)
            old, new = (load_wording(connection, article.id, number) for number in numbers)
    for number, wording in zip(numbers, (old, new), strict=True):
        if wording is None:
            raise click.ClickException(f"{name} has no wording {number}; its latest is {last}")
    assert old is not None
    assert new is not None
    changed = differences(old, new)
    steps = [step for step in article.revisions if min(numbers) < step.number <= max(numbers)]
    if as_json:
        print_json(_plain(article, old, new, steps, changed))
    elif html:
        click.echo(as_html(article, old, new, steps, changed), nl=False)
    else:
        _print(article, old, new, changed)


def _plain(
    article: ArchivedArticle, old: Wording, new: Wording, steps: list[Revision], changed: list[FieldDifference]
) -> dict[str, object]:
    sides = [{"number": side["number"], "observed_at": to_text(side["observed_at"])} for side in (old, new)]
    return {
        "id": article.id,
        "source": article.source,
        "url": article.article.url,
        "headline": article.article.headline,
        "from": sides[0],
        "to": sides[1],
        "revisions": [asdict(step) | {"observed_at": to_text(step.observed_at)} for step in steps],
        "fields": [asdict(difference) for difference in changed],
    }


def _print(article: ArchivedArticle, old: Wording, new: Wording, changed: list[FieldDifference]) -> None:
    screen = console()
    screen.width = min(screen.width, WIDTH)
    screen.print(Text(str(new["headline"]), "bold"))
    screen.print(Text(f"{article.source} · #{article.id} · {article.article.url}", "dim"), soft_wrap=True)
    screen.print()
    for step in article.revisions:
        fields = f" · {', '.join(step.changed_fields)}" if step.changed_fields else ""
        compared = step.number in (old["number"], new["number"])
        told = f"{'→' if compared else ' '} {step.number}  {step.observed_at:%Y-%m-%d %H:%M} UTC · {step.told}{fields}"
        screen.print(Text(told, "" if compared else "dim"))
    if len(article.revisions) == 1:
        screen.print(f"  There is only this wording; it was last seen {article.last_seen_at:%Y-%m-%d %H:%M} UTC.")
    marked = screen.color_system is None
    for difference in changed:
        screen.print()
        screen.print(Text(difference.field, "bold cyan"))
        for line in _lines(difference, marked=marked):
            screen.print(line, soft_wrap=marked)  # marks are for a file or another program: a paragraph is one line


def _lines(difference: FieldDifference, *, marked: bool) -> Iterator[Text]:
    """The edited paragraphs; of the others it is said how many they are."""
    unchanged = 0
    for parts in [*difference.paragraphs, None]:
        if parts is not None and all(part.operation == "equal" for part in parts):
            unchanged += 1
            continue
        if unchanged:
            yield Text(f"  ⋯ {unchanged} unchanged", "dim")
            unchanged = 0
        if parts is not None:
            yield Text("  ").join([Text(), Text.assemble(*(styled(part, marked=marked) for part in parts))])


def styled(part: Part, *, marked: bool) -> tuple[str, str]:
    """Give a part its colour or, ``marked``, the marks that stand for it."""
    before, after = _MARKS[part.operation] if marked else ("", "")
    return f"{before}{part.text}{after}", _STYLES[part.operation]
