"""Made-up archives for the benchmarks: ten thousand, a hundred thousand or a million articles in the real tables.

    python benchmarks/generate.py 100000 [--characters 700] [--fresh]

Seeded, so that the same call makes the same archive; kept under build/archives/ and made once. The texts are Chinese as
an index sees it: the characters of Big5's first level, the commonest of them first, joined into words of one to four
characters that are used as often as words are (the n-th 1/n times as often as the first), cut into clauses, sentences
and paragraphs; a third of a story's words are of the two dozen that it is about. Four stories in a hundred have a Latin
name or a number in them. Three terms that occur nowhere by chance are planted in a known share of the stories
(`PLANTED`).

Articles are inserted in an order that has nothing to do with their time of publication, 5,000 a transaction, with their
first revision, visit, capture, authors, tags and picture; five in a hundred have a second revision, three repeat
an earlier text. A page's twenty links to other stories are cut to two.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsarchive.archive.columns import to_text
from newsarchive.archive.connection import connect
from newsarchive.archive.database import open_archive
from newsarchive.archive.search.index import searched, settle
from newsarchive.archive.search.numbers import STEPS, document_number
from newsarchive.archive.upgrade import migrate

FOLDER = Path(__file__).parents[1] / "build" / "archives"
BATCH = 5_000
LAST = datetime(2026, 3, 31, 23, 59, tzinfo=UTC)
A_DAY = 270  # stories that three papers print in a day, so that a million are ten years
CHARACTERS = {1_000_000: 200}
"""Length of a body where it is not the usual 700: a million at full length take an hour to make."""

PLANTED = {"鯨鯊": 0.0001, "颱風": 0.01, "總統": 0.2}
"""Terms of two characters and the share of stories that have them."""

SUBJECT = 0.4
"""Share of the words that are exchanged for one of the story's own subject; some are hit twice, so a third of them are.
With it as many of the pairs of characters in 700 are different ones as in real stories, .79; without it .88."""

FINISH = (
    # A crawl a day.
    "INSERT INTO crawls (spider, arguments, started_at, counts, host, process) "
    "SELECT 'morgenblatt', '{}', day || 'T23:00:00Z', '{}', 'benchmark', 1 "
    "FROM (SELECT DISTINCT substr(visited_at, 1, 10) AS day FROM visits) ORDER BY day",
    "UPDATE visits SET crawl_id = (SELECT crawls.id FROM crawls "
    "WHERE spider = 'morgenblatt' AND started_at = substr(visited_at, 1, 10) || 'T23:00:00Z')",
    # Of the edits a third touch the headline, a third are silent; one story in five hundred is corrected.
    'UPDATE revisions SET changed_fields = \'["headline","body"]\' WHERE number = 2 AND article_id % 3 = 0',
    "UPDATE revisions SET substantive = article_id % 2, silent = article_id % 3 = 1 WHERE number = 2",
    "UPDATE articles SET correction = '更正：' || headline WHERE id % 500 = 0",
)
"""What is easier said when all articles are there."""

_COMMON = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經"
    "麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三"
    "又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先"
    "海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計"
    "管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程"
    "北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運"
)
_LATIN = ("iPhone 17", "COVID-19", "NVIDIA", "Café Noir", "AI", "GDP", "São Paulo", "F-16V", "ChatGPT", "WTO")
_SECTIONS = ("要聞", "台灣", "大陸", "財經", "國際", "地方", "體育", "影劇", "生活", "科技", "社會", "副刊")
_SOURCES = (("morgenblatt", "晨報"), ("abend.example", "晚報"), ("wochen.example", "週報"))
_AGENCIES = ("中央社", "路透社", "美聯社", "法新社", "彭博")


class Language:
    """Words and how often they are used."""

    def __init__(self, chance: random.Random) -> None:
        level = bytes(range(0xA4, 0xC7))
        first = [bytes((high, low)) for high in level for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))]
        planted = set("".join(PLANTED))
        rest = [
            c for c in (code.decode("big5", "ignore") for code in first) if c and c not in _COMMON + "".join(planted)
        ]
        characters = [c for c in dict.fromkeys(_COMMON) if c not in planted]
        chance.shuffle(rest)
        characters += [c for c in rest if "\u4e00" <= c <= "\u9fff"]
        weights = list(itertools.accumulate(1 / (rank + 20) ** 1.4 for rank in range(len(characters))))
        lengths = chance.choices((1, 2, 3, 4), (8, 72, 15, 5), k=40_000)
        words = ("".join(chance.choices(characters, cum_weights=weights, k=length)) for length in lengths)
        self.words = [*characters[:60], *dict.fromkeys(words)]
        self.weights = list(itertools.accumulate(1 / (rank + 5) for rank in range(len(self.words))))
        # Words as they follow each other; every text begins somewhere else in them, which is faster than drawing each.
        self.running = chance.choices(self.words, cum_weights=self.weights, k=3_000_000)
        self.subjects = self.words[60:]

    def text(self, chance: random.Random, length: int) -> str:
        """So many characters without a stop, about."""
        count = max(1, length // 2)
        start = int(chance.random() * (len(self.running) - count))
        return "".join(self.running[start : start + count])[:length]

    def body(self, chance: random.Random, length: int) -> str:
        """Paragraphs of sentences of clauses."""
        count = length // 2
        start = int(chance.random() * (len(self.running) - count))
        words = self.running[start : start + count]
        # A story keeps to its subject: a third of its words are of the two dozen that it is about.
        subject = chance.choices(self.subjects, k=24)
        for _ in range(int(count * SUBJECT)):
            words[int(chance.random() * count)] = subject[int(chance.random() ** 2 * 24)]
        out, at, clause, sentence = [], 0, 0, 0
        while at < len(words):
            step = 3 + int(chance.random() * 7)
            out.append("".join(words[at : at + step]))
            at, clause = at + step, clause + 1
            if clause % 3:
                out.append("，")
            else:
                sentence += 1
                out.append("。" if sentence % 4 else "。\n\n")
        return "".join(out).strip().rstrip("，") + "。"


def generate(path: Path, articles: int, characters: int, *, progress: bool = True) -> None:
    """Make the archive. It appears under its name when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    for name in (half, half.with_name(half.name + "-wal"), half.with_name(half.name + "-shm")):
        name.unlink(missing_ok=True)
    open_archive(f"sqlite:///{half}").dispose()
    database = sqlite3.connect(half, isolation_level=None)
    # Nothing is lost by a crash but the time it took.
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("PRAGMA synchronous=OFF")
    database.execute("PRAGMA cache_size=-1000000")
    chance = random.Random(articles)
    names = _write_names(database, chance, language := Language(chance))
    numbers = list(range(1, articles + 1))
    chance.shuffle(numbers)
    began = time.perf_counter()
    taken: set[int] = set()
    made = (
        _story(chance, language, names, id_, rank, articles, characters, taken) for id_, rank in enumerate(numbers, 1)
    )
    written = 0
    while some := list(itertools.islice(made, BATCH)):
        database.execute("BEGIN")
        for table, rows in _rows(some).items():
            _insert(database, table, rows)
        database.execute("COMMIT")
        written += len(some)
        if progress and written % 20_000 == 0:
            print(f"{written:,} articles, {written / (time.perf_counter() - began):.0f} a second", flush=True)
    for statement in FINISH:
        database.execute(statement)
    # As an archive that was open for a while: SQLite's own advice after many changes.
    database.execute("PRAGMA analysis_limit=1000")
    database.execute("PRAGMA optimize")
    database.close()
    engine = open_archive(f"sqlite:///{half}", create=False)
    settle(engine)  # as every crawl does at its end
    engine.dispose()
    half.rename(path)


def _write_names(database: sqlite3.Connection, chance: random.Random, language: Language) -> dict[str, list[str]]:
    authors = ["林小川", *(language.text(chance, 3) for _ in range(600))]
    names = {
        "authors": list(dict.fromkeys(name for name in authors if len(name) == 3)),
        "tags": ["動物園", *(word for word in language.words[200:15_000] if len(word) > 1)],
    }
    for table, values in names.items():
        _insert(database, table, [{"id": number, "name": name} for number, name in enumerate(values, 1)])
    _insert(database, "sources", [
        {"id": number, "name": name, "title": title, "home_url": f"https://{name}/", "language": "zh-Hant",
         "timezone": "Asia/Taipei"}
        for number, (name, title) in enumerate(_SOURCES, 1)
    ])  # fmt: skip
    _insert(database, "crawls", [
        {"id": 1, "spider": "morgenblatt", "arguments": "{}", "started_at": to_text(LAST), "counts": "{}",
         "host": "benchmark", "process": 1}
    ])  # fmt: skip
    return names


def _story(
    chance: random.Random, language: Language, names: dict[str, list[str]], id_: int, rank: int, articles: int,
    characters: int, taken: set[int],
) -> dict[str, Any]:  # fmt: skip
    """One story; ``rank`` is its place in time, 1 the oldest."""
    at = LAST - timedelta(seconds=(articles - rank) * 86_400 // A_DAY + chance.randrange(300))
    search_id = document_number(at, STEPS[0])  # has room for more stories a day than A_DAY
    while search_id in taken:
        search_id += 1
    taken.add(search_id)
    headline = language.text(chance, chance.randint(14, 26))
    body = language.body(chance, max(60, int(chance.gauss(characters, characters / 3))))
    for term, share in PLANTED.items():
        if chance.random() < share:
            for _ in range(chance.choice((1, 1, 2, 3))):
                place = chance.randrange(len(body) - 1)
                body = body[:place] + term + body[place:]
            if chance.random() < 0.3:
                headline = f"{headline[:8]}{term}{headline[8:]}"
    if chance.random() < 0.04:
        place = chance.randrange(len(body) - 1)
        body = body[:place] + chance.choice(_LATIN) + body[place:]
    tag_ids = [1] if chance.random() < 0.001 else []
    tag_ids += [1 + int(chance.paretovariate(0.6)) for _ in range(3)]
    author_ids = chance.sample(range(1, len(names["authors"]) + 1), chance.choice((1, 1, 2)))
    people = [names["authors"][number - 1] for number in author_ids]
    return {
        "id": id_, "search_id": search_id, "at": at, "headline": headline, "body": body, "subheadline": None,
        "byline": f"記者{'、'.join(people)}／台北報導", "author_ids": author_ids, "authors": people,
        "tag_ids": (tag_ids := [n for n in dict.fromkeys(tag_ids) if n <= len(names["tags"])]),
        "tags": [names["tags"][number - 1] for number in tag_ids],
        "caption": language.text(chance, chance.randint(15, 45)), "credit": chance.choice((*_AGENCIES, "動物園提供")),
        "source": chance.choices((1, 2, 3), (6, 3, 1))[0], "section": chance.choice(_SECTIONS),
        "provider": chance.choice(_AGENCIES) if chance.random() < 0.25 else None,
        "revised": chance.random() < 0.05, "duplicate": id_ > 100 and chance.random() < 0.03,
        "gone": chance.random() < 0.002, "links": [chance.randrange(1, articles + 1) for _ in range(2)],
    }  # fmt: skip


def _rows(stories: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    tables = ("captures", "articles", "revisions", "visits", "addresses", "article_authors", "article_tags", "images",
              "related_links", "article_search")  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}
    for story in stories:
        for table, row in _story_rows(story):
            rows[table].append(row)
    rows["article_search"].sort(key=lambda row: row["rowid"])
    return rows


def _story_rows(story: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    id_, at = story["id"], story["at"]
    utc, seen, again = to_text(at), to_text(at + timedelta(minutes=20)), to_text(at + timedelta(days=1))
    url = (
        f"https://www.morgen.example/story/{100 + id_ % 20}/{id_}"
        if id_ != 2
        else "https://www.morgen.example/story/10/2"
    )
    images = [{"url": f"{url}.jpg", "caption": story["caption"], "credit": story["credit"]}]
    wording = {
        "headline": story["headline"], "byline": story["byline"], "provider": story["provider"], "place": "台北",
        "kind": "報導", "section": story["section"], "language": "zh-Hant", "published_at": utc,
        "published_date": to_text(at + timedelta(hours=8))[:10], "published_raw": utc, "published_zone": "Asia/Taipei",
        "published_basis": "site_zone", "published_precision": "minute", "paywalled": 0, "live_blog": 0,
        "text_digest": f"{id_:064x}", "body": story["body"],
    }  # fmt: skip
    yield "captures", {"id": id_, "crawl_id": 1, "url": url, "fetched_at": seen, "http_status": 200,
                       "content_type": "text/html", "digest": f"sha256:{id_:064x}", "warc_file": "benchmark.warc.gz",
                       "warc_offset": id_ * 20_000, "warc_length": 20_000}  # fmt: skip
    yield "articles", {
        "id": id_, "source_id": story["source"], "url": url, "canonical_url": url, "external_id": str(id_),
        "first_seen_at": seen, "last_seen_at": seen if story["gone"] else again,
        "last_changed_at": again if story["revised"] else seen,
        "revision_count": 1 + story["revised"], "duplicate_of_id": max(1, id_ // 2) if story["duplicate"] else None,
        "search_id": story["search_id"], "rules": '{"headline":"layout: h1","body":"layout: article"}',
        "problems": "[]", **wording,
    }  # fmt: skip
    lists = {"authors": [{"name": name, "role": "記者"} for name in story["authors"]], "images": images,
             "tags": story["tags"]}  # fmt: skip
    written = {name: json.dumps(value, ensure_ascii=False) for name, value in lists.items()}
    wordings = [(1, "first", "[]", seen, wording)]
    if story["revised"]:
        wordings[0] = (1, "first", "[]", seen, {**wording, "body": wording["body"][:-20]})
        wordings.append((2, "publisher", '["body"]', again, wording))
    for number, cause, changed, observed, words in wordings:
        yield "revisions", {"article_id": id_, "number": number, "observed_at": observed, "capture_id": id_,
                            "cause": cause, "changed_fields": changed, **words, **written}  # fmt: skip
    outcome = "gone" if story["gone"] else "unchanged"
    for visited, what, status in ((seen, "new", 200), (again, outcome, 410 if story["gone"] else 200)):
        yield "visits", {"crawl_id": 1, "source_id": story["source"], "url": url, "article_id": id_,
                         "visited_at": visited, "outcome": what, "http_status": status, "capture_id": id_}  # fmt: skip
    yield "addresses", {"url": url, "source_id": story["source"], "article_id": id_, "first_seen_at": seen}
    for position, author in enumerate(story["author_ids"], 1):
        yield "article_authors", {"article_id": id_, "position": position, "author_id": author, "role": "記者"}
    for position, tag in enumerate(story["tag_ids"], 1):
        yield "article_tags", {"article_id": id_, "position": position, "tag_id": tag}
    yield "images", {"article_id": id_, "position": 1, **images[0]}
    for position, target in enumerate(story["links"], 1):
        yield "related_links", {"article_id": id_, "kind": "related", "position": position, "title": story["headline"],
                                "url": f"https://www.morgen.example/story/100/{target}",
                                "target_article_id": target}  # fmt: skip
    searched_text = searched({**wording, "subheadline": None, **lists})
    yield "article_search", {"rowid": story["search_id"], **searched_text}


def _insert(database: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        columns = list(rows[0])
        marks = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        database.executemany(statement, (tuple(row.values()) for row in rows))


def archive(articles: int, characters: int | None = None, *, fresh: bool = False) -> Path:
    """The path of a generated archive, made if it is not there."""
    characters = characters or CHARACTERS.get(articles, 700)
    path = FOLDER / f"{articles}-of-{characters}.db"
    if fresh or not path.exists():
        generate(path, articles, characters)
    else:
        engine = connect(f"sqlite:///{path}", create=False)
        migrate(engine)
        engine.dispose()
    return path


def main() -> None:
    """Make an archive and say where it is."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=int)
    options.add_argument("--characters", type=int, help="length of a body, on average")
    options.add_argument("--fresh", action="store_true", help="make it anew")
    given = options.parse_args()
    path = archive(given.articles, given.characters, fresh=given.fresh)
    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
