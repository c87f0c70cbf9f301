"""A DuckDB database with one table, ``articles``, its columns described."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from newsarchive.export.arrow import tables
from newsarchive.export.columns import COLUMNS, Type
from newsarchive.export.records import Record

_TYPES: dict[Type, str] = {
    "integer": "BIGINT",
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "time": "TIMESTAMPTZ",
    "date": "DATE",
    "texts": "VARCHAR[]",
    "images": "STRUCT(url VARCHAR, caption VARCHAR, credit VARCHAR)[]",
    "links": (
        "STRUCT(kind VARCHAR, title VARCHAR, url VARCHAR, published_at TIMESTAMPTZ, published_raw VARCHAR,"
        " target_article_id BIGINT, target_external_id VARCHAR)[]"
    ),
}


def write_duckdb(batches: Iterable[list[Record]], path: Path) -> None:
    """Write the articles into a new database. Raises OSError."""
    columns = ", ".join(
        f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}' for column in COLUMNS
    )
    try:
        with duckdb.connect(path) as database:
            database.execute(f"CREATE TABLE articles ({columns})")
            for column in COLUMNS:
                said = column.description.replace("'", "''")
                database.execute(f"COMMENT ON COLUMN articles.\"{column.name}\" IS '{said}'")
            for table in tables(batches):
                database.register("arriving", table)
                database.execute("INSERT INTO articles SELECT * FROM arriving")
                database.unregister("arriving")
    except duckdb.Error as error:
        raise OSError(" ".join(str(error).split())) from error
