from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.normalize.address import canonical_address, original_image, registrable_domain

BASE = "https://oak.example/news/today/"
SAME = [
    ("HTTPS://Oak.Example:443/a/./b/../c#part", "https://oak.example/a/c"),
    ("http://oak.example:80", "http://oak.example/"),
    ("http://oak.example:8080/", "http://oak.example:8080/"),
    ("https://user:pass@oak.example/", "https://oak.example/"),
    ("https://oak.example./", "https://oak.example/"),
    ("https://oak.example/%7euser/%E4%b8%ad", "https://oak.example/~user/%E4%B8%AD"),
    ("https://oak.example/中?q=文 字", "https://oak.example/%E4%B8%AD?q=%E6%96%87%20%E5%AD%97"),
    ("https://oak.example/100%/x", "https://oak.example/100%25/x"),
    ("https://橡樹.example/", "https://xn--kdw5c.example/"),
    ("https://oak.example/?id=3&utm_source=x&fbclid=y&from=list&page=2", "https://oak.example/?id=3&page=2"),
    ("https://oak.example/?utm_source=x", "https://oak.example/"),
    ("https://oak.example/?zh-cn", "https://oak.example/?zh-cn"),
    ("  https://oak.example/a\n", "https://oak.example/a"),
    ("//img.oak.example/a.jpg", "https://img.oak.example/a.jpg"),
    ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
    ("http://[::1]:8000/a", "http://[::1]:8000/a"),
]


@pytest.mark.parametrize(("address", "canonical"), SAME)
def test_one_form_for_one_address(address: str, canonical: str) -> None:
    assert canonical_address(address) == canonical
    assert canonical_address(canonical) == canonical


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("story/1", "https://oak.example/news/today/story/1"),
        ("/story/1?x=1", "https://oak.example/story/1?x=1"),
        ("../story", "https://oak.example/news/story"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("?page=2", "https://oak.example/news/today/?page=2"),
        ("javascript:void(0)", None),
    ],
)
def test_relative_addresses(address: str, canonical: str | None) -> None:
    assert canonical_address(address, BASE) == canonical


NONE = [
    "",
    "  ",
    "#top",
    "story/1",
    "javascript:x",
    "mailto:a@b.example",
    "data:image/png;base64,xx",
    "tel:1",
    "about:blank",
]
BAD = [
    "http://",
    "http:///x",
    "https://http//x",
    "http://a b.example/",
    "http://[::1/",
    "http://x:99999/",
    "ftp://x.example/",
]


@pytest.mark.parametrize("address", NONE + BAD)
def test_what_is_no_address(address: str) -> None:
    assert canonical_address(address) is None


@given(st.text(max_size=80) | st.text(max_size=60).map("http://oak.example/{}".format))
@settings(max_examples=500, deadline=None)
def test_any_text_gives_an_address_or_none_and_the_same_again(text: str) -> None:
    found = canonical_address(text)
    if found is not None:
        assert found.isascii()
        assert canonical_address(found) == found
    canonical_address(text, BASE)
    original_image(text)


IMAGES = [
    ("https://pgw.oak.example/gw/photo.php?u=https://img.oak.example/a.jpg&x=0&w=800", "https://img.oak.example/a.jpg"),
    ("https://oak.example/resize?src=https%3A%2F%2Fimg.example%2Fa.jpg%3Fv%3D2&w=1", "https://img.example/a.jpg?v=2"),
    ("https://oak.example/_next/image?url=%2Fmedia%2Fa.jpg&w=640&q=75", "https://oak.example/media/a.jpg"),
    ("https://cdn.example/fetch/w_640/https://img.example/a.jpg", "https://img.example/a.jpg"),
    ("https://cdn.example/fetch/w_640/https%3A%2F%2Fimg.example%2Fa.jpg", "https://img.example/a.jpg"),
    ("https://a.example/p?url=https://b.example/p?url=https://img.example/a.jpg", "https://img.example/a.jpg"),
    ("https://img.example/a.jpg?w=800", "https://img.example/a.jpg?w=800"),
    ("https://img.example/a.jpg?ref=https://oak.example/", "https://img.example/a.jpg?ref=https://oak.example/"),
    ("https://img.example/p?u=abc", "https://img.example/p?u=abc"),
]


@pytest.mark.parametrize(("proxied", "original"), IMAGES)
def test_the_picture_behind_the_proxy(proxied: str, original: str) -> None:
    assert original_image(proxied) == original


def test_the_registered_domain_without_network_or_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setenv("TLDEXTRACT_CACHE", str(tmp_path))
    assert registrable_domain("https://video.oak.com.tw/x") == "oak.com.tw"
    assert registrable_domain("www.oak.co.uk") == "oak.co.uk"
    assert registrable_domain("http://127.0.0.1:8000/") == "127.0.0.1"
    assert registrable_domain("mailto:x") is None
    assert not list(tmp_path.iterdir())
