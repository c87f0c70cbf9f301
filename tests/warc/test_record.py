"""Records that a local HTTP/1.1 server cannot bring about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.warc import record
from newsarchive.warc.read import RecordedResponse, read_response
from newsarchive.warc.record import Exchange, payload_digest

EXCHANGE = Exchange(
    url="https://paper.example/story",
    date=datetime(2026, 2, 19, 5, 0, 0, 123_456, tzinfo=UTC),
    method="GET",
    request_headers=[(b"Proxy-Authorization", b"Basic c2VjcmV0"), (b"User-Agent", b"newsarchive")],
    request_body=b"",
    status=200,
    response_headers=[(b"Content-Type", b"text/html"), (b"Transfer-Encoding", b"chunked")],
    body=b"<html>",
    protocol="HTTP/1.1",
    ip_address="2001:db8::1",
)


def written(exchange: Exchange, folder: Path) -> RecordedResponse:
    path = folder / "one.warc.gz"
    path.write_bytes(record.response(exchange, payload_digest(exchange.body)).compressed())
    return read_response(path, 0)


def test_http2_is_written_as_http1_and_named(tmp_path: Path) -> None:
    for name in ("h2", "HTTP/2", "HTTP/2.0"):
        block = record.response(replace(EXCHANGE, protocol=name), "sha256:").block[0]
        assert block.startswith(b"HTTP/1.1 200 OK\r\n")
        assert written(replace(EXCHANGE, protocol=name), tmp_path).protocol == "h2"
    assert written(EXCHANGE, tmp_path).protocol == "HTTP/1.1"
    old = replace(EXCHANGE, protocol="HTTP/1.0")
    assert record.response(old, "sha256:").block[0].startswith(b"HTTP/1.0 200 OK\r\n")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    read = written(EXCHANGE, tmp_path)
    assert (read.url, read.date, read.status, read.body) == (EXCHANGE.url, EXCHANGE.date, 200, b"<html>")
    assert read.headers == [(b"Content-Type", b"text/html"), (b"Content-Length", b"6")]
    assert read.ip_address == "2001:db8::1"
    assert read.payload_digest == payload_digest(b"<html>")


def test_a_status_without_a_name_and_answers_without_a_body(tmp_path: Path) -> None:
    assert written(replace(EXCHANGE, status=599), tmp_path).status == 599
    length = [(b"Content-Length", b"900")]
    head = replace(EXCHANGE, method="HEAD", response_headers=length, body=b"")
    assert written(head, tmp_path).headers == length
    assert b"Content-Length: 900\r\n" in record.revisit(replace(head, method="GET", status=304), None).block[0]


def test_a_proxys_credentials_are_not_recorded() -> None:
    asked = b"".join(record.request(EXCHANGE, record.response(EXCHANGE, "sha256:")).block)
    assert asked.startswith(b"GET /story HTTP/1.1\r\nHost: paper.example\r\n")
    assert b"User-Agent: newsarchive" in asked
    assert b"c2VjcmV0" not in asked
