"""Recording real crawls of a local server, and reading the recording with a tool that is not ours."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from newsarchive.warc.read import read_response
from newsarchive.warc.repair import check_captures
from newsarchive.warc.walk import Entry, walk
from tests.server import Answer, Site, gzipped, redirect
from tests.warc.crawling import run

PAGE = "<html><head><title>港口</title></head><body><p>碼頭的燈在六點亮起。</p></body></html>".encode()


def recordings(folder: Path) -> list[Path]:
    return sorted((folder / "archive/warc").glob("*.warc.gz"))


# warcio 1.8 cannot make the decompressor of brotli 1.2; without brotli it checks the bodies as they came.
WARCIO = "import sys; sys.modules['brotli'] = None; from warcio.cli import main; main()"


def check(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WARCIO, "check", "-v", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "digest pass" in done.stdout


def entries(path: Path) -> list[Entry]:
    found = list(walk(path))
    assert all(isinstance(entry, Entry) for entry in found)
    return found  # type: ignore[return-value]


@pytest.fixture
def paper(site: Site) -> Site:
    site.answers.update(
        {
            "/robots.txt": Answer(body=b"User-agent: *\nDisallow: /forbidden\n", content_type="text/plain"),
            "/plain": Answer(body=PAGE, headers=(("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))),
            "/gzip": gzipped(PAGE),
            "/br": Answer(body=brotli.compress(PAGE), headers=(("Content-Encoding", "br"),)),
            "/big5": Answer(body=PAGE.decode().encode("big5"), content_type="text/html; charset=big5"),
            "/chunked": Answer(
                body=b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE),
                headers=(("Transfer-Encoding", "chunked"),),
                length=None,
            ),
            "/moved": redirect("/plain"),
            "/empty": Answer(),
            "/cut": Answer(body=PAGE[:40], length=len(PAGE)),
            "/odd-header": Answer(body=PAGE, headers=(("X-Place", "Malmö"),)),
            "/bomb": Answer(body=gzip.compress(bytes(20_000_000)), headers=(("Content-Encoding", "gzip"),)),
            "/lying": Answer(body=PAGE, headers=(("Content-Encoding", "gzip"),)),
        }
    )
    return site


ALL = ["plain", "gzip", "br", "big5", "chunked", "moved", "empty", "cut", "odd-header", "bomb", "lying", "missing"]


def test_everything_is_recorded_and_other_tools_read_it(paper: Site, tmp_path: Path) -> None:
    crawl = run(tmp_path, [f"{paper.url}/{name}" for name in ALL])
    (path,) = recordings(tmp_path)
    check(path)
    responses = {}
    requests = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            fields = record.rec_headers
            assert fields.protocol == "WARC/1.1"
            if record.rec_type == "warcinfo":
                assert not responses
                assert b"isPartOf: fetch" in record.raw_stream.read()
                continue
            url = fields.get_header("WARC-Target-URI")
            if record.rec_type == "request":
                requests[url] = record
                assert record.http_headers.get_header("Host") == f"127.0.0.1:{paper.port}"
                assert fields.get_header("WARC-Concurrent-To") == responses[url][0]
            else:
                assert fields.get_header("WARC-IP-Address") in {"127.0.0.1", None}
                identity = fields.get_header("WARC-Record-ID")
                responses[url] = identity, record.http_headers, record.raw_stream.read(), fields
    assert set(responses) == set(requests) == {f"{paper.url}/{name}" for name in [*ALL, "robots.txt"]}

    def wire(name: str) -> bytes:
        answer = paper.answers[f"/{name}"]
        assert isinstance(answer, Answer)
        return answer.body

    for name in ["plain", "gzip", "br", "big5", "odd-header", "bomb", "lying"]:
        assert responses[f"{paper.url}/{name}"][2] == wire(name), name
    assert responses[f"{paper.url}/chunked"][2] == PAGE
    headers = responses[f"{paper.url}/chunked"][1]
    assert headers.get_header("Transfer-Encoding") is None
    assert headers.get_header("Content-Length") == str(len(PAGE))
    assert responses[f"{paper.url}/gzip"][1].get_header("Content-Encoding") == "gzip"
    cookies = [value for name, value in responses[f"{paper.url}/plain"][1].headers if name == "Set-Cookie"]
    assert cookies == ["a=1", "b=2"]
    assert responses[f"{paper.url}/missing"][1].statusline == "404 Not Found"
    assert responses[f"{paper.url}/moved"][1].get_header("Location") == "/plain"
    assert responses[f"{paper.url}/odd-header"][1].get_header("X-Place") == "Malmö"
    assert responses[f"{paper.url}/cut"][3].get_header("WARC-Truncated") == "disconnect"
    assert responses[f"{paper.url}/cut"][1].get_header("Content-Length") == str(len(PAGE))
    assert "captures 14," in crawl.log  # robots.txt, and the page that the redirect leads to, too


def test_captures_lead_to_the_bytes(paper: Site, tmp_path: Path) -> None:
    crawl = run(tmp_path, [f"{paper.url}/{name}" for name in ALL])
    folder = tmp_path / "archive/warc"
    assert len(crawl.captures) == len(ALL)
    assert not list(check_captures(crawl.captures, folder))
    for item in crawl.items:
        if "digest" in item:
            assert item["capture"]["digest"] == item["digest"], item["asked"]
    for name in ["plain", "gzip", "br", "chunked", "moved"]:
        capture = crawl.item(f"{paper.url}/{name}")["capture"]
        assert not Path(capture["warc_file"]).is_absolute()
        response = read_response(folder / capture["warc_file"], capture["warc_offset"])
        assert (response.status, response.body) == (200, PAGE)
        assert response.url == capture["url"]
    bomb = crawl.item(f"{paper.url}/bomb")
    assert bomb["failure"] == "Refused"
    answer = paper.answers["/bomb"]
    assert isinstance(answer, Answer)
    assert bomb["capture"]["digest"] == "sha256:" + hashlib.sha256(answer.body).hexdigest()


def test_files_are_rolled_at_a_size(site: Site, tmp_path: Path) -> None:
    site.answers["/robots.txt"] = Answer(status=404)
    names = [f"/{number}" for number in range(12)]
    for name in names:
        site.answers[name] = Answer(body=gzip.compress(hashlib.sha256(name.encode()).digest() * 40) + PAGE)
    crawl = run(tmp_path, [site.url + name for name in names], "WARC_MAX_SIZE=3000")
    paths = recordings(tmp_path)
    assert len(paths) > 2
    assert [path.name.rpartition("-")[2] for path in paths] == [f"{n:05}.warc.gz" for n in range(len(paths))]
    for path in paths:
        check(path)
        assert entries(path)[0].fields["warc-type"] == "warcinfo"
        assert path.stat().st_size < 3000 + 2 * 3000
    assert not list(check_captures(crawl.captures, tmp_path / "archive/warc"))
    assert {capture.warc_file for capture in crawl.captures} == {path.name for path in paths}


def test_a_body_of_megabytes_is_packed_beside_the_crawl(site: Site, tmp_path: Path) -> None:
    large = hashlib.sha256(b"large").digest() * 100_000
    site.answers.update({"/large": Answer(body=large), "/small": Answer(body=PAGE)})
    crawl = run(tmp_path, [f"{site.url}/large", f"{site.url}/small", f"{site.url}/large?again"])
    (path,) = recordings(tmp_path)
    check(path)
    assert not list(check_captures(crawl.captures, tmp_path / "archive/warc"))
    assert len(crawl.captures) == 3


def test_the_same_bytes_are_a_revisit(site: Site, tmp_path: Path) -> None:
    site.answers["/same"] = Answer(body=PAGE)
    site.answers["/other"] = [Answer(body=PAGE), Answer(body=PAGE + b"<!-- -->")]
    site.answers["/unchanged"] = [Answer(body=PAGE), Answer(status=304, content_type=None)]
    urls = [f"{site.url}/{name}" for name in ("same", "other", "unchanged")]
    crawl = run(tmp_path, [*urls, *urls], "CONCURRENT_REQUESTS=1", arguments=["remember=yes"])
    (path,) = recordings(tmp_path)
    check(path)
    records = [entry for entry in entries(path) if entry.fields["warc-type"] in {"response", "revisit"}]
    kinds = {url: [r.fields["warc-type"] for r in records if r.fields["warc-target-uri"] == url] for url in urls}
    assert kinds == dict(
        zip(urls, (["response", "revisit"], ["response", "response"], ["response", "revisit"]), strict=True)
    )
    first, again = (r for r in records if r.fields["warc-target-uri"] == urls[0])
    assert again.fields["warc-profile"].endswith("/revisit/identical-payload-digest")
    assert again.fields["warc-refers-to-date"] == first.fields["warc-date"]
    assert again.fields["warc-payload-digest"] == first.fields["warc-payload-digest"]
    unchanged = records[-1]
    assert unchanged.fields["warc-profile"].endswith("/revisit/server-not-modified")
    assert unchanged.fields["warc-refers-to-target-uri"] == urls[2]
    assert not list(check_captures(crawl.captures, tmp_path / "archive/warc"))
    assert crawl.items[3]["capture"]["digest"] == crawl.items[0]["capture"]["digest"]


def test_when_nothing_more_can_be_written_the_crawl_ends_and_the_file_is_whole(site: Site, tmp_path: Path) -> None:
    names = [f"/{number}" for number in range(60)]
    for name in names:
        noise = b"".join(hashlib.sha256(f"{name} {n}".encode()).digest() for n in range(300))
        site.answers[name] = Answer(body=noise)
    crawl = run(tmp_path, [site.url + name for name in names], file_limit=100_000)
    (path,) = recordings(tmp_path)
    check(path)
    assert "cannot record into archive/warc: File too large" in crawl.log
    assert "reason recording_failed" in crawl.log
    assert "Traceback" not in crawl.log
    whole = [item for item in crawl.items if "failure" not in item]
    assert 3 < len(whole) < 30
    assert {item["failure"] for item in crawl.items if "failure" in item} <= {"NotRecorded"}
    assert not list(check_captures(crawl.captures, tmp_path / "archive/warc"))
    recorded = [entry for entry in entries(path) if entry.fields["warc-type"] == "response"]
    assert len(recorded) == len(whole) + 1  # robots.txt


def test_a_folder_that_cannot_be_written_is_said_clearly(site: Site, tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way")
    crawl = run(tmp_path, [f"{site.url}/page"])
    assert "cannot record into archive/warc: Not a directory" in crawl.log
    assert "Traceback" not in crawl.log
