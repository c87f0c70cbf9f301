from __future__ import annotations

import json

import pytest

from newsarchive.discover.feeds import read_feed
from newsarchive.discover.listing_error import ListingError
from newsarchive.page import Listing

URL = "https://paper.example/feed"


def only(body: str | bytes) -> Listing:
    (listing,) = read_feed(body.encode() if isinstance(body, str) else body, URL)
    return listing


def test_rss() -> None:
    listing = only(
        """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <title>Paper</title><language>zh-tw</language><item><title><![CDATA[ <b>橋樑</b>通車 ]]></title>
        <link> https://paper.example/story/1/10 </link><pubDate>Sun, 09 Nov 2025 16:46:27 -0500</pubDate>
        <category>地方</category><category>交通</category><dc:creator>陳小明</dc:creator></item></channel></rss>"""
    )
    assert listing == Listing(
        url="https://paper.example/story/1/10",
        found_in=URL,
        found_by="feed",
        title="橋樑通車",
        published="Sun, 09 Nov 2025 16:46:27 -0500",
        keywords=("地方", "交通"),
        language="zh-tw",
    )


def test_rss_with_nothing_but_a_permanent_guid() -> None:
    channel = "<rss><channel><item><guid{}>https://paper.example/9</guid></item></channel></rss>"
    assert only(channel.format("")).url == "https://paper.example/9"
    assert read_feed(channel.format(' isPermaLink="false"').encode(), URL) == []


def test_rdf() -> None:
    listing = only(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><title>P</title></channel>
        <item rdf:about="https://paper.example/story/1/12"><title>Bridge</title>
        <dc:date>2025-11-09T16:46:27+09:00</dc:date></item></rdf:RDF>"""
    )
    assert (listing.url, listing.published) == ("https://paper.example/story/1/12", "2025-11-09T16:46:27+09:00")


def test_atom() -> None:
    listing = only(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>P</title><entry>
        <title type="html">Br&amp;uuml;cke &lt;em&gt;offen&lt;/em&gt;</title><link rel="self" href="/entry.xml"/>
        <link rel="alternate" href="/story/1/13"/><published>2025-11-09T16:46:27Z</published>
        <updated>2025-11-10T08:00:00Z</updated><category term="local"/></entry></feed>"""
    )
    assert listing.url == "https://paper.example/story/1/13"
    assert listing.title == "Brücke offen"
    assert (listing.published, listing.modified) == ("2025-11-09T16:46:27Z", "2025-11-10T08:00:00Z")
    assert (listing.keywords, listing.language) == (("local",), "de")


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [
            {"url": "/story/1/14", "title": "Bridge", "date_published": "2025-11-09T16:46:27Z", "tags": ["local", 3]},
            {"title": "no address"},
            "no item",
        ],
    }
    listing = only("\ufeff" + json.dumps(feed))
    assert (listing.url, listing.keywords) == ("https://paper.example/story/1/14", ("local",))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "it is empty"),
        ("<html><body>Sign in</body></html>", "a web page"),
        ("<urlset></urlset>", "it is no feed: its root element is <urlset>"),
        ("{broken", "it is no JSON"),
        ('{"items": []}', "no JSON Feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', "it declares XML entities"),
        ('{"a":' * 100_000, "it is no JSON"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: str, reason: str) -> None:
    with pytest.raises(ListingError, match=reason):
        read_feed(body.encode(), URL)
