"""The archive as a reader sees it: the real command, in a real browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.archive.conftest import Archive
from tests.archive.stories import story

PHONE, DESKTOP = 375, 1280
PAGES = {
    "front": "/",
    "search": "/search?q=" + quote("小熊") + "&revised=1",
    "article": "/article/2",
    "hostile article": "/article/15",
    "coverage": "/coverage?q=" + quote("動物"),
    "questions": "/questions",
    "data": "/archive",
    "view": "/archive/article_rows",
    "row": "/archive/articles/15",
    "query": "/archive/stories-with-a-tag-newest-first?tag=" + quote("動物園"),
}
Visit = Callable[..., Any]


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Visit]:
    """Open an address of the site; ``asked`` of the page lists every address that the browser asked for."""
    contexts = []

    def open_page(path: str, *, width: int = DESKTOP, locale: str = "en-US", scheme: str = "light") -> Any:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.dialogs = []
        page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
        page.answer = page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_its_screen_and_asks_nobody_else(visit: Visit, site: str, name: str, width: int) -> None:
    page = visit(PAGES[name], width=width)
    assert page.answer.status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert all(url.startswith(site) for url in page.asked)
    assert page.title() != "taken"
    unlabelled = "input:not([type=hidden]):not([type=submit]), textarea"
    if name not in ("view", "row", "query"):  # these are Datasette's
        assert page.eval_on_selector_all(unlabelled, "all => all.filter(one => !one.labels.length).length") == 0


@pytest.mark.parametrize("name", PAGES)
def test_no_script_of_a_scraped_page_runs(visit: Visit, site: str, name: str) -> None:
    page = visit(PAGES[name])
    assert page.locator("main script, main img, main style, main iframe, [onerror], [onmouseover]").count() == 0
    protocols = page.eval_on_selector_all(
        "a[href]", "all => all.map(one => new URL(one.getAttribute('href'), location).protocol)"
    )
    assert set(protocols) <= {"http:", "https:"}
    assert page.dialogs == []
    assert "script-src" not in page.answer.headers["content-security-policy"]
    assert page.answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.answer.headers["referrer-policy"] == "no-referrer"


def test_even_markup_that_slips_through_would_do_nothing(visit: Visit) -> None:
    page = visit("/article/15")
    page.evaluate("""document.querySelector('main').insertAdjacentHTML('beforeend',
        '<img id=bad src="http://evil.example/x.png" onerror="document.title=`taken`">')""")
    page.wait_for_timeout(200)
    assert page.title() != "taken"
    assert not [url for url in page.asked if "evil.example" in url and page.evaluate("bad.naturalWidth")]


def test_an_attack_is_shown_as_the_text_that_it_is(visit: Visit) -> None:
    page = visit("/article/15")
    assert "<script>document.title = 'taken'</script>" in page.locator("article .text").inner_text()
    assert page.locator("article h1").inner_text().startswith("惡意二<script>")


@pytest.mark.parametrize(
    ("locale", "words", "language"), [("en-US", "stories found", "en"), ("zh-TW", "則報導", "zh-Hant")]
)
def test_two_characters_are_searched_from_the_front(visit: Visit, locale: str, words: str, language: str) -> None:
    page = visit("/", locale=locale)
    assert page.locator("html").get_attribute("lang") == language
    page.get_by_role("searchbox").fill("熊猫")  # simplified; the stories are in traditional characters
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*")
    assert words in page.get_by_role("status").inner_text()
    assert {mark.inner_text() for mark in page.locator("mark").all()} == {"熊貓"}
    page.locator(".stories a").first.click()
    assert page.locator("article h1").inner_text()


def test_the_language_is_chosen_and_kept(visit: Visit) -> None:
    page = visit("/questions?lang=zh")
    assert page.locator("h1").inner_text() == "查詢範例"
    page.get_by_role("link", name="搜尋").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hant"
    page.get_by_role("link", name="English").click()
    assert page.locator("nav").first.inner_text().split() == ["Search", "Coverage", "Questions", "Data"]


def test_an_article_reads_like_one(visit: Visit) -> None:
    page = visit("/article/2")
    article = page.locator("article")
    assert article.locator("h1").inner_text() == "小熊貓回家了"
    assert "記者林小川、陳大樹／台北報導" in article.inner_text()
    assert article.locator(".caption").inner_text() == "小熊貓在販賣部"
    assert article.locator(".credit").inner_text() == "動物園"
    assert page.locator("#history del").all_inner_texts()
    assert "回家了" in "".join(page.locator("#history ins").all_inner_texts())
    assert "unchanged" not in page.locator("#history summary").first.inner_text()
    assert page.locator("table tbody tr").count() == 2  # visits
    # The agency's text, and who else printed it.
    copied = visit("/search?q=" + quote("一字不改"))
    copied.locator(".stories a").first.click()
    copied.wait_for_url("**/article/*")
    assert copied.get_by_role("heading", name="Also printed").count() == 1


def test_what_is_wrong_with_a_query_is_said(visit: Visit) -> None:
    for path in ("/search?q=" + quote("(小熊"), "/coverage?q=" + quote("(小熊"), "/search?since=yesterday"):
        page = visit(path)
        assert page.answer.status == 400
        assert page.get_by_role("alert").inner_text()
    assert visit("/search?q=" + "小" * 10_000).get_by_role("alert").inner_text()
    assert visit("/article/4040").answer.status == 404


def test_coverage_is_drawn_and_told_as_a_table(visit: Visit) -> None:
    page = visit("/coverage?q=" + quote("動物"))
    assert page.locator("svg rect.hit").count() > 0
    page.get_by_text("As a table").click()
    assert page.locator("table tbody tr").count() == 5


def test_what_is_written_meanwhile_is_seen_at_once(visit: Visit, archive: Archive) -> None:
    assert visit("/search?q=" + quote("剛剛寫入")).locator(".stories li").count() == 0
    archive.write(story(900, headline="剛剛寫入的一則"))
    assert visit("/search?q=" + quote("剛剛寫入")).locator(".stories li").count() == 1


@pytest.mark.parametrize(
    "sql", ["DELETE FROM articles", "WITH x AS (SELECT 1) DELETE FROM articles", "PRAGMA user_version=9"]
)
def test_nothing_can_be_written(visit: Visit, archive: Archive, sql: str) -> None:
    before = archive.one("SELECT count(*) FROM articles")
    assert visit("/archive?sql=" + quote(sql)).answer.status == 400
    assert archive.one("SELECT count(*) FROM articles") == before
    assert sqlite3.connect(archive.url.removeprefix("sqlite:///")).execute("PRAGMA user_version").fetchone() == (0,)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(visit: Visit, scheme: str) -> None:
    """WCAG's 4.5 to 1, for text and for what is said beside it."""
    page = visit("/article/2", scheme=scheme)
    assert (
        page.evaluate(
            """() => {
          const linear = c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
          const light = parts => parts.map(c => linear(c / 255))
            .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const colour = (one, name) => getComputedStyle(one)[name].match(/[\\d.]+/g).slice(0, 3).map(Number);
          const ground = colour(document.documentElement, 'backgroundColor');
          return ['article .text p', '.about', '.section', 'time', '.top nav a', '.foot'].filter(name => {
            const pair = [light(colour(document.querySelector(name), 'color')), light(ground)].sort((a, b) => b - a);
            return (pair[0] + .05) / (pair[1] + .05) < 4.5;
          });
        }"""
        )
        == []
    )
