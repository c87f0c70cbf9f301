"""Rows that are known by a name and shared by many articles: newspapers, people, tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from newsarchive.archive.models import Base
from newsarchive.archive.statements import reserve_ids
from newsarchive.page import Source

# Names whose ids are remembered between batches. A paper's own writers and tags of a season fit; memory stays bounded.
REMEMBERED = 20_000


class Names:
    """Finds or makes the ids of newspapers, authors and tags. Not to be used after a failed transaction."""

    def __init__(self) -> None:
        self._sources: dict[str, tuple[int, Source]] = {}
        self._authors: dict[str, int] = {}
        self._tags: dict[str, int] = {}

    def sources(self, connection: Connection, sources: Iterable[Source]) -> Mapping[str, int]:
        """Ids of newspapers by name; what is newly said of one (its title, its zone) is written."""
        latest = {source.name: source for source in sources}
        table = Base.metadata.tables["sources"]
        for name, source in latest.items():
            if name in self._sources and self._sources[name][1] == source:
                continue
            said = {
                column: value
                for column in ("title", "home_url", "language", "timezone")
                if (value := getattr(source, column)) is not None
            }
            known = connection.execute(select(table.c.id).where(table.c.name == name)).scalar()
            if known is None:
                known = reserve_ids(connection, table, 1)[0]
                connection.execute(insert(table).values(id=known, name=name, **said))
            elif said:
                connection.execute(table.update().where(table.c.id == known).values(**said))
            self._sources[name] = (known, source)
        return {name: self._sources[name][0] for name in latest}

    def authors(self, connection: Connection, names: Iterable[str]) -> Mapping[str, int]:
        """Ids of people by name."""
        return _ids(connection, Base.metadata.tables["authors"], self._authors, set(names))

    def tags(self, connection: Connection, names: Iterable[str]) -> Mapping[str, int]:
        """Ids of tags by name."""
        return _ids(connection, Base.metadata.tables["tags"], self._tags, set(names))


def _ids(connection: Connection, table: Table, remembered: dict[str, int], names: set[str]) -> Mapping[str, int]:
    if len(remembered) > REMEMBERED:
        remembered.clear()
    missing = names - remembered.keys()
    if missing:
        found = connection.execute(select(table.c.name, table.c.id).where(table.c.name.in_(missing)))
        remembered.update((name, number) for name, number in found)
        new = sorted(missing - remembered.keys())
        if new:
            rows: list[dict[str, Any]] = [
                {"id": number, "name": name}
                for number, name in zip(reserve_ids(connection, table, len(new)), new, strict=True)
            ]
            connection.execute(insert(table), rows)
            remembered.update((row["name"], row["id"]) for row in rows)
    return remembered
