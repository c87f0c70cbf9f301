"""How fast articles go into the archive, against bare SQLite in the same run.

    python benchmarks/archive_write.py [--articles 5000] [--url ADDRESS]

The floor is what Python's own sqlite3 needs to insert the same words into three bare tables (article, revision, visit)
without keys, indexes, identity, history or links, at the same batch size and the same ``synchronous=FULL``. Articles
are made up, seeded, and as long as World Journal's: eight paragraphs, five tags, twenty links, one picture.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.writing.writer import BATCH, Writer
from newsarchive.article import Article, Author, Image, LinkKind, Moment, RelatedLink
from newsarchive.extract.layout import Layout
from newsarchive.normalize.fingerprint import text_digest
from newsarchive.page import Capture, Page, Source, Story

PAPER = Source(name="benchmark", timezone="Asia/Taipei")
LAYOUT = Layout(story=r"/story/(?P<category>\d+)/(?P<id>\d+)", timezone="Asia/Taipei")
START = datetime(2026, 3, 1, tzinfo=UTC)
LINKS: Sequence[LinkKind] = ["previous", "next"] + ["related"] * 5 + ["hot"] * 6 + ["popular"] * 5 + ["breaking"] * 2  # type: ignore[assignment]
# Words of one to three characters, used as often as words are: the n-th most frequent 1/n times as often as the first.
_chance = random.Random(7)
WORDS = [
    "".join(chr(_chance.randrange(0x4E00, 0x5A00)) for _ in range(_chance.choice((1, 2, 2, 2, 3))))
    for _ in range(30_000)
]
WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))


def stories(count: int) -> list[Story]:
    """Made-up stories, a minute apart, each linking to those before it."""
    chance = random.Random(1)

    def words(length: int) -> str:
        return "".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=length))[:length]

    made = []
    for number in range(count):
        url = f"https://www.morgen.example/story/{chance.randrange(100, 120)}/{1_000_000 + number}"
        at = START + timedelta(minutes=number)
        body = "\n\n".join(words(90) + "。" for _ in range(8))
        links = [
            RelatedLink(kind=kind, title=words(16), published="2026-02-28 21:07" if kind == "hot" else None,
                        url=f"https://www.morgen.example/story/100/{1_000_000 + max(0, number - back)}")
            for back, kind in enumerate(LINKS)
        ]  # fmt: skip
        article = Article(
            url=url, canonical_url=url, external_id=str(1_000_000 + number), headline=words(22),
            byline=f"記者{words(3)}／台北報導", authors=[Author(f"記者{chance.randrange(400)}", "記者")], kind="報導",
            place="台北", section=words(2), language="zh-Hant", body=body, tags=[words(2) for _ in range(5)],
            images=[Image(url=url + ".jpg", caption=words(40), credit="本報資料照")], related_links=links,
            published=Moment(utc=at, date=f"{at:%Y-%m-%d}", raw=f"{at:%Y-%m-%d %H:%M}", zone="Asia/Taipei",
                             basis="site_zone", precision="minute"),
            rules=dict.fromkeys(("headline", "byline", "published", "body", "tags", "images"), "layout: h1.title"),
        )  # fmt: skip
        page = Page(source=PAPER, url=url, requested_url=url, status=200, headers=[], body=b"", fetched_at=at,
                    layout=LAYOUT, capture=_capture(url, at, number))  # fmt: skip
        made.append(Story(page=page, article=article, text_digest=text_digest(body)))
    return made


def later(made: list[Story], days: int, *, edited: bool = False) -> list[Story]:
    """The same stories at a later visit, every one with another headline if ``edited``."""
    again = []
    for number, story in enumerate(made):
        at = story.page.fetched_at + timedelta(days=days)
        page = replace(story.page, fetched_at=at, capture=_capture(story.page.url, at, days * 10_000_000 + number))
        article = replace(story.article, headline=f"{story.article.headline}（更新）") if edited else story.article
        again.append(replace(story, page=page, article=article))
    return again


def _capture(url: str, at: datetime, offset: int) -> Capture:
    return Capture(url=url, fetched_at=at, http_status=200, content_type="text/html", digest=f"sha256:{offset:064x}",
                   warc_file="benchmark.warc.gz", warc_offset=offset, warc_length=20_000)  # fmt: skip


def write_bare(made: list[Story], file: Path) -> None:
    """The floor: the same words into bare tables."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE article (url, headline, byline, published, body)")
    connection.execute("CREATE TABLE revision (headline, byline, published, body)")
    connection.execute("CREATE TABLE visit (url, at, outcome)")
    for start in range(0, len(made), BATCH // 2):  # a story and its capture are two items of a batch
        some = made[start : start + BATCH // 2]
        words = [(s.article.headline, s.article.byline, s.page.fetched_at.isoformat(), s.article.body) for s in some]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO article VALUES (?, ?, ?, ?, ?)", [(s.page.url, *w) for s, w in zip(some, words, strict=True)]
        )
        connection.executemany("INSERT INTO revision VALUES (?, ?, ?, ?)", words)
        connection.executemany(
            "INSERT INTO visit VALUES (?, ?, 'new')", [(s.page.url, w[2]) for s, w in zip(some, words, strict=True)]
        )
        connection.execute("COMMIT")
    connection.close()


def write(made: list[Story], writer: Writer) -> None:
    """Ours: each story after its capture, as a crawl brings them."""
    for story in made:
        if story.page.capture is not None and writer.add(story.page.capture):
            writer.flush()
        if writer.add(story):
            writer.flush()
    writer.flush()


def measure(name: str, count: int, work: Callable[[], None], floor: float | None) -> float:
    """Print one line; returns CPU seconds an article."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    ratio = f"{cpu / count / floor:6.1f} ×" if floor else "    1   "
    print(f"{name:34} {count / wall:8.0f} articles/s {cpu / count * 1000:8.3f} ms CPU {ratio}")
    return cpu / count


def main() -> None:
    """Measure bare SQLite, then new, unchanged and changed articles."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=5000)
    options.add_argument("--url", help="archive to write into, an empty one; default a temporary SQLite file")
    given = options.parse_args()
    made = stories(given.articles)
    with tempfile.TemporaryDirectory() as folder:
        floor = measure("bare sqlite3", len(made), lambda: write_bare(made, Path(folder) / "bare.db"), None)
        engine = open_archive(given.url or f"sqlite:///{folder}/archive.db")
        writer = Writer(engine, begin_crawl(engine, "benchmark", {}, START))
        for name, batch in (
            ("new", made),
            ("unchanged", later(made, 1)),
            ("changed: headline", later(made, 2, edited=True)),
        ):
            measure(name, len(made), lambda batch=batch: write(batch, writer), floor)  # type: ignore[misc]
        print(dict(writer.counts))
        if engine.dialect.name == "sqlite":
            size = (Path(folder) / "archive.db").stat().st_size if not given.url else 0
            print(f"{size / len(made):.0f} bytes an article with two wordings")
        engine.dispose()


if __name__ == "__main__":
    main()
