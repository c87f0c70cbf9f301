"""The made-up newspapers: each recording is what its files say, and each page says what is to be read from it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.fixtures.pack import FIXTURES, manifests, pack, read_page, recording

WORLDJOURNAL = FIXTURES / "worldjournal"
PAGES = sorted(page for page in FIXTURES.rglob("*.html") if page.with_suffix(".json").exists())
FIELDS = frozenset(json.loads((WORLDJOURNAL / "stories" / "9900101.json").read_text("utf-8")))


def records(warc: Path) -> list[tuple[str, str, str, list[tuple[str, str]], bytes]]:
    """Kind, address, date, HTTP headers and decoded body of each record. Compression may differ between zlibs."""
    with warc.open("rb") as file:
        return [
            (
                record.rec_type,
                record.rec_headers["WARC-Target-URI"],
                record.rec_headers["WARC-Date"],
                [pair for pair in record.http_headers.headers if pair[0] != "Content-Length"],
                record.content_stream().read(),
            )
            for record in ArchiveIterator(file)
        ]


@pytest.mark.parametrize("manifest", manifests(), ids=lambda manifest: recording(manifest).name)
def test_a_recording_is_what_its_files_say(manifest: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.warc.gz"
    packed.write_bytes(pack(manifest))
    assert records(recording(manifest)) == records(packed), "run python tests/fixtures/pack.py"
    assert pack(manifest) == packed.read_bytes()


def test_every_story_page_has_its_expected_fields() -> None:
    stories = sorted((WORLDJOURNAL / "stories").glob("*.html"))
    assert len(stories) >= 40
    assert [page.name for page in stories if not page.with_suffix(".json").exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.parent.name}/{page.stem}")
def test_expected_fields_are_whole_and_stand_on_the_page(page: Path) -> None:
    expected = json.loads(page.with_suffix(".json").read_text("utf-8"))
    assert set(expected) == FIELDS
    text = read_page(page)
    assert expected["headline"] in text
    for link in expected["related_links"]:
        assert link["title"] in text
    for image in expected["images"]:
        assert all(part in text for part in (image["caption"], image["credit"]) if part)


def test_no_two_stories_are_from_one_template() -> None:
    """No sentence stands in two stories, but for the two that print the same text on purpose."""
    seen: dict[str, str] = {}
    for page in PAGES:
        if page.parent != WORLDJOURNAL / "stories" or "." in page.stem or page.stem == "9900129":
            continue
        for paragraph in (json.loads(page.with_suffix(".json").read_text("utf-8"))["body"] or "").split("\n\n"):
            for sentence in paragraph.split("。"):
                if len(sentence) > 8:
                    assert seen.setdefault(sentence, page.stem) == page.stem, sentence


DAYS = FIXTURES / "worldjournal-days"
STORIES = json.loads((DAYS / "days.json").read_text("utf-8"))["stories"]
STATUS = {"not_found": 404, "gone": 410, "not_modified": 304}


def answers(day: int) -> dict[str, dict[str, Any]]:
    """The answers of a day's recording by story id; of a moved story, that of the address where it now is."""
    manifest = tomllib.loads((DAYS / f"day-{day}.toml").read_text("utf-8"))
    stories = (answer for answer in manifest["answer"] if "/story/" in answer["url"] and answer.get("status") != 301)
    return {answer["url"].rpartition("/")[2]: answer for answer in stories}


@pytest.mark.parametrize(
    "story", json.loads((DAYS / "days.json").read_text("utf-8"))["stories"], ids=lambda s: s["what"]
)
def test_five_days_are_what_days_json_says(story: dict[str, Any]) -> None:
    seen: dict[str, Any] = {}
    changes = {revision["day"]: revision["changed_fields"] for revision in story["revisions"]}
    for day, outcome in enumerate(story["visits"], 1):
        answer = answers(day).get(story["external_id"])
        assert (answer is None) == (outcome is None)
        if answer is None:
            continue
        assert answer.get("status", 200) == STATUS.get(outcome, 200)
        if outcome in ("new", "changed", "unchanged"):
            now = json.loads((DAYS / answer["file"]).with_suffix(".json").read_text("utf-8"))
            differ = [f for f in FIELDS - {"related_links", "section", "url", "canonical_url"} if seen.get(f) != now[f]]
            assert (day in changes) == (outcome != "unchanged")
            assert sorted(differ if seen else []) == sorted(changes.get(day, []))
            seen = now
