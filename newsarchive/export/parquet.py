"""Parquet: for pandas, polars, DuckDB, Spark and R; with types, packed well, read column by column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from newsarchive.export.arrow import SCHEMA, tables
from newsarchive.export.records import Record


def write_parquet(batches: Iterable[list[Record]], path: Path) -> None:
    """Write the articles into a new file, packed with Zstandard. Raises OSError."""
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for table in tables(batches):
            writer.write_table(table)
