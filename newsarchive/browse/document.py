"""What ``docs/schema.md`` says of tables, columns and questions. It is read, not repeated, so the two cannot drift."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_PACKAGED = Path(__file__).with_name("schema.md")  # in a wheel
_IN_SOURCE = Path(__file__).parents[2] / "docs" / "schema.md"

_TABLE = re.compile(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_COLUMNS = re.compile(r"\| column \|.*?(?:\n\n|\Z)", re.DOTALL)
_COLUMN = re.compile(r"^\| `(\w+)` \| (.+?) \|$", re.MULTILINE)
_QUESTION = re.compile(r"^\*\*(.+?)\*\*\n\n```sql\n(.+?)```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[`?([^\]`]+)`?\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Described:
    """A table or view: its first paragraph, and what each column is. Plain text."""

    about: str
    columns: dict[str, str]


def read_document() -> str:
    """Read the document, from the installed package or from the source."""
    return (_PACKAGED if _PACKAGED.exists() else _IN_SOURCE).read_text(encoding="utf-8")


def described_tables(document: str) -> dict[str, Described]:
    """Tables and views by name, in the document's order."""
    found = {}
    for name, section in _TABLE.findall(document):
        columns = _COLUMNS.search(section)
        if columns is not None:
            about = section[: columns.start()].strip().split("\n\n")[0]
            found[name] = Described(_plain(about), {n: _plain(what) for n, what in _COLUMN.findall(columns[0])})
    return found


def worked_queries(document: str) -> list[tuple[str, str]]:
    """Questions with their SQL, in the document's order."""
    return [(title, sql.strip().rstrip(";")) for title, sql in _QUESTION.findall(document)]


def _plain(markdown: str) -> str:
    return " ".join(_LINK.sub(r"\1", markdown).replace("`", "").replace("**", "").split())
