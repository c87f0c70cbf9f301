"""``newsarchive new-paper``: a paper on a local server, visited, recorded, described."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsarchive.describe.address_pattern import learn_pattern
from newsarchive.extract.layout import Layout
from tests.crawl.crawling import QUICK
from tests.server import Answer, Site

TOPICS = ("pump", "ferry", "ledger", "gull", "anchor", "cellar", "lantern", "herring", "compass", "harbour")
STORY = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Hafenblatt</title>
<meta property="og:site_name" content="Hafenblatt"><meta property="article:published_time" content="{time}"></head>
<body><h1>Hafenblatt</h1><div class="story-hl">{headline}</div><div class="lauf">
<p>Am Kai ist gestern {topic} Nummer {number} gefunden worden, und niemand will ihn dort hingelegt haben, sagt die
Hafenmeisterin, die seit dreiundzwanzig Jahren jeden Morgen denselben Weg geht.</p>
<p>Sie hat ihn in das Fundbuch eingetragen, mit Uhrzeit und Wetter. Wer ihn vermisst, kann ihn bis Sonntag abholen;
danach kommt er ins Museum, zu den {number} anderen Dingen, die der Winter gebracht hat.</p></div></body></html>"""


def new_paper(folder: Path, url: str, *arguments: str) -> tuple[int, str]:
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    settings = [part for setting in QUICK for part in ("-s", setting)]
    command = [Path(sys.executable).with_name("newsarchive"), "new-paper", url, "--spiders", "papers"]
    done = subprocess.run(
        [*command, "--pages", "pages", *settings, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def publish(site: Site) -> None:
    items = ""
    for number, topic in enumerate(TOPICS, 12340):
        path = f"/{'stadt' if number % 2 else 'hafen'}/{topic}-am-kai-gefunden-{number}.html"
        headline = f"Am Kai liegt {topic} Nummer {number}"
        time = f"2026-03-0{number % 9 + 1}T08:15:00+01:00"
        site.answers[path] = Answer(body=STORY.format(**locals()).encode())
        items += f"<item><title>{headline}</title><link>{site.url}{path}</link></item>"
    site.answers["/robots.txt"] = Answer(body=b"User-agent: *\nAllow: /\n", content_type="text/plain")
    site.answers["/blatt.rss"] = Answer(body=f"<rss><channel>{items}</channel></rss>".encode())
    links = '<a href="/hafen/">Hafen</a> <a href="/stadt/">Stadt</a>'
    site.answers["/"] = Answer(
        body='<html lang="de"><title>Hafenblatt</title><link rel="alternate" type="application/rss+xml" '
        f'href="/blatt.rss">{links}'.encode()
    )
    site.answers["/hafen/"] = site.answers["/stadt/"] = Answer(body=f"<h1>Hafen</h1>{links}".encode())


def test_a_paper_is_visited_and_described(site: Site, tmp_path: Path) -> None:
    publish(site)
    status, printed = new_paper(tmp_path, f"{site.url}/", "--name", "hafenblatt")
    assert status == 0, printed
    source = (tmp_path / "papers" / "hafenblatt.py").read_text("utf-8")
    namespace: dict[str, object] = {}
    exec(compile(source, "hafenblatt.py", "exec"), namespace)  # it is Python, and its layout is one
    spider = namespace["HafenblattSpider"]
    layout = spider.layout  # type: ignore[attr-defined]
    assert isinstance(layout, Layout)
    assert (spider.title, spider.feeds) == ("Hafenblatt", (f"{site.url}/blatt.rss",))  # type: ignore[attr-defined]
    assert (layout.language, layout.timezone) == ("de", "Europe/Berlin")
    assert layout.story is not None
    found = re.search(layout.story, f"{site.url}/hafen/pump-am-kai-gefunden-12340.html")
    assert found is not None
    assert found["id"] == "12340"
    # The headline is read wrong without; everything else is not, and is not stated.
    assert layout.headline == ("div.story-hl",)
    assert (layout.body, layout.published, layout.byline, layout.tags) == ((), (), (), ())
    (page,) = (tmp_path / "pages" / "hafenblatt").glob("*.html")
    markup = page.read_text("utf-8")
    assert '<div class="story-hl">…</div>' in markup
    assert not [word for word in ("Kai", "Hafenmeisterin", "2026-03") if word in markup]
    fields = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert fields.pop("url").startswith(site.url)
    assert not any(fields.values())
    again = new_paper(tmp_path, f"{site.url}/", "--name", "hafenblatt")
    assert again[0] == 1
    assert "exists already; nothing was written" in again[1]


def test_what_cannot_be_described_is_said_in_one_line(site: Site, tmp_path: Path) -> None:
    site.answers["/"] = Answer(status=403)
    for url, reason in (
        (f"{site.url}/", "the recording has no story of this paper"),
        ("https://udn.com/", "is described already, as udn"),
        ("paper.example", "no http or https address"),
    ):
        status, printed = new_paper(tmp_path, url)
        assert status == 1
        assert reason in printed
        assert "Traceback" not in printed


def test_from_a_recording(reference: Path, tmp_path: Path) -> None:
    recording = str((reference / "realpages/realpages.warc.gz").absolute())
    status, printed = new_paper(tmp_path, "https://www.seznamzpravy.cz/", "--warc", recording)
    assert status == 0, printed
    source = (tmp_path / "papers" / "seznamzpravy.py").read_text("utf-8")
    assert 'language="cs"' in source
    assert 'timezone="Europe/Prague"' in source
    assert "decide: all of it: only 3 stories were seen" in printed


@pytest.mark.parametrize(
    ("stories", "other", "pattern"),
    [
        (
            ["https://p.example/a/one-two-12345", "https://p.example/a/three-54321", "https://p.example/b/c/d-99999"],
            "https://p.example/a/",
            r"^https?://(?:[\w-]+\.)*p\.example(?:/[^/?#]+){1,2}/(?:[^/?#]*\D)?(?P<id>\d+)(?:[?#]|$)",
        ),
        (
            [f"https://p.example/news/2026/03/0{day}/{100000 + day}.html" for day in range(1, 5)],
            "https://p.example/news/2026/03/01/",
            r"^https?://(?:[\w-]+\.)*p\.example/news/\d{4}/\d{2}/\d{2}/(?P<id>\d+)\.html(?:[?#]|$)",
        ),
        (
            [f"https://p.example/articles/AB{n}C{n}XYZ.html" for n in range(10, 14)],
            "https://p.example/articles/",
            r"^https?://(?:[\w-]+\.)*p\.example/articles/(?P<id>[A-Za-z0-9]+)\.html(?:[?#]|$)",
        ),
    ],
)
def test_address_patterns(stories: list[str], other: str, pattern: str) -> None:
    learnt = learn_pattern(stories, [other])
    assert learnt is not None
    assert (learnt.pattern, learnt.covered) == (pattern, len(stories))


def test_a_pattern_that_matches_lists_too_is_none() -> None:
    stories = [f"https://p.example/{word}" for word in ("ferry", "pump", "gull")]
    assert learn_pattern(stories, ["https://p.example/politics"]) is None
