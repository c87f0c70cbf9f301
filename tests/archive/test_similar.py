"""The same story elsewhere is found as an article arrives; templates and shared background are not taken for it."""

from __future__ import annotations

import random
from collections import Counter
from itertools import count, permutations

import pytest
from click.testing import CliRunner

from newsarchive.archive.connection import writing
from newsarchive.archive.lookup import find_articles
from newsarchive.archive.similar import BOILERPLATE, rebuild
from newsarchive.cli import main
from newsarchive.page import Story
from tests.archive.conftest import Archive
from tests.archive.judging import judge, share
from tests.archive.stories import OTHER, day, moment, story
from tests.fixtures.duplicates.pairs import SEED, Desk, pairs, tales

TALES = [tale for tale in tales() if tale.language == "zh"]
FERRY, OTTER = TALES[0], TALES[1]
LINKS = "SELECT article_id, other_id, relation FROM similar_articles ORDER BY article_id, other_id"
_numbers = count(1)


def reprint(body: str, *, hour: int = 0, url: str | None = None) -> Story:
    """A story of the other paper."""
    url = url or f"https://abend.example/{next(_numbers)}"
    return story(None, source=OTHER, url=url, body=body, at=day(hour), published=moment(day(hour)))


def cut(share: float = 0.66) -> str:
    return "本報訊\n\n" + FERRY.text[: int(len(FERRY.text) * share)]


def test_the_labelled_set_is_as_large_as_its_figures_claim() -> None:
    labels = Counter(pair.relation is not None for pair in pairs())
    assert labels[True] >= 600
    assert labels[False] >= 600
    untouched = sum(pair.untouched for pair in pairs())
    assert untouched > len(pairs()) / 4
    assert pairs() == pairs()


def test_variants_are_found_and_strangers_are_not(archive: Archive) -> None:
    verdicts = judge(archive.engine, pairs())
    untouched = [(pair, relation) for pair, relation in verdicts if pair.untouched]
    for some in (verdicts, untouched):
        reached = share(some)
        assert reached["same_text precision, strict"] >= 0.99, reached
        assert reached["same_text recall"] >= 0.92, reached
        assert reached["linked precision"] >= 0.99, reached
        assert reached["linked recall"] >= 0.97, reached


def test_articles_of_one_batch_find_each_other_and_those_before(archive: Archive) -> None:
    archive.write(story(1, body=FERRY.text), reprint(cut()), story(2, body=OTTER.text))
    assert archive.rows(LINKS) == [(2, 1, "same_text")]
    archive.write(reprint(cut(0.5)))
    assert archive.rows(LINKS) == [(2, 1, "same_text"), (4, 1, "same_text"), (4, 2, "same_text")]
    score, method, version = archive.one("SELECT score, method, version FROM similar_articles WHERE article_id = 2")
    assert 0.5 < score < 0.75
    assert (method, version) == ("shingles", 2)


@pytest.mark.parametrize("order", list(permutations((0, 1, 2))))
def test_a_round_up_shares_text_with_its_stories_and_is_the_same_as_neither(
    archive: Archive, order: tuple[int, ...]
) -> None:
    both = f"{FERRY.text}\n\n{OTTER.text}"
    stories = [story(1, body=FERRY.text), reprint(OTTER.text), reprint(both, url="https://abend.example/round-up")]
    for number in order:
        archive.write(stories[number])
    assert [relation for _, _, relation in archive.rows(LINKS)] == ["shares_text", "shares_text"]
    assert all(score > 0.9 for (score,) in archive.rows("SELECT score FROM similar_articles"))
    assert archive.one("SELECT count(*) FROM story_groups") == 0
    # Printed elsewhere too, cut a little, it is the same as itself.
    archive.write(reprint(both[:-60], hour=1))
    assert [relation for _, _, relation in archive.rows(LINKS)].count("same_text") == 1
    assert archive.one("SELECT count(*) FROM story_groups") == 2


def test_simplified_finds_traditional_under_another_byline(archive: Archive) -> None:
    simplified = Desk("zh", random.Random(SEED)).script(cut())
    archive.write(story(1, body=FERRY.text), reprint(simplified))
    assert archive.rows(LINKS) == [(2, 1, "same_text")]


def test_a_changed_text_is_linked_anew(archive: Archive) -> None:
    archive.write(story(1, body=FERRY.text), reprint(cut(), url="https://abend.example/cut"))
    archive.write(reprint(OTTER.text, hour=1, url="https://abend.example/cut"))
    assert archive.rows(LINKS) == []
    assert archive.one("SELECT count(*) FROM story_groups") == 0
    hashes = archive.one("SELECT count(*) FROM shingles")
    archive.write(reprint(OTTER.text[:-40], hour=2, url="https://abend.example/cut"), story(3, body=OTTER.text))
    assert archive.rows(LINKS) == [(3, 2, "same_text")]
    archive.write(reprint(cut(), hour=3, url="https://abend.example/cut"))
    assert archive.rows(LINKS) == [(2, 1, "same_text")]
    assert archive.rows("SELECT article_id FROM story_groups ORDER BY 1") == [(1,), (2,)]
    # No hash of an earlier text is left behind: the three texts of now have no more than they would have had at once.
    assert archive.one("SELECT count(*) FROM shingles") < hashes * 2


def test_copies_stand_for_their_original_until_it_changes(archive: Archive) -> None:
    archive.write(story(1, body=FERRY.text), reprint(FERRY.text), reprint(cut()))
    assert archive.rows(LINKS) == [(3, 1, "same_text")]
    assert archive.rows("SELECT article_id, group_id FROM story_groups ORDER BY 1") == [(1, 1), (2, 1), (3, 1)]
    archive.write(story(1, body=OTTER.text, at=day(1)))
    # The copy is now the first with this text.
    assert archive.rows(LINKS) == [(3, 2, "same_text")]
    assert archive.rows("SELECT article_id, group_id FROM story_groups ORDER BY 1") == [(2, 2), (3, 2)]
    archive.write(story(1, body=FERRY.text, at=day(2)))
    assert archive.rows(LINKS) == [(3, 1, "same_text")]
    assert len(archive.rows("SELECT article_id FROM story_groups")) == 3


def test_what_stands_under_every_story_fills_no_index(sqlite_archive: Archive) -> None:
    closing = "本網站之文字及圖片均受著作權法保護，未經書面同意不得轉載、重製或公開傳輸，違者將依法追究。" * 3
    bodies = [f"{chr(0x4E00 + n)}{chr(0x5000 + n)}" * 40 + closing for n in range(BOILERPLATE * 2)]
    for start in range(0, len(bodies), 50):
        sqlite_archive.write(*(story(100 + start + n, body=body) for n, body in enumerate(bodies[start : start + 50])))
    most = "SELECT max(articles) FROM (SELECT count(*) AS articles FROM shingles GROUP BY hash) AS counted"
    assert sqlite_archive.one(most) == BOILERPLATE + 1


def test_links_made_anew_are_those_made_on_arrival(archive: Archive) -> None:
    desk = Desk("zh", random.Random(SEED))
    archive.write(*(story(n, body=tale.text) for n, tale in enumerate(TALES, 1)))
    archive.write(*(reprint(desk.cut(tale, 0.6)) for tale in TALES))
    archive.write(*(reprint(desk.lead(tale, tale.text)) for tale in TALES), reprint(FERRY.text))
    tables = {
        table: archive.rows(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("similar_articles", "story_groups", "shingles")
    }
    assert len(tables["similar_articles"]) == 3 * len(TALES)
    with writing(archive.engine) as connection, connection.begin():
        assert rebuild(connection) == 3 * len(TALES) + 1
    for table, rows in tables.items():
        assert archive.rows(f"SELECT * FROM {table} ORDER BY 1, 2") == rows, table


def test_a_story_is_told_in_the_order_of_printing(archive: Archive) -> None:
    archive.write(reprint(cut(), hour=2), story(1, body=FERRY.text, published=moment(day(1))))
    archive.write(reprint(FERRY.text, hour=3), story(2, body=OTTER.text))
    found = archive.rows(
        "SELECT position, articles, source, first_source, first_printed_at FROM story_clusters"
        " WHERE story_id = (SELECT group_id FROM story_groups WHERE article_id = 1) ORDER BY position"
    )
    first = "2026-03-02T04:00:00Z"
    assert found == [
        (1, 3, "morgenblatt", "morgenblatt", first),
        (2, 3, "abend.example", "morgenblatt", first),
        (3, 3, "abend.example", "morgenblatt", first),
    ]


def test_show_names_the_similar_articles_of_an_article_and_of_its_copies(sqlite_archive: Archive) -> None:
    sqlite_archive.write(story(1, body=FERRY.text), reprint(cut()), reprint(FERRY.text))
    shown = {number: find_articles(sqlite_archive.engine, f"#{number}")[0].similar for number in (1, 2, 3)}
    assert [(one.id, one.source, one.relation) for one in shown[1]] == [(2, "abend.example", "same_text")]
    assert [(one.id, one.source, one.relation) for one in shown[2]] == [(1, "morgenblatt", "same_text")]
    assert shown[3] == shown[1]
    printed = CliRunner().invoke(main, ["show", "#2", "--archive", sqlite_archive.url], catch_exceptions=False).output
    assert "#1, morgenblatt, same text 6" in printed


@pytest.mark.parametrize("body", ["短訊。", "…", "a b c", "１２３"])
def test_short_texts_are_only_compared_exactly(sqlite_archive: Archive, body: str) -> None:
    sqlite_archive.write(story(1, body=body), reprint(body + "又。"), reprint(body))
    assert sqlite_archive.rows(LINKS) == []
    assert sqlite_archive.one("SELECT duplicate_of_id FROM articles WHERE id = 3") == 1
