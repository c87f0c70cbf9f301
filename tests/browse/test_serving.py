"""What stands behind the pages: descriptions and questions from the document, languages, who may ask."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner

from newsarchive.browse.coverage import bars
from newsarchive.browse.document import described_tables, read_document, worked_queries
from newsarchive.browse.questions import defaults, questions
from newsarchive.browse.shield import choose_language
from newsarchive.browse.words import CHINESE
from newsarchive.browse.words_of_data import PARAMETERS, TABLES
from newsarchive.cli import main
from tests.archive.conftest import Archive

QUESTIONS = questions(read_document())
TEMPLATES = Path(__file__).parents[2] / "newsarchive/browse/templates"
# The values of the document's own examples.
EXAMPLES = {
    "source": "morgenblatt", "since": "2026-03-01", "until": "2026-03-31", "author": "林小川", "tag": "動物園",
    "article": "2", "credit": "動物園", "address": "https://www.morgen.example/story/10/2", "external_id": "20",
}  # fmt: skip


def get(url: str, **headers: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_every_question_of_the_document_is_there_once() -> None:
    assert [question.title for question in QUESTIONS] == [title for title, _ in worked_queries(read_document())]
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


def test_no_question_is_left_with_an_example_of_the_document() -> None:
    for question in QUESTIONS:
        assert not re.search(r"morgen|林小川|動物園|2026|article_id = [0-9]", question.sql, re.MULTILINE), question


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_answers_what_the_documents_query_answers(site: str, archive: Archive, question: object) -> None:
    sql = dict(worked_queries(read_document()))[question.title]  # type: ignore[attr-defined]
    until = "2026-03-07" if "2026-03-07" in sql else EXAMPLES["until"]
    given = {**EXAMPLES, "until": until}
    asked = {name: given[name] for name in question.parameters}  # type: ignore[attr-defined]
    address = f"{site}/archive/{question.name}.json?" + urlencode({**asked, "_shape": "arrays"})  # type: ignore[attr-defined]
    status, body = get(address)
    assert status == 200, body
    with archive.engine.connect() as connection:
        there = [list(row) for row in connection.exec_driver_sql(sql.replace("%", "%%"))]
    assert json.loads(body)["rows"] == there


def test_every_parameter_has_a_value_of_this_archive(archive: Archive) -> None:
    assert set(defaults(archive.engine)) == {name for question in QUESTIONS for name in question.parameters}


def test_tables_and_columns_are_described(site: str) -> None:
    for name, described in described_tables(read_document()).items():
        if name != "shingles":
            status, page = get(f"{site}/archive/{name}")
            assert status == 200
            assert page.count("<dt>") >= len(described.columns)


def test_every_word_of_our_templates_has_its_chinese() -> None:
    templates = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    words = set(re.findall(r'\bt\("([^"]+)"', templates))
    assert words - set(CHINESE) == set()


def test_tables_rows_and_answers_speak_chinese_too(site: str) -> None:
    for address in ("/archive/article_rows", "/archive/articles/2", "/archive/who-wrote-most-in-a-week", "/archive"):
        status, page = get(site + address, **{"Accept-Language": "zh-TW"})
        assert status == 200
        shown = re.sub(r"<(title|style|textarea|pre)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
        for english in (
            "Suggested",
            "This data",
            "Apply",
            "sorted by",
            "Custom SQL",
            "contains",
            "Run",
            "home",
            "rows",
        ):
            assert not re.search(rf"\b{english}\b", shown), (address, english)
    assert set(TABLES) == set(described_tables(read_document())) - {"shingles"}
    assert {name for question in QUESTIONS for name in question.parameters} <= set(PARAMETERS)
    assert {question.title for question in QUESTIONS} <= set(CHINESE)


@pytest.mark.parametrize(
    ("asked", "cookie", "accepted", "language"),
    [
        (None, "", "", "en"),
        (None, "", "de-DE,zh;q=0.8,en;q=0.5", "zh-Hant"),
        (None, "a=b; lang=en", "zh-TW", "en"),
        ("zh", "lang=en", "en", "zh-Hant"),
        ("<script>", "lang=<script>", "fr", "en"),
    ],
)
def test_which_language(asked: str | None, cookie: str, accepted: str, language: str) -> None:
    assert choose_language(asked, cookie, accepted) == language


def test_another_sites_name_for_this_machine_is_refused(site: str) -> None:
    assert get(site + "/archive.json", Host="evil.example")[0] == 403
    assert get(site + "/archive.json", Host="localhost:80")[0] == 200


def test_the_file_itself_and_other_files_are_not_given(site: str) -> None:
    for path in ("/archive.db", "/assets/../pages.py", "/assets/" + quote("../pages.py", safe=""), "/_memory"):
        assert get(site + path)[0] in (403, 404), path


def test_bars_are_days_then_months_then_years() -> None:
    assert [bar.label for bar in bars({"2026-02-27": 1, "2026-03-02": 4}, {"2026-03-02": 1})] == [
        "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]  # fmt: skip
    months = bars({"2025-11-03": 2, "2026-12-31": 1, "nonsense": 9}, {"2025-11-03": 1})
    assert (months[0].label, months[0].since, months[0].until) == ("2025-11", "2025-11-01", "2025-11-30")
    assert (len(months), months[0].share, months[-1].until) == (14, 0.5, "2026-12-31")
    assert [bar.label for bar in bars({"1999-01-01": 1, "2026-01-01": 1}, {})][::27] == ["1999", "2026"]
    assert len(bars({"0001-01-01": 1, "9999-12-31": 1}, {})) <= 201
    assert bars({}, {}) == []


def test_what_cannot_be_opened_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "other.db").write_text("not a database")
    for archive, said in ((tmp_path / "missing.db", "no archive"), (tmp_path / "other.db", "not an SQLite file")):
        result = CliRunner().invoke(main, ["browse", "--archive", str(archive)])
        assert result.exit_code == 1
        assert said in result.output
        assert len(result.output.strip().splitlines()) == 1
