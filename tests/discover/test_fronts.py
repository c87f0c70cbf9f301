from __future__ import annotations

import pytest

from newsarchive.discover.fronts import read_front
from newsarchive.discover.listing_error import ListingError
from newsarchive.discover.stories import Stories, StoryAddress
from newsarchive.extract.layout import Layout

LAYOUT = Layout(
    story=r"^https?://(?:www\.)?paper\.example/(?:amp/)?story/(?P<category>\d+)/(?P<id>\d+)(?:[?#]|$)",
    canonical="https://www.paper.example/story/{category}/{id}",
)
FRONT = """<html lang="zh-Hant"><body><nav><a href="/cate/1">地方</a></nav>
<div><a class="subcate-list__link " href="/story/1/10?from=wj_catelistnews"><img alt="圖說" src="a.jpg"></a>
<a href="/story/1/10"><h3 class="subcate-list__link__title">橋樑通車　居民歡喜</h3></a></div>
<div><a href="https://paper.example/story/2/10">看更多</a></div>
<h2><a href="/amp/story/1/11">道路
 封閉</a></h2><a href="/story/1/11"><p>{teaser}</p></a>
<a href="/story/1/12" title="只有標題屬性"></a><a href="/story/1/13"><img alt="只有圖"></a>
<a href="javascript:void(0)">x</a><a>y</a><a href="https://other.example/story/1/99">z</a><a href="http://[">w</a>
</body></html>"""


def test_each_story_of_a_front_stands_once_with_its_best_title() -> None:
    listings = read_front(FRONT.format(teaser="長" * 300).encode(), "https://www.paper.example/", Stories(LAYOUT))
    assert [(listing.url[-4:], listing.title) for listing in listings] == [
        ("1/10", "橋樑通車 居民歡喜"),
        ("1/11", "道路 封閉"),
        ("1/12", "只有標題屬性"),
        ("1/13", "只有圖"),
    ]
    assert {listing.found_by for listing in listings} == {"front"}
    assert {listing.published for listing in listings} == {None}


def test_an_empty_front_says_so() -> None:
    with pytest.raises(ListingError, match="it is empty"):
        read_front(b" ", "https://www.paper.example/", Stories(LAYOUT))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.paper.example/story/1/10",
        "http://paper.example/story/1/10?from=hot",
        "https://www.paper.example/amp/story/1/10#top",
        "https://www.paper.example/story/1/10?zh-cn",
    ],
)
def test_variants_of_an_address_are_one_story(url: str) -> None:
    assert Stories(LAYOUT).identify(url) == StoryAddress("10", "https://www.paper.example/story/1/10")


def test_the_category_is_no_part_of_the_identity() -> None:
    story = Stories(LAYOUT).identify("https://www.paper.example/story/2/10")
    assert story == StoryAddress("10", "https://www.paper.example/story/2/10")


def test_what_is_no_story_of_the_paper_is_none() -> None:
    stories = Stories(LAYOUT)
    assert stories.identify("https://www.paper.example/cate/1") is None
    assert stories.identify("ftp://www.paper.example/story/1/10") is None
    assert Stories().identify("mailto:desk@paper.example") is None
