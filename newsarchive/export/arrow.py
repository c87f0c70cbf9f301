"""Articles as Arrow tables: what Parquet is written from, and DuckDB filled from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from newsarchive.export.columns import COLUMNS
from newsarchive.export.records import Record

# A table is one row group of a Parquet file: large enough to be packed and skipped well, small enough for memory.
ROWS, CHARACTERS = 10_000, 16_000_000

_TIME = pa.timestamp("ms", tz="UTC")  # the finest that Parquet and what reads it agree on for all years
_TEXT = pa.string()
_TYPES = {
    "integer": pa.int64(),
    "text": _TEXT,
    "boolean": pa.bool_(),
    "time": _TIME,
    "date": pa.date32(),
    "texts": pa.list_(_TEXT),
    "images": pa.list_(pa.struct([(name, _TEXT) for name in ("url", "caption", "credit")])),
    "links": pa.list_(
        pa.struct([
            ("kind", _TEXT), ("title", _TEXT), ("url", _TEXT), ("published_at", _TIME), ("published_raw", _TEXT),
            ("target_article_id", pa.int64()), ("target_external_id", _TEXT),
        ])
    ),
}  # fmt: skip

SCHEMA = pa.schema([
    pa.field(column.name, _TYPES[column.type], nullable=not column.required,
             metadata={"description": column.description})
    for column in COLUMNS
])  # fmt: skip


def tables(batches: Iterable[list[Record]]) -> Iterator[pa.Table]:
    """Gather the articles into tables of some thousand rows; none where there are no articles."""
    waiting: list[Record] = []
    characters = 0
    for batch in batches:
        waiting += batch
        characters += sum(len(record["body"]) for record in batch)
        if len(waiting) >= ROWS or characters >= CHARACTERS:
            yield _table(waiting)
            waiting, characters = [], 0
    if waiting:
        yield _table(waiting)


def _table(records: list[Record]) -> pa.Table:
    return pa.table([_column(field, [record[field.name] for record in records]) for field in SCHEMA], schema=SCHEMA)


def _column(field: pa.Field, values: list[Any]) -> pa.Array:
    if field.type in (_TIME, pa.date32()):  # Arrow reads ISO texts itself, a hundred times as fast as Python
        return pa.array(values, _TEXT).cast(field.type)
    if field.name == "related_links":
        return _links(field, values)
    return pa.array(values, field.type)


def _links(field: pa.Field, values: list[list[Record]]) -> pa.Array:
    links = [link for some in values for link in some]
    ends = [0]
    for some in values:
        ends.append(ends[-1] + len(some))
    struct = field.type.value_type
    columns = [_column(inside, [link[inside.name] for link in links]) for inside in struct]
    return pa.ListArray.from_arrays(
        pa.array(ends, pa.int32()), pa.StructArray.from_arrays(columns, fields=list(struct))
    )
