"""The numbers of documents in the full-text index: times of publication, in steps.

FTS5 reads a word's documents in the order of their numbers, backwards too: with the time in them the newest hits come
first and the reading stops when there are enough of them, however frequent the word and in whatever order the articles
were archived. Where several articles fall on one step, the later ones take the next free numbers; search puts them into
their true order.

The index stores the distances between numbers, and numbers that follow closely upon each other make it a seventh
smaller than seconds would. So an archive begins with coarse steps; when its papers print more than those have room
for, and an article would stand further than `DRIFT` from its time, the steps become finer and all numbers are given
anew. That happens while an archive is young, and four times at most.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import floor

from sqlalchemy import ColumnElement, Connection, delete, insert, literal, select

from newsarchive.archive.models import SearchScaleRow
from newsarchive.archive.statements import ARTICLES, chunks

STEPS = (256, 64, 16, 4, 1)
"""Seconds, the coarsest first; they have room for 337, 1,350, 5,400, 21,600 and 86,400 articles a day."""
DRIFT = timedelta(hours=12)
"""How far an article's number may be from its time: a whole day's stories that state only their date fit into it."""

_EPOCH = int(datetime(2012, 1, 1, tzinfo=UTC).timestamp())  # numbers of today then take three bytes; earlier ones nine
_RUN = 1_000  # numbers that are read at once in the search for a free one
_NO_MORE = 1 << 62


def read_step(connection: Connection) -> int:
    """How many seconds a step of this archive has."""
    return int(connection.execute(select(SearchScaleRow.step)).scalar_one())


def write_step(connection: Connection, step: int) -> None:
    """Note how many seconds a step has."""
    connection.execute(delete(SearchScaleRow))
    connection.execute(insert(SearchScaleRow).values(step=step))


def document_number(at: datetime, step: int) -> int:
    """The first number that a document of this time may have; negative before 2012."""
    return floor(at.timestamp() - _EPOCH) // step


def document_time(number: int, step: int) -> datetime:
    """The time at which a number's step begins; its document may be of an earlier one."""
    return datetime.fromtimestamp(_EPOCH + number * step, UTC)


def first_number(at: datetime) -> ColumnElement[int]:
    """A number below those of all documents of this time and later, for conditions in SQL."""
    return literal(floor(at.timestamp() - _EPOCH)) // select(SearchScaleRow.step).scalar_subquery() - 1


def last_number(at: datetime) -> ColumnElement[int]:
    """A number above those of all documents of this time and earlier, for conditions in SQL."""
    return first_number(at + DRIFT) + 2


def drifted(wanted: Sequence[int], given: Sequence[int], step: int) -> bool:
    """Whether an article stands too far from its time, and finer steps would help."""
    return step > STEPS[-1] and any(
        (at - first) * step > DRIFT.total_seconds() for first, at in zip(wanted, given, strict=True)
    )


def spread(seconds: Sequence[int], steps: Sequence[int] = STEPS) -> tuple[int, Sequence[int]]:
    """Number all articles of an archive, given by rising numbers in steps of a second.

    Returns the step of these that fits them, too.
    """
    for step in steps:
        wanted = array("q", (second // step for second in seconds))
        given = array("q")
        for number in wanted:
            given.append(max(number, given[-1] + 1) if given else number)
        if not drifted(wanted, given, step):
            break
    return step, given


def free_numbers(connection: Connection, wanted: Sequence[int]) -> list[int]:
    """For each of these numbers (rising) itself or the next higher one that no document has."""
    number = ARTICLES.c.search_id
    taken: set[int] = set()
    for some in chunks(set(wanted)):
        taken.update(connection.scalars(select(number).where(number.in_(some))))
    free: list[int] = []
    known_to = None  # where all taken numbers are known up to, from the last number that was not free
    for first in wanted:
        at = max(first, free[-1] + 1) if free else first
        while at in taken or (at != first and (known_to is None or at > known_to)):
            if known_to is None or at > known_to:
                run = connection.scalars(select(number).where(number >= at).order_by(number).limit(_RUN)).all()
                taken.update(run)
                known_to = run[-1] if len(run) == _RUN else _NO_MORE
            else:
                at += 1
        free.append(at)
    return free
