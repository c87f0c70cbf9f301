"""A crawl comes back: to which stories, when, in which order, and what it asks of the server."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from newsarchive.crawl.revisits import Revisits, share_out
from newsarchive.warc.walk import Entry, walk
from tests.crawl.crawling import IN_ORDER, QUICK, crawl, project, publish, sitemap, story
from tests.server import Answer, Request, Site

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def archive(folder: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "archive/newsarchive.db") as connection:
        rows = connection.execute(sql, values).fetchall()
    connection.close()
    return rows


def let_time_pass(folder: Path, by: timedelta) -> None:
    """Put what the archive remembers so far back that ``by`` has passed since; what pages say stays."""
    columns = {
        "articles": ("first_seen_at", "last_seen_at", "last_changed_at"),
        "revisions": ("observed_at",),
        "visits": ("visited_at",),
        "captures": ("fetched_at",),
        "next_visits": ("visited_at", "unseen_since", "due_at"),
        "announcements": ("modified_seen_at", "first_seen_at", "last_seen_at"),
        "sightings": ("first_seen_at", "last_seen_at"),
    }
    for table, names in columns.items():
        for name in names:
            earlier = f"strftime('%Y-%m-%dT%H:%M:%SZ', {name}, '-{by.total_seconds():.0f} seconds')"
            archive(folder, f"UPDATE {table} SET {name} = {earlier}")


def asked(site: Site, since: int = 0) -> list[str]:
    return [path for path in site.paths[since:] if path.startswith("/story")]


def last(site: Site, path: str) -> Request:
    return [request for request in site.requests if request.path == path][-1]


# --- The policy -----------------------------------------------------------------------------------------------------


def visits(policy: Revisits, crawl_every: timedelta, until: timedelta) -> list[timedelta]:
    """The ages at which a story that never changes is visited, if it is found at once."""
    ages, now, due = [], timedelta(0), timedelta(0)
    while now <= until:
        if now >= due:
            ages.append(now)
            due = now + policy.pace(now)[1]
        now += crawl_every
    return ages


def test_waits_widen_with_age() -> None:
    ages = visits(Revisits(), HOUR / 2, 365 * DAY)
    assert 25 <= len(ages) <= 45
    waits = [later - earlier for earlier, later in pairwise(ages)]
    assert waits == sorted(waits)
    assert waits[0] == HOUR
    assert waits[-1] >= 60 * DAY


@pytest.mark.parametrize("hour", [0, 3, 12, 23])
def test_a_daily_crawl_sees_a_fresh_story_every_day(hour: int) -> None:
    """Whatever hour it was published at; a wait of a full day would let every other crawl find it not yet due."""
    policy = Revisits()
    at = timedelta(hours=hour)
    for _ in range(5):
        assert policy.pace(at)[1] <= DAY - timedelta(minutes=30)
        at += DAY


def test_a_policy_without_sense_is_refused() -> None:
    for wrong in ({"rungs": ()}, {"rungs": (DAY, HOUR)}, {"quiet": 0}, {"retry": -1}):
        with pytest.raises(ValueError, match="has to be"):
            Revisits(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("new", "due", "limit", "shared"),
    [
        (100, 100, None, (100, 100)),
        (100, 100, 40, (20, 20)),
        (5, 100, 40, (5, 35)),
        (100, 5, 40, (35, 5)),
        (100, 100, 1, (1, 0)),
        (0, 100, 1, (0, 1)),
        (0, 0, 10, (0, 0)),
    ],
)
def test_neither_new_nor_due_stories_starve(new: int, due: int, limit: int | None, shared: tuple[int, int]) -> None:
    of_new, of_due = share_out(range(new), range(due), limit=limit, share=0.5)
    assert (len(of_new), len(of_due)) == shared


# --- Real crawls ----------------------------------------------------------------------------------------------------


def test_a_crawl_with_nothing_new_costs_one_conditional_request_for_each_due_story(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 106))
    for number in range(100, 106):
        headers = (("ETag", f'"v{number}"'), ("Last-Modified", "Sun, 01 Feb 2026 08:00:00 GMT"))
        site.answers[f"/story/1/{number}"] = Answer(body=story(number).encode(), headers=headers)
    project(tmp_path, site)
    crawl(tmp_path)
    fetched = len(site.requests)
    crawl(tmp_path)
    assert {request.path for request in site.requests[fetched:]} == {"/robots.txt", "/sitemap.xml"}  # nothing is due
    let_time_pass(tmp_path, 200 * DAY)
    for number in range(100, 106):
        site.answers[f"/story/1/{number}"] = Answer(status=304, content_type=None, headers=(("ETag", f'"v{number}"'),))
    fetched = len(site.requests)
    done = crawl(tmp_path, "-s", "LOG_LEVEL=INFO")
    assert done.status == 0, done.log
    assert "not_modified 6, failed 0" in done.summary
    assert done.log.splitlines() == [done.summary]
    requests = [request for request in site.requests[fetched:] if request.path.startswith("/story")]
    assert sorted(request.path for request in requests) == [f"/story/1/{number}" for number in range(100, 106)]
    for request in requests:
        assert request.headers["if-none-match"] == f'"v{request.path[-3:]}"'
        assert request.headers["if-modified-since"] == "Sun, 01 Feb 2026 08:00:00 GMT"
    assert done.rows("select outcome, count(*), count(capture_id) from visits group by 1") == [
        ("new", 6, 6),
        ("not_modified", 6, 6),
    ]
    assert done.rows("select count(*) from revisions") == [(6,)]
    assert done.rows("select count(*) from articles where last_seen_at > first_seen_at") == [(6,)]
    crawl(tmp_path)
    assert len(asked(site)) == 12  # seen just now, and not due


def records(folder: Path, path: str) -> list[dict[str, str]]:
    """The fields of the answers recorded for a path, in their order."""
    files = sorted((folder / "archive/warc").glob("*.warc.gz"))
    entries = [entry for file in files for entry in walk(file) if isinstance(entry, Entry)]
    found = [entry.fields for entry in entries if entry.fields["warc-type"] in ("response", "revisit")]
    return sorted((one for one in found if one["warc-target-uri"].endswith(path)), key=lambda one: one["warc-date"])


def test_an_unchanged_page_is_recorded_as_a_revisit_of_the_first_record(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    project(tmp_path, site)
    for _ in range(3):
        done = crawl(tmp_path)
        assert done.status == 0, done.log
        let_time_pass(tmp_path, 200 * DAY)
    first, second, third = records(tmp_path, "/story/1/100")
    assert first["warc-type"] == "response"
    for later in (second, third):
        assert later["warc-type"] == "revisit"
        assert later["warc-refers-to-target-uri"] == first["warc-target-uri"]
        assert later["warc-refers-to-date"] == first["warc-date"]
        assert later["warc-payload-digest"] == first["warc-payload-digest"]
    assert [one["warc-type"] for one in records(tmp_path, "/robots.txt")] == ["response", "revisit", "revisit"]
    rows = done.rows("select count(*), count(distinct digest), count(distinct warc_file) from captures"
                     " where url like '%/story/1/100'")  # fmt: skip
    assert rows == [(3, 1, 3)]
    assert done.rows("select outcome, count(*) from visits group by 1") == [("new", 2), ("unchanged", 4)]
    site.answers["/story/1/100"] = Answer(body=story(100).replace("cold morning", "warm morning").encode())
    crawl(tmp_path)
    assert records(tmp_path, "/story/1/100")[-1]["warc-type"] == "response"


def test_a_change_narrows_the_wait_again(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    old = {number: story(number).replace("2026-02", "2025-02") for number in (100, 101)}  # whatever today's date is
    for number, text in old.items():
        site.answers[f"/story/1/{number}"] = Answer(body=text.encode())
    project(tmp_path, site)
    crawl(tmp_path)
    let_time_pass(tmp_path, 200 * DAY)
    site.answers["/story/1/100"] = Answer(body=old[100].replace("cold morning", "warm morning").encode())
    done = crawl(tmp_path)
    (changed,), (quiet,) = done.rows("select rung from next_visits order by url")
    assert changed == 0
    assert quiet >= len(Revisits().rungs) - 2
    let_time_pass(tmp_path, HOUR)
    fetched = len(site.paths)
    crawl(tmp_path)
    assert asked(site, fetched) == ["/story/1/100"]


def test_a_missing_story_is_asked_for_soon_again_and_removed_only_when_the_evidence_says_so(
    site: Site, tmp_path: Path
) -> None:
    publish(site, range(100, 103))
    project(tmp_path, site)
    crawl(tmp_path)
    let_time_pass(tmp_path, 200 * DAY)
    site.answers["/story/1/100"] = Answer(status=404)
    site.answers["/story/1/101"] = Answer(status=410)
    site.answers["/story/1/102"] = Answer(status=503)
    query = "select url, visits, not_found, gone from removals order by url"
    done = crawl(tmp_path)
    assert done.rows(query) == [(f"{site.url}/story/1/101", 1, 0, 1)]  # one 404 proves nothing, nor does a 503
    let_time_pass(tmp_path, HOUR)
    done = crawl(tmp_path)
    assert done.rows(query) == [(f"{site.url}/story/1/100", 2, 2, 0), (f"{site.url}/story/1/101", 2, 0, 2)]
    since = done.rows("select missing_since, last_seen_at, last_visited_at from removals order by url limit 1")
    assert since[0][1] < since[0][0] < since[0][2]
    for number in (100, 101, 102):
        site.answers[f"/story/1/{number}"] = Answer(body=story(number).encode())
    let_time_pass(tmp_path, 3 * HOUR)
    done = crawl(tmp_path)
    assert done.rows(query) == []
    assert "unchanged 3" in done.summary


def test_a_story_listed_as_modified_is_fetched_again(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 104))
    project(tmp_path, site)
    crawl(tmp_path)
    let_time_pass(tmp_path, timedelta(minutes=1))
    site.answers["/sitemap.xml"] = sitemap(
        site, range(100, 104), modified={101: "2099-01-01T00:00:00Z", 102: "2020-01-01T00:00:00Z"}
    )
    site.answers["/story/1/101"] = Answer(body=story(101).replace("cold morning", "warm morning").encode())
    fetched = len(site.paths)
    again = crawl(tmp_path)
    assert site.paths[fetched:] == ["/sitemap.xml", "/story/1/101"]
    assert again.rows("select number from revisions join articles on articles.id = article_id order by 1 desc")[0] == (
        2,
    )


def test_a_false_lastmod_of_the_future_is_believed_once(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    site.answers["/sitemap.xml"] = sitemap(site, range(100, 102), modified={100: "2099-01-01T00:00:00Z"})
    project(tmp_path, site)
    for _ in range(3):
        crawl(tmp_path, settings=IN_ORDER)
    assert asked(site) == ["/story/1/101", "/story/1/100"]


def test_what_the_limit_left_is_fetched_later_though_no_listing_names_it_any_more(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 106))
    project(tmp_path, site)
    first = crawl(tmp_path, "-a", "limit=2")
    assert first.rows("select announced, archived, missing from completeness order by announced_date desc limit 3") == [
        (1, 1, 0),
        (1, 1, 0),
        (1, 0, 1),
    ]
    assert first.rows("select visits, last_outcome from unarchived") == [(0, None)] * 4
    site.answers["/sitemap.xml"] = sitemap(site, [105])
    done = crawl(tmp_path)
    assert done.rows("select count(*) from articles") == [(6,)]
    assert done.rows("select count(*), sum(missing) from completeness") == [(6, 0)]


def test_what_cannot_be_archived_is_tried_ever_more_seldom_and_then_given_up(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    site.answers["/story/1/100"] = Answer(status=404)
    project(tmp_path, site)
    # Half of what has passed since the announcement: at hours 0, 0.5, 1.5 (not before 0.75), 2.5 (2.25), 4.5 (3.75) and
    # then not before 6.75. The first wait keeps every crawl a quarter of an hour away from the moment that decides.
    tried = []
    for number, wait in enumerate((HOUR / 2, *[HOUR] * 7)):
        fetched = len(site.paths)
        crawl(tmp_path)
        if "/story/1/100" in asked(site, fetched):
            tried.append(number)
        let_time_pass(tmp_path, wait)
    assert tried == [0, 1, 2, 3, 5]
    row = archive(tmp_path, "select visits, last_outcome, last_reason from unarchived")
    assert row == [(5, "not_found", "404 Not Found")]
    site.answers["/sitemap.xml"] = sitemap(site, [101])
    let_time_pass(tmp_path, 6 * DAY)
    fetched = len(site.paths)
    crawl(tmp_path)
    assert "/story/1/100" in asked(site, fetched)  # named a week ago at most
    let_time_pass(tmp_path, 2 * DAY)
    fetched = len(site.paths)
    crawl(tmp_path)
    assert "/story/1/100" not in asked(site, fetched)


def test_where_much_is_due_what_is_latest_for_its_pace_comes_first_and_the_new_get_their_share(
    site: Site, tmp_path: Path
) -> None:
    publish(site, range(100, 110))
    project(tmp_path, site)
    crawl(tmp_path)
    let_time_pass(tmp_path, 200 * DAY)
    # 107 and 108 are young and hours late, which is more for them than some days are for the old ones.
    hours_ago = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-{} hours')"
    late = f"UPDATE next_visits SET rung = 0, visited_at = {hours_ago.format(90)}, due_at = {hours_ago.format(89)}"
    archive(tmp_path, f"{late} WHERE url LIKE '%107' OR url LIKE '%108'")
    for number in range(200, 210):
        site.answers[f"/story/1/{number}"] = Answer(body=story(number).encode())
    site.answers["/sitemap.xml"] = sitemap(site, range(200, 210))
    fetched = len(site.paths)
    crawl(tmp_path, "-a", "limit=4", settings=IN_ORDER)
    paths = asked(site, fetched)
    assert sorted(paths[2:]) == ["/story/1/107", "/story/1/108"]
    assert all(path.startswith("/story/1/2") for path in paths[:2])
    done = crawl(tmp_path, settings=(*QUICK, "REVISIT_LIMIT=3"))
    assert "fetched 11, new 8, unchanged 3" in done.summary


def test_a_paper_states_a_pace_of_its_own(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    project(tmp_path, site)
    spider = tmp_path / "evening_spiders/evening.py"
    text = spider.read_text().replace(
        '    name = "evening"', '    name = "evening"\n    revisits = Revisits(rungs=(timedelta(0),))'
    )
    spider.write_text(
        "from datetime import timedelta\nfrom newsarchive.crawl.revisits import Revisits\n" + text.lstrip()
    )
    for _ in range(2):
        done = crawl(tmp_path)
        assert done.status == 0, done.log
    assert "fetched 2, new 0, unchanged 2" in done.summary


def test_listings_are_remembered_by_story_and_place(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    site.answers["/front"] = Answer(body=b'<a href="/story/2/100">again</a><a href="/story/1/102">a front alone</a>')
    site.answers["/story/1/102"] = Answer(body=story(102).encode())
    project(tmp_path, site, f'fronts = ("{site.url}/front",)')
    crawl(tmp_path)
    site.answers["/front"] = Answer(body=b"<p>empty</p>")
    let_time_pass(tmp_path, HOUR)
    done = crawl(tmp_path)
    rows = done.rows(
        "select key, listings.kind, sightings.last_seen_at > sightings.first_seen_at, headline from sightings"
        " join announcements on announcements.id = announcement_id join listings on listings.id = listing_id"
        " join articles on articles.id = article_id order by 1, 2"
    )
    assert rows == [
        ("100", "front", 0, "Juniper opens its bridge number 100"),
        ("100", "sitemap", 1, "Juniper opens its bridge number 100"),
        ("101", "sitemap", 1, "Knoll opens its bridge number 101"),
        ("102", "front", 0, "Linden opens its bridge number 102"),
    ]


def test_a_page_left_out_by_since_leaves_a_visit(site: Site, tmp_path: Path) -> None:
    publish(site, range(112, 113))
    site.answers["/front"] = Answer(body=b'<a href="/story/1/113">2 February</a>')
    site.answers["/story/1/113"] = Answer(body=story(113).encode())
    project(tmp_path, site, f'fronts = ("{site.url}/front",)')
    done = crawl(tmp_path, "-a", "since=2026-02-20")
    assert done.rows("select url, article_id, outcome, http_status, reason, capture_id > 0 from visits") == [
        (f"{site.url}/story/1/113", None, "unchanged", 200,
         "published 2026-02-02, before since=2026-02-20: not archived", 1),
    ]  # fmt: skip
    let_time_pass(tmp_path, HOUR)  # it is tried again when as much time has passed as from being listed to that visit
    done = crawl(tmp_path)
    assert done.rows("select count(*) from articles") == [(2,)]
