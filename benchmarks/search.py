"""Search measured: what it finds against a scan, how fast, how large the index, and what other ways do.

    python benchmarks/search.py 100000                 # all of it
    python benchmarks/search.py 1000000 --latency      # only times and size

The archive is a generated one (benchmarks/generate.py). Truth is `LIKE '%…%'` over headline, subheadline, text,
captions, byline and tags; queries are cut at random from the texts. Times are medians, the page cache warm, each beside
a look-up by primary key in the same run. The others have the same texts: FTS5's trigrams, LIKE, and a copy in DuckDB.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
from generate import PLANTED, archive

from newsarchive.archive.database import open_archive
from newsarchive.archive.search import count, match_expression, search
from newsarchive.archive.search.query import parse
from newsarchive.normalize.tokens import fold_for_search

NEWEST = """
    SELECT articles.id, articles.published_at, articles.headline FROM article_search
    JOIN articles ON articles.search_id = article_search.rowid
    WHERE article_search MATCH ? ORDER BY article_search.rowid DESC LIMIT 20"""
TEXTS = """
    SELECT id, published_at, concat_ws(char(10), headline, subheadline, body, byline,
        (SELECT group_concat(caption, char(10)) FROM images WHERE article_id = articles.id),
        (SELECT group_concat(name, char(10)) FROM article_tags JOIN tags ON tags.id = tag_id
         WHERE article_id = articles.id))
    FROM articles ORDER BY id"""
RUN = re.compile("[\u4e00-\u9fff]+")


def median(work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds."""
    work()
    taken = []
    for _ in range(times):
        began = clock()
        work()
        taken.append(clock() - began)
    return statistics.median(taken) * 1000


def texts(database: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Every article's id, time and all that is searched of it."""
    database.create_function("concat_ws", -1, lambda joint, *parts: joint.join(part for part in parts if part))
    return database.execute(TEXTS).fetchall()


def sample(some: Iterable[str], length: int, number: int, chance: random.Random) -> list[str]:
    """Queries of ``length`` characters, cut from texts."""
    pool = list(some)
    found: list[str] = []
    while len(found) < number:
        runs = [run for run in RUN.findall(chance.choice(pool)) if len(run) >= length]
        if runs:
            run = chance.choice(runs)
            at = chance.randrange(len(run) - length + 1)
            found.append(run[at : at + length])
    return found


def quality(path: Path, rows: list[tuple[int, str, str]], number: int) -> None:
    """Recall and precision against LIKE, by the length of the query."""
    chance = random.Random(5)
    engine = open_archive(f"sqlite:///{path}", read_only=True)
    scan = sqlite3.connect(":memory:")
    scan.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, published_at, words)")
    scan.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)
    words = {id_: text for id_, _, text in rows}
    print("\nlength  queries  stories      recall  precision  precision, both forms of a character one")
    for length in range(1, 7):
        true = found = both = folded = 0
        for query in sample(words.values(), length, number, chance):
            truth = {row[0] for row in scan.execute("SELECT id FROM texts WHERE words LIKE ?", (f"%{query}%",))}
            sql = NEWEST.replace(" LIMIT 20", "").replace("ORDER BY article_search.rowid DESC", "")
            with engine.connect() as connection:
                hits = {row[0] for row in connection.exec_driver_sql(sql, (match_expression(parse(query)),))}
            assert len(hits) == count(engine, query)
            true, found, both = true + len(truth), found + len(hits), both + len(truth & hits)
            key = fold_for_search(query)
            folded += sum(id_ in truth or key in fold_for_search(words[id_]) for id_ in hits)
        print(f"{length:6} {number:8} {true:8,} {both / true:11.5f} {both / found:10.5f} {folded / found:10.5f}")
    engine.dispose()


def latency(path: Path) -> None:
    """The newest twenty, beside a look-up by primary key."""
    chance = random.Random(6)
    engine = open_archive(f"sqlite:///{path}", read_only=True)
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size=-32768")
    many = database.execute("SELECT max(id) FROM articles").fetchone()[0]
    one = "SELECT id, published_at, headline, body FROM articles WHERE id = ?"
    print(
        "\nmilliseconds, median                  stories   SQL   search()  its CPU  count()  relevance  by primary key"
    )
    sampled = [text for (text,) in database.execute(f"SELECT body FROM articles WHERE id % {many // 500} = 0")]
    cases = {f"{term} ({share:.2%})": [term] for term, share in PLANTED.items()}
    cases["200 random pairs"] = sample(sampled, 2, 200, chance)
    cases["200 random fours"] = sample(sampled, 4, 200, chance)
    for name, terms in cases.items():
        times = 100 if len(terms) == 1 else 1
        found = statistics.mean(count(engine, term) for term in terms)
        key = median(lambda: database.execute(one, (chance.randrange(1, many + 1),)).fetchall(), 200)
        ways: list[tuple[Callable[[str], object], int, Callable[[], float]]] = [
            (lambda t: database.execute(NEWEST, (match_expression(parse(t)),)).fetchall(), times, time.perf_counter),
            (lambda t: search(engine, t), times, time.perf_counter),
            (lambda t: search(engine, t), times, time.process_time),
            (lambda t: count(engine, t), min(times, 5), time.perf_counter),
            (lambda t: search(engine, t, order="relevance"), min(times, 5), time.perf_counter),
        ]
        columns = [
            statistics.median(median(lambda f=f, t=t: f(t), times, clock) for t in terms)  # type: ignore[misc]
            for f, times, clock in ways
        ]
        sql, python, cpu, counted, relevant = columns
        print(f"{name:36} {found:9,.0f} {sql:6.2f} {python:8.2f} {cpu:8.2f} {counted:8.2f} {relevant:9.2f} {key:10.3f}")
    engine.dispose()


def size(path: Path) -> None:
    """The index against the text that it is of, as it was written and merged into one piece."""
    database = sqlite3.connect(path)
    pages = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'article_search%' OR name = 'uq_articles_search_id'"
    index = database.execute(pages).fetchone()[0]
    text = "SELECT sum(length(CAST({} AS BLOB))) FROM {}"
    words = sum(
        database.execute(text.format(column, table)).fetchone()[0] or 0
        for column, table in (
            ("headline", "articles"), ("subheadline", "articles"), ("body", "articles"), ("byline", "articles"),
            ("caption", "images"), ("name", "article_tags JOIN tags ON tags.id = tag_id"),
        )
    )  # fmt: skip
    print(f"\nindex {index / 1e6:,.0f} MB ÷ text {words / 1e6:,.0f} MB (UTF-8) = {index / words:.2f}")


def peers(path: Path, rows: list[tuple[int, str, str]]) -> None:
    """The same terms by other ways, in the same run."""
    engine = open_archive(f"sqlite:///{path}", read_only=True)
    with tempfile.TemporaryDirectory() as folder:
        other = sqlite3.connect(f"{folder}/trigram.db")
        other.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, published_at, words)")
        other.executemany("INSERT INTO texts VALUES (?, ?, ?)", rows)
        other.execute("CREATE VIRTUAL TABLE three USING fts5(words, content='', tokenize='trigram')")
        began = time.perf_counter()
        other.executemany("INSERT INTO three (rowid, words) VALUES (?, ?)", ((id_, text) for id_, _, text in rows))
        other.commit()
        pages = other.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'three%'").fetchone()[0]
        words = sum(len(text.encode()) for _, _, text in rows)
        print(f"\ntrigrams: index ÷ text {pages / words:.2f}, made in {time.perf_counter() - began:.0f} s")
        duck = duckdb.connect(f"{folder}/copy.duckdb")
        with Path(folder, "texts.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((id_, at, text.replace("\n", " ")) for id_, at, text in rows)
        columns = "{'id': 'BIGINT', 'published_at': 'VARCHAR', 'words': 'VARCHAR'}"
        duck.execute(
            f"CREATE TABLE texts AS SELECT * FROM read_csv('{folder}/texts.csv', header=false, columns={columns})"
        )
        newest = "SELECT id FROM texts WHERE {} ORDER BY published_at DESC LIMIT 20"
        join = "SELECT texts.id FROM three JOIN texts ON texts.id = three.rowid"
        three = f"{join} WHERE three MATCH ? ORDER BY published_at DESC LIMIT 20"
        print("newest 20, ms (share of the stories found)     ours        trigrams          LIKE          DuckDB")
        for term in (*PLANTED, *sample((text for _, _, text in rows[:2000]), 4, 2, random.Random(8))):
            true = sum(term in text for _, _, text in rows)
            quoted, like = f'"{term}"', f"%{term}%"
            hits = other.execute("SELECT count(*) FROM three WHERE three MATCH ?", (quoted,)).fetchone()[0]
            ways = [
                (median(lambda term=term: search(engine, term), 20), count(engine, term)),  # type: ignore[misc]
                (median(lambda quoted=quoted: other.execute(three, (quoted,)).fetchall(), 5), hits),  # type: ignore[misc]
                (median(lambda like=like: other.execute(newest.format("words LIKE ?"), (like,)).fetchall(), 1), true),  # type: ignore[misc]
                (
                    median(lambda term=term: duck.execute(newest.format("contains(words, ?)"), [term]).fetchall(), 3),
                    true,
                ),  # type: ignore[misc]
            ]
            print(f"{term} ({true:,} stories)".ljust(34) + "".join(f"{ms:9.1f} ({n / true:.2f})" for ms, n in ways))
    engine.dispose()


def main() -> None:
    """Measure on one generated archive."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=int)
    options.add_argument("--characters", type=int)
    options.add_argument("--latency", action="store_true", help="times and size only")
    options.add_argument("--queries", type=int, default=20, help="of each length, for recall and precision")
    given = options.parse_args()
    path = archive(given.articles, given.characters)
    print(f"{given.articles:,} articles, SQLite {sqlite3.sqlite_version}")
    size(path)
    latency(path)
    if not given.latency:
        with sqlite3.connect(path) as database:
            rows = texts(database)
        quality(path, rows, given.queries)
        peers(path, rows)


if __name__ == "__main__":
    main()
