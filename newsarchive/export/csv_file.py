"""CSV (RFC 4180, UTF-8): one line a story, for every program that reads tables."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from newsarchive.export.columns import COLUMNS, NAMES
from newsarchive.export.records import Record

JOINED = {column.name for column in COLUMNS if column.type == "texts"}
AS_JSON = {column.name for column in COLUMNS if column.type in ("images", "links")}

# What makes a spreadsheet take a text for a formula (OWASP, CSV Injection); full-width forms count in some locales.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(batches: Iterable[list[Record]], path: Path, *, spreadsheet: bool = False) -> None:
    """Write the articles into a new file. Raises OSError.

    Authors and tags are joined by ``; ``, pictures and links are JSON, what is null is empty. NUL is left out: most
    readers end a field, or the whole file, at it. With ``spreadsheet`` the file begins with a byte order mark, by which
    Excel knows UTF-8, and a text that would be taken for a formula with an apostrophe.
    """
    with path.open("w", encoding="utf-8-sig" if spreadsheet else "utf-8", errors="replace", newline="") as file:
        # With \r in the line's end the csv module quotes every field that has one.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(NAMES)
        for batch in batches:
            for record in batch:
                cells = [_cell(name, value) for name, value in record.items()]
                writer.writerow([_harmless(cell) for cell in cells] if spreadsheet else cells)


def _cell(name: str, value: Any) -> Any:
    if name in JOINED:
        value = "; ".join(entry or "" for entry in value)
    elif name in AS_JSON:
        return json.dumps(value, ensure_ascii=False)  # in JSON a NUL is written as \u0000
    elif isinstance(value, bool):
        return "true" if value else "false"
    return value.replace("\0", "") if isinstance(value, str) and "\0" in value else value


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
