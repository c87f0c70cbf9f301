"""The worked queries of docs/schema.md on a generated archive, each timed beside a look-up by primary key.

    python benchmarks/analyst_queries.py 1000000

Medians of five runs with a warm cache, as an analyst has it after the first question, by the clock and in CPU time,
which is the one to go by on a busy machine. Tables that a generated archive
leaves empty (field yields, announcements, similar articles) make the queries over them fast; they are marked.
"""

from __future__ import annotations

import argparse
import random
import re
import sqlite3
import statistics
import time
from pathlib import Path

from generate import archive

DOCUMENT = Path(__file__).parents[1] / "docs" / "schema.md"
LIMIT = 100  # milliseconds
TIMES = 5


def main() -> None:
    """Print a line for each query, the slowest last; fails where one takes longer than `LIMIT`."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=int)
    options.add_argument("--characters", type=int)
    given = options.parse_args()
    path = archive(given.articles, given.characters)
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size=-32768")
    found = []
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, query in re.findall(r"^\*\*(.+?)\*\*\n\n```sql\n(.+?)```", text, re.MULTILINE | re.DOTALL):
        rows = database.execute(query).fetchall()
        taken, worked = [], []
        for _ in range(TIMES):
            began, at_work = time.perf_counter(), time.process_time()
            database.execute(query).fetchall()
            taken.append(time.perf_counter() - began)
            worked.append(time.process_time() - at_work)
        found.append((statistics.median(worked) * 1000, statistics.median(taken) * 1000, len(rows), name))
    for cpu, clock, rows, name in sorted(found):
        print(f"{clock:8.1f} ms, CPU {cpu:6.1f} {rows:6,} rows{'' if rows else ' (nothing there)'}  {name}")
    chance = random.Random(1)
    taken = []
    for _ in range(200):
        number = chance.randrange(1, given.articles + 1)
        began = time.perf_counter()
        database.execute("SELECT id, published_at, headline, body FROM articles WHERE id = ?", (number,)).fetchall()
        taken.append(time.perf_counter() - began)
    print(f"{statistics.median(taken) * 1000:8.3f} ms       an article by its primary key")
    slow = [name for cpu, _, _, name in found if cpu > LIMIT]
    if slow:
        raise SystemExit(f"over {LIMIT} ms: {'; '.join(slow)}")


if __name__ == "__main__":
    main()
