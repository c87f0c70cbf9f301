"""An article laid out for a person: headline, byline, times, body, pictures, tags, links."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from newsarchive.article import Article, Author, Image, Moment
from newsarchive.cli.options import console

# A measure that newspapers' web pages keep to; longer lines are hard to read.
WIDTH = 100


def print_article(article: Article, *, explain: bool = False, about: dict[str, str] | None = None) -> None:
    """Print an article; ``explain`` adds each field's rule and the problems, ``about`` what the archive knows."""
    screen = console()
    screen.width = min(screen.width, WIDTH)
    if article.kicker and article.headline and not article.headline.startswith(article.kicker):
        screen.print(Text(article.kicker, "dim"))
    screen.print(Text(article.headline or "(no headline)", "bold"))
    if article.subheadline:
        screen.print(Text(article.subheadline, "italic"))
    facts = Table.grid(padding=(0, 2))
    for name, value in (_facts(article) | (about or {})).items():
        facts.add_row(Text(name, "dim"), Text(value))
    screen.print(Padding(facts, (1, 0)))
    for paragraph in (article.body or "(no body)").split("\n\n"):
        screen.print(Text(paragraph))
        screen.print()
    for number, image in enumerate(article.images, 1):
        screen.print(Text(f"[{number}] {_caption(image)}"))
        screen.print(Text(f"    {image.url}", "dim"))
    for kind, links in groupby(article.related_links, key=lambda link: link.kind):
        screen.print(Text(f"\n{kind}", "dim"))
        for link in links:
            screen.print(Text("  " + "  ".join(part for part in (link.published, link.title) if part)))
    if explain:
        _print_rules(screen, article)


def _facts(article: Article) -> dict[str, str]:
    named = {
        "byline": article.byline,
        "authors": ", ".join(_author(author) for author in article.authors),
        "provider": article.provider,
        "desk": article.desk,
        "place": article.place,
        "kind": article.kind,
        "published": _time(article.published),
        "modified": _time(article.modified),
        "section": article.section,
        "tags": ", ".join(article.tags),
        "language": article.language,
        "address": article.canonical_url or article.url,
        "paper's id": article.external_id,
        "marks": ", ".join(_marks(article)),
    }
    return {name: value for name, value in named.items() if value}


def _author(author: Author) -> str:
    return f"{author.name} ({author.role})" if author.role else author.name


def _time(moment: Moment | None) -> str:
    if moment is None:
        return ""
    if moment.utc is None or moment.precision == "day":
        return f"{moment.date} ({moment.precision}; {moment.basis}; printed {moment.raw!r})"
    return f"{moment.utc:%Y-%m-%d %H:%M} UTC ({moment.basis}; printed {moment.raw!r})"


def _marks(article: Article) -> Iterator[str]:
    if article.paywalled:
        yield "behind a paywall"
    if article.live_blog:
        yield "live blog"


def _caption(image: Image) -> str:
    return f"{image.caption or '(no caption)'}" + (f" ({image.credit})" if image.credit else "")


def _print_rules(screen: Console, article: Article) -> None:
    screen.print(Rule("why", style="dim"))
    table = Table.grid(padding=(0, 2))
    for name, rule in article.rules.items():
        table.add_row(Text(name, "dim"), Text(rule))
    screen.print(table)
    for problem in article.problems:
        screen.print(Text(f"problem: {problem}", "yellow"))
