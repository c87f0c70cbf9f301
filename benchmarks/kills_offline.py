"""Upgrades and re-readings of an archive, killed with SIGKILL at random moments: what is lost, doubled or torn.

    python benchmarks/kills_offline.py                    25 kills of each; some minutes
    python benchmarks/kills_offline.py --kills 5 --seed 7

``newsarchive upgrade`` brings an archive of 3,000 stories to a later version, which copies its largest tables.
``newsarchive reextract --apply`` repairs the crawled newspaper of tests/fixtures, from which bylines, sections and a
headline were taken as if an older extractor had missed them. Each is run once undisturbed; then, from the same start,
killed at a moment drawn from the time that took, again and again until a run comes through. After each kill the archive
is whole, of the old version or of the new one; in the end it holds what the undisturbed one holds.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.writing.writer import Writer
from tests.archive.stories import NOON, capture, story
from tests.archive.test_upgrading import later_migrations
from tests.cli.test_reextract import KEPT, WORSE

ROOT = Path(__file__).parents[1]
STORIES = 3_000
# From the start of Python to the first write nothing can be torn; few kills are spent on it.
IDLE = 0.5
REVISED = "SELECT article_id, number, cause, headline, byline FROM revisions ORDER BY 1, 2"
WRONG = {
    "a broken page": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "a row that points nowhere": "SELECT * FROM pragma_foreign_key_check",
    "a gap in the revisions": "SELECT article_id FROM revisions GROUP BY 1 HAVING count(*) <> max(number)",
    "an article without its latest revision": "SELECT articles.id FROM articles LEFT JOIN revisions"
    " ON article_id = articles.id AND number = revision_count WHERE revisions.headline IS NOT articles.headline",
}


def ask(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask an archive."""
    with closing(sqlite3.connect(file)) as archive:
        return archive.execute(query).fetchall()


def older_archive(folder: Path) -> tuple[Path, list[str]]:
    """An archive that a later version upgrades, and the words of the command that does."""
    file = folder / "older.db"
    engine = open_archive(f"sqlite:///{file}")
    writer = Writer(engine, begin_crawl(engine, "morgenblatt", {}, NOON))
    for number in range(STORIES):
        if writer.add(story(number, capture=capture(number))):
            writer.flush()
    writer.flush()
    engine.dispose()
    migrations = later_migrations(folder)
    program = (
        "import sys, pathlib; from newsarchive.archive.upgrade import upgrade;"
        " upgrade(f'sqlite:///{sys.argv[1]}', migrations=pathlib.Path(sys.argv[2]))"
    )
    return file, [sys.executable, "-c", program, "{file}", str(migrations)]


def worse_archive(folder: Path) -> tuple[Path, list[str]]:
    """A crawled archive with fields missing, and the words of the command that finds them in the kept pages."""
    file = folder / "worse.db"
    crawl = ["crawl", "worldjournal", "-s", "WARC_REPLAY=tests/fixtures/worldjournal.warc.gz"]
    words = [sys.executable, "-m", "scrapy", *crawl, "-s", f"ARCHIVE_URL=sqlite:///{file}", "-s", "LOG_ENABLED=False"]
    subprocess.run(words, cwd=ROOT, check=True)
    with closing(sqlite3.connect(file)) as archive:
        archive.executescript(WORSE)
        archive.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    reextract = "from newsarchive.cli import main; main()"
    return file, [sys.executable, "-c", reextract, "reextract", "--apply", "--archive", "sqlite:///{file}"]


def run(words: list[str], file: Path, after: float | None = None) -> bool:
    """Run a command on an archive; kill it ``after`` so many seconds. Returns whether it came to its end."""
    process = subprocess.Popen([word.replace("{file}", str(file)) for word in words], cwd=ROOT,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
    try:
        _, said = process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return False
    if process.returncode:
        raise RuntimeError(said.decode())
    return True


# What the archive must hold in the end.
QUERIES: dict[Callable[[Path], tuple[Path, list[str]]], list[str]] = {
    older_archive: ["SELECT id, headline, body, mood FROM articles", "SELECT article_id, bureau FROM revisions"],
    worse_archive: [KEPT, REVISED],
}


def disturb(
    folder: Path, kills: int, chance: random.Random, make: Callable[[Path], tuple[Path, list[str]]]
) -> list[str]:
    """Kill a command so many times; returns what was wrong after the kills or in the end."""
    queries = QUERIES[make]
    start, words = make(folder)
    calm = Path(shutil.copy(start, folder / "calm.db"))
    began = time.monotonic()
    run(words, calm)
    lasted = time.monotonic() - began
    expected = [ask(calm, query) for query in queries]
    done, archives, problems = 0, 0, []
    while done < kills:
        archives += 1
        disturbed = Path(shutil.copy(start, folder / f"disturbed-{archives}.db"))
        ended = False
        while not ended:
            # Beyond the number asked for it may come to its end; so may a kill that comes too late. Then the machine
            # has become faster, and the next kill comes sooner.
            planned, began = done < kills, time.monotonic()
            ended = run(words, disturbed, chance.uniform(IDLE, 1.05) * lasted if planned else None)
            if ended and planned:
                lasted = min(lasted, time.monotonic() - began)
            done += not ended
            for what, query in WRONG.items():
                problems += [f"after kill {done}: {what}: {row}" for row in ask(disturbed, query)[:3]]
        for query, rows in zip(queries, expected, strict=True):
            if ask(disturbed, query) != rows:
                problems.append(f"archive {archives} differs from the undisturbed one: {query}")
    print(f"{make.__name__}: {done} kills of a run of {lasted:.1f} s, {archives} archives, {len(problems)} problems")
    return problems


def main() -> None:
    """Read the words of the command line."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=25)
    words.add_argument("--seed", type=int, default=20260219)
    asked = words.parse_args()
    chance = random.Random(asked.seed)
    problems: list[str] = []
    for make in QUERIES:
        with tempfile.TemporaryDirectory() as folder:
            problems += disturb(Path(folder), asked.kills, chance, make)
    print("\n".join(problems) or "nothing lost, doubled or torn; each archive equals the undisturbed one")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
