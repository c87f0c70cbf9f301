"""What tells a story's text from others: the same text, or much of it, whoever prints it under whatever headline."""

from __future__ import annotations

from newsarchive.normalize.fingerprint import text_digest
from newsarchive.normalize.shingles import Shingled
from newsarchive.page import Miss, Story


class Deduplicate:
    """Item pipeline: gives a ``Story`` the digest of its text and a sample of its shingles; a ``Miss`` passes.

    The archive links what is equal or alike.
    """

    def process_item(self, item: Story | Miss) -> Story | Miss:
        """Digest the body."""
        if isinstance(item, Story) and item.article.body:
            item.text_digest = text_digest(item.article.body)
            item.shingles = Shingled.of(item.article.body).sample()
        return item
