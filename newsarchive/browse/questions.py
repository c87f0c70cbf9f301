"""The documented questions as Datasette's canned queries: what they name as an example becomes a field to fill in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Engine, text

from newsarchive.browse.document import worked_queries

# An example in the document -> the same with parameters. Each is a pattern of SQL, and what stands there instead.
_EXAMPLES: tuple[tuple[str, str], ...] = (
    (r"\b(name|source) = '\w+'(?=\))", r"\1 = :source"),
    (r"\bsource = '\w+'", r"source = :source"),
    (r"BETWEEN '[\d-]+' AND '[\d-]+'", "BETWEEN :since AND :until"),
    (r">= '[\d-]+'", ">= :since"),
    (r"authors\.name = '[^']+'", "authors.name = :author"),
    (r"tags\.name = '[^']+'", "tags.name = :tag"),
    (r"LIKE '%([^\"']+)%'(?=\n|$)", "LIKE '%' || :credit || '%'"),
    (r"\burl = 'https?://[^']+'", "url = :address"),
    (r"external_id = '\d+'", "external_id = :external_id"),
    (r"article_id = \d+", "article_id = CAST(:article AS INTEGER)"),
)
_PARAMETER = re.compile(r"(?<![\w:]):([a-z_]+)\b")

# What a field holds before anything is typed into it, so that the first answer is seldom an empty one.
_LARGEST = "SELECT source_id FROM articles GROUP BY source_id ORDER BY count(*) DESC LIMIT 1"
_LATEST = "SELECT max(published_date) FROM articles"
_CHANGED = "SELECT id, url, external_id, source_id FROM articles WHERE revision_count > 1 ORDER BY last_changed_at DESC"
_DEFAULTS = {
    "source": f"SELECT name FROM sources WHERE id = ({_LARGEST})",
    "since": f"SELECT date(({_LATEST}), '-30 days')",
    "until": _LATEST,
    "author": "SELECT name FROM authors WHERE id = (SELECT author_id FROM article_authors GROUP BY author_id "
              "ORDER BY count(*) DESC LIMIT 1)",
    "tag": "SELECT name FROM tags WHERE id = (SELECT tag_id FROM article_tags GROUP BY tag_id "
           "ORDER BY count(*) DESC LIMIT 1)",
    "credit": "SELECT credit FROM images WHERE credit IS NOT NULL LIMIT 1",
    "address": f"SELECT url FROM ({_CHANGED} LIMIT 1)",
    "article": f"SELECT id FROM ({_CHANGED} LIMIT 1)",
    "external_id": f"SELECT external_id FROM articles WHERE source_id = ({_LARGEST}) AND id IN "
                   "(SELECT article_id FROM story_groups) LIMIT 1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the document. ``name`` is its place in the address, ``parameters`` what has to be filled in."""

    name: str
    title: str
    sql: str
    parameters: tuple[str, ...]


def questions(document: str) -> list[Question]:
    """The document's questions, in its order."""
    return [_question(title, sql) for title, sql in worked_queries(document)]


def _question(title: str, sql: str) -> Question:
    for example, parameter in _EXAMPLES:
        sql = re.sub(example, parameter, sql)
    name = "-".join(re.findall(r"[a-z0-9]+", title.lower()))
    return Question(name, title, sql, tuple(dict.fromkeys(_PARAMETER.findall(sql))))


def defaults(engine: Engine) -> dict[str, str]:
    """For each parameter a value that occurs in this archive."""
    with engine.connect() as connection:
        found = {name: connection.execute(text(query)).scalar() for name, query in _DEFAULTS.items()}
    return {name: str(value) for name, value in found.items() if value is not None}
