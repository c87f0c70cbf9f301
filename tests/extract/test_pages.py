"""Pages of papers that no file describes: written by us, in the markup of portals, agencies and content systems.

Beside each page stand the fields that it must give; what a page does not settle (a zone, a house) is left out. Most
fields were written down before the page was read for the first time.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from newsarchive import extract_article
from newsarchive.article import Article, Moment

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))


@cache
def expected(page: Path) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(page.with_suffix(".json").read_text("utf-8"))
    return fields


@cache
def article(page: Path) -> Article:
    return extract_article(page.read_bytes(), expected(page)["url"])


def instant(moment: Moment | None) -> str | None:
    return f"{moment.utc:%Y-%m-%dT%H:%M:%SZ}" if moment is not None and moment.utc is not None else None


def found(page: Path, field: str) -> Any:
    """A field as the JSON beside the page has it; ``body``: how many paragraphs, or how each begins."""
    read = article(page)
    paragraphs = (read.body or "").split("\n\n")
    match field:
        case "authors":
            return [author.name for author in read.authors]
        case "captions":
            return [[image.caption, image.credit] for image in read.images if image.caption]
        case "published" | "modified":
            return instant(getattr(read, field))
        case "tags":
            return list(read.tags)
        case "body" if isinstance(begins := expected(page)["body"], list):
            return [text[: len(start)] for text, start in zip_longest(paragraphs, begins, fillvalue="")]
        case "body":
            return len(paragraphs)
        case "first" | "last":
            return paragraphs[0 if field == "first" else -1][: len(expected(page)[field])]
        case _:
            return getattr(read, field)


@pytest.mark.parametrize(
    ("page", "field"),
    [
        pytest.param(page, field, id=f"{page.stem}:{field}")
        for page in PAGES
        for field in expected(page)
        if field != "url"
    ],
)
def test_field(page: Path, field: str) -> None:
    assert found(page, field) == expected(page)[field]
