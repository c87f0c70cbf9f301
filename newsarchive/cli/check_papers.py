"""``newsarchive check-papers``."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from newsarchive.cli.options import console, print_json
from newsarchive.crawl.papers import paper_for, papers
from newsarchive.describe.check import Checked, Difference, check
from newsarchive.describe.stored_pages import StoredPage, StoredPageError, stored_pages


@click.command("check-papers")
@click.argument("names", nargs=-1, metavar="[PAPER]...")
@click.option(
    "--pages",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("tests/fixtures"),
    show_default=True,
    help="The folder of stored pages: ID.html with the fields that it must give in ID.json.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(names: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Read every stored page of the described papers (or of these) again, and show field by field what would change.

    Selectors that match on none of a paper's stored pages are named too. Exit status 1 where a field has changed, or
    where a field is left without any selector that matches.
    """
    known = {paper.name: paper for paper in papers()}
    if unknown := sorted(set(names) - known.keys()):
        raise click.ClickException(f"{unknown[0]}: no such paper; there are: {', '.join(sorted(known))}")
    by_paper: dict[str, list[StoredPage]] = defaultdict(list)
    try:
        for page in stored_pages(folder):
            paper = paper_for(page.url)
            if paper is not None and (not names or paper.name in names):
                by_paper[paper.name].append(page)
            elif paper is None and not names:
                raise click.ClickException(f"{page.path}: no file in spiders/ describes {page.url}")
    except StoredPageError as error:
        raise click.ClickException(str(error)) from error
    wanted = names or sorted(known)
    checked = [check(name, known[name].layout, by_paper[name]) for name in wanted]
    if as_json:
        print_json([_as_json(each, folder) for each in checked])
    else:
        for each in checked:
            _print(each, folder)
    if any(each.differences or each.lost for each in checked):
        raise SystemExit(1)


def _print(paper: Checked, folder: Path) -> None:
    screen = console()
    pages = "1 page" if paper.pages == 1 else f"{paper.pages} pages"
    changed = "1 field" if len(paper.differences) == 1 else f"{len(paper.differences)} fields"
    state = f"{pages}, {changed} changed" if paper.pages else "no stored pages"
    screen.print(Text(f"{paper.name}: {state}", "bold"))
    for difference in paper.differences:
        screen.print(Text(f"  {difference.page.path.relative_to(folder)}: {difference.field}", "yellow"))
        screen.print(Text(f"    must be  {_short(difference.expected, difference.read)}"))
        screen.print(Text(f"    is read  {_short(difference.read, difference.expected)}"))
        screen.print(Text(f"    by       {difference.rule or 'nothing'}", "dim"))
    for kind, selector in paper.idle:
        style = "red" if kind in paper.lost else "dim"
        screen.print(Text(f"  {kind}: {selector} matches on no stored page", style))


def _short(value: Any, other: Any) -> str:
    """A value in one line, from just before the place where it begins to differ."""
    text, beside = str(value), str(other)
    same = next(
        (at for at, pair in enumerate(zip(text, beside, strict=False)) if pair[0] != pair[1]),
        min(len(text), len(beside)),
    )
    start = max(0, same - 20)
    return ("…" if start else "") + text[start : start + 100] + ("…" if len(text) > start + 100 else "")


def _as_json(paper: Checked, folder: Path) -> dict[str, Any]:
    def plain(difference: Difference) -> dict[str, Any]:
        return {
            "page": str(difference.page.path.relative_to(folder)),
            "field": difference.field,
            "expected": difference.expected,
            "read": difference.read,
            "rule": difference.rule,
        }

    return {
        "paper": paper.name,
        "pages": paper.pages,
        "differences": [plain(difference) for difference in paper.differences],
        "selectors_without_match": [{"field": kind, "selector": selector} for kind, selector in paper.idle],
        "fields_without_selector": paper.lost,
    }
