"""What a paper's server sees of a crawl: who comes, how often, and how patiently."""

from __future__ import annotations

import itertools
from pathlib import Path

from newsarchive import settings
from tests.crawl.crawling import QUICK, crawl, project, publish, story
from tests.server import Answer, Site


def gaps(site: Site) -> list[float]:
    times = [request.time for request in site.requests if request.path.startswith("/story")]
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_robots_txt_is_obeyed_and_its_crawl_delay_kept(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 104))
    site.answers["/robots.txt"] = Answer(
        body=b"User-agent: *\nDisallow: /story/1/101\nCrawl-delay: 0.8\n", content_type="text/plain"
    )
    project(tmp_path, site)
    for autothrottle in ("AUTOTHROTTLE_ENABLED=False", "AUTOTHROTTLE_ENABLED=True"):
        site.requests.clear()
        done = crawl(
            tmp_path,
            "-a",
            "urls=" + ",".join(f"{site.url}/story/1/{number}" for number in range(100, 104)),
            settings=(*QUICK, autothrottle, "AUTOTHROTTLE_START_DELAY=0"),
        )
        assert "/story/1/101" not in site.paths
        assert done.outcome("/story/1/101") == "robots_denied"
        assert min(gaps(site)) >= 0.75, autothrottle


def test_the_user_agent_says_who_it_is_and_whom_to_ask(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    project(tmp_path, site)
    crawl(tmp_path)
    assert {request.headers["user-agent"] for request in site.requests} == {settings.USER_AGENT}
    assert "+https://" in settings.USER_AGENT
    assert not any("cookie" in request.headers for request in site.requests)


def test_retry_after_is_waited_for(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 101))
    site.answers["/story/1/100"] = [
        Answer(status=429, headers=(("Retry-After", "1"),)),
        Answer(body=story(100).encode()),
    ]
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert done.outcome("/story/1/100") == "new"
    assert gaps(site)[0] >= 0.95


def test_a_paper_that_asks_for_hours_is_left_alone(site: Site, tmp_path: Path) -> None:
    publish(site, range(100, 102))
    site.answers["/story/1/100"] = Answer(status=429, headers=(("Retry-After", "7200"),))
    project(tmp_path, site)
    done = crawl(tmp_path)
    assert site.paths.count("/story/1/100") == 1
    assert done.outcome("/story/1/100") == "rate_limited"
    assert done.outcome("/story/1/101") == "new"


def test_the_settings_are_polite_and_closed() -> None:
    assert settings.ROBOTSTXT_OBEY
    assert settings.AUTOTHROTTLE_ENABLED
    assert settings.DOWNLOAD_DELAY >= 1
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES
    assert settings.DOWNLOAD_MAXSIZE <= 64 * 1024 * 1024
    assert settings.DOWNLOAD_TIMEOUT <= 60
    assert not settings.TELNETCONSOLE_ENABLED
    assert not settings.REMOTE_CONTROL_ENABLED
    assert not settings.COOKIES_ENABLED
    assert {scheme for scheme, handler in settings.DOWNLOAD_HANDLERS.items() if handler is None} == {
        "data",
        "file",
        "ftp",
        "s3",
    }
