"""What recording costs: ways to pack a record, against ours, and what it takes to read recordings again.

    python benchmarks/warc_record.py

One process, no network; CPU time of the median round, as a ratio to ours. Pages are made up and of the weight real ones
have, as a server sends them gzipped and plain. What recording adds to a whole crawl stands in benchmarks/crawl.py.
"""

from __future__ import annotations

import gzip
import io
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from isal import isal_zlib
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.pages import story_page
from newsarchive.warc import record
from newsarchive.warc.captured import body_digest
from newsarchive.warc.index import RecordingIndex
from newsarchive.warc.read import read_response
from newsarchive.warc.record import Exchange, payload_digest

PAGES = 200
ROUNDS = 5
REQUEST = [(b"User-Agent", b"newsarchive/0.1"), (b"Accept-Encoding", b"gzip, deflate, br, zstd")]
RESPONSE = [
    (b"Content-Type", b"text/html; charset=utf-8"),
    (b"Date", b"Thu, 19 Feb 2026 05:00:00 GMT"),
    (b"Cache-Control", b"max-age=60"),
    (b"Vary", b"Accept-Encoding"),
    (b"Etag", b'"1f0a-62c7"'),
]


def exchange(number: int, body: bytes, encoding: bytes | None) -> Exchange:
    """Return what a crawl hands to the recorder."""
    headers = [*RESPONSE, (b"Content-Encoding", encoding)] if encoding else RESPONSE
    url = f"https://paper.example/wj/story/121388/{number}"
    return Exchange(url, datetime.now(UTC), "GET", REQUEST, b"", 200, headers, body, "HTTP/1.1", "192.0.2.1")


def ours(one: Exchange) -> bytes:
    """Pack a response and its request as the recorder does, digests included."""
    encodings = [value.decode() for name, value in one.response_headers if name == b"Content-Encoding"]
    body_digest(one.body, encodings, 10**9)
    answer = record.response(one, payload_digest(one.body))
    return answer.compressed() + record.request(one, answer).compressed()


def by_warcio(one: Exchange) -> bytes:
    """Pack the same with warcio's writer (zlib at level 9)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    answer = StatusAndHeaders("200 OK", [(n.decode(), v.decode()) for n, v in one.response_headers], "HTTP/1.1")
    asked = [(n.decode(), v.decode()) for n, v in one.request_headers]
    question = StatusAndHeaders("GET /wj/story HTTP/1.1", asked, is_http_request=True)
    writer.write_request_response_pair(
        writer.create_warc_record(one.url, "request", http_headers=question),
        writer.create_warc_record(one.url, "response", io.BytesIO(one.body), len(one.body), http_headers=answer),
    )
    return out.getvalue()


def with_packer(module: object, level: int) -> Callable[[Exchange], bytes]:
    """Return ours, with another library or level in the place of ISA-L's level 2."""

    def pack(one: Exchange) -> bytes:
        kept = record.isal_zlib, record.LEVEL
        record.isal_zlib, record.LEVEL = module, level  # type: ignore[assignment]
        try:
            return ours(one)
        finally:
            record.isal_zlib, record.LEVEL = kept  # type: ignore[misc]

    return pack


WAYS: dict[str, Callable[[Exchange], bytes]] = {
    "ours, ISA-L 2": ours,
    "ours, ISA-L 1": with_packer(isal_zlib, 1),
    "ours, ISA-L 3": with_packer(isal_zlib, 3),
    "ours, zlib 1": with_packer(zlib, 1),
    "ours, zlib 6": with_packer(zlib, 6),
    "ours, zlib 9": with_packer(zlib, 9),
    "warcio, zlib 9": by_warcio,
}


def packing(name: str, exchanges: list[Exchange]) -> None:
    """Print CPU and size of each way to pack, against ours."""
    times: dict[str, list[float]] = {way: [] for way in WAYS}
    sizes = {}
    for _ in range(ROUNDS):
        for way, pack in WAYS.items():
            before = time.process_time()
            sizes[way] = sum(len(pack(one)) for one in exchanges)
            times[way].append(time.process_time() - before)
    base = statistics.median(times["ours, ISA-L 2"])
    print(f"{name}: ours takes {base / len(exchanges) * 1e3:.2f} ms CPU a page")
    print(f"{'':20}{'CPU ÷ ours':>12}{'size ÷ ours':>13}")
    for way, taken in times.items():
        print(f"{way:20}{statistics.median(taken) / base:12.2f}{sizes[way] / sizes['ours, ISA-L 2']:13.3f}")


def reading(exchanges: list[Exchange]) -> None:
    """Print how fast a recording is opened, and how fast records are read by their places."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.warc.gz"
        data = b"".join(map(ours, exchanges))
        path.write_bytes(data * 20)
        size = path.stat().st_size
        before = time.process_time()
        index = RecordingIndex([path])
        opened = time.process_time() - before
        before = time.process_time()
        with path.open("rb") as file:
            for entry in ArchiveIterator(file):
                entry.raw_stream.read()
        scanned = time.process_time() - before
        found = [index.find(one.url) for one in exchanges]
        before = time.process_time()
        for one in found:
            assert one is not None
            assert read_response(one.path, one.offset).body
        read = (time.process_time() - before) / len(found)
    print(f"opening a recording for replay: {1e9 / size * opened:.0f} s CPU a gigabyte")
    print(f"warcio, reading through the same: {scanned / opened:.2f} × as long")
    print(f"a page read by its place: {read * 1e3:.2f} ms")


def main() -> None:
    """Measure and print."""
    pages = [story_page(number) for number in range(PAGES)]
    plain = [exchange(number, page, None) for number, page in enumerate(pages)]
    packed = [exchange(number, gzip.compress(page, 6), b"gzip") for number, page in enumerate(pages)]
    print(f"{PAGES} pages of {sum(map(len, pages)) / PAGES / 1e3:.0f} KB, {ROUNDS} rounds")
    packing("gzipped by the server", packed)
    packing("sent plain", plain)
    reading(packed)


if __name__ == "__main__":
    main()
