"""The archive's tables as statements use them: rows in and out, lists that fit into one statement, ids, the lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, bindparam, delete, func, insert, select, text, update

from newsarchive.archive.models import Base

Row = dict[str, Any]
# Values in one IN list. SQLite takes 32,766 variables and PostgreSQL 65,535; shorter statements are no slower.
MANY = 5_000

TABLES = Base.metadata.tables
ARTICLES = TABLES["articles"]
REVISIONS = TABLES["revisions"]
CAPTURES = TABLES["captures"]
ADDRESSES = TABLES["addresses"]


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Cut values into lists that fit into one statement."""
    everything = list(values)
    for start in range(0, len(everything), MANY):
        yield everything[start : start + MANY]


def reserve_ids(connection: Connection, table: Table, count: int) -> range:
    """Ids for ``count`` new rows. Known before they are inserted, they let whole batches go in without asking back.

    The caller holds the archive's write lock: SQLite's own, or the advisory lock that stands for it in PostgreSQL.
    """
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    return range(last + 1, last + 1 + count)


def take_write_lock(connection: Connection) -> None:
    """Be the only writer until the transaction ends. SQLite's BEGIN IMMEDIATE has done it already."""
    if connection.dialect.name == "postgresql":
        # Any constant serves, if no other program in this database uses it: "newsarch" in ASCII.
        connection.execute(text("SELECT pg_advisory_xact_lock(7955451870268974952)"))


def insert_rows(connection: Connection, table: str, rows: list[Row]) -> None:
    """Insert rows that all have the same columns."""
    if rows:
        statement, bound = _insertion(connection.dialect, table, tuple(rows[0]))
        connection.exec_driver_sql(statement, bound(rows))


@lru_cache(maxsize=256)  # for the columns of each table, for each database
def _insertion(dialect: Dialect, table: str, columns: tuple[str, ...]) -> tuple[str, Callable[[list[Row]], list[Any]]]:
    """The statement that inserts such rows, and what turns rows into its parameters.

    SQLAlchemy compiles the one and knows the other; but it binds each row by way of the statement, which takes longer
    than SQLite takes to store it. Column by column takes a quarter of the time of row by row where nothing has to be
    converted, and hardly less where most is.
    """
    compiled = insert(TABLES[table]).compile(dialect=dialect, column_keys=columns)
    names = compiled.positiontup or columns
    writers = {name: TABLES[table].c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}

    def bound(rows: list[Row]) -> list[Any]:
        values = ((write, [row[name] for row in rows]) for name, write in writers.items())
        in_order = list(zip(*(own if write is None else map(write, own) for write, own in values), strict=True))
        return in_order if compiled.positiontup else [dict(zip(names, row, strict=True)) for row in in_order]

    return str(compiled), bound


def update_rows(connection: Connection, table: str, keys: tuple[str, ...], rows: list[Row]) -> None:
    """Update rows by the columns ``keys``; all rows have the same columns.

    The keys themselves are not set, not even to what they are: for a number that other tables point to, SQLite would
    look for those rows, and without an index look at all.
    """
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name not in keys}
        statement = update(TABLES[table]).values(columns).where(*_matches(table, keys))
        connection.execute(statement, [{name: row[name] for name in columns} | _keyed(row, keys) for row in rows])


def delete_rows(connection: Connection, table: str, rows: list[Row]) -> None:
    """Delete the rows with these values."""
    if rows:
        keys = tuple(rows[0])
        connection.execute(delete(TABLES[table]).where(*_matches(table, keys)), [_keyed(row, keys) for row in rows])


def _matches(table: str, keys: tuple[str, ...]) -> list[Any]:
    # SQLAlchemy keeps a column's own name for the value that is written, so a condition needs another.
    return [TABLES[table].c[name] == bindparam(f"at_{name}") for name in keys]


def _keyed(row: Mapping[str, Any], keys: tuple[str, ...]) -> Row:
    return {f"at_{name}": row[name] for name in keys}
