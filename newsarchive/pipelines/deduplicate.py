"""What tells a story's text from others: the same text, whoever prints it under whatever headline."""

from __future__ import annotations

from newsarchive.normalize.fingerprint import text_digest
from newsarchive.page import Miss, Story


class Deduplicate:
    """Item pipeline: gives a ``Story`` the digest of its text; a ``Miss`` passes. The archive links what is equal."""

    def process_item(self, item: Story | Miss) -> Story | Miss:
        """Digest the body."""
        if isinstance(item, Story):
            item.text_digest = text_digest(item.article.body)
        return item
