"""Walking through recordings that are whole, damaged, foreign, or no recordings at all."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.warc.read import read_response
from newsarchive.warc.walk import Damage, Entry, RecordingError, walk, whole_end
from tests.warc.recordings import PAGE, http, packed, record, write

URLS = [f"https://paper.example/{number}" for number in range(8)]


def records(size: int = 0) -> list[bytes]:
    noise = random.Random(7).randbytes(size)
    return [record(url, http(PAGE + url.encode() + noise)) for url in URLS]


def addresses(path: Path) -> list[str | None]:
    return [entry.fields.get("warc-target-uri") for entry in walk(path) if isinstance(entry, Entry)]


def damages(path: Path) -> list[Damage]:
    return [damage for damage in walk(path) if isinstance(damage, Damage)]


@pytest.mark.parametrize("size", [0, 200_000])
@pytest.mark.parametrize("packing", ["plain", "packed"])
def test_every_record_is_found_and_can_be_read_by_its_place(packing: str, size: int, tmp_path: Path) -> None:
    parts = records(size) if packing == "plain" else [packed(part) for part in records(size)]
    path = write(tmp_path / "one.warc", b"".join(parts))
    found = [entry for entry in walk(path) if isinstance(entry, Entry)]
    assert [entry.length for entry in found] == [len(part) for part in parts]
    for entry, url in zip(found, URLS, strict=True):
        response = read_response(path, entry.offset)
        assert response.url == url
        assert response.body[: len(PAGE)] == PAGE
        assert len(response.body) == len(PAGE) + len(url) + size


@settings(max_examples=60, deadline=None)
@given(data=st.data(), packing=st.sampled_from(["plain", "packed"]))
def test_damage_costs_no_record_that_it_does_not_touch(
    data: st.DataObject, packing: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    parts = records() if packing == "plain" else [packed(part) for part in records()]
    whole = b"".join(parts)
    start = data.draw(st.integers(0, len(whole) - 1))
    end = min(len(whole), start + data.draw(st.integers(1, 400)))
    garbage = data.draw(st.binary(max_size=300))
    path = write(tmp_path_factory.mktemp("damaged") / "one.warc", whole[:start] + garbage + whole[end:])
    untouched = []
    offset = 0
    for url, part in zip(URLS, parts, strict=True):
        if offset + len(part) <= start or offset >= end:
            untouched.append(url)
        offset += len(part)
    found = addresses(path)
    # Of a plain recording, the record before the damage may be doubted too: only what follows shows where it ends.
    doubted = 1 if packing == "plain" else 0
    missing = [url for url in untouched if url not in found]
    assert len(missing) <= doubted, (start, end)
    for damage in damages(path):
        assert 0 <= damage.offset < damage.end <= path.stat().st_size


@pytest.mark.parametrize("packing", ["plain", "packed"])
def test_a_recording_cut_off_anywhere_gives_what_is_whole(packing: str, tmp_path: Path) -> None:
    parts = records()[:3] if packing == "plain" else [packed(part) for part in records()[:3]]
    whole = b"".join(parts)
    ends = [len(b"".join(parts[: number + 1])) for number in range(3)]
    for cut in range(1, len(whole), 7):
        path = write(tmp_path / "cut.warc", whole[:cut])
        complete = sum(cut >= end for end in ends)
        found = addresses(path)
        assert found[:complete] == URLS[:complete]
        if packing == "packed":
            assert len(found) == complete
            assert whole_end(path) == ([0, *ends])[complete]
            assert len(damages(path)) == (0 if cut in ends else 1)


def test_a_large_recording_is_cut_at_its_last_whole_record(tmp_path: Path) -> None:
    parts = [packed(part) for part in records(300_000)]
    whole = b"".join(parts)
    path = write(tmp_path / "one.warc.gz", whole[:-100_000])
    assert whole_end(path) == len(whole) - len(parts[-1])
    path.write_bytes(whole + b"\0" * 5000)
    assert whole_end(path) == len(whole)


def test_garbage_is_no_recording(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(300_000)
    path = write(tmp_path / "noise.warc.gz", noise)
    (damage,) = walk(path)
    assert isinstance(damage, Damage)
    assert (damage.offset, damage.end) == (0, len(noise))
    assert str(damage) == f"{path}: no record begins at byte 0; 300000 bytes are skipped"
    assert list(walk(write(tmp_path / "empty.warc.gz", b""))) == []


def test_a_page_that_shows_a_record_is_one_record(tmp_path: Path) -> None:
    inner = record("https://paper.example/inner", http(PAGE))
    for data in (record(URLS[0], http(inner)), packed(record(URLS[0], http(inner)))):
        assert addresses(write(tmp_path / "one.warc", data)) == [URLS[0]]


def test_errors_name_the_file_and_the_reason(tmp_path: Path) -> None:
    path = write(tmp_path / "one.warc.gz", packed(*records()))
    for offset, reason in ((3, "no record begins at byte 3"), (10**6, "no record at byte 1000000, the file ends")):
        with pytest.raises(RecordingError, match=reason):
            read_response(path, offset)
    with pytest.raises(RecordingError, match="No such file"):
        read_response(tmp_path / "none.warc.gz", 0)
    request = write(tmp_path / "two.warc.gz", packed(record(URLS[0], b"GET / HTTP/1.1\r\n\r\n", kind="request")))
    with pytest.raises(RecordingError, match="the record at byte 0 is no response: its type is request"):
        read_response(request, 0)
    with pytest.raises(RecordingError, match="packed as one whole"):
        read_response(write(tmp_path / "three.warc.gz", gzip.compress(b"".join(records()))), 0)
