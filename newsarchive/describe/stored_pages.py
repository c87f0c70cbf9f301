"""Stored pages: a paper's page as a file, with the fields that it must give beside it (``ID.html``, ``ID.json``).

Files are UTF-8, so that they can be read; a page that declares another charset is put into it as on the wire. What many
pages share stands in a file of its own, named where it belongs by the notation that web servers have for it:
``<!--#include virtual="/paper/furniture/hot.html" -->``, with ``/`` for the folder of all papers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_INCLUDE = re.compile(r'<!--#include virtual="/([^"]+)" -->\n?')
_CHARSET = re.compile(r"""<(?:meta[^>]+charset|\?xml[^>]+encoding)=["']?([\w-]+)""", re.IGNORECASE)
_ENCODINGS = {"gb2312": "gb18030"}  # what pages call GB2312 has characters beyond it
_DEEPEST = 10  # a file that includes itself has no end


class StoredPageError(ValueError):
    """A stored page that cannot be used; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page with what it must give: field name (as ``newsarchive extract --json`` prints it) to value."""

    path: Path
    url: str
    body: bytes
    expected: dict[str, Any]


def stored_pages(folder: Path) -> Iterator[StoredPage]:
    """Yield the pages below ``folder`` that have their fields beside them, by name. Raises ``StoredPageError``."""
    for path in sorted(folder.rglob("*.html")):
        fields = path.with_suffix(".json")
        if not fields.exists():
            continue
        try:
            expected = json.loads(fields.read_text("utf-8"))
        except ValueError as error:
            raise StoredPageError(f"{fields}: no JSON: {error}") from None
        if not isinstance(expected, dict) or not isinstance(url := expected.get("url"), str):
            raise StoredPageError(f"{fields}: it states no url")
        yield StoredPage(path=path, url=url, body=page_bytes(path, folder), expected=expected)


def page_text(path: Path, folder: Path, depth: int = 0) -> str:
    """Return the page as text: the file, with what it includes put in its place. Raises ``StoredPageError``."""
    if depth > _DEEPEST:
        raise StoredPageError(f"{path}: included by itself")
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoredPageError(f"{path}: {error}") from None
    return _INCLUDE.sub(lambda match: page_text(folder / match[1], folder, depth + 1), text)


def charset(text: str) -> str:
    """Return the charset that a page declares, else ``utf-8``."""
    declared = _CHARSET.search(text)
    return declared[1].lower() if declared else "utf-8"


def page_bytes(path: Path, folder: Path) -> bytes:
    """Return the page as it goes over the wire: in the charset that it declares. Raises ``StoredPageError``."""
    text = page_text(path, folder)
    name = _ENCODINGS.get(charset(text), charset(text))
    try:
        return text.encode(name)
    except (LookupError, UnicodeEncodeError) as error:
        raise StoredPageError(f"{path}: not in the charset that it declares: {error}") from None
