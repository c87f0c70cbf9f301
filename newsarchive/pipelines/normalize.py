"""Reading to article: one form for one thing."""

from __future__ import annotations

from newsarchive.normalize.article import normalize
from newsarchive.page import Miss, Story
from newsarchive.pipelines.extract import ReadPage


class Normalize:
    """Item pipeline: turns a ``ReadPage`` into a ``Story``; a ``Miss`` passes."""

    def process_item(self, item: ReadPage | Miss) -> Story | Miss:
        """Normalize the reading."""
        if isinstance(item, Miss):
            return item
        return Story(page=item.page, article=normalize(item.reading))
