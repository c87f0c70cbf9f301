"""``scrapy crawl news``: a paper that nobody has described, on a local server; and single stories of any papers."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsarchive import extract_article
from newsarchive.article import as_dict
from newsarchive.warc.index import RecordingIndex
from newsarchive.warc.read import read_response
from tests.crawl import crawling
from tests.crawl.crawling import QUICK, Crawl, finish, start, story
from tests.server import Answer, Site, redirect

PROJECT = "[settings]\ndefault = newsarchive.settings\n"
HOME = """<!DOCTYPE html><html lang="en-CA"><head><meta charset="utf-8"><title>The Harbour Post | News</title>
<meta property="og:site_name" content="The Harbour Post">{links}</head><body>
<nav><a href="/">Home</a> <a href="/quay/">Quay</a> <a href="/fish-and-ships/">Fish</a> <a href="/videos/">Videos</a>
<a href="/shop/mugs">Shop</a> <a href="/tag/ferry">Ferry</a> <a href="https://other.example/quay/">Other</a></nav>
<h2><a href="/quay/100-alder-opens-its-bridge-at-last">Alder opens its bridge</a></h2></body></html>"""


def crawl(folder: Path, *arguments: str, settings: tuple[str, ...] = QUICK) -> Crawl:
    (folder / "scrapy.cfg").write_text(PROJECT, "utf-8")
    return crawling.crawl(folder, *arguments, settings=settings, paper="news")


def page(text: str, **kwargs: Any) -> Answer:
    return Answer(body=text.encode(), **kwargs)


def home(site: Site, links: str = "") -> None:
    site.answers["/robots.txt"] = page("User-agent: *\nAllow: /\n", content_type="text/plain")
    site.answers["/"] = page(HOME.format(links=links))


def urlset(*entries: str) -> Answer:
    return page(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{"".join(entries)}</urlset>',
        content_type="application/xml",
    )


def entry(url: str, published: str | None = None) -> str:
    news = f"<news:news><news:publication_date>{published}</news:publication_date></news:news>" if published else ""
    return f"<url><loc>{url}</loc>{news}</url>"


def test_sitemaps_of_robots_txt_with_an_index_gzip_and_news_dates(site: Site, tmp_path: Path) -> None:
    home(site)
    site.answers["/robots.txt"] = page(f"User-agent: *\nSitemap: {site.url}/index.xml\n", content_type="text/plain")
    site.answers["/index.xml"] = page(
        f"<sitemapindex><sitemap><loc>{site.url}/news-1.xml.gz</loc></sitemap>"
        f"<sitemap><loc>{site.url}/image-sitemap.xml</loc></sitemap></sitemapindex>"
    )
    news = urlset(
        entry(f"{site.url}/quay/101-brook-opens-its-bridge-at-last", "2026-02-11T08:00:00-05:00"),
        entry(f"{site.url}/quay/brook", "2026-02-12T08:00:00-05:00"),  # a story of one word: the news sitemap says so
        entry(f"{site.url}/tag/brook", "2026-02-12T08:00:00-05:00"),
        entry("https://elsewhere.example/quay/102-clay-opens-its-bridge", "2026-02-11T08:00:00-05:00"),
        entry(f"{site.url}/quay/103-old-dover-opens-its-bridge", "2026-01-11T08:00:00-05:00"),
    )
    site.answers["/news-1.xml.gz"] = Answer(body=gzip.compress(news.body), content_type="application/gzip")
    for path in ("/quay/101-brook-opens-its-bridge-at-last", "/quay/100-alder-opens-its-bridge-at-last"):
        site.answers[path] = page(story(101))
    site.answers["/quay/brook-water"] = site.answers["/quay/brook"] = page(story(104))
    done = crawl(tmp_path, "-a", f"url={site.url}/", "-a", "since=2026-02-01")
    assert done.status == 0, done.log
    archived = {url for (url,) in done.rows("select url from articles")}
    assert {f"{site.url}/quay/101-brook-opens-its-bridge-at-last", f"{site.url}/quay/brook"} <= archived
    assert not {"/image-sitemap.xml", "/tag/brook", "/quay/103-old-dover-opens-its-bridge", "/videos/"} & set(
        site.paths
    )
    assert done.rows("select name, title, language, timezone, home_url from sources") == [
        ("127.0.0.1", "The Harbour Post", "en", None, f"{site.url}/")
    ]
    assert "The Harbour Post, language en, time zone not known; 1 sitemaps" in done.log


def rss(url: str) -> str:
    return f"<rss><channel><item><link>{url}</link></item></channel></rss>"


def atom(url: str) -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{url}"/></entry></feed>'


def rdf(url: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f'<item rdf:about="{url}"><link>{url}</link></item></rdf:RDF>'
    )


def json_feed(url: str) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"url": url}]})


def test_feeds_of_every_kind_by_link(site: Site, tmp_path: Path) -> None:
    kinds: dict[str, Callable[[str], str]] = {"rss": rss, "atom": atom, "rdf": rdf, "feed": json_feed}
    links = ""
    for kind, write in kinds.items():
        syntax = "json" if kind == "feed" else "xml"
        links += f'<link rel="alternate" type="application/{kind}+{syntax}" href="/{kind}">'
        site.answers[f"/{kind}"] = page(write(f"{site.url}/quay/by-{kind}?utm_source=rss"), content_type="text/plain")
    home(site, links)
    for number, kind in enumerate(kinds):
        site.answers[f"/quay/by-{kind}"] = page(story(number))
    done = crawl(tmp_path, "-a", f"url={site.url}/")
    assert {url for (url,) in done.rows("select url from articles")} == {
        f"{site.url}/quay/by-{kind}" for kind in kinds
    }, done.log


@pytest.mark.parametrize(("path", "write"), [("/feed/", rss), ("/feed.json", json_feed)])
def test_a_feed_by_convention(site: Site, tmp_path: Path, path: str, write: Callable[[str], str]) -> None:
    home(site)
    site.answers[path] = page(write(f"{site.url}/quay/clay"), content_type="text/plain")
    site.answers["/quay/clay"] = page(story(102))
    done = crawl(tmp_path, "-a", f"url={site.url}/")
    assert done.rows("select url from articles") == [(f"{site.url}/quay/clay",)], done.log


def test_section_fronts_give_stories_and_a_list_is_none(site: Site, tmp_path: Path) -> None:
    home(site)
    site.answers["/quay/"] = page(
        '<a href="/quay/105-ferry-opens-its-bridge-at-last">Ferry opens</a> <a href="/quay/2026/02/">February</a>'
        '<a href="/quay/106-a-list-with-a-very-long-name">All bridges</a> <a href="/quay/?page=2">More</a>'
    )
    site.answers["/fish-and-ships/"] = page('<a href="/fish/107-the-mug-of-the-ferry-is-here">A mug</a>')
    site.answers["/quay/100-alder-opens-its-bridge-at-last"] = page(story(100))
    site.answers["/quay/105-ferry-opens-its-bridge-at-last"] = page(story(105))
    teasers = "".join(f'<li><a href="/quay/{n}-bridge">Bridge number {n}</a></li>' for n in range(40))
    site.answers["/quay/106-a-list-with-a-very-long-name"] = page(
        f"<title>Bridges</title><h1>Bridges</h1><ul>{teasers}"
    )
    site.answers["/fish/107-the-mug-of-the-ferry-is-here"] = page(
        '<h1>The mug of the ferry</h1><script type="application/ld+json">{"@type": "Product"}</script>'
        "<p>Blue, holds a third of a litre, and the handle is big enough for a glove. It costs twelve dollars.</p>"
    )
    done = crawl(tmp_path, "-a", f"url={site.url}/")
    assert done.status == 0, done.log
    assert {url.rpartition("/")[2] for (url,) in done.rows("select url from articles")} == {
        "100-alder-opens-its-bridge-at-last",
        "105-ferry-opens-its-bridge-at-last",
    }
    assert done.outcome("/quay/106-a-list-with-a-very-long-name") == "unreadable"
    assert "no story: a shop's page" in done.log
    assert "/quay/2026/02/" not in site.paths  # a calendar has no end


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (page("<title>Just a moment...</title><div id=cf-chl-widget></div>"), "challenge", "a challenge or a login"),
        (page("no", status=403), "forbidden", "403 Forbidden"),
        (redirect("http://192.168.1.1/"), "unreachable", "192.168.1.1 is no public address"),
        (redirect("/"), "redirect_loop", "redirects in a loop"),
    ],
)
def test_a_paper_that_cannot_be_crawled_is_told_as_what_it_is(
    site: Site, tmp_path: Path, answer: Answer, outcome: str, reason: str
) -> None:
    home(site)
    site.answers["/"] = answer
    done = crawl(tmp_path, "-a", f"url={site.url}/")
    assert done.status == 1
    assert reason in done.log
    assert "Traceback" not in done.log
    assert done.rows("select outcome from visits") == [(outcome,)]


@pytest.mark.parametrize(
    "front",
    ["<title>The Harbour Post</title><div id=root></div><script src=/app.js></script>", "<title>x</title><p>Soon.</p>"],
)
def test_a_front_page_that_names_no_story_is_a_failure(site: Site, tmp_path: Path, front: str) -> None:
    site.answers["/"] = page(front)
    done = crawl(tmp_path, "-a", f"url={site.url}/")
    assert done.status == 1
    assert "no story is named on its front page, nor in a sitemap or feed" in done.log


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'


def test_what_is_wrong_with_a_sitemap_is_said_and_the_crawl_goes_on(site: Site, tmp_path: Path) -> None:
    home(site)
    names = ("bomb", "empty", "endless", "wall")
    lines = "".join(f"Sitemap: {site.url}/{name}.xml\n" for name in names)
    site.answers["/robots.txt"] = page(f"User-agent: *\n{lines}", content_type="text/plain")
    site.answers["/bomb.xml"] = page(BOMB)
    site.answers["/empty.xml"] = urlset()
    for depth in range(8):
        child = f"<sitemap><loc>{site.url}/endless-{depth + 1}.xml</loc></sitemap>"
        site.answers[f"/endless-{depth}.xml"] = page(f"<sitemapindex>{child}</sitemapindex>")
    site.answers["/endless.xml"] = site.answers["/endless-0.xml"]
    site.answers["/wall.xml"] = page("<html><title>Just a moment...</title></html>")
    site.answers["/quay/100-alder-opens-its-bridge-at-last"] = page(story(100))
    done = crawl(tmp_path, "-a", f"url={site.url}/")
    assert done.status == 0, done.log
    assert "bomb.xml: it declares XML entities" in done.log
    assert "empty.xml: an empty sitemap" in done.log
    assert "wall.xml: it is a web page, perhaps a bot wall" in done.log
    assert "not followed: an index within" in done.log
    assert done.rows("select count(*) from articles") == [(1,)]


def test_a_story_that_leads_off_the_paper_is_not_archived(site: Site, tmp_path: Path) -> None:
    home(site)
    site.answers["/quay/100-alder-opens-its-bridge-at-last"] = redirect(f"http://localhost:{site.port}/partner")
    site.answers["/partner"] = page(story(100))
    done = crawl(tmp_path, "-a", f"url={site.url}/", settings=(*QUICK, "ALLOW_PRIVATE_ADDRESSES=127.0.0.1,::1"))
    assert done.outcome("/quay/100-alder-opens-its-bridge-at-last") == "not_found"
    assert done.rows("select count(*) from articles") == [(0,)]
    assert "on another site" in done.log


@pytest.mark.parametrize(
    ("argument", "reason"),
    [
        ("limit=3", "which paper? -a url=https://any.paper/"),
        ("url=paper.example", "url=paper.example: no http or https address"),
        ("urls_file=none.txt", "urls_file=none.txt: No such file"),
        ("urls_file=list.txt", "urls_file=list.txt, line 3"),
        ("colour=red", "colour= is nothing that a crawl of news knows"),
    ],
)
def test_arguments_that_make_no_sense_are_refused_in_one_line(tmp_path: Path, argument: str, reason: str) -> None:
    (tmp_path / "list.txt").write_text("# stories\nhttps://paper.example/1\nno address\n", "utf-8")
    url = () if argument.startswith(("limit", "url")) else ("-a", "url=https://paper.example/")
    done = crawl(tmp_path, "-a", argument, *url)
    assert done.status == 2
    assert reason in done.log
    assert not done.archive.exists()


def test_the_address_of_a_described_paper_is_crawled_as_that_paper(tmp_path: Path) -> None:
    recording = Path(__file__).parents[1] / "fixtures" / "udn.warc.gz"
    done = crawl(tmp_path, "-a", "url=https://udn.com/", settings=(*QUICK, f"WARC_REPLAY={recording}"))
    assert done.status == 0, done.log
    assert done.rows("select name from sources") == [("udn",)]
    assert done.rows("select count(*) from articles where external_id like '899%'")[0][0] >= 3


COLUMNS = ("canonical_url", "external_id", "headline", "kicker", "subheadline", "byline", "provider", "desk", "place",
           "kind", "section", "language", "body")  # fmt: skip


def test_every_reference_page_is_archived_as_the_direct_call_reads_it(reference: Path, tmp_path: Path) -> None:
    recording = reference / "realpages/realpages.warc.gz"
    urls = [json.loads(line)["url"] for line in (reference / "realpages/gold.jsonl").read_text("utf-8").splitlines()]
    (tmp_path / "urls.txt").write_text("\n".join(urls), "utf-8")
    settings = (f"WARC_REPLAY={recording.absolute()}", f"EXTRACT_PROCESSES={min(2, os.cpu_count() or 1)}")
    (tmp_path / "scrapy.cfg").write_text(PROJECT, "utf-8")
    done = finish(tmp_path, start(tmp_path, "-a", "urls_file=urls.txt", settings=settings, paper="news"))
    assert done.status == 0, done.log
    index = RecordingIndex([recording.absolute()])
    with sqlite3.connect(done.archive) as archive:
        archive.row_factory = sqlite3.Row
        assert archive.execute("select count(*) from articles").fetchone()[0] == len(urls) == 141
        for url in urls:
            found = index.find(url)
            assert found is not None
            answer = read_response(found.path, found.offset)
            content_type = next((v.decode() for n, v in answer.headers if n.lower() == b"content-type"), None)
            address = found.url.partition("#")[0]
            wanted = as_dict(extract_article(answer.body, address, content_type=content_type))
            row = archive.execute("select * from articles where url = ? or canonical_url = ?",
                                  (address, wanted["canonical_url"])).fetchone()  # fmt: skip
            assert row is not None, address
            assert {name: row[name] for name in COLUMNS} == {name: wanted[name] for name in COLUMNS}, address
            assert (row["paywalled"], row["live_blog"]) == (wanted["paywalled"], wanted["live_blog"])
            for name in ("published", "modified"):
                assert row[f"{name}_at"] == (wanted[name] or {}).get("utc"), address
            lists = {
                "images": "select url, caption, credit from images where article_id = ? order by position",
                "tags": "select name from tags join article_tags on tag_id = tags.id where article_id = ?"
                " order by position",
                "authors": "select name, role from authors join article_authors on author_id = authors.id"
                " where article_id = ? order by position",
                "related_links": "select kind, title, url from related_links where article_id = ? order by position",
            }
            for name, query in lists.items():
                kept = [tuple(line) for line in archive.execute(query, (row["id"],))]
                said = [
                    (part,) if isinstance(part, str) else tuple(part[key] for key in part if key != "published")
                    for part in wanted[name]
                ]
                assert sorted(map(str, kept)) == sorted(map(str, dict.fromkeys(said))), (address, name)
