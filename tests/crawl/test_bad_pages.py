"""Twenty stories, one of them bad: the other nineteen are archived, and the bad one has its line and its row."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.crawl.crawling import QUICK, TOWNS, Crawl, crawl, project, publish, sitemap, story
from tests.server import Answer, Site, gzipped, redirect

NUMBERS = range(100, 120)
BAD = 107
PATH = f"/story/1/{BAD}"
PAGE = story(BAD)
# Stands in pages that state their charset wrongly or not at all.
CHINESE = """<html><head><title>小鎮新橋通車 居民步行過河</title></head><body><article>
<h1>小鎮新橋通車 居民步行過河</h1>
<p>小鎮的新橋在寒冷的早晨通車，第一批走過橋樑進城的是住在河對岸的七百位居民，他們等這座橋已經等了二十年。</p>
<p>鎮長說，橋上的鋼樑由火車運來，經費是居民多年節省下來的；從今年冬天起，再也不必搭渡船，學生上學也不會遲到。</p>
<p>通往新橋的道路要到春天才開工，在那以前，車輛必須停在磨坊旁邊，由工作人員指揮，分批過橋。</p>
</article></body></html>"""


def page(html: str, *, encoding: str = "utf-8", content_type: str | None = "text/html", **rest: object) -> Answer:
    return Answer(body=html.encode(encoding), content_type=content_type, **rest)  # type: ignore[arg-type]


def body_without(text: str, *tags: str) -> str:
    for tag in tags:
        start, end = text.index(f"<{tag}"), text.rindex(f"</{tag}>") + len(tag) + 3
        text = text[:start] + text[end:]
    return text


CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing the paper</h1>"
    "<p>Please enable JavaScript and cookies to continue.</p><div id='challenge-form' class='g-recaptcha'></div>"
    "</body></html>"
)
LOGIN = (
    "<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1><form action='/login' method='post'>"
    "<input name='user'><input type='password' name='password'><button>Sign in</button></form></body></html>"
)

# A bad answer, what the row says of it, and words of the log line.
MISSES = {
    "empty body": (Answer(), "unreadable", "empty"),
    "no headline": (page(body_without(PAGE, "h1", "title")), "unreadable", "headline"),
    "no body": (page(body_without(PAGE, "p")), "unreadable", "body"),
    "cut off": (page(PAGE[:-200], length=len(PAGE) + 500), "truncated", ""),
    "truncated HTML": (page(PAGE[:-100]), "truncated", "it ends in the middle"),
    "challenge": (page(CHALLENGE), "challenge", ""),
    "login": (page(LOGIN), "challenge", ""),
    "challenge, 202": (Answer(status=202), "challenge", "202 Accepted"),
    "redirect to a login": (redirect("/account/login?next=/story"), "challenge", "which is no story"),
    "redirect to the front": (redirect("/front"), "not_found", "which is no story"),
    "redirect loop": (redirect(PATH), "redirect_loop", "redirects in a loop"),
    "redirect to a file": (redirect("file:///etc/passwd"), "unreachable", "file:///etc/passwd"),
    "404": (Answer(status=404), "not_found", "404 Not Found"),
    "410": (Answer(status=410), "gone", "410 Gone"),
    "403": (Answer(status=403), "forbidden", "403 Forbidden"),
    "400": (Answer(status=400), "client_error", "400 Bad Request"),
    "429": (Answer(status=429), "rate_limited", "429"),
    "500": (Answer(status=500), "server_error", "500 Internal Server Error"),
    "503": (Answer(status=503), "server_error", "503 Service Unavailable"),
    "too large": (page(PAGE + "x" * 300_000), "too_large", "larger than DOWNLOAD_MAXSIZE"),
    "gzip bomb": (gzipped(b"x" * 50_000_000), "too_large", "decompress to more than DOWNLOAD_MAXSIZE"),
    "no answer in time": (Answer(wait=20), "timeout", "no answer in time"),
    "connection reset": (Answer(reset=True), "unreachable", ""),
}


def crawl_with(site: Site, folder: Path, answer: Answer) -> Crawl:
    publish(site, NUMBERS)
    site.answers[PATH] = answer
    for path in ("/account/login?next=/story", "/front"):
        site.answers[path] = page(LOGIN if "login" in path else PAGE)
    project(folder, site)
    patience = ("DOWNLOAD_TIMEOUT=2",) if answer.wait else ()
    done = crawl(folder, settings=(*QUICK, "DOWNLOAD_MAXSIZE=200000", *patience))
    assert done.status == 0, done.log
    assert "Traceback" not in done.log
    archived = {number for (url,) in done.rows("select url from articles") if (number := int(url[-3:])) != BAD}
    assert archived == set(NUMBERS) - {BAD}
    return done


@pytest.mark.parametrize("name", MISSES)
def test_a_bad_page_is_told_and_recorded_and_nothing_else_is_lost(site: Site, tmp_path: Path, name: str) -> None:
    answer, outcome, words = MISSES[name]
    done = crawl_with(site, tmp_path, answer)
    assert done.outcome(PATH) == outcome
    lines = [line for line in done.log.splitlines() if f"{PATH}: {outcome}: " in line]
    assert len(lines) == 1, done.log
    assert words in lines[0].partition(f"{outcome}: ")[2]
    assert done.rows(f"select count(*) from articles where url like '%{PATH}'") == [(0,)]


# What is wrong with these pages is not enough to lose them. Words of the log line, where there is something to say.
READ = {
    "Big5 as UTF-8": (page(CHINESE, encoding="big5", content_type="text/html; charset=utf-8"), "utf-8"),
    "Big5, not said": (page(CHINESE, encoding="big5"), None),
    "GB18030 as ISO-8859-1": (
        page(CHINESE, encoding="gb18030", content_type="text/html; charset=iso-8859-1"),
        "cp1252",
    ),
    "UTF-8 as Big5": (page(CHINESE, content_type="text/html; charset=big5"), "big5"),
    "a charset that there is not": (page(CHINESE, content_type="text/html; charset=utf-42"), None),
    "no content type": (page(PAGE, content_type=None), None),
    "JSON-LD that is not JSON": (
        page(PAGE.replace("</head>", '<script type="application/ld+json">{"headline": oops}</script></head>')),
        "JSON-LD is not JSON",
    ),
    "a date in the future": (page(PAGE.replace('content="2026-02', 'content="2099-02')), "in the future"),
    "a canonical address that is none": (
        page(PAGE.replace("</head>", '<link rel="canonical" href="http://[::bad"></head>')),
        None,
    ),
    "a link to nowhere": (
        page(PAGE.replace("</article>", '<a href="http://[">x</a><img src="http://]["></article>')),
        None,
    ),
}


@pytest.mark.parametrize("name", READ)
def test_a_page_with_a_flaw_is_read_all_the_same(site: Site, tmp_path: Path, name: str) -> None:
    answer, words = READ[name]
    done = crawl_with(site, tmp_path, answer)
    assert done.outcome(PATH) == "new"
    ((headline, body),) = done.rows(f"select headline, body from articles where url like '%{PATH}'")
    assert headline in (f"{TOWNS[BAD % len(TOWNS)]} opens its bridge number {BAD}", "小鎮新橋通車 居民步行過河")
    assert "by rail" in body or "走過橋樑進城" in body
    lines = [line.partition("read, though: ")[2] for line in done.log.splitlines() if f"{PATH}: " in line]
    if words is not None:
        assert [words.lower() in line.lower() for line in lines] == [True], done.log


def test_a_server_that_is_not_there(site: Site, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/story/1/{BAD}"
    done = crawl_with(site, tmp_path, redirect(closed))
    assert done.outcome(PATH) == "unreachable"
    assert "Connection refused" in done.log or "was refused" in done.log


def test_a_story_that_redirects_to_another_one_has_moved(site: Site, tmp_path: Path) -> None:
    done = crawl_with(site, tmp_path, redirect("/story/1/108"))
    assert done.outcome(PATH) == "moved"
    assert done.rows(f"select redirect_url from visits where url like '%{PATH}'") == [(f"{site.url}/story/1/108",)]
    # The other one was asked for anyway: it is fetched once, and the old address is one of its own from now on.
    assert site.paths.count("/story/1/108") == 1
    assert done.rows("select count(distinct article_id) from addresses where url like '%/10_'") == [(9,)]
    asked = len(site.paths)
    again = crawl(tmp_path)
    assert again.status == 0, again.log
    assert site.paths[asked:] == ["/sitemap.xml"]


def test_old_addresses_that_redirect_to_an_archived_story_lead_to_its_article(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    project(tmp_path, site)
    crawl(tmp_path)
    for old in (90, 91):
        site.answers[f"/story/1/{old}"] = redirect("/story/1/100")
    site.answers["/sitemap.xml"] = sitemap(site, range(90, 92))
    asked = len(site.paths)
    done = crawl(tmp_path)
    assert done.status == 0, done.log
    assert site.paths[asked:].count("/story/1/100") == 1  # it was not asked for, and is looked at for the first of them
    assert done.rows("select count(*) from articles") == [(2,)]
    led = "select v.url from visits v join articles a on a.id = v.article_id"
    assert done.rows(f"{led} where v.outcome = 'moved' and a.external_id = '100' order by v.url") == [
        (f"{site.url}/story/1/90",),
        (f"{site.url}/story/1/91",),
    ]
    assert done.rows("select count(*) from addresses group by article_id order by 1") == [(1,), (3,)]
