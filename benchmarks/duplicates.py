"""How well near-duplicates are found, and what the check costs an article that arrives.

    python -m benchmarks.duplicates quality [--untouched] [--wrong]
    python -m benchmarks.duplicates scale 10000 100000 1000000

``quality`` judges the labelled set of tests/fixtures/duplicates as an archive would: all its texts are stored, then all
links are read. ``--untouched`` shows the third of it that no threshold was chosen on, ``--wrong`` every error.

``scale`` fills an archive with so many made-up articles (seeded, kept under build/duplicates/), then lets 3,000 more
arrive in batches of 100, one in ten a shortened copy of an archived one. A text has 600 Chinese characters, and one in
ten a closing line that many have. Of the archived articles one in twenty is such a text, the others have as many hashes
by chance and a text that nobody reads: the index is the same, and a million take minutes to make instead of an hour.
The time is that of the check alone, its commit with a sync included.
"""

from __future__ import annotations

import argparse
import itertools
import random
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, text

from newsarchive.archive.connection import writing
from newsarchive.archive.database import open_archive
from newsarchive.archive.models import SCHEMA_VERSION
from newsarchive.archive.similar import link_similar
from newsarchive.normalize.fingerprint import text_digest
from newsarchive.normalize.shingles import Shingled
from tests.archive.judging import judge, share
from tests.fixtures.duplicates.pairs import pairs

FOLDER = Path(__file__).parents[1] / "build" / "duplicates"
CHARACTERS = 600
ARRIVING, BATCH = 3_000, 100
_BOILERPLATE = 20  # different closing lines, of about thirty characters
TOLD = 20  # one archived article in so many has a text of its own
_AT = "2026-03-01T00:00:00Z"
T = TypeVar("T")


class Language:
    """Made-up words, the n-th used 1/n times as often as the first."""

    def __init__(self) -> None:
        chance = random.Random(5)
        self._words = [
            "".join(chr(0x4E00 + chance.randrange(6_000)) for _ in range(chance.choice((1, 2, 2, 2, 3))))
            for _ in range(40_000)
        ]
        self._weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(self._words))))
        self._long = self._run(chance, 200_000)
        self._closing = [self._run(chance, 30) for _ in range(_BOILERPLATE)]

    def _run(self, chance: random.Random, length: int) -> str:
        return "".join(chance.choices(self._words, cum_weights=self._weights, k=length // 2 + 8))[:length]

    def filling(self, chance: random.Random) -> str:
        """A text of usual length that is never compared."""
        start = chance.randrange(len(self._long) - CHARACTERS)
        return self._long[start : start + int(CHARACTERS * chance.uniform(0.4, 1.6))]

    def body(self, number: int) -> str:
        """The text of an article, always the same."""
        chance = random.Random(number)
        length = int(CHARACTERS * chance.uniform(0.4, 1.6))
        text = "。".join(self._run(chance, 60) for _ in range(length // 60))
        return f"{text}。{chance.choice(self._closing)}。" if chance.random() < 0.1 else f"{text}。"


def archived(count: int) -> Iterator[tuple[dict[str, object], tuple[int, ...]]]:
    """Rows of ``articles`` with their hashes: one in `TOLD` from a text, the others by chance."""
    language, chance = Language(), random.Random(3)
    for number in range(1, count + 1):
        if number % TOLD == 0:
            body = language.body(number)
            yield _article(number, body), Shingled.of(body).sample()
        else:
            body = language.filling(chance)
            hashes = max(12, round(chance.gauss(len(body) / 32, len(body) ** 0.5 / 6)))
            yield _article(number, body), tuple(chance.getrandbits(47) for _ in range(hashes))


def _article(number: int, body: str) -> dict[str, object]:
    return {
        "id": number, "source_id": 1, "url": f"https://benchmark.example/{number}", "headline": "標題", "body": body,
        "text_digest": text_digest(body), "paywalled": 0, "live_blog": 0, "first_seen_at": _AT, "last_seen_at": _AT,
        "last_changed_at": _AT, "revision_count": 1, "rules": "{}", "problems": "[]",
    }  # fmt: skip


def fill(path: Path, count: int) -> None:
    """Make an archive of so many articles, indexed as they would be had they arrived one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.unlink(missing_ok=True)
    open_archive(f"sqlite:///{half}").dispose()
    database = sqlite3.connect(half, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "temp_store=FILE"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("INSERT INTO sources (id, name) VALUES (1, 'benchmark')")
    database.execute("CREATE TEMP TABLE unsorted (hash INTEGER, article_id INTEGER)")
    database.execute("BEGIN")
    for some in _batches(archived(count), 1_000):
        _insert(database, [row for row, _ in some])
        hashes = ((value, row["id"]) for row, sample in some for value in sample)
        database.executemany("INSERT INTO unsorted VALUES (?, ?)", hashes)
    # What stands in too many texts is not indexed any further.
    database.execute(
        "INSERT INTO shingles SELECT hash, article_id FROM (SELECT hash, article_id,"
        " row_number() OVER (PARTITION BY hash ORDER BY article_id) AS place FROM unsorted) WHERE place <= 65"
        " ORDER BY hash, article_id"
    )
    database.execute("COMMIT")
    database.close()
    half.rename(path)


def _batches(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(itertools.islice(rows, size)):
        yield some


def _insert(database: sqlite3.Connection, rows: list[dict[str, object]]) -> None:
    names = list(rows[0])
    marks = ", ".join(f":{name}" for name in names)
    database.executemany(f"INSERT INTO articles ({', '.join(names)}) VALUES ({marks})", rows)


def arrive(engine: Engine, count: int) -> tuple[list[float], list[float], int]:
    """Let articles arrive, every tenth an archived one without its last third.

    Returns seconds of wall and of CPU time an article, batch by batch, and the links made.
    """
    language = Language()
    chance = random.Random(9)
    bodies = [language.body(number) for number in range(count + 1, count + ARRIVING + 1)]
    for place in range(0, ARRIVING, 10):
        original = language.body(TOLD * chance.randint(1, count // TOLD))
        bodies[place] = original[: len(original) * 2 // 3]
    rows = [_article(count + 1 + place, body) for place, body in enumerate(bodies)]
    samples = {str(row["text_digest"]): Shingled.of(str(row["body"])).sample() for row in rows}
    names = list(rows[0])
    insert = text(f"INSERT INTO articles ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})")
    walls, cpus = [], []
    for some in _batches(iter(rows), BATCH):
        with writing(engine) as connection:
            with connection.begin():
                connection.execute(insert, some)
            wall, cpu = time.perf_counter(), time.process_time()
            with connection.begin():
                link_similar(connection, [int(str(row["id"])) for row in some], samples=samples)
            walls.append((time.perf_counter() - wall) / len(some))
            cpus.append((time.process_time() - cpu) / len(some))
    with engine.connect() as connection:
        links = connection.execute(text("SELECT count(*) FROM similar_articles")).scalar_one()
    return walls, cpus, int(links)


def scale(counts: list[int]) -> None:
    """Measure the check at each size."""
    for count in counts:
        path = FOLDER / f"{count}-of-version-{SCHEMA_VERSION}.db"
        if not path.exists():
            began = time.perf_counter()
            fill(path, count)
            print(f"{path} made in {time.perf_counter() - began:.0f} s", flush=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            copy = Path(shutil.copy(path, folder))
            engine = open_archive(f"sqlite:///{copy}")
            walls, cpus, links = arrive(engine, count)
            engine.dispose()
            database = sqlite3.connect(copy)
            rows = database.execute("SELECT count(*) FROM shingles").fetchone()[0]
            try:
                size = database.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'shingles'").fetchone()[0]
            except sqlite3.OperationalError:  # an SQLite without dbstat
                size = float("nan")
            database.close()
        walls.sort()
        cpus.sort()
        middle = len(walls) // 2
        print(
            f"{count:>9,} articles: {walls[middle] * 1000:.2f} ms an article (fastest tenth of batches "
            f"{walls[len(walls) // 10] * 1000:.2f}, slowest {walls[len(walls) * 9 // 10] * 1000:.2f}), "
            f"{cpus[middle] * 1000:.2f} ms CPU; {links} links; "
            f"{rows / (count + ARRIVING):.1f} hashes an article, index {size / 1e6:,.1f} MB, "
            f"{size / (count + ARRIVING):.0f} bytes an article",
            flush=True,
        )


def quality(untouched: bool, wrong: bool) -> None:
    """Print precision and recall on the labelled set, and what became of each kind of pair."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_archive(f"sqlite:///{folder}/archive.db")
        verdicts = judge(engine, pairs())
        engine.dispose()
    some = [(pair, relation) for pair, relation in verdicts if pair.untouched == untouched]
    kinds = sorted({(str(pair.relation), pair.kind, pair.language) for pair, _ in some})
    for label, kind, language in kinds:
        of_kind = Counter(
            str(relation)
            for pair, relation in some
            if (str(pair.relation), pair.kind, pair.language) == (label, kind, language)
        )
        print(
            f"{label:12} {kind:16} {language}  {', '.join(f'{name} {count}' for name, count in of_kind.most_common())}"
        )
    for name, languages in {"zh": ["zh"], "en": ["en"], "both": ["zh", "en"]}.items():
        shares = share([(pair, relation) for pair, relation in some if pair.language in languages])
        print(f"{name}: " + ", ".join(f"{what} {value:.3f}" for what, value in shares.items()))
    if wrong:
        for pair, relation in some:
            if relation != pair.relation:
                print(f"\n{pair.relation} ({pair.kind}) taken for {relation}\n  {pair.one!r}\n  {pair.other!r}")


def main() -> None:
    """Run what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted = options.add_subparsers(dest="wanted", required=True)
    quality_options = wanted.add_parser("quality")
    quality_options.add_argument("--untouched", action="store_true", help="the third that no threshold was chosen on")
    quality_options.add_argument("--wrong", action="store_true", help="print every error")
    scale_options = wanted.add_parser("scale")
    scale_options.add_argument("articles", type=int, nargs="+")
    given = options.parse_args()
    if given.wanted == "quality":
        quality(given.untouched, given.wrong)
    else:
        scale(given.articles)


if __name__ == "__main__":
    main()
