"""Crawls of the fixture newspaper, killed with SIGKILL at random moments: what is lost, doubled or torn.

    python benchmarks/kills.py                    200 kills; some minutes
    python benchmarks/kills.py --kills 20 --seed 7

The newspaper of tests/fixtures stands on a server on 127.0.0.1, in three editions: what it printed, and two days on
which stories are edited, moved, removed, walled, brought back. Every crawl fetches all it knows, so that a kill may
fall into whatever there is: listings, first readings, revisions, recordings. Each edition is crawled and killed several
times and then crawled to its end. After each kill:

- SQLite's ``integrity_check`` and ``foreign_key_check`` find nothing, and no article lacks a part;
- every visit that the crawl's log called committed is there, and so is every article that was there before;
- no article, address, revision or visit is there twice;
- after a repair of the recordings, each capture has its record there, and each recording is whole.

After the last edition the archive holds the same as one whose crawls nobody disturbed.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from newsarchive.archive.database import open_archive
from newsarchive.archive.writing.captures import recorded_captures
from newsarchive.warc.read import read_response
from newsarchive.warc.repair import check_captures, repair_all
from newsarchive.warc.walk import Damage, Entry, walk
from tests.crawl.crawling import QUICK, start
from tests.server import Answer, Site

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures"
HOME = b"https://www.worldjournal.com"
EDITIONS = (1, 3, 4)  # of the five days, those on which most happens
# So slow that a kill falls between two pages as often as into one; small files, so that kills meet the opening of one.
SETTINGS = (*QUICK, "DOWNLOAD_DELAY=0.03", "WARC_MAX_SIZE=200000", "LOG_FILE=crawl.log", "LOG_LEVEL=DEBUG")
COMMITTED = re.compile(r"committed: (\d+) visits")

SPIDER = """
from dataclasses import replace
from datetime import timedelta

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.crawl.revisits import Revisits
from newsarchive.spiders.worldjournal import WorldJournalSpider


def here(addresses):
    return tuple(address.replace("{home}", "{site}") for address in addresses)


class Local(NewspaperSpider):
    name = "evening"
    home_url = "{site}/"
    layout = replace(
        WorldJournalSpider.layout,
        story=r"/wj/(?:amp/)?story/(?P<category>[0-9]+)/(?P<id>[0-9]+)/?(?:[?#]|$)",
        canonical="{site}/wj/story/{{category}}/{{id}}",
    )
    sitemaps = (*here(WorldJournalSpider.sitemaps), "{site}/sitemap/days.xml")
    feeds = here(WorldJournalSpider.feeds)
    fronts = here(WorldJournalSpider.fronts)
    revisits = Revisits(rungs=(timedelta(0),), retry=0)
"""

# What an archive holds, told without ids and times: the same whenever and however often it was crawled.
CONTENTS = {
    "articles": "SELECT external_id, url, headline, byline, published_at, section, revision_count, paywalled, body"
    " FROM articles",
    "revisions": "SELECT external_id, number, cause, changed_fields, revisions.headline, revisions.body, authors,"
    " images, tags FROM revisions JOIN articles ON articles.id = article_id",
    "authors": "SELECT external_id, position, name, role FROM article_authors JOIN articles ON articles.id = article_id"
    " JOIN authors ON authors.id = author_id",
    "images": "SELECT external_id, position, images.url, caption, credit FROM images"
    " JOIN articles ON articles.id = article_id",
    "tags": "SELECT external_id, position, name FROM article_tags JOIN articles ON articles.id = article_id"
    " JOIN tags ON tags.id = tag_id",
    "links": "SELECT one.external_id, related_links.kind, position, related_links.url, title, other.external_id"
    " FROM related_links JOIN articles AS one ON one.id = article_id"
    " LEFT JOIN articles AS other ON other.id = target_article_id",
    "addresses": "SELECT addresses.url, external_id FROM addresses JOIN articles ON articles.id = article_id",
    # Of two equal texts the one that came first is the original; which one that is, a kill may change.
    "repeated texts": "SELECT text_digest, count(*), count(duplicate_of_id) FROM articles GROUP BY 1"
    " HAVING count(*) > 1",
    "announced": "SELECT key, announcements.url, external_id FROM announcements"
    " LEFT JOIN articles ON articles.id = article_id",
    "sightings": "SELECT key, listings.url FROM sightings JOIN announcements ON announcements.id = announcement_id"
    " JOIN listings ON listings.id = listing_id",
}
# What must not be: each of these finds nothing in a whole archive.
WRONG = {
    "an article twice": "SELECT external_id FROM articles WHERE external_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
    # One crawl may fetch a story twice: as it was due, and once more where an old address leads to it.
    "a visit twice": "SELECT url FROM visits GROUP BY url, crawl_id, outcome, capture_id HAVING count(*) > 1",
    "a capture twice": "SELECT url FROM captures GROUP BY warc_file, warc_offset HAVING count(*) > 1",
    "an article without its latest revision": "SELECT articles.id FROM articles LEFT JOIN revisions"
    " ON article_id = articles.id AND number = revision_count WHERE revisions.headline IS NOT articles.headline",
    "a gap in the revisions": "SELECT article_id FROM revisions GROUP BY 1 HAVING count(*) <> max(number)",
    "an article without address, visit or plan": "SELECT id FROM articles WHERE"
    " id NOT IN (SELECT article_id FROM addresses) OR id NOT IN (SELECT article_id FROM visits WHERE article_id > 0)"
    " OR id NOT IN (SELECT article_id FROM next_visits)",
    "an announcement without a sighting": "SELECT id FROM announcements WHERE id NOT IN"
    " (SELECT announcement_id FROM sightings)",
    "an announcement that does not know its article": "SELECT announcements.id FROM announcements"
    " JOIN articles ON external_id = key WHERE article_id IS NULL",
}


@dataclass
class Tally:
    """What the kills did. ``problems`` should stay empty."""

    kills: int = 0
    in_crawl: int = 0  # of them, while pages were being archived
    cuts: int = 0  # half records that a repair cut off
    acknowledged: int = 0  # visits that a killed crawl had called committed
    problems: list[str] = field(default_factory=list)


def edition(day: int, site: Site) -> dict[str, Answer]:
    """The answers of the newspaper on a day, by path, with the server's own address in the place of the paper's."""
    here = site.url.encode()
    answers: dict[str, Answer] = {}
    for name in ("worldjournal.warc.gz", f"worldjournal-days/day-{day}.warc.gz"):
        for entry in walk(FIXTURES / name):
            assert isinstance(entry, Entry)
            url = entry.fields.get("warc-target-uri", "").encode()
            if entry.fields["warc-type"] != "response" or not url.startswith(HOME):
                continue
            path = url.removeprefix(HOME).decode()
            if "days" in name and "/story/" not in path:
                if not path.endswith("gnews/1.xml"):
                    continue
                path = "/sitemap/days.xml"
            response = read_response(FIXTURES / name, entry.offset)
            headers = {key.decode().lower(): value.replace(HOME, here).decode() for key, value in response.headers}
            answers[path] = Answer(
                status=response.status,
                body=response.body.replace(HOME, here),
                content_type=headers.get("content-type"),
                headers=tuple((key, headers[key]) for key in ("location", "etag", "last-modified") if key in headers),
            )
    answers["/robots.txt"] = Answer(body=b"User-agent: *\nAllow: /\n")  # the paper's own asks for long pauses
    return answers


def project(folder: Path, site: Site) -> None:
    """Make an empty Scrapy project with the newspaper in it."""
    spiders = folder / "evening_spiders"
    spiders.mkdir(parents=True)
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = evening_settings\n")
    (folder / "evening_settings.py").write_text(
        "from newsarchive.settings import *\nSPIDER_MODULES = ['evening_spiders']\n"
    )
    (spiders / "__init__.py").touch()
    (spiders / "evening.py").write_text(SPIDER.format(site=site.url, home="https://www.worldjournal.com"))


def crawl(folder: Path, *, kill: Callable[[subprocess.Popen[str]], None] | None = None) -> None:
    """Crawl in a process of its own, to the end unless ``kill`` is called upon it."""
    (folder / "crawl.log").unlink(missing_ok=True)
    with start(folder, settings=SETTINGS) as process:
        if kill is not None:
            kill(process)
        said, _ = process.communicate(timeout=300)
        if kill is None and process.returncode != 0:
            raise RuntimeError(said + (folder / "crawl.log").read_text())


def ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Ask the archive of a folder."""
    with closing(sqlite3.connect(folder / "archive/newsarchive.db")) as archive:
        return archive.execute(query).fetchall()


def recorded(folder: Path) -> int:
    """The bytes that are recorded so far."""
    return sum(path.stat().st_size for path in (folder / "archive/warc").glob("*.warc.gz"))


def killer(folder: Path, chance: random.Random, whole: int) -> Callable[[subprocess.Popen[str]], None]:
    """A kill by chance: while the crawl starts, or once it has recorded some of the ``whole`` bytes of a crawl."""
    if chance.random() < 0.15:
        after, enough = chance.uniform(0, 2), 0
    else:
        after, enough = chance.uniform(0, 0.05), recorded(folder) + chance.randrange(whole)

    def kill(process: subprocess.Popen[str]) -> None:
        while enough and recorded(folder) < enough and process.poll() is None:
            time.sleep(0.002)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)

    return kill


def look_after(folder: Path, tally: Tally, before: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Check what a kill has left behind; returns the wordings that are archived."""
    archive = folder / "archive/newsarchive.db"
    if not archive.exists() or not ask(folder, "SELECT 1 FROM sqlite_master WHERE name = 'crawls'"):
        return before
    problems = [str(row) for row in ask(folder, "PRAGMA integrity_check") if row != ("ok",)]
    problems += [f"foreign key: {row}" for row in ask(folder, "PRAGMA foreign_key_check")]
    for what, query in WRONG.items():
        problems += [f"{what}: {row}" for row in ask(folder, query)[:3]]
    now = set(ask(folder, "SELECT article_id, number, revisions.headline, revisions.body FROM revisions"))
    problems += [f"lost: {row[:3]}" for row in before - now]
    log = folder / "crawl.log"
    acknowledged = sum(map(int, COMMITTED.findall(log.read_text()))) if log.exists() else 0
    ((visits,),) = ask(folder, "SELECT count(*) FROM visits WHERE crawl_id = (SELECT max(id) FROM crawls)")
    if acknowledged > visits:
        problems.append(f"{acknowledged} visits were acknowledged and {visits} are there")
    tally.acknowledged += acknowledged
    tally.in_crawl += bool(visits)
    recordings = folder / "archive/warc"
    if recordings.exists():
        tally.cuts += len(list(repair_all(recordings)))
        problems += [str(one) for path in recordings.glob("*.warc.gz") for one in walk(path) if isinstance(one, Damage)]
        engine = open_archive(f"sqlite:///{archive}", create=False)
        problems += map(str, check_captures(recorded_captures(engine), recordings))
        engine.dispose()
    for problem in problems:
        tally.problems.append(f"after kill {tally.kills}: {problem}")
        print(tally.problems[-1], file=sys.stderr)
    return now


def contents(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What the archive of a folder holds."""
    return {name: sorted(ask(folder, query), key=repr) for name, query in CONTENTS.items()}


def run(folder: Path, kills: int, seed: int, kills_an_edition: int = 4) -> Tally:
    """Kill so many crawls, archive after archive, in ``folder``, and compare each with one that nobody disturbs."""
    chance = random.Random(seed)
    tally = Tally()
    with Site() as site:
        editions = [edition(day, site) for day in EDITIONS]
        calm = folder / "calm"
        project(calm, site)
        for answers in editions:
            site.answers = dict(answers)
            crawl(calm)
        whole, expected = recorded(calm) // len(EDITIONS), contents(calm)
        for number in range(kills):
            if tally.kills >= kills:
                break
            disturbed = folder / f"disturbed-{number}"
            project(disturbed, site)
            archived: set[tuple[Any, ...]] = set()
            for answers in editions:
                site.answers = dict(answers)
                for _ in range(min(kills_an_edition, kills - tally.kills)):
                    crawl(disturbed, kill=killer(disturbed, chance, whole))
                    tally.kills += 1
                    archived = look_after(disturbed, tally, archived)
                crawl(disturbed)
            for name, rows in contents(disturbed).items():
                differ = [row for row in rows if row not in expected[name]]
                differ += [row for row in expected[name] if row not in rows]
                tally.problems += [f"archive {number} has other {name}: {str(row)[:200]}" for row in differ[:3]]
            print(f"{tally.kills} kills, {len(tally.problems)} problems", file=sys.stderr)
    return tally


def main() -> None:
    """Read the words of the command line."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--kills", type=int, default=200)
    words.add_argument("--seed", type=int, default=20260219)
    asked = words.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), asked.kills, asked.seed)
    print(
        f"{tally.kills} kills in {time.monotonic() - began:.0f} s, {tally.in_crawl} of them after a first visit's row"
    )
    print(f"{tally.acknowledged} visits were acknowledged before a kill; {tally.cuts} half records were cut off")
    print("\n".join(tally.problems) or "nothing lost, doubled or torn; each archive equals the undisturbed one")
    sys.exit(bool(tally.problems))


if __name__ == "__main__":
    main()
