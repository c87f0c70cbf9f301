"""Articles by the names that people give them: an address under any category, the paper's id, the archive's id."""

from __future__ import annotations

import click
from sqlalchemy import Engine

from newsarchive.archive.lookup import ArchivedArticle, find_articles
from newsarchive.crawl.papers import paper_for
from newsarchive.discover.stories import Stories


def found_articles(engine: Engine, name: str) -> list[ArchivedArticle]:
    """Find the articles that go by ``name``; ends the command with one line where there is none."""
    found = find_articles(engine, name) or find_articles(engine, *_papers_own_name(name))
    if not found:
        raise click.ClickException(f"no article {name} in the archive")
    return found


def _papers_own_name(url: str) -> tuple[str, str | None]:
    """Take an address apart as the described paper does: under any category it is the same story."""
    paper = paper_for(url) if "://" in url else None
    story = Stories(paper.layout).identify(url) if paper else None
    return (story.key, paper.name) if story and paper else (url, None)
