"""One export: the articles of one moment in one file, with its description beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, select

from newsarchive.archive.columns import to_text
from newsarchive.archive.connection import place
from newsarchive.archive.search.query import parse
from newsarchive.archive.selection import Selection
from newsarchive.export.csv_file import write_csv
from newsarchive.export.jsonl import write_jsonl
from newsarchive.export.manifest import filters, write_dictionary, write_manifest
from newsarchive.export.records import Record, Wanted, records
from newsarchive.export.target import DICTIONARY, MANIFEST, ExportError, whole
from newsarchive.export.warc.pages import places, write_warc

Format = Literal["csv", "jsonl", "parquet", "duckdb", "warc", "wacz"]

Progress = Callable[[int, int], None]
"""Called with how many are done, and how many there are."""

# Libraries that are heavy, and needed by one format alone: extras of the package named like the format.
NEEDED: dict[Format, tuple[str, ...]] = {"parquet": ("pyarrow",), "duckdb": ("duckdb", "pyarrow"), "wacz": ("wacz",)}

JSONL_ONLY = {
    "paper": "what is known of the newspaper: title, home_url, language, timezone",
    "addresses": "every address under which the story was met",
    "rules": "for each field the rule that gave it",
    "problems": "what was wrong with the page",
    "revisions": "every wording, complete; the last leaves out what is as in the article itself",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be exported, and how. Of articles that no condition means there is an empty file."""

    format: Format
    target: Path
    query: str | None = None
    selection: Selection = field(default_factory=Selection)
    overwrite: bool = False
    spreadsheet: bool = False  # csv only
    warc_dir: Path = Path("archive/warc")  # where the recordings are that captures without a full path stand in


def export(engine: Engine, order: Order, progress: Progress = lambda _done, _all: None) -> dict[str, Any]:
    """Write the file, its data dictionary and its manifest, all or none; returns the manifest.

    The archive may be written to meanwhile: what is exported is as of one moment. Raises `ExportError`, `QueryError`.
    """
    _refuse_missing(order.format)
    query = order.query if order.query and order.query.strip() else None
    wanted = Wanted(parse(query) if query else None, order.selection)
    with one_moment(engine) as connection, whole(order.target, overwrite=order.overwrite) as folder:
        facts = {
            "format": order.format,
            "archive": Path(place(engine)).name if engine.dialect.name == "sqlite" else place(engine),
            "exported_at": to_text(datetime.now(UTC)),
            "filters": filters(query, order.selection),
        }
        file = folder / order.target.name
        facts |= _write(connection, order, wanted, file, progress)
        tabular = order.format not in ("warc", "wacz")
        if tabular:
            write_dictionary(Path(f"{file}{DICTIONARY}"), file, JSONL_ONLY if order.format == "jsonl" else {})
        return write_manifest(Path(f"{file}{MANIFEST}"), file, facts, columns=tabular)


def _refuse_missing(format_: Format) -> None:
    """Raise `ExportError` where a library that the format needs is not installed."""
    for library in NEEDED.get(format_, ()):
        if find_spec(library) is None:
            raise ExportError(
                f"{format_} needs {library}, which is not installed: pip install 'newsarchive[{format_}]'"
            )


def _write(connection: Connection, order: Order, wanted: Wanted, file: Path, progress: Progress) -> dict[str, Any]:
    total, done = wanted.count(connection), 0

    def batches(*, full: bool = False) -> Iterator[list[Record]]:
        nonlocal done
        progress(0, total)
        for batch in records(connection, wanted, whole=full):
            yield batch
            done += len(batch)
            progress(done, total)

    match order.format:
        case "csv":
            write_csv(batches(), file, spreadsheet=order.spreadsheet)
        case "jsonl":
            write_jsonl(batches(full=True), file)
        case "parquet":
            from newsarchive.export.parquet import write_parquet

            write_parquet(batches(), file)
        case "duckdb":
            from newsarchive.export.duckdb_file import write_duckdb

            write_duckdb(batches(), file)
        case "warc" | "wacz":
            return {"articles": total} | _write_warc(connection, order, wanted, file, progress)
    return {"articles": done}


def _write_warc(connection: Connection, order: Order, wanted: Wanted, file: Path, progress: Progress) -> dict[str, Any]:
    recorded = connection.execute(select(func.count()).select_from(places(wanted, connection).subquery())).scalar_one()
    write = write_warc
    if order.format == "wacz":
        from newsarchive.export.warc.wacz import write_wacz

        write = write_wacz
    copied = write(connection, wanted, order.warc_dir, file, lambda done: progress(done, recorded))
    if not copied.records:
        raise ExportError(f"none of these stories has a recording that can be read: {copied.first_missing or 'none'}")
    return {"records": copied.records, "missing_records": copied.missing, "first_missing": copied.first_missing}


@contextmanager
def one_moment(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that sees the archive as it is now, whatever is written while it lasts."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # in SQLite every transaction is so
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection
