"""A paper, its listings and a crawl: what is found, what is fetched, and what is left alone."""

from __future__ import annotations

import gzip
from pathlib import Path

from newsarchive.crawl.find import MAX_SITEMAPS
from tests.crawl.crawling import IN_ORDER, QUICK, crawl, project, publish, story
from tests.server import Answer, Site, redirect


def test_a_second_crawl_fetches_nothing_again(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 106))
    project(tmp_path, site)
    first = crawl(tmp_path)
    assert first.status == 0, first.log
    assert "found 6, fetched 6, new 6, unchanged 0, failed 0" in first.summary
    assert first.rows("select count(*) from articles") == [(6,)]
    fetched = len(site.paths)
    second = crawl(tmp_path)
    assert second.status == 0, second.log
    assert "found 6, fetched 0, new 0, unchanged 0, failed 0" in second.summary
    assert site.paths[fetched:] == ["/sitemap.xml"]
    assert second.rows("select count(*) from articles") == [(6,)]


def test_every_variant_of_an_address_is_one_story(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    front = "".join(
        f'<a href="{href}">{text}</a>'
        for href, text in (
            ("/story/1/100?from=hot", ""),
            ("/amp/story/1/100", "read"),
            ("/story/2/100?zh-cn", "again"),
            ("/story/1/100#top", "top"),
            ("/about", "about us"),
            ("mailto:desk@example.org", "write"),
            ("http://[broken/story/1/3", "broken"),
        )
    )
    site.answers["/front"] = Answer(body=front.encode())
    feed = f"<rss><channel><item><link>{site.url}/story/3/101?utm_source=rss</link></item></channel></rss>"
    site.answers["/feed"] = Answer(body=feed.encode(), content_type="text/xml")
    project(tmp_path, site, f'feeds = ("{site.url}/feed",); fronts = ("{site.url}/front",)')
    done = crawl(tmp_path)
    assert sorted(site.paths) == ["/feed", "/front", "/sitemap.xml", "/story/1/100", "/story/1/101"]
    assert done.rows("select count(*) from articles") == [(2,)]
    assert "ERROR" not in done.log


def test_asked_addresses_are_always_fetched_once_and_in_their_canonical_form(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    project(tmp_path, site)
    urls = f"urls={site.url}/amp/story/1/100,{site.url}/story/1/100?x=1,2,{site.url}/story/1/101"
    crawl(tmp_path, "-a", urls, settings=IN_ORDER)
    again = crawl(tmp_path, "-a", urls, settings=IN_ORDER)
    assert site.paths == ["/story/1/100", "/story/1/101"] * 2
    assert "unchanged 2" in again.summary


def test_since_and_limit_bound_the_crawl(site: Site, tmp_path: Path) -> None:
    publish(site, range(112, 130))  # 1 to 18 February
    site.answers["/front"] = Answer(body=b'<a href="/story/1/130">undated</a>')
    site.answers["/story/1/130"] = Answer(body=story(130).encode())
    project(tmp_path, site, f'fronts = ("{site.url}/front",)')
    done = crawl(tmp_path, "-a", "since=2026-02-10", "-a", "limit=4", settings=IN_ORDER)
    asked = [path for path in site.paths if path.startswith("/story")]
    assert asked == ["/story/1/130", "/story/1/129", "/story/1/128", "/story/1/127"]  # the newest first
    assert done.rows("select count(*) from articles") == [(4,)]
    crawl(tmp_path, "-a", "since=2026-02-10")
    assert {int(path[-3:]) for path in site.paths if path.startswith("/story")} == set(range(121, 131))


def test_a_page_older_than_since_is_not_archived_though_its_listing_had_no_date(site: Site, tmp_path: Path) -> None:
    publish(site, range(112, 113))
    site.answers["/front"] = Answer(body=b'<a href="/story/1/113">2 February</a><a href="/story/1/139">28th</a>')
    for number in (113, 139):
        site.answers[f"/story/1/{number}"] = Answer(body=story(number).encode())
    project(tmp_path, site, f'fronts = ("{site.url}/front",)')
    done = crawl(tmp_path, "-a", "since=2026-02-20")
    assert done.status == 0, done.log
    assert done.rows("select url from articles") == [(f"{site.url}/story/1/139",)]


def test_bad_arguments_give_one_clear_line_and_no_crawl(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    project(tmp_path, site)
    for argument, reason in (
        ("limit=none", "limit=none: no number of stories; write 1 or more"),
        ("since=yesterday", "since=yesterday: no date; write it like 2026-02-01"),
        ("urls=file:///etc/passwd", "urls=file:///etc/passwd: no http or https address"),
        ("sinse=2026-02-01", "sinse= is nothing that a crawl of evening knows; it takes urls, since, limit"),
    ):
        done = crawl(tmp_path, "-a", argument)
        assert done.log == f"scrapy crawl: {reason}\n"
        assert done.status == 2
    assert site.requests == []
    assert not (tmp_path / "archive").exists()


def test_a_recording_that_is_none_gives_one_clear_line_and_no_crawl(site: Site, tmp_path: Path) -> None:
    project(tmp_path, site)
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 2))
    for setting, reason in (
        ("none.warc.gz", "WARC_REPLAY: no such recording: none.warc.gz"),
        ("whole.warc.gz,*.none", "WARC_REPLAY: no such recording: *.none"),
        ("whole.warc.gz", "whole.warc.gz: packed as one whole, not record by record"),
    ):
        done = crawl(tmp_path, settings=(*QUICK, f"WARC_REPLAY={setting}"))
        (line,) = done.log.splitlines()
        assert line.startswith("scrapy crawl: ")
        assert reason in line
        assert done.status == 2
    assert not (tmp_path / "archive").exists()


def test_listings_that_are_none_are_said_to_be_so(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    site.answers["/empty.xml"] = Answer(body=b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>')
    site.answers["/wall.xml"] = Answer(body=b"<html><body>Are you human?</body></html>")
    site.answers["/accepted.xml"] = Answer(status=202, body=b"")
    site.answers["/nothing.xml"] = Answer(body=b"")
    bomb = b'<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;">]><urlset><url><loc>&y;</loc></url></urlset>'
    site.answers["/bomb.xml"] = Answer(body=bomb)
    site.answers["/loop.xml"] = Answer(
        body=f"<sitemapindex><sitemap><loc>{site.url}/loop.xml</loc></sitemap></sitemapindex>".encode()
    )
    site.answers["/moved.xml"] = redirect("http://169.254.169.254/sitemap.xml")
    names = ("empty", "wall", "accepted", "nothing", "bomb", "loop", "moved", "missing")
    project(tmp_path, site, "sitemaps = (" + "".join(f'"{site.url}/{name}.xml",' for name in (*names, "sitemap")) + ")")
    done = crawl(tmp_path)
    assert done.status == 0, done.log
    for name, reason in (
        ("empty", "an empty sitemap"),
        ("wall", "it is a web page, perhaps a bot wall"),
        ("accepted", "202 Accepted"),
        ("nothing", "it is empty"),
        ("bomb", "it declares XML entities"),
        ("moved", "169.254.169.254 is no public address"),
        ("missing", "404 Not Found"),
    ):
        assert f"listing {site.url}/{name}.xml: {reason}" in done.log
    assert site.paths.count("/loop.xml") == 1
    assert "Traceback" not in done.log
    assert done.rows("select count(*) from articles") == [(1,)]


def test_an_index_without_end_is_not_followed_to_it(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    for depth in range(6):
        deeper = f"<sitemapindex><sitemap><loc>{site.url}/deep/{depth + 1}.xml</loc></sitemap></sitemapindex>"
        site.answers[f"/deep/{depth}.xml"] = Answer(body=deeper.encode())
    project(tmp_path, site, f'sitemaps = ("{site.url}/sitemap.xml", "{site.url}/deep/0.xml")')
    done = crawl(tmp_path)
    assert done.status == 0, done.log
    assert [path for path in site.paths if path.startswith("/deep")] == [f"/deep/{n}.xml" for n in range(3)]
    assert f"listing {site.url}/deep/2.xml: not followed: an index within 2 indexes" in done.log


def test_an_index_of_too_many_sitemaps_is_cut(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    children = "".join(f"<sitemap><loc>{site.url}/part/{n}.xml</loc></sitemap>" for n in range(MAX_SITEMAPS + 50))
    site.answers["/wide.xml"] = Answer(body=f"<sitemapindex>{children}</sitemapindex>".encode())
    project(tmp_path, site, f'sitemaps = ("{site.url}/sitemap.xml", "{site.url}/wide.xml")')
    done = crawl(tmp_path)
    assert done.status == 0, done.log
    assert len([path for path in site.paths if path.endswith(".xml")]) == MAX_SITEMAPS
    assert done.log.count(f"more than {MAX_SITEMAPS} sitemaps") == 1


def test_old_parts_of_an_index_are_left_out_by_since(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    parts = "".join(
        f"<sitemap><loc>{site.url}/{year}.xml</loc><lastmod>{year}-12-31</lastmod></sitemap>" for year in (2019, 2026)
    )
    site.answers["/index.xml"] = Answer(body=f"<sitemapindex>{parts}</sitemapindex>".encode())
    site.answers["/2026.xml"] = site.answers["/sitemap.xml"]
    project(tmp_path, site, f'sitemaps = ("{site.url}/index.xml",)')
    crawl(tmp_path, "-a", "since=2026-01-01")
    assert site.paths == ["/index.xml", "/2026.xml", "/story/1/100"]


def test_listed_addresses_that_are_none_have_a_line_and_a_row(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 103))
    bad = ("http://[::bad/story/1/5", "no address at all", "ftp://paper.example/story/1/6", "http:///story/1/7")
    sitemap_text = site.answers["/sitemap.xml"].body.decode()  # type: ignore[union-attr]
    entries = "".join(f"<url><loc>{url}</loc></url>" for url in bad)
    site.answers["/sitemap.xml"] = Answer(body=sitemap_text.replace("</urlset>", f"{entries}</urlset>").encode())
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert done.status == 0, done.log
    for url in bad:
        line = f"{url}: unreachable: no http or https address; it stands in {site.url}/sitemap.xml"
        assert line in done.log
    assert {url for (url,) in done.rows("select url from visits where outcome = 'unreachable'")} == set(bad)
    assert done.rows("select count(*) from articles") == [(3,)]


def test_a_crawl_in_which_nothing_could_be_read_fails(site: Site, tmp_path: Path) -> None:
    site.answers["/sitemap.xml"] = Answer(status=503)
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert done.status == 1
    assert "crawl failed: none of the paper's listings could be read" in done.log
    publish(site, range(100, 104))
    for number in range(100, 104):
        site.answers[f"/story/1/{number}"] = Answer(status=500)
    done = crawl(tmp_path)
    assert done.status == 1
    assert "crawl failed: none of 4 stories could be fetched" in done.log
    assert "Traceback" not in done.log
    for number in range(100, 104):
        site.answers[f"/story/1/{number}"] = Answer(body=b"<title>Robot check</title><h1>Are you a robot?</h1>")
    done = crawl(tmp_path)
    assert done.status == 1
    assert "crawl failed: none of 4 stories could be read" in done.log


def test_one_dead_story_among_old_ones_is_no_failure(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 104))
    site.answers["/story/1/103"] = Answer(status=500)
    project(tmp_path, site)
    for new in (3, 0):
        done = crawl(tmp_path)
        assert done.status == 0, done.log
        assert f"new {new}, unchanged 0, server_error 1, failed 1" in done.summary
    assert crawl(tmp_path, "-a", f"urls={site.url}/story/1/103").status == 1


def test_an_archive_that_cannot_be_opened_fails_the_crawl_in_one_line(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    project(tmp_path, site)
    (tmp_path / "other.db").write_bytes(b"this is no database at all, though it may look like one from afar" * 20)
    done = crawl(tmp_path, settings=(*QUICK, "ARCHIVE_URL=sqlite:///other.db"))
    assert done.status == 1
    assert "Traceback" not in done.log
    assert "other.db" in done.log
    assert site.paths == []


def test_the_log_of_a_good_crawl_is_one_line(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 103))
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert done.log.splitlines() == [done.summary]
