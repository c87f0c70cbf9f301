"""What is said beside an exported file: its columns in words, and a manifest for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsarchive import __version__
from newsarchive.archive.models import SCHEMA_VERSION
from newsarchive.archive.selection import Selection
from newsarchive.export.columns import COLUMNS, TYPES
from newsarchive.export.target import checksum


def filters(query: str | None, selection: Selection) -> dict[str, Any]:
    """What was asked for, without the conditions that were not set; dates as text."""
    asked = {"query": query or None} | {name: getattr(selection, name) for name in Selection.__dataclass_fields__}
    return {
        name: value if isinstance(value, str | bool) else value.isoformat() for name, value in asked.items() if value
    }


def write_manifest(path: Path, file: Path, facts: Mapping[str, Any], *, columns: bool) -> dict[str, Any]:
    """Describe ``file`` in ``path``, and return what was written. Raises OSError."""
    manifest = {
        "file": file.name,
        **facts,
        "bytes": file.stat().st_size,
        "checksum": checksum(file),
        "newsarchive": __version__,
        "schema": SCHEMA_VERSION,
    }
    if columns:
        manifest["columns"] = [
            {"name": column.name, "type": column.type, "required": column.required, "description": column.description}
            for column in COLUMNS
        ]
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return manifest


def write_dictionary(path: Path, file: Path, more: Mapping[str, str]) -> None:
    """Write the data dictionary of ``file``, for people; ``more`` are columns of this format alone. Raises OSError."""
    lines = [f"# {file.name}", "", "One entry a story, with its latest wording. Exported by newsarchive.", ""]
    lines += ["| column | type | what it is |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {TYPES[column.type]} | {column.description} |" for column in COLUMNS]
    lines += [f"| `{name}` | JSON | {description} |" for name, description in more.items()]
    path.write_text("\n".join(lines) + "\n", "utf-8")
