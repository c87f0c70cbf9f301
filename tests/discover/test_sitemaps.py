from __future__ import annotations

import gzip

import pytest

from newsarchive.discover import sitemaps, xml
from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.sitemaps import read_sitemap

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<!-- made by hand -->
<url><loc>
  https://paper.example/story/1/10 </loc><lastmod>2025-11-09T22:00:00Z</lastmod>
 <image:image><image:loc>https://paper.example/a.jpg</image:loc><image:title>the picture</image:title></image:image>
 <n:news><n:publication><n:name>Example</n:name><n:language>zh-tw</n:language></n:publication>
 <n:publication_date>2025-11-09 16:46:27-05:00</n:publication_date>
 <n:title>橋樑 &amp; 道路</n:title><n:keywords>橋樑, 道路,,交通</n:keywords></n:news></url>
<url><loc>/story/1/11</loc></url>
<url><lastmod>2025-11-09</lastmod></url>
</urlset>"""


def test_a_news_sitemap_keeps_all_that_it_says() -> None:
    first, second = read_sitemap(NEWS.encode(), "https://paper.example/news.xml").listings
    assert first.url == "https://paper.example/story/1/10"
    assert first.title == "橋樑 & 道路"
    assert first.published == "2025-11-09 16:46:27-05:00"
    assert first.modified == "2025-11-09T22:00:00Z"
    assert first.keywords == ("橋樑", "道路", "交通")
    assert first.language == "zh-tw"
    assert (first.found_by, first.found_in) == ("sitemap", "https://paper.example/news.xml")
    assert second.url == "https://paper.example/story/1/11"
    assert (second.title, second.published, second.keywords) == (None, None, ())


def test_an_index_gives_its_children_gzip_or_not() -> None:
    index = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <sitemap><loc>https://paper.example/1.xml.gz</loc><lastmod>2025-11-09</lastmod></sitemap>
    <sitemap><loc>2.xml</loc></sitemap></sitemapindex>"""
    for body in (index, gzip.compress(index, mtime=0)):
        assert read_sitemap(body, "https://paper.example/sitemap/index").children == [
            ("https://paper.example/1.xml.gz", "2025-11-09"),
            ("https://paper.example/sitemap/2.xml", None),
        ]


@pytest.mark.parametrize("encoding", ["utf-16", "big5", "gb18030"])
def test_any_declared_encoding_is_read(encoding: str) -> None:
    body = NEWS.replace("UTF-8", encoding).encode(encoding)
    assert read_sitemap(body, "https://paper.example/").listings[0].title == "橋樑 & 道路"


def test_an_ampersand_that_should_have_been_escaped_costs_nothing() -> None:
    body = NEWS.replace("&amp;", "&").encode()
    assert [listing.url[-2:] for listing in read_sitemap(body, "https://paper.example/").listings] == ["10", "11"]


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"<html><body>Checking your browser</body></html>", "it is a web page, perhaps a bot wall"),
        (b"<!doctype html><title>Sign in</title>", "it is a web page, perhaps a bot wall"),
        (b"Service unavailable", "it is no XML"),
        (b"<rss><channel/></rss>", "it is no sitemap: its root element is <rss>"),
        (BOMB.encode(), "it declares XML entities"),
        (BOMB.encode("utf-16"), "it declares XML entities"),
        (f'<?xml version="1.0" encoding="cp037"?>{BOMB}'.encode("cp037"), "XML"),
        (gzip.compress(BOMB.encode(), mtime=0), "it declares XML entities"),
        (gzip.compress(b"", mtime=0)[:10] + b"\xff" * 20, "its gzip is broken"),
    ],
)
def test_what_is_no_sitemap_says_what_it_is(body: bytes, reason: str) -> None:
    with pytest.raises(ListingError, match=reason):
        read_sitemap(body, "https://paper.example/")


def test_external_entities_are_not_loaded() -> None:
    body = (
        b'<!DOCTYPE urlset SYSTEM "file:///etc/hostname"><urlset><url><loc>https://paper.example/1</loc></url></urlset>'
    )
    assert len(read_sitemap(body, "https://paper.example/").listings) == 1


def test_a_sitemap_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * (xml.MAX_BYTES + 10))
    assert len(bomb) < 100_000
    with pytest.raises(ListingError, match="unpacks to over 50 MiB"):
        read_sitemap(bomb, "https://paper.example/")


def test_a_sitemap_with_too_many_entries_is_cut() -> None:
    entries = "".join(f"<url><loc>/{n}</loc></url>" for n in range(sitemaps.MAX_ENTRIES + 5))
    found = read_sitemap(f"<urlset>{entries}</urlset>".encode(), "https://paper.example/")
    assert found.cut
    assert len(found.listings) == sitemaps.MAX_ENTRIES


def test_an_empty_sitemap_is_one() -> None:
    found = read_sitemap(b"<urlset/>", "https://paper.example/")
    assert (found.children, found.listings, found.cut) == ([], [], False)
