"""What the archive makes of the pages, misses and captures of a crawl, on SQLite and on PostgreSQL."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from newsarchive.article import Author, Image
from newsarchive.page import Capture, Miss, Story
from tests.archive.conftest import Archive
from tests.archive.stories import BODY, NOON, OTHER, address, capture, day, link, miss, moment, story


def test_a_new_article_and_all_that_belongs_to_it(archive: Archive) -> None:
    page = capture(500)
    links = [link(8), link(9, "hot", published="2026-03-01 11:30")]
    assert archive.write(story(7, capture=page, related_links=links)) == {"new": 1}
    assert archive.rows("SELECT name, title, home_url, language, timezone FROM sources") == [
        ("morgenblatt", "晨報", "https://www.morgen.example/", "zh-Hant", "Asia/Taipei")
    ]
    assert archive.one(
        "SELECT external_id, headline, byline, place, kind, section, published_at, published_date, published_raw,"
        " published_basis, published_precision, first_seen_at, last_seen_at, duplicate_of_id FROM articles"
    ) == (
        "7", "小熊貓出走 第7夜", "記者林小川、陳大樹／台北報導", "台北", "報導", "地方", "2026-03-01T04:00:00Z",
        "2026-03-01", "2026-03-01 04:00", "site_zone", "minute", "2026-03-01T04:00:00Z", "2026-03-01T04:00:00Z", None,
    )  # fmt: skip
    assert archive.rows(
        "SELECT position, name, role FROM article_authors JOIN authors ON authors.id = author_id ORDER BY position"
    ) == [(1, "林小川", "記者"), (2, "陳大樹", "記者")]
    assert archive.rows("SELECT position, name FROM article_tags JOIN tags ON tags.id = tag_id ORDER BY position") == [
        (1, "動物園"),
        (2, "小熊貓"),
    ]
    assert archive.rows("SELECT position, caption, credit FROM images") == [(1, "小熊貓在販賣部", "動物園")]
    assert archive.rows("SELECT kind, position, title, published_at FROM related_links ORDER BY kind") == [
        ("hot", 1, "第9則", "2026-03-01T03:30:00Z"),
        ("related", 1, "第8則", None),
    ]
    assert archive.one("SELECT number, cause, changed_fields, observed_at, tags FROM revisions") == (
        1, "first", "[]", "2026-03-01T04:00:00Z", '["動物園","小熊貓"]',
    )  # fmt: skip
    assert archive.one("SELECT url, outcome, http_status, visited_at FROM visits") == (
        address(7), "new", 200, "2026-03-01T04:00:00Z",
    )  # fmt: skip
    assert archive.one(
        "SELECT warc_file, warc_offset, warc_length, digest FROM captures"
        " JOIN visits ON visits.capture_id = captures.id JOIN revisions ON revisions.capture_id = captures.id"
    ) == ("morgen-1.warc.gz", 500, 100, "sha256:500")


@pytest.mark.parametrize("apart", [0, 50, 300])
def test_a_story_under_two_addresses_with_two_wordings_in_one_second(archive: Archive, apart: int) -> None:
    """A page and its AMP form come side by side, and the second is not the older one for its milliseconds."""
    at = NOON + timedelta(milliseconds=900)
    later = at + timedelta(milliseconds=apart)
    short = story(7, at=later, body=BODY, url=address(7) + "/amp/", canonical_url=address(7))
    assert archive.write(story(7, at=at), short, story(8, at=later)) == {"new": 2, "changed": 1}
    assert archive.rows("SELECT number, cause FROM revisions WHERE article_id = 1 ORDER BY number") == [
        (1, "first"),
        (2, "publisher"),
    ]
    assert archive.one("SELECT body FROM articles WHERE id = 1") == BODY


def test_the_same_crawl_twice_adds_no_article_and_no_revision(archive: Archive) -> None:
    pages = [story(number, related_links=[link(number + 1)]) for number in range(30)]
    assert archive.write(*pages) == {"new": 30}
    again = [story(number, at=day(1), related_links=[link(number + 1)]) for number in range(30)]
    assert archive.write(*again) == {"unchanged": 30}
    assert archive.one("SELECT count(*) FROM articles") == 30
    assert archive.one("SELECT count(*) FROM revisions") == 30
    assert archive.one("SELECT count(*) FROM visits") == 60
    assert archive.rows("SELECT DISTINCT first_seen_at, last_seen_at FROM articles") == [
        ("2026-03-01T04:00:00Z", "2026-03-02T04:00:00Z")
    ]


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("headline", {"headline": "小熊貓回家了"}),
        ("kicker", {"kicker": "動物園"}),
        ("subheadline", {"subheadline": "販賣部的一夜"}),
        ("byline", {"byline": "記者林小川／台北報導"}),
        ("authors", {"authors": [Author("林小川", "記者")]}),
        ("provider", {"provider": "中央社"}),
        ("body", {"body": "市立動物園的小熊貓昨晚跑出柵欄。\n\n管理員說，牠在售票處睡著了。"}),
        ("body", {"body": BODY + "\n\n編號1。\n\n園方晚間證實。"}),
        ("images", {"images": [Image(url=None, caption="小熊貓在售票處", credit="動物園")]}),
        ("images", {"images": [Image(url=None, caption="小熊貓在販賣部", credit="讀者提供")]}),
        ("images", {"images": []}),
        ("published", {"published": moment(NOON + timedelta(minutes=1))}),
        ("published", {"published": None}),
        ("tags", {"tags": ["動物園"]}),
    ],
)
def test_what_a_reader_sees_changed_makes_a_revision(archive: Archive, field: str, fields: dict[str, Any]) -> None:
    archive.write(story(1, capture=capture(1)))
    changed = story(1, at=day(1), capture=capture(2), **fields)
    assert archive.write(changed) == {"changed": 1}
    assert archive.rows(
        "SELECT number, cause, changed_fields, observed_at, warc_offset FROM revisions"
        " JOIN captures ON captures.id = capture_id ORDER BY number"
    ) == [
        (1, "first", "[]", "2026-03-01T04:00:00Z", 1),
        (2, "publisher", f'["{field}"]', "2026-03-02T04:00:00Z", 2),
    ]
    assert_articles_repeat_their_latest_revision(archive)
    archive.write(story(1, at=day(2)))
    assert archive.one("SELECT count(*) FROM revisions") == 3
    assert_articles_repeat_their_latest_revision(archive)


def test_a_change_does_not_write_the_number_that_other_tables_point_to(archive: Archive) -> None:
    """Not even as it is: SQLite would look for the rows that point to it, and without an index look at all rows."""
    archive.write(story(1))
    written: list[str] = []
    event.listen(archive.engine, "before_cursor_execute", lambda *told: written.append(told[2]))
    archive.write(story(1, at=day(1), headline="小熊貓回家"))
    updates = [statement for statement in written if statement.startswith("UPDATE articles SET ")]
    assert any("headline=" in statement for statement in updates)
    assert not any(re.search(r"[ ,]id=", statement.partition("WHERE")[0]) for statement in updates)


@pytest.mark.parametrize(
    ("kept", "fields"),
    [
        ("headline", {"headline": "小熊貓出走  第1夜 "}),
        ("body", {"body": (BODY + "\n\n編號1。").replace("，", "， ").replace("\n\n", "\n\n\n")}),
        ("tags", {"tags": ["小熊貓", "動物園"]}),
        ("published_at", {"published": moment(precision="day", utc=None, raw="3月1日")}),
        ("published_raw", {"published": moment(NOON + timedelta(minutes=7), basis="inferred", raw="3小時前")}),
        (None, {"related_links": [link(5), link(6, "hot")]}),
        (None, {"images": [Image(url="https://cdn.example/other.jpg", caption="小熊貓在販賣部", credit="動物園")]}),
        (None, {"section": "生活", "language": "zh-Hans", "rules": {"headline": "json-ld"}, "lead_image": "https://x/"}),
        (None, {"modified": moment(day(1))}),
        (None, {"live_blog": True, "problems": ["JSON-LD is not JSON"]}),
    ],
)  # fmt: skip
def test_what_no_reader_sees_changed_makes_none(archive: Archive, kept: str | None, fields: dict[str, Any]) -> None:
    archive.write(story(1))
    before = archive.one(f"SELECT {kept or 'id'} FROM revisions")
    assert archive.write(story(1, at=day(1), **fields)) == {"unchanged": 1}
    assert archive.one("SELECT count(*) FROM revisions") == 1
    assert archive.one(f"SELECT {kept or 'id'} FROM revisions") == before
    assert_articles_repeat_their_latest_revision(archive)


def test_what_follows_the_page_is_brought_up_to_date(archive: Archive) -> None:
    archive.write(story(1, related_links=[link(2)]))
    archive.write(story(1, at=day(1), section="生活", modified=moment(day(1)), related_links=[link(3), link(4)]))
    assert archive.one("SELECT section, modified_at FROM articles") == ("生活", "2026-03-02T04:00:00Z")
    assert archive.one("SELECT section, modified_at FROM revisions") == ("生活", "2026-03-02T04:00:00Z")
    assert archive.rows("SELECT position, title FROM related_links ORDER BY 1") == [(1, "第3則"), (2, "第4則")]


def test_a_better_reading_of_the_same_bytes_is_the_extractors_change(archive: Archive) -> None:
    archive.write(story(1, capture=capture(1, digest="same"), byline=None, authors=[]))
    archive.write(story(1, at=day(1), capture=capture(2, digest="same")))
    assert archive.rows("SELECT number, cause, changed_fields FROM revisions WHERE number > 1") == [
        (2, "extractor", '["byline","authors"]')
    ]


def test_one_story_under_many_addresses_is_one_article(archive: Archive) -> None:
    archive.write(
        story(5),
        story(5, url=address(5, 99), canonical_url=None),
        story(5, url="https://morgen.example/story/10/5?utm_source=x", canonical_url=None),
        story(None, url=address(5), canonical_url=None, headline="小熊貓出走 第5夜", body=BODY + "\n\n編號5。"),
        story(6),
    )
    assert archive.one("SELECT count(*) FROM articles") == 2
    assert archive.one("SELECT count(*) FROM revisions") == 2
    assert [row[0] for row in archive.rows("SELECT url FROM addresses WHERE article_id = 1 ORDER BY url")] == [
        "https://morgen.example/story/10/5",
        address(5),
        address(5, 99),
    ]


def test_without_ids_the_canonical_address_is_the_identity(archive: Archive) -> None:
    one = {"source": OTHER, "headline": "Otter gefunden", "canonical_url": "https://abend.example/otter"}
    archive.write(
        story(None, url="https://abend.example/otter?ref=front", **one),
        story(None, url="https://abend.example/amp/otter", **one),
        story(None, url="https://abend.example/dachs", source=OTHER, canonical_url="https://abend.example/"),
        story(None, url="https://abend.example/igel", source=OTHER, canonical_url="https://abend.example/"),
    )
    assert archive.one("SELECT count(*) FROM articles") == 3


def test_a_moved_story_keeps_its_article(archive: Archive) -> None:
    archive.write(story(3))
    redirect = capture(40, url=address(3), status=301, at=day(1))
    moved = story(3, at=day(1), url=address(3, 20), requested=address(3), capture=capture(50, url=address(3, 20)))
    assert archive.write(redirect, moved) == {"moved": 1, "unchanged": 1}
    assert archive.rows(
        "SELECT visits.url, outcome, visits.http_status, redirect_url, article_id, warc_offset FROM visits"
        " LEFT JOIN captures ON captures.id = capture_id ORDER BY visits.id"
    ) == [
        (address(3), "new", 200, None, 1, None),
        (address(3), "moved", 301, address(3, 20), 1, 40),
        (address(3, 20), "unchanged", 200, None, 1, 50),
    ]
    assert archive.one("SELECT url FROM articles") == address(3, 20)


def test_http_and_the_bare_host_are_no_move(archive: Archive) -> None:
    assert archive.write(story(3, requested="http://morgen.example/story/10/3/")) == {"new": 1}


def test_an_address_that_redirects_to_another_story_moves_nothing(archive: Archive) -> None:
    old, new = "https://abend.example/otter", "https://abend.example/dachs"
    archive.write(story(None, url=old, source=OTHER, headline="Otter gefunden"))
    other = story(
        None, at=day(1), url=new, requested=old, source=OTHER, headline="Dachs entlaufen", body="Ganz anders."
    )
    assert archive.write(other) == {"moved": 1, "new": 1}
    assert archive.rows("SELECT article_id, outcome FROM visits ORDER BY id") == [(1, "new"), (1, "moved"), (2, "new")]
    same = story(
        None, at=day(2), url="https://abend.example/o", requested=new, source=OTHER, headline="Dachs entlaufen"
    )
    archive.write(same)
    assert archive.one("SELECT count(*) FROM articles") == 2


def test_a_paywalled_half_never_replaces_a_longer_body(archive: Archive) -> None:
    archive.write(story(1))
    half = {"body": "市立動物園的小熊貓昨晚跑出柵欄。", "images": [], "paywalled": True, "outcome": "paywalled"}
    assert archive.write(story(1, at=day(1), **half)) == {"paywalled": 1}
    assert archive.one("SELECT body, paywalled FROM articles") == (BODY + "\n\n編號1。", False)
    assert archive.one("SELECT count(*) FROM revisions") == 1
    assert archive.write(story(1, at=day(2), headline="小熊貓回家了", **half)) == {"paywalled": 1}
    assert archive.one("SELECT changed_fields, body FROM revisions WHERE number = 2") == (
        '["headline"]',
        BODY + "\n\n編號1。",
    )
    assert_articles_repeat_their_latest_revision(archive)


def test_the_whole_text_replaces_a_half(archive: Archive) -> None:
    assert archive.write(story(1, body="開頭。", paywalled=True, outcome="paywalled")) == {"paywalled": 1}
    assert archive.one("SELECT body, paywalled FROM articles") == ("開頭。", True)
    assert archive.write(story(1, at=day(1))) == {"changed": 1}
    assert archive.one("SELECT body, paywalled FROM articles") == (BODY + "\n\n編號1。", False)


@pytest.mark.parametrize(
    ("outcome", "recorded", "fields"),
    [
        ("truncated", "truncated", {}),
        ("challenge", "challenge", {}),
        (None, "unreadable", {"headline": None}),
        (None, "unreadable", {"body": None}),
        ("unreadable", "unreadable", {"headline": None, "body": None}),
        ("paywalled", "paywalled", {"body": None}),
    ],
)
def test_a_page_that_is_no_article_is_a_visit_only(
    archive: Archive, outcome: Any, recorded: str, fields: dict[str, Any]
) -> None:
    assert archive.write(story(1, outcome=outcome, capture=capture(9), **fields), story(2)) == {recorded: 1, "new": 1}
    assert archive.one("SELECT count(*) FROM articles") == 1
    assert archive.one("SELECT article_id, warc_offset FROM visits JOIN captures ON captures.id = capture_id") == (
        None,
        9,
    )
    archive.write(story(1))
    archive.write(story(1, at=day(1), outcome=outcome, **fields))
    assert archive.one("SELECT count(*) FROM revisions WHERE article_id = 2") == 1
    assert archive.one(
        "SELECT outcome FROM visits WHERE article_id = 2 AND visited_at = '2026-03-02T04:00:00Z'"
    ) == recorded  # fmt: skip


def test_every_miss_is_a_visit(archive: Archive) -> None:
    archive.write(story(1))
    outcomes = ["not_modified", "redirect_loop", "not_found", "gone", "forbidden", "client_error", "rate_limited",
                "robots_denied", "challenge", "too_large", "timeout", "unreachable", "server_error"]  # fmt: skip
    misses = [miss(outcome, at=NOON + timedelta(hours=n)) for n, outcome in enumerate(outcomes)]  # type: ignore[arg-type]
    unknown = Miss(source=OTHER, url="https://abend.example/nie", outcome="gone", visited_at=day(3), reason="410 Gone")
    archive.write(*misses, replace(unknown, http_status=410, capture=capture(77, status=410)))
    rows = archive.rows("SELECT outcome, article_id, reason FROM visits ORDER BY id")
    assert rows[1:-1] == [(outcome, 1, f"{outcome}!") for outcome in outcomes]
    assert rows[-1] == ("gone", None, "410 Gone")
    assert archive.one("SELECT name, http_status FROM visits JOIN sources ON sources.id = source_id"
                       " WHERE capture_id IS NOT NULL") == ("abend.example", 410)  # fmt: skip


def test_not_modified_means_still_there(archive: Archive) -> None:
    archive.write(story(1))
    archive.write(miss("not_modified", at=day(4)))
    archive.write(miss("gone", at=day(5)))
    assert archive.one("SELECT last_seen_at FROM articles") == "2026-03-05T04:00:00Z"


def test_each_recorded_response_is_one_capture_of_its_crawl(archive: Archive) -> None:
    first, robots = capture(1), capture(2, url="https://www.morgen.example/robots.txt")
    archive.write(first, robots)
    archive.write(story(1, capture=first), first)
    assert archive.rows("SELECT warc_offset FROM captures ORDER BY 1") == [(1,), (2,)]
    assert archive.one("SELECT capture_id FROM visits") == 1
    archive.writer = type(archive.writer)(archive.engine, archive.begin())
    archive.write(story(1, capture=first))
    assert archive.rows("SELECT crawl_id, warc_offset FROM captures ORDER BY id") == [(1, 1), (1, 2), (2, 1)]


def duplicates(archive: Archive) -> dict[str, int | None]:
    return dict(archive.rows("SELECT external_id, duplicate_of_id FROM articles"))  # type: ignore[arg-type]


def test_the_same_text_points_at_the_first_archived(archive: Archive) -> None:
    archive.write(story(1, body="同一篇文章。"))
    archive.write(story(2, body="同一篇 文章"), story(3, body="同一篇文章！", headline="別的標題"))
    archive.write(story(4, body="同一篇文章。", source=OTHER, url="https://abend.example/4"))
    assert duplicates(archive) == {"1": None, "2": 1, "3": 1, "4": 1}


def test_duplicates_are_settled_again_when_a_body_changes(archive: Archive) -> None:
    archive.write(*(story(number, body="同一篇文章。") for number in (1, 2, 3)), story(4, body="另一篇。"))
    archive.write(story(1, at=day(1), body="另一篇。"))  # the first leaves: the second is now the first
    assert duplicates(archive) == {"1": None, "2": None, "3": 2, "4": 1}
    archive.write(story(1, at=day(2), body="同一篇文章。"))  # and comes back
    assert duplicates(archive) == {"1": None, "2": 1, "3": 1, "4": None}
    archive.write(story(3, at=day(3), body="各說各話。"), story(2, at=day(3), body="各說各話。"))
    assert duplicates(archive) == {"1": None, "2": None, "3": 2, "4": None}


def test_links_find_their_articles_sooner_or_later(archive: Archive) -> None:
    def targets() -> list[tuple[Any, ...]]:
        return archive.rows("SELECT article_id, title, target_article_id FROM related_links ORDER BY 1, kind, position")

    archive.write(story(1, related_links=[link(2, category=77), link(3, "hot")]))
    assert targets() == [(1, "第3則", None), (1, "第2則", None)]
    archive.write(story(2, related_links=[link(1), link(2)]))  # under another category: the paper's own id tells
    assert targets() == [(1, "第3則", None), (1, "第2則", 2), (2, "第1則", 1), (2, "第2則", 2)]
    archive.write(story(3, source=OTHER, url=address(3)))  # another paper that stands at the same address
    assert targets()[0] == (1, "第3則", 3)


def history(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.rows(
        "SELECT number, cause, changed_fields, headline, observed_at, warc_offset FROM revisions"
        " LEFT JOIN captures ON captures.id = capture_id ORDER BY number"
    )


def test_an_older_recording_undoes_nothing(archive: Archive) -> None:
    archive.write(story(1, at=day(2), related_links=[link(2)]))
    assert archive.write(story(1, at=day(0), related_links=[link(3)], capture=capture(5))) == {"unchanged": 1}
    assert archive.one(
        "SELECT first_seen_at, last_seen_at, title FROM articles JOIN related_links ON article_id = id"
    ) == (
        "2026-03-01T04:00:00Z",
        "2026-03-03T04:00:00Z",
        "第2則",
    )
    assert history(archive) == [(1, "first", "[]", "小熊貓出走 第1夜", "2026-03-01T04:00:00Z", 5)]
    assert_articles_repeat_their_latest_revision(archive)


def test_an_older_recording_finds_its_place_in_the_history(archive: Archive) -> None:
    archive.write(story(1, at=day(4), headline="丙"))
    archive.write(story(1, at=day(6), headline="丁"))
    assert archive.write(story(1, at=day(0), headline="甲", capture=capture(1))) == {"changed": 1}
    assert archive.write(
        story(1, at=day(2), headline="乙", capture=capture(2)),
        story(1, at=day(1), headline="甲"),  # still the first
        story(1, at=day(3), headline="丙", capture=capture(3)),  # the third, a day before it was known
        story(7, at=day(3)),
        story(1, at=day(7), headline="戊"),
    ) == {"changed": 2, "unchanged": 2, "new": 1}
    assert [row for row in history(archive) if row[3] != "小熊貓出走 第7夜"] == [
        (1, "first", "[]", "甲", "2026-03-01T04:00:00Z", 1),
        (2, "publisher", '["headline"]', "乙", "2026-03-03T04:00:00Z", 2),
        (3, "publisher", '["headline"]', "丙", "2026-03-04T04:00:00Z", 3),
        (4, "publisher", '["headline"]', "丁", "2026-03-07T04:00:00Z", None),
        (5, "publisher", '["headline"]', "戊", "2026-03-08T04:00:00Z", None),
    ]
    assert_articles_repeat_their_latest_revision(archive)


def test_text_of_every_kind_comes_back_as_it_was(archive: Archive) -> None:
    strange = "「𠮷野家」 'x'; DROP TABLE articles; -- %s :name {} \\ \N{ZERO WIDTH JOINER} 👩‍🌾\n\n第二段"
    archive.write(story(1, headline=strange, body=strange, tags=[strange], authors=[Author(strange, strange)]))
    assert archive.one("SELECT headline, body FROM articles") == (strange, strange)
    assert archive.one("SELECT name FROM tags") == strange


def test_batches_of_any_size_give_the_same_archive(tmp_path: Path) -> None:
    """A seeded month of a paper: what is decided must not depend on where a batch happens to end."""
    chance = random.Random(20260301)
    items: list[Story | Miss | Capture] = []
    for step in range(400):
        at = NOON + timedelta(minutes=step - chance.choice([0, 0, 0, 90]))  # some come late
        number = chance.randrange(40)
        if chance.random() < 0.2:
            items.append(miss(chance.choice(["gone", "not_modified", "timeout"]), at=at, url=address(number)))
            continue
        page = capture(step, url=address(number), at=at)
        items.append(page)
        items.append(
            story(
                number,
                at=at,
                url=address(number, chance.choice([10, 10, 10, 20])),
                requested=address(number) if chance.random() < 0.3 else None,
                capture=page,
                headline=f"標題{chance.randrange(3)}",
                body=f"正文{chance.randrange(6)}。",
                tags=[f"標籤{chance.randrange(5)}" for _ in range(chance.randrange(3))],
                related_links=[link(chance.randrange(40)) for _ in range(chance.randrange(4))],
                outcome=chance.choice([None] * 8 + ["paywalled", "truncated"]),
                section=chance.choice(["地方", "生活"]),
            )
        )
    archives = []
    for size in (1, 7, 100, len(items)):
        archive = Archive(f"sqlite:///{tmp_path}/{size}.db")
        for start in range(0, len(items), size):
            archive.write(*items[start : start + size])
        archives.append(archive)
    tables = ("articles", "revisions", "visits", "captures", "addresses", "images", "field_yields", "sources")
    named = (
        "SELECT article_id, position, name, role FROM article_authors JOIN authors ON id = author_id",
        "SELECT article_id, position, name FROM article_tags JOIN tags ON id = tag_id",
        "SELECT article_id, kind, position, url, title, target_article_id FROM related_links",
    )
    for query in (*(f"SELECT * FROM {table}" for table in tables), *named):
        expected, *others = (set(archive.rows(query)) for archive in archives)
        assert expected
        for other in others:
            assert other == expected, query
    assert archives[0].rows("SELECT max(revision_count) FROM articles") > [(3,)]
    for archive in archives:
        assert_articles_repeat_their_latest_revision(archive)
        archive.engine.dispose()


def assert_articles_repeat_their_latest_revision(archive: Archive) -> None:
    columns = (
        "headline kicker subheadline byline provider desk place kind section language published_at published_date"
        " published_raw published_zone published_basis published_precision modified_at modified_raw body paywalled"
        " live_blog text_digest"
    )
    listed = ", ".join(columns.split())
    articles = archive.rows(f"SELECT id, revision_count, {listed} FROM articles ORDER BY id")
    latest = archive.rows(
        f"SELECT article_id, number, {listed} FROM revisions AS r"
        " WHERE number = (SELECT max(number) FROM revisions WHERE article_id = r.article_id) ORDER BY article_id"
    )
    assert articles == latest
    numbers = archive.rows("SELECT article_id, count(*), min(number), max(number) FROM revisions GROUP BY article_id")
    assert all(count == highest and lowest == 1 for _, count, lowest, highest in numbers)
