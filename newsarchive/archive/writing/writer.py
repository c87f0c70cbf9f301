"""Writing into the archive: items are gathered into batches, and each batch is one transaction."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from sqlalchemy import Engine

from newsarchive.archive.connection import place, writing
from newsarchive.archive.crawls import record_progress, record_yields
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.frontier.next_visits import Pace, at_once
from newsarchive.archive.statements import take_write_lock
from newsarchive.archive.writing.batch import Batch, Item
from newsarchive.archive.writing.names import Names

BATCH = 200  # items, a story's own capture among them; with half as many, an article costs a fifth more
PATIENCE = 0.75  # seconds that an item waits for its batch to fill; with a timer of a quarter, at most one second


class Writer:
    """Gathers what a crawl finds and writes it. An item is safe once the flush after its `add` has returned.

    `add` may be called while another thread is in `flush`; `flush` itself is for one thread at a time.
    """

    def __init__(
        self,
        engine: Engine,
        crawl_id: int,
        *,
        batch: int = BATCH,
        patience: float = PATIENCE,
        sync_captures: Callable[[], None] = lambda: None,
        pace: Pace = at_once,
    ) -> None:
        """``sync_captures`` is called before a batch is written: what its captures point at must be on disk first.

        ``pace`` says when an article that was visited is to be visited again.
        """
        self.counts: Counter[str] = Counter()  # committed visits by outcome
        self._engine = engine
        self._crawl_id = crawl_id
        self._batch = batch
        self._patience = patience
        self._sync_captures = sync_captures
        self._pace = pace
        self._names = Names()
        self._waiting: list[Item] = []
        self._since = 0.0

    def add(self, item: Item) -> bool:
        """Take an item into the open batch. True when the batch is due and `flush` should be called."""
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(item)
        return self.due

    @property
    def due(self) -> bool:
        """Whether the open batch is full or has waited long enough."""
        return len(self._waiting) >= self._batch or bool(
            self._waiting and time.monotonic() - self._since >= self._patience
        )

    def flush(self) -> Counter[str]:
        """Write and commit the open batch; returns its visits by outcome.

        `ArchiveError` if the archive does not take it, or what ``sync_captures`` raises: then nothing of the batch is
        in the archive.
        """
        items, self._waiting = self._waiting, []
        if not items:
            return Counter()
        self._sync_captures()
        try:
            with plain_errors(place(self._engine)), writing(self._engine) as connection, connection.begin():
                take_write_lock(connection)
                batch = Batch(connection, self._crawl_id, self._names, self._pace)
                batch.write(items)
                outcomes = batch.outcomes
                record_progress(connection, self._crawl_id, self.counts + outcomes)
                record_yields(connection, self._crawl_id, batch.yields)
        except BaseException:
            self._names = Names()
            raise
        self.counts += outcomes
        return outcomes
