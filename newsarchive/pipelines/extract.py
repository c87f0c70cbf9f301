"""Page to reading: the extractor, called for each page of a crawl."""

from __future__ import annotations

from dataclasses import dataclass

from newsarchive.extract import read
from newsarchive.page import Miss, Page
from newsarchive.reading import Reading


@dataclass(slots=True, kw_only=True)
class ReadPage:
    """A page with what the extractor read from it."""

    page: Page
    reading: Reading


class Extract:
    """Item pipeline: turns a ``Page`` into a ``ReadPage``; a ``Miss`` passes."""

    async def process_item(self, item: Page | Miss) -> ReadPage | Miss:
        """Read the page."""
        if isinstance(item, Miss):
            return item
        content_type = next((value for name, value in item.headers if name.lower() == "content-type"), None)
        reading = read(item.body, item.url, layout=item.layout, content_type=content_type, listing=item.listing)
        return ReadPage(page=item, reading=reading)
