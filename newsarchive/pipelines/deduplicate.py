"""What tells a story's text from others: the same text, or much of it, whoever prints it under whatever headline."""

from __future__ import annotations

from newsarchive.article import Article
from newsarchive.normalize.fingerprint import text_digest
from newsarchive.normalize.shingles import Shingled


def fingerprint(article: Article) -> tuple[str | None, tuple[int, ...]]:
    """Return the digest of an article's text and a sample of its shingles; the archive links what is equal or alike.

    The last part of a worker's task: to cut a text into shingles takes as long as to store it.
    """
    if not article.body:
        return None, ()
    return text_digest(article.body), Shingled.of(article.body).sample()
