"""Which articles are one story: those with the same text, to the letter or nearly, and what is the same as these.

A group bears the number of one of its articles. It is kept up as articles are linked, so that a query need not follow
links from article to article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, delete, insert, or_, select, update

from newsarchive.archive.models import Base
from newsarchive.archive.statements import ARTICLES, chunks

SIMILAR = Base.metadata.tables["similar_articles"]
GROUPS = Base.metadata.tables["story_groups"]


def join_groups(connection: Connection, pairs: Collection[tuple[int, int]]) -> None:
    """Put the two articles of each pair, and what they were grouped with, into one group."""
    met = sorted({article_id for pair in pairs for article_id in pair})
    known: dict[int, int] = {}
    for some in chunks(met):
        query = select(GROUPS.c.article_id, GROUPS.c.group_id).where(GROUPS.c.article_id.in_(some))
        known.update((row.article_id, row.group_id) for row in connection.execute(query))
    # Articles and groups have one kind of number: a group is joined as one article of it would be.
    joined = _components((known.get(one, one), known.get(other, other)) for one, other in pairs)
    for group_id in sorted(set(known.values())):
        if joined[group_id] != group_id:
            statement = update(GROUPS).where(GROUPS.c.group_id == group_id)
            connection.execute(statement.values(group_id=joined[group_id]))
    fresh = [{"article_id": number, "group_id": joined[number]} for number in met if number not in known]
    if fresh:
        connection.execute(insert(GROUPS), fresh)


def part_groups(connection: Connection, article_ids: Iterable[int]) -> None:
    """Take articles out of their groups; what only they held together falls apart.

    Their links must still be there; the others' ``duplicate_of_id`` must be right already.
    """
    leaving = set(article_ids)
    group_ids: set[int] = set()
    for some in chunks(leaving):
        group_ids.update(connection.scalars(select(GROUPS.c.group_id).where(GROUPS.c.article_id.in_(some))))
    members: set[int] = set()
    for some in chunks(group_ids):
        members.update(connection.scalars(select(GROUPS.c.article_id).where(GROUPS.c.group_id.in_(some))))
        connection.execute(delete(GROUPS).where(GROUPS.c.group_id.in_(some)))
    staying = members - leaving
    pairs: list[tuple[int, int]] = []
    for some in chunks(staying):
        links = select(SIMILAR.c.article_id, SIMILAR.c.other_id).where(
            SIMILAR.c.relation == "same_text", or_(SIMILAR.c.article_id.in_(some), SIMILAR.c.other_id.in_(some))
        )
        copies = select(ARTICLES.c.id, ARTICLES.c.duplicate_of_id).where(
            ARTICLES.c.id.in_(some), ARTICLES.c.duplicate_of_id.is_not(None)
        )
        pairs += [(one, other) for query in (links, copies) for one, other in connection.execute(query)]
    join_groups(connection, [pair for pair in pairs if staying.issuperset(pair)])


def _components(pairs: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """The lowest number that each number is connected with."""
    neighbours: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    lowest: dict[int, int] = {}
    for start in sorted(neighbours):
        waiting = [start]
        while waiting:
            number = waiting.pop()
            if number not in lowest:
                lowest[number] = start
                waiting += neighbours[number]
    return lowest
