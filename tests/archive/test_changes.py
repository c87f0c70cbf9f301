"""Revisions as they are classed: what made them, what never makes one, and live blogs that grow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from newsarchive.archive.writing.changes import class_all
from newsarchive.page import Story
from tests.archive.conftest import Archive
from tests.archive.stories import BODY, NOON, capture, day, moment, story

TEXT = BODY + "\n\n園方說：「牠昨天沒有吃晚餐，可能是出去找點心。」"


def classed(archive: Archive) -> list[tuple[Any, ...]]:
    """The latest revision's class; booleans are numbers in SQLite."""
    query = "SELECT changed_fields, substantive, reasons, silent, additions FROM revisions WHERE number > 1 ORDER BY id"
    return [(fields, bool(one), reasons, bool(two), n) for fields, one, reasons, two, n in archive.rows(query)]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ({"body": TEXT.replace("，", ",")}, ('["body"]', False, "[]", True, 0)),
        (
            {"body": TEXT.replace("，", ","), "modified": moment(day(1))},
            ('["body","modified"]', False, "[]", False, 0),
        ),
        ({"body": TEXT.replace("沒有", "有")}, ('["body"]', True, '["quotes","negations"]', True, 0)),
        ({"headline": "小熊貓出走 第2夜"}, ('["headline"]', True, '["numbers"]', True, 0)),
        ({"byline": "記者陳大樹／台北報導"}, ('["byline"]', True, '["names"]', False, 0)),
        ({"tags": ["動物園"]}, ('["tags"]', False, "[]", False, 0)),
        ({"published": moment(day(-1))}, ('["published"]', True, '["dates"]', False, 0)),
        ({"modified": moment(NOON + timedelta(hours=3))}, ('["modified"]', False, "[]", False, 0)),
    ],
)
def test_a_revision_is_classed(archive: Archive, edit: dict[str, Any], expected: tuple[Any, ...]) -> None:
    given = {"body": TEXT, "modified": moment(NOON - timedelta(hours=1))}
    archive.write(story(1, **given))
    assert archive.rows("SELECT substantive, reasons, silent, additions FROM revisions") == [(None, "[]", None, 0)]
    archive.write(story(1, at=day(1), **given | edit))
    assert classed(archive) == [expected]


def test_without_a_time_of_change_that_of_publication_tells(archive: Archive) -> None:
    archive.write(story(1))
    archive.write(story(1, at=day(1), body=TEXT, published=moment(day(1))))
    archive.write(story(1, at=day(2), body=BODY, published=moment(day(1))))
    assert [(row[0], row[3]) for row in classed(archive)] == [('["body","published"]', False), ('["body"]', True)]


def test_a_notice_of_correction_is_kept_and_is_a_reason(archive: Archive) -> None:
    notice = "更正：小熊貓有三隻，不是兩隻。"
    archive.write(story(1, body=TEXT))
    archive.write(story(1, at=day(1), body=f"{TEXT}\n\n{notice}", correction=notice))
    assert archive.one("SELECT correction FROM articles") == notice
    ((_, substantive, reasons, _, _),) = classed(archive)
    assert substantive
    assert '"correction"' in reasons


def test_a_page_that_states_the_time_of_its_own_making_is_not_changed(archive: Archive) -> None:
    def fresh(at: datetime, **fields: Any) -> Story:
        return story(1, at=at, modified=moment(at - timedelta(minutes=1)), **fields)

    for number in range(4):
        archive.write(fresh(day(number)))
    assert classed(archive) == []
    archive.write(fresh(day(4), body=TEXT))
    assert [row[0] for row in classed(archive)] == ['["body","modified"]']


def test_a_time_of_change_that_is_no_longer_stated_refutes_none(archive: Archive) -> None:
    said = moment(NOON - timedelta(hours=1))
    archive.write(story(1, modified=said))
    archive.write(story(1, at=day(1)))
    archive.write(story(1, at=day(2), modified=said))
    assert classed(archive) == []
    assert archive.one("SELECT modified_at FROM articles") == "2026-03-01T03:00:00Z"


ENTRIES = [
    "（早上8時）市府開門，排隊的人從街角排到河邊。",
    "（早上10時）第一批表格發完，工作人員加開兩個窗口。",
    "（中午）志工送來三百個便當，隊伍移到樹蔭下。",
    "（下午2時）系統停擺半小時，市長到場致歉。",
    "（下午4時）系統恢復，市長說今天加班到晚上9時。",
]


def live(hours: float, entries: list[str], **fields: Any) -> Story:
    at = NOON + timedelta(hours=hours)
    body = "\n\n".join(reversed(entries))
    return story(1, at=at, body=body, live_blog=True, modified=moment(at - timedelta(hours=0.5)),
                 capture=capture(int(hours * 10)), **fields)  # fmt: skip


@pytest.mark.parametrize("together", [True, False])
def test_a_live_blog_grows_within_a_revision(archive: Archive, together: bool) -> None:
    visits = [live(2 * n, ENTRIES[: n + 1]) for n in range(4)] + [live(30, ENTRIES)]
    if together:
        assert archive.write(*visits) == {"new": 1, "changed": 4}
    else:
        for visit in visits:
            archive.write(visit)
    query = (
        "SELECT number, observed_at, warc_offset, additions FROM revisions JOIN captures ON captures.id = capture_id"
    )
    assert archive.rows(query + " ORDER BY number") == [
        (1, "2026-03-01T04:00:00Z", 0, 0),
        (2, "2026-03-01T10:00:00Z", 60, 3),
        (3, "2026-03-02T10:00:00Z", 300, 1),
    ]
    assert [row[1:4] for row in classed(archive)] == [(True, '["additions"]', False)] * 2
    bodies = "SELECT body FROM revisions ORDER BY number"
    assert [body.count("\n\n") for (body,) in archive.rows(bodies)] == [0, 3, 4]
    assert archive.one("SELECT body FROM articles") == "\n\n".join(reversed(ENTRIES))
    assert archive.one("SELECT count(*) FROM visits WHERE capture_id IS NOT NULL") == 5


def test_an_edit_in_a_live_blog_is_a_revision_of_its_own(archive: Archive) -> None:
    archive.write(live(0, ENTRIES[:2]))
    archive.write(live(1, ENTRIES[:3]))
    edited = [ENTRIES[0], ENTRIES[1].replace("兩個窗口", "五個窗口"), *ENTRIES[2:4]]
    archive.write(live(2, edited))
    archive.write(live(3, [*edited, ENTRIES[4]]))
    assert [(row[2], row[3], row[4]) for row in classed(archive)] == [
        ('["additions"]', False, 1),
        ('["numbers","additions"]', False, 1),
        ('["additions"]', False, 1),
    ]


def test_bytes_that_were_read_before_are_the_extractors_change(archive: Archive) -> None:
    """A recording that is replayed after the extractor became better, of a visit that had found nothing changed."""
    archive.write(story(1, capture=capture(1, digest="a"), byline=None, authors=[]))
    archive.write(story(1, at=day(1), capture=capture(2, digest="b"), byline=None, authors=[]))
    archive.write(story(1, at=day(1), capture=capture(3, digest="b")))
    archive.write(story(1, at=day(2), capture=capture(4, digest="c"), headline="小熊貓睡了"))
    archive.write(story(1, at=day(3), capture=capture(5, digest="b")))
    assert [cause for (cause,) in archive.rows("SELECT cause FROM revisions ORDER BY number")] == [
        "first", "extractor", "publisher", "publisher",
    ]  # fmt: skip


def test_an_upgrade_classes_the_revisions_that_are_there(archive: Archive) -> None:
    for number, fields in enumerate(({}, {"body": TEXT}, {"body": TEXT.replace("沒有", "有")}, {"tags": ["動物園"]})):
        archive.write(story(1, at=day(number), **fields))
    before = classed(archive)
    with archive.engine.begin() as connection:
        connection.execute(text("UPDATE revisions SET substantive = NULL, reasons = '[]', silent = NULL"))
        assert class_all(connection) == len(before) == 3
    assert classed(archive) == before
