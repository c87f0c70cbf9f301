"""Content encodings, undone exactly as the pages of a crawl are: by Scrapy."""

from __future__ import annotations

import gzip
import random
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newsarchive.warc.decode import TooLarge, codings, decode, is_encoded

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "".join(random.Random(3).choices("港口的燈亮了，船還沒有來。abc ", k=200_000)).encode()
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda body: brotli.compress(body, quality=4),
    "zstd": zstd.compress,
}
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "whole": lambda body: body,
    "half": lambda body: body[: len(body) // 2],
    "almost": lambda body: body[:-3],
    "uneven": lambda body: body[:70_003],
}


def as_scrapy(body: bytes, coding: str) -> bytes:
    middleware = HttpCompressionMiddleware(crawler=get_crawler())
    response = Response("https://paper.example/", headers={"Content-Encoding": coding}, body=body)
    decoded = middleware.process_response(Request(response.url), response)
    assert isinstance(decoded, Response)
    return decoded.body


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("coding", ENCODERS)
def test_bodies_decode_as_scrapy_decodes_them(coding: str, form: str) -> None:
    body = FORMS[form](ENCODERS[coding](TEXT))
    ours = decode(body, [coding], 10**9)
    assert ours == as_scrapy(body, coding)
    assert (ours == TEXT) or form != "whole"


def test_bare_deflate_padded_and_doubled_gzip() -> None:
    packer = zlib.compressobj(wbits=-15)
    bare = packer.compress(TEXT) + packer.flush()
    assert decode(bare, ["deflate"], 10**9) == as_scrapy(bare, "deflate") == TEXT
    packed = gzip.compress(TEXT)
    assert decode(packed + b"\0\0", ["gzip"], 10**9) == TEXT
    assert decode(packed + packed, ["gzip"], 10**9) == as_scrapy(packed + packed, "gzip") == TEXT * 2


def test_several_codings_are_undone_in_turn() -> None:
    body = brotli.compress(gzip.compress(TEXT))
    assert codings(["gzip, BR"]) == codings(["gzip", "br"]) == ["gzip", "br"]
    assert decode(body, ["gzip", "br"], 10**9) == TEXT
    assert decode(gzip.compress(TEXT), ["unheard-of", "gzip"], 10**9) == TEXT
    assert decode(b"", ["gzip"], 10**9) == b""


@pytest.mark.parametrize("coding", ENCODERS)
def test_a_bomb_is_noticed_early(coding: str) -> None:
    bomb = ENCODERS[coding](bytes(50_000_000))
    with pytest.raises(TooLarge, match="more than 1000000 bytes"):
        decode(bomb, [coding], 1_000_000)


@pytest.mark.parametrize("coding", ENCODERS)
def test_a_body_that_is_not_in_its_coding(coding: str) -> None:
    assert is_encoded(ENCODERS[coding](TEXT), coding)
    for body in (b"<!DOCTYPE html><html>", TEXT):
        assert not is_encoded(body, coding)
        with pytest.raises(ValueError, match=f"the body is not {coding}"):
            decode(body, [coding], 10**9)
