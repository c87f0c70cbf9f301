"""What a described paper's stored pages give now, against what they must give; and which selectors find nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from newsarchive.article import as_dict
from newsarchive.describe.stored_pages import StoredPage
from newsarchive.extract import read
from newsarchive.extract.document import parse
from newsarchive.extract.document.select import select
from newsarchive.extract.layout import Layout
from newsarchive.normalize.article import normalize

_SELECTORS = ("headline", "kicker", "subheadline", "byline", "provider", "published", "modified", "section", "tags",
              "body", "drop", "images")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field of a stored page that is read otherwise than it must be; ``rule`` gave what is read now."""

    page: StoredPage
    field: str
    expected: Any
    read: Any
    rule: str | None


@dataclass(slots=True, kw_only=True)
class Checked:
    """A paper after its check: pages held, differences, and selectors (field, selector) that match on none of them."""

    name: str
    pages: int = 0
    differences: list[Difference] = field(default_factory=list)
    idle: list[tuple[str, str]] = field(default_factory=list)
    working: set[str] = field(default_factory=set)  # the fields with a selector that matches

    @property
    def lost(self) -> list[str]:
        """The fields none of whose selectors matches on any page: their layout has changed, or they never worked."""
        return sorted({name for name, _ in self.idle} - self.working)


def check(name: str, layout: Layout | None, pages: Iterable[StoredPage]) -> Checked:
    """Read every page with the layout, field by field, and try every selector on every page."""
    checked = Checked(name=name)
    found: dict[tuple[str, str], int] = {
        (kind, selector): 0 for kind in _SELECTORS for selector in (getattr(layout, kind) if layout else ())
    }
    for block in layout.links if layout else ():
        if block.select:
            found["links", block.select] = 0
    for page in pages:
        checked.pages += 1
        article = normalize(read(page.body, page.url, layout=layout))
        now = json.loads(json.dumps(as_dict(article)))
        checked.differences += [
            Difference(page=page, field=key, expected=value, read=now.get(key), rule=article.rules.get(key))
            for key, value in page.expected.items()
            if now.get(key) != value
        ]
        document = parse(page.body, page.url)
        for entry in found:
            found[entry] += bool(select(document, entry[1]))
    checked.idle = [entry for entry, pages_with in found.items() if not pages_with] if checked.pages else []
    checked.working = {kind for (kind, _), pages_with in found.items() if pages_with}
    return checked
