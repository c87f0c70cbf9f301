"""Replaying recordings to real crawls, which must not notice, and must not touch the network."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from newsarchive.warc.repair import check_captures
from tests.server import Answer, Site, gzipped, redirect
from tests.warc.crawling import run, scrapy
from tests.warc.recordings import PAGE, http, packed, record, write

HTML = "Content-Type: text/html; charset=utf-8"
WORLDJOURNAL = Path(__file__).parents[1] / "fixtures/worldjournal.warc.gz"


def digest(body: bytes = PAGE) -> str:
    return "sha256:" + hashlib.sha256(body).hexdigest()


def test_a_crawl_does_not_notice_that_it_is_a_replay(site: Site, tmp_path: Path) -> None:
    site.answers.update(
        {
            "/robots.txt": Answer(body=b"User-agent: *\nDisallow: /forbidden\n", content_type="text/plain"),
            "/plain": Answer(body=PAGE, headers=(("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))),
            "/gzip": gzipped(PAGE),
            "/big5": Answer(body=PAGE.decode().encode("big5"), content_type="text/html; charset=big5"),
            "/moved": redirect("/behind"),
            "/behind": Answer(body=PAGE),
            "/loop": redirect("/loop"),
            "/empty": Answer(),
            "/cut": Answer(body=PAGE[:40], length=len(PAGE)),
            "/gone": Answer(status=410, body=b"gone"),
            "/busy": Answer(status=503, headers=(("Retry-After", "3000"),)),
            "/bomb": Answer(body=gzip.compress(bytes(20_000_000)), headers=(("Content-Encoding", "gzip"),)),
        }
    )
    names = ["plain", "gzip", "big5", "moved", "loop", "empty", "cut", "gone", "busy", "bomb", "missing", "forbidden"]
    urls = [f"{site.url}/{name}" for name in names]
    live = run(tmp_path, urls, "CONCURRENT_REQUESTS=1")
    asked = len(site.requests)
    replay = run(tmp_path, urls, "WARC_REPLAY=archive/warc/*.warc.gz", "CONCURRENT_REQUESTS=1")

    assert len(site.requests) == asked
    assert live.network
    assert replay.network == []
    assert "lacks" not in replay.log
    assert len(live.items) == len(replay.items) == len(names)
    folder = (tmp_path / "archive/warc").absolute()
    for item, again in zip(live.items, replay.items, strict=True):
        capture, its = item["capture"], again["capture"]
        assert {**again, "capture": None} == {**item, "capture": None}
        if capture is not None:
            assert its == {**capture, "warc_file": str(folder / capture["warc_file"])}
    assert not list(check_captures(replay.captures, folder))
    assert len(list(folder.iterdir())) == 1  # nothing is recorded again


def test_the_real_spider_replays_without_touching_the_network(tmp_path: Path) -> None:
    command = ["crawl", "worldjournal", "-O", "items.jsonl", "-s", "COOKIES_ENABLED=True"]
    crawl = scrapy(tmp_path, [*command, "-s", f"WARC_REPLAY={WORLDJOURNAL}"])
    assert crawl.network == []
    assert crawl.status == 0, crawl.log
    assert not (tmp_path / "archive/warc").exists()


def test_cookies_are_real_and_nothing_is_asked_of_the_network_about_them(tmp_path: Path) -> None:
    first, second = "https://www.paper.example/first", "https://www.paper.example/second"
    cookie = "Set-Cookie: reader=7; Domain=paper.example"
    write(tmp_path / "one.warc.gz", packed(record(first, http(PAGE, HTML, cookie)), record(second, http(PAGE, HTML))))
    settings = ["WARC_REPLAY=one.warc.gz", "COOKIES_ENABLED=True", "COOKIES_DEBUG=True", "LOG_LEVEL=DEBUG"]
    crawl = run(tmp_path, [first, second], *settings, "CONCURRENT_REQUESTS=1")
    assert f"Sending cookies to: <GET {second}>\nCookie: reader=7" in crawl.log
    assert crawl.network == []


def test_the_latest_record_of_an_address_is_served(tmp_path: Path) -> None:
    url = "https://paper.example/story"
    old, new = http(b"old", HTML), http(b"new", HTML)
    write(tmp_path / "a.warc.gz", packed(record(url, new, date="2026-02-20T05:00:00.5Z")))
    write(tmp_path / "b.warc", record(url, old, date="2026-02-20T05:00:00Z"))
    crawl = run(tmp_path, [url], "WARC_REPLAY=a.warc.gz, b.warc")
    assert crawl.items[0]["digest"] == digest(b"new")
    assert crawl.items[0]["capture"]["fetched_at"] == "2026-02-20T05:00:00.500000+00:00"
    assert crawl.items[0]["capture"]["warc_file"] == str(tmp_path / "a.warc.gz")


DAY_2, DAY_3 = "2026-02-20T05:00:00Z", "2026-02-21T05:00:00Z"
REVISITS = {
    "dated": ["WARC-Refers-To-Target-URI: {url}", "WARC-Refers-To-Date: 2026-02-19T05:00:00Z"],
    "named": ["WARC-Refers-To: <urn:test:response:2026-02-19T05:00:00Z:{url}>"],
    "by digest": ["WARC-Payload-Digest: sha1:SAME"],
    "by address": [],
}


def test_a_revisit_gives_the_payload_it_refers_to(tmp_path: Path) -> None:
    records = []
    for way, fields in REVISITS.items():
        url = f"https://paper.example/{way.replace(' ', '-')}"
        page = http(PAGE + way.encode(), HTML)
        records.append(record(url, page, "WARC-Payload-Digest: sha1:SAME"))
        if way == "by digest":  # a page in between, which is not the one
            records.append(record(url, http(b"another", HTML), "WARC-Payload-Digest: sha1:OTHER", date=DAY_2))
        profile = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        fields = [field.format(url=url) for field in fields]
        records.append(record(url, http(b"", HTML, "X-Day: 3"), profile, *fields, kind="revisit", date=DAY_3))
    write(tmp_path / "days.warc.gz", packed(*records))
    urls = [f"https://paper.example/{way.replace(' ', '-')}" for way in REVISITS]
    crawl = run(tmp_path, urls, "WARC_REPLAY=days.warc.gz", "ROBOTSTXT_OBEY=False")
    for way, url in zip(REVISITS, urls, strict=True):
        item = crawl.item(url)
        assert (item["status"], item["digest"]) == (200, digest(PAGE + way.encode())), way
        assert ["X-Day", "3"] in item["headers"]
        assert item["capture"]["fetched_at"].startswith("2026-02-21T05:00:00")


@pytest.mark.parametrize("kind", ["revisit", "response"])  # as we record it, and as other programs do
def test_not_modified_answers_those_who_ask_whether(kind: str, tmp_path: Path) -> None:
    url = "https://paper.example/story"
    unchanged = http(b"", 'Etag: "1"', status="304 Not Modified")
    write(
        tmp_path / "days.warc.gz",
        packed(
            record(url, http(PAGE, HTML, 'Etag: "1"')),
            record(url, unchanged, kind=kind, date="2026-02-21T05:00:00Z"),
        ),
    )
    (asked,) = run(tmp_path, [url], "WARC_REPLAY=days.warc.gz", arguments=['If_None_Match="1"']).items
    (older,) = run(tmp_path, [url], "WARC_REPLAY=days.warc.gz", arguments=['If_None_Match="0"']).items
    (fetched,) = run(tmp_path, [url], "WARC_REPLAY=days.warc.gz").items
    assert asked["status"] == 304
    for item in (fetched, older):
        assert (item["status"], item["digest"]) == (200, digest())
    assert asked["capture"]["fetched_at"] == fetched["capture"]["fetched_at"] == "2026-02-21T05:00:00+00:00"


def test_an_address_that_the_recording_lacks_is_counted_and_no_visit(tmp_path: Path) -> None:
    known, unknown, empty = (f"https://paper.example/{name}" for name in ("known", "unknown", "empty"))
    revisit = record(empty, http(b"", HTML), "WARC-Payload-Digest: sha1:ELSEWHERE", kind="revisit")
    write(tmp_path / "one.warc.gz", packed(record(known, http(PAGE, HTML)), revisit))
    crawl = run(tmp_path, [known, unknown, empty], "WARC_REPLAY=one.warc.gz", "ROBOTSTXT_OBEY=False")
    assert crawl.item(known)["status"] == 200
    assert crawl.item(unknown)["failure"] == crawl.item(empty)["failure"] == "NotInRecording"
    assert "replay: 2 requests were for addresses that the recording lacks" in crawl.log
    assert "'warc/not_in_recording': 2" in crawl.log
    assert crawl.network == []


SPELLINGS = [  # as recorded, as asked for
    ("https://paper.example:443/port", "https://paper.example/port"),
    ("http://paper.example/named-port", "http://paper.example:80/named-port"),
    ("https://paper.example/%e5%8f%b0", "https://paper.example/%E5%8F%B0"),
    ("https://paper.example/台北", "https://paper.example/%E5%8F%B0%E5%8C%97"),
    ("https://paper.example/fragment", "https://paper.example/fragment#comments"),
    ("https://Paper.Example", "https://paper.example/"),
    ("https://paper.example/query?b=&c=1", "https://paper.example/query?b=&c=1"),
    ("<https://paper.example/a b>", "https://paper.example/a%20b"),
]


def test_one_address_in_two_spellings(tmp_path: Path) -> None:
    records = [record(recorded, http(f"page {n}".encode(), HTML)) for n, (recorded, _) in enumerate(SPELLINGS)]
    write(tmp_path / "one.warc", b"".join(records))
    crawl = run(tmp_path, [asked for _, asked in SPELLINGS], "WARC_REPLAY=one.warc", "ROBOTSTXT_OBEY=False")
    for n, (recorded, asked) in enumerate(SPELLINGS):
        assert crawl.item(asked).get("digest") == digest(f"page {n}".encode()), recorded


def test_the_very_spelling_goes_first(tmp_path: Path) -> None:
    plain, encoded = "https://paper.example/~a", "https://paper.example/%7Ea"
    later = record(encoded, http(b"encoded", HTML), date="2026-02-20T05:00:00Z")
    write(tmp_path / "one.warc", record(plain, http(b"plain", HTML)) + later)
    crawl = run(tmp_path, [plain, encoded], "WARC_REPLAY=one.warc")
    assert [item["digest"] for item in crawl.items] == [digest(b"plain"), digest(b"encoded")]


CHUNKED = b"%x;name=value\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
FOREIGN = {
    "chunks left in": http(CHUNKED, HTML, "Transfer-Encoding: chunked"),
    "chunks named and not there": http(PAGE, HTML, "Transfer-Encoding: chunked"),
    "chunks, then gzip": http(
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(PAGE)), gzip.compress(PAGE)),
        HTML,
        "transfer-encoding: Chunked",
        "content-encoding: GZIP",
    ),
    "odd case": http(gzip.compress(PAGE), "content-TYPE:text/html", "CONTENT-ENCODING:gzip"),
    "decoded, headers left": http(PAGE, HTML, "Content-Encoding: gzip", "Content-Length: 77"),
    "br named and not there": http(PAGE, HTML, "Content-Encoding: br"),
    "bare line ends": http(PAGE, HTML).replace(b"\r\n", b"\n"),
    "HTTP/2": http(PAGE, HTML).replace(b"HTTP/1.1", b"HTTP/2"),
    "a header that goes on": http(PAGE, "X-Long: a", "  b", HTML),
    "a line that is no header": http(PAGE, "nonsense", HTML),
    "no reason phrase": http(PAGE, HTML, status="200"),
}


@pytest.mark.parametrize("packing", ["plain", "packed"])
def test_records_of_other_tools(packing: str, tmp_path: Path) -> None:
    urls = {form: f"https://paper.example/{number}" for number, form in enumerate(FOREIGN)}
    records = [record(urls[form], block) for form, block in FOREIGN.items()]
    write(tmp_path / "one.warc", b"".join(records) if packing == "plain" else packed(*records))
    crawl = run(tmp_path, list(urls.values()), "WARC_REPLAY=one.warc", "ROBOTSTXT_OBEY=False")
    for form, url in urls.items():
        assert crawl.item(url).get("digest") == digest(), form


def test_records_without_a_length_are_read_to_their_end(tmp_path: Path) -> None:
    url = "https://paper.example/story"
    whole = record(url, http(PAGE, HTML))
    start = whole.index(b"Content-Length")
    write(tmp_path / "one.warc.gz", packed(whole[:start] + whole[whole.index(b"\n", start) + 1 :]))
    (item,) = run(tmp_path, [url], "WARC_REPLAY=one.warc.gz").items
    assert item["digest"] == digest()


def test_answers_to_other_methods_are_not_answers_to_get(tmp_path: Path) -> None:
    url = "https://paper.example/story"
    head = record(url, http(b"", HTML), date="2026-02-20T05:00:00Z")
    asked = f"WARC-Concurrent-To: <urn:test:response:2026-02-20T05:00:00Z:{url}>"
    request = record(url, b"HEAD /story HTTP/1.1\r\n\r\n", asked, kind="request", date="2026-02-20T05:00:00Z")
    post = record(
        url, http(b"posted", HTML), f"WARC-Concurrent-To: <urn:test:request:x:{url}>", date="2026-02-21T05:00:00Z"
    )
    posting = record(url, b"POST /story HTTP/1.1\r\n\r\n", kind="request", date="x")
    write(tmp_path / "one.warc", record(url, http(PAGE, HTML)) + head + request + posting + post)
    (item,) = run(tmp_path, [url], "WARC_REPLAY=one.warc").items
    assert item["digest"] == digest()


def test_what_is_whole_of_a_damaged_recording_is_served(tmp_path: Path) -> None:
    urls = [f"https://paper.example/{number}" for number in range(6)]
    parts = [packed(record(url, http(PAGE + url.encode(), HTML))) for url in urls]
    offsets = [sum(map(len, parts[:number])) for number in range(6)]
    data = bytearray(b"".join(parts))
    data[offsets[1] + 40 : offsets[1] + 60] = bytes(20)
    data[offsets[3] : offsets[3]] = b"\x1f\x8b\x08 garbage " * 3
    write(tmp_path / "one.warc.gz", bytes(data[:-30]))
    crawl = run(tmp_path, urls, "WARC_REPLAY=one.warc.gz", "ROBOTSTXT_OBEY=False")
    served = [item["asked"] for item in crawl.items if "failure" not in item]
    assert served == [urls[0], urls[2], urls[3], urls[4]]
    assert f"one.warc.gz: a record is damaged at byte {offsets[1]}; {len(parts[1])} bytes are skipped" in crawl.log
    assert f"at byte {offsets[3]}; 36 bytes are skipped" in crawl.log
    assert f"a record is cut off at byte {offsets[5] + 36}; {len(parts[5]) - 30} bytes are skipped" in crawl.log
    assert "replay: 3 damaged places" in crawl.log
    assert "Traceback" not in crawl.log


@pytest.mark.parametrize(
    ("setting", "complaint"),
    [
        ("none.warc.gz", "WARC_REPLAY: no such recording: none.warc.gz"),
        ("*.nothing", "WARC_REPLAY: no such recording: *.nothing"),
        ("one.warc.gz", "one.warc.gz: packed as one whole, not record by record"),
    ],
)
def test_a_recording_that_cannot_be_opened_is_one_clear_line(setting: str, complaint: str, tmp_path: Path) -> None:
    two = record("https://paper.example/1", http(PAGE)) + record("https://paper.example/2", http(PAGE))
    write(tmp_path / "one.warc.gz", gzip.compress(two))
    crawl = run(tmp_path, ["https://paper.example/1"], f"WARC_REPLAY={setting}")
    assert complaint in crawl.log
    assert "reason no_recording" in crawl.log
    assert "Traceback" not in crawl.log
    assert crawl.network == []


def test_the_reference_recording(reference: Path, tmp_path: Path) -> None:
    pages = [json.loads(line) for line in (reference / "realpages/gold.jsonl").read_text("utf-8").splitlines()]
    path = reference / "realpages/realpages.warc.gz"
    urls = [page["url"] for page in pages if "," not in page["url"]]
    crawl = run(tmp_path, urls, f"WARC_REPLAY={path}", "ROBOTSTXT_OBEY=False")
    assert "lacks" not in crawl.log
    assert all(item["status"] == 200 for item in crawl.items)
    assert len(crawl.items) == len(urls)
    assert not list(check_captures(crawl.captures, tmp_path))
    for page in pages[:20]:
        if "," not in page["url"]:
            body = gzip.decompress((reference / "realpages" / page["file"]).read_bytes())
            assert crawl.item(page["url"])["digest"] == digest(body)
