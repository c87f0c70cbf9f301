"""What the history costs: articles stored with their revisions, against the same writer without them.

    python benchmarks/revisions.py [--articles 3000] [--rounds 3]

Without: no row of ``revisions`` is written and no change is classed; a later wording replaces the earlier one, as in an
archive that keeps only the last version. Everything else is the same: articles, captures, visits, links, the search
index, the same batches. Articles are those of benchmarks/archive_write.py. Each round makes new archives, the two kinds
in turn; the best round of each counts. CPU time, as the machine may be busy with something else.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from unittest import mock

from archive_write import START, later, stories, write

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.writing import batch
from newsarchive.archive.writing.changes import FIRST
from newsarchive.archive.writing.rows import Rows
from newsarchive.archive.writing.writer import Writer
from newsarchive.normalize.fingerprint import text_digest
from newsarchive.page import Story


def main() -> None:
    """Measure new articles, then the same ones changed, with and without revisions."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=3000)
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    made = stories(given.articles)
    changed = edited(made, 1)
    for name, before, measured in (("new", [], made), ("changed: a sentence", made, changed)):
        rounds = [[store(before, measured, history=history) for history in (True, False)] for _ in range(given.rounds)]
        kept, bare = (min(costs[kind] for costs in rounds) for kind in (0, 1))
        told = f"{kept:6.2f} ms CPU an article with revisions {bare:6.2f} without"
        print(f"{name:20} {told}  rate with / without {bare / kept:.2f}", flush=True)


def edited(made: list[Story], days: int) -> list[Story]:
    """The same stories at a later visit, a sentence of each taken out."""
    again = []
    for story in later(made, days):
        body = (story.article.body or "").split("。", 1)[1].strip()
        again.append(replace(story, article=replace(story.article, body=body), text_digest=text_digest(body)))
    return again


def store(before: list[Story], measured: list[Story], *, history: bool) -> float:
    """CPU milliseconds an article of ``measured``, in an archive that holds those ``before`` in their first wording."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as patches:
        engine = open_archive(f"sqlite:///{Path(folder)}/archive.db")
        writer = Writer(engine, begin_crawl(engine, "benchmark", {}, START))
        write(before, writer)
        if not history:
            patches.enter_context(mock.patch.object(Rows, "_write_revisions"))
            patches.enter_context(mock.patch.object(batch, "class_change", return_value=FIRST))
        begin = time.process_time()
        write(measured, writer)
        cost = (time.process_time() - begin) / len(measured) * 1000
        engine.dispose()
    return cost


if __name__ == "__main__":
    main()
