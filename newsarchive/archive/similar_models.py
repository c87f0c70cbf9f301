"""The tables of `newsarchive.archive.similar`: which articles repeat which."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from newsarchive.archive.table import Base, text_is


class ShingleRow(Base):
    """That an article's text has a shingle of this hash."""

    __tablename__ = "shingles"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)


class SimilarArticleRow(Base):
    """Two articles of which one repeats much of the other's text."""

    __tablename__ = "similar_articles"
    __table_args__ = (
        Index(None, "other_id"),
        text_is("relation", "same_text", "shares_text"),
        {"sqlite_with_rowid": False},
    )

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    relation: Mapped[str]
    score: Mapped[float]
    method: Mapped[str]
    version: Mapped[int]


class StoryGroupRow(Base):
    """Which articles are one story."""

    __tablename__ = "story_groups"
    __table_args__ = (Index(None, "group_id"),)

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("articles.id"))
