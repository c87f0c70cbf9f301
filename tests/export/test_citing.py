"""The query of docs/citing.md gives what the document shows."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from tests.export.conftest import ROOT


def test_the_example_is_what_the_query_gives(crawled: Path) -> None:
    document = (ROOT / "docs" / "citing.md").read_text("utf-8")
    [query] = re.findall(r"^```sql\n(.*?)^```", document, re.MULTILINE | re.DOTALL)
    quoted = " ".join(line.removeprefix("> ") for line in document.split("\n") if line.startswith("> "))
    with sqlite3.connect(crawled) as database:
        database.row_factory = sqlite3.Row
        [row] = database.execute(query).fetchall()
    shown = ("newspaper", "headline", "published_at", "read_at", "url", "digest")
    assert all(row[name] in quoted for name in shown)
    assert f"wording {row['wording']} as read on" in quoted
