"""Which articles are meant: by newspaper, section, author, tag, language, time, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, column, exists, select, table

from newsarchive.archive.models import (
    ArticleAuthorRow,
    ArticleRow,
    ArticleTagRow,
    AuthorRow,
    SourceRow,
    TagRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Conditions that all hold; what is None or False is no condition.

    ``since`` and ``until`` are local calendar dates of publication, both included; an undated article is in no span.
    """

    source: str | None = None
    section: str | None = None
    author: str | None = None
    tag: str | None = None
    language: str | None = None  # "zh" takes in zh-Hant and zh-Hans
    since: date | None = None
    until: date | None = None
    revised: bool = False  # changed since first seen
    removed: bool = False  # taken down, by the evidence of the view `removals`
    unique: bool = False  # of articles with the same text only the first

    def conditions(self) -> list[ColumnElement[bool]]:
        """Give the conditions on ``articles``, to be joined by AND."""
        article = ArticleRow
        found: list[ColumnElement[bool]] = []
        if self.source is not None:
            source = select(SourceRow.id).where(SourceRow.name == self.source).scalar_subquery()
            found.append(article.source_id == source)
        if self.section is not None:
            found.append(article.section == self.section)
        if self.language is not None:
            found.append((article.language == self.language) | article.language.like(f"{self.language}-%"))
        if self.since is not None:
            found.append(article.published_date >= self.since.isoformat())
        if self.until is not None:
            found.append(article.published_date <= self.until.isoformat())
        if self.author is not None:
            author = select(AuthorRow.id).where(AuthorRow.name == self.author).scalar_subquery()
            wrote = ArticleAuthorRow.article_id == article.id
            found.append(exists().where(wrote, ArticleAuthorRow.author_id == author))
        if self.tag is not None:
            tag = select(TagRow.id).where(TagRow.name == self.tag).scalar_subquery()
            carries = ArticleTagRow.article_id == article.id
            found.append(exists().where(carries, ArticleTagRow.tag_id == tag))
        if self.revised:
            found.append(article.revision_count > 1)
        if self.removed:
            found.append(article.id.in_(select(column("article_id")).select_from(table("removals"))))
        if self.unique:
            found.append(article.duplicate_of_id.is_(None))
        return found
