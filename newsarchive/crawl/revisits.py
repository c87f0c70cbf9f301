"""Coming back: when a story is visited again, as a few numbers that a paper may state otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from typing import TypeVar

New = TypeVar("New")
Due = TypeVar("Due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisits:
    """A paper's policy. A spider states another as its class attribute ``revisits``.

    Nearly all edits come within hours or days of a story's appearance or of its last edit. So a story waits a share of
    the time for which it has been quiet: since it was published, admitted a change, or was seen to change or to stay
    away. What a listing says was modified is due at once.
    """

    rungs: tuple[timedelta, ...] = (
        # Each is less than a round time, or a crawl every hour, day or fortnight would find a story not due by seconds.
        timedelta(minutes=50),
        timedelta(hours=4),
        timedelta(hours=20),
        timedelta(days=3),
        timedelta(days=13),
        timedelta(days=60),
        timedelta(days=180),  # the last one goes on for ever: what is removed years later is noticed too
    )
    """The waits between visits, rising. A story that never changes is visited some 35 times in its first year."""

    quiet: float = 2.0
    """A wait is taken once a story has been quiet for so many times its length."""

    retry: float = 0.5
    """What was announced and not archived is tried again after this share of the time since its announcement."""

    give_up: timedelta = timedelta(days=7)
    """What could not be archived is no longer tried so long after the last listing named it."""

    def __post_init__(self) -> None:
        if not self.rungs or list(self.rungs) != sorted(self.rungs) or self.rungs[0] < timedelta(0):
            raise ValueError("rungs= has to be rising waits, at least one")
        if self.quiet <= 0 or self.retry < 0:
            raise ValueError("quiet= has to be above 0, and retry= not below")

    def pace(self, quiet: timedelta) -> tuple[int, timedelta]:
        """Return the rung, and its wait, of a story that has been quiet so long."""
        rung = max((n for n, wait in enumerate(self.rungs) if wait * self.quiet <= quiet), default=0)
        return rung, self.rungs[rung]

    def tries_again(self, announced_at: datetime, tried_at: datetime, now: datetime) -> bool:
        """Tell whether a story that could not be archived when last tried is to be tried now."""
        return now - tried_at >= (tried_at - announced_at) * self.retry


def share_out(
    new: Sequence[New], due: Sequence[Due], *, limit: int | None, share: float
) -> tuple[Sequence[New], Sequence[Due]]:
    """Return how many of the new stories and of the due ones are fetched, the first of each.

    At least ``share`` of ``limit`` is for the due and the rest for the new; what one does not use goes to the other.
    """
    if limit is None:
        return new, due
    due = due[: max(limit - len(new), floor(limit * share))]
    return new[: limit - len(due)], due
