"""Recordings as other tools write them, byte for byte."""

from __future__ import annotations

import gzip
from pathlib import Path

PAGE = "<html><head><title>渡輪</title></head><body><p>午夜的渡輪停駛一班。</p></body></html>".encode()


def http(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(url: str, block: bytes, *fields: str, kind: str = "response", date: str = "2026-02-19T05:00:00Z") -> bytes:
    """One record, not compressed; ``fields`` come after the usual ones."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {date}",
        f"WARC-Record-ID: <urn:test:{kind}:{date}:{url}>",
        f"Content-Type: application/http; msgtype={kind}",
        f"Content-Length: {len(block)}",
        *fields,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(record) for record in records)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
