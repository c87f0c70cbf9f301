"""``newsarchive show``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import click

from newsarchive.archive.columns import to_text
from newsarchive.archive.lookup import ArchivedArticle
from newsarchive.article import as_dict
from newsarchive.cli.finding import found_articles
from newsarchive.cli.options import archive_option, opened, print_json
from newsarchive.cli.reading import print_article


@click.command("show")
@click.argument("name", metavar="URL|ID")
@click.option("--explain", is_flag=True, help="Say which rule gave each field.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@archive_option
def command(archive_url: str, name: str, explain: bool, as_json: bool) -> None:
    """Show an article as a person reads it.

    URL|ID is its address (any under which it was met), the paper's own id, or the archive's id (12, or #12 where a
    paper uses the same number).
    """
    with opened(archive_url) as engine:
        found = found_articles(engine, name)
    if as_json:
        print_json([_plain(one) for one in found] if len(found) > 1 else _plain(found[0]))
        return
    for number, one in enumerate(found):
        if number:
            click.echo()
        print_article(one.article, explain=explain, about=_about(one))


def _plain(one: ArchivedArticle) -> dict[str, object]:
    about = asdict(one)
    del about["article"]
    for revision in about["revisions"]:
        revision["observed_at"] = to_text(revision["observed_at"])
    instants = {name: to_text(value) for name, value in about.items() if isinstance(value, datetime)}
    return as_dict(one.article) | about | instants


def _about(one: ArchivedArticle) -> dict[str, str]:
    visits = "visit" if one.visits == 1 else "visits"
    about = {
        "archive": f"#{one.id}, {one.source}, first seen {one.first_seen_at:%Y-%m-%d %H:%M} UTC, "
        f"last {one.last_seen_at:%Y-%m-%d %H:%M}, {one.visits} {visits}"
    }
    if one.duplicate_of_id is not None:
        about["duplicate of"] = f"#{one.duplicate_of_id}"
    if one.duplicates:
        about["same text"] = ", ".join(f"#{number}" for number in one.duplicates)
    if one.similar:
        about["similar"] = "\n".join(
            f"#{other.id}, {other.source}, {other.relation.replace('_', ' ')} {other.score:.0%}: {other.headline}"
            for other in one.similar
        )
    changes = [
        f"{revision.observed_at:%Y-%m-%d %H:%M} {', '.join(revision.changed_fields)} ({revision.told})"
        for revision in one.revisions
        if revision.number > 1
    ]
    if changes:
        about["changes"] = "\n".join(changes)
    return about
