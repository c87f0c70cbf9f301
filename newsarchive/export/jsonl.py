"""JSON Lines: one story a line with all of its history, and the only format that `newsarchive import` reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from newsarchive.export.records import Record


def write_jsonl(batches: Iterable[list[Record]], path: Path) -> None:
    """Write whole records into a new file. Raises OSError.

    JSON knows every character, NUL too. Half of a surrogate pair, which UTF-8 does not know, becomes its escape.
    """
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        for batch in batches:
            file.writelines(encode(record) + "\n" for record in batch)
