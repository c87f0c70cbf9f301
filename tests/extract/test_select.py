import pytest

from newsarchive.extract.document import parse
from newsarchive.extract.document.select import SelectorError, check, elements, first_match, select

PAGE = parse(
    """<html><body>
    <h1 class=" headline  big ">甲</h1><p class="head">乙</p><p class="headline-note">丙</p>
    <div class="
    box "><a href="/1" rel="tag nofollow">丁</a><a href="/2">戊</a></div>
    <div class="box big"><p>己</p></div></body></html>""",
    "https://paper.example/",
)


def test_a_class_is_a_token_whatever_blanks_stand_around_it():
    assert [element.text for element in elements(PAGE, ".headline")] == ["甲"]
    assert [element.text for element in elements(PAGE, "h1.big.headline")] == ["甲"]
    assert [element.text for element in elements(PAGE, "div.box > a")] == ["丁", "戊"]
    assert [element.text for element in elements(PAGE, "a[rel~=tag]")] == ["丁"]
    assert elements(PAGE, "[class~='head line']") == []


def test_classes_inside_classes():
    page = parse(
        '<div class="story"><div class="box"><p class="lead a">甲</p></div><b class="lead">乙</b></div>'
        '<div class="box"><p class="lead">丙</p><script class="lead">丁</script></div>',
        "https://paper.example/",
    )
    told = {
        ".lead": ["甲", "乙", "丙"],
        "p.lead": ["甲", "丙"],
        ".story .lead": ["甲", "乙"],
        ".story .box p.lead.a": ["甲"],
        ".box .story .lead": [],
        "div.story  p.a": ["甲"],
        ".Lead": [],
    }
    assert {selector: [element.text for element in elements(page, selector)] for selector in told} == told


def test_elements_inside_classes_and_names_by_their_beginning():
    page = parse(
        '<div class="box story"><div id="ad-1"><p class="box ads">甲<b>乙</b></p></div><b>丙</b></div>'
        '<b id="bad-2">丁</b><p class="ads box">戊</p><script id="bad-3">己</script>',
        "https://paper.example/",
    )
    told = {
        ".box b": ["乙", "丙"],
        "div.box  .ads b": ["乙"],
        ".ads i": [],
        "[id^=ad-] b": ["乙"],
        "[id^=bad]": ["丁"],
        "[class^=ad]": ["戊"],
        "[class^=box]": [None, "甲"],
        "[id^=d-]": [],
    }
    assert {selector: [element.text for element in elements(page, selector)] for selector in told} == told


def test_texts_and_attributes_are_plain_strings():
    hrefs = select(PAGE, "div.box a::attr(href)")
    assert hrefs == ["/1", "/2"]
    assert type(hrefs[0]) is str
    assert select(PAGE, "h1::text") == ["甲"]
    assert elements(PAGE, "h1::text, p") == elements(PAGE, "p")


def test_selectors_are_tried_in_the_order_given():
    assert first_match(PAGE, (".nowhere", "a::attr(href)", "h1")) == ("a::attr(href)", ["/1", "/2"])
    assert first_match(PAGE, (".nowhere",)) is None


@pytest.mark.parametrize("selector", ["div[", "p::colour", "", "a:no-such-class", "::attr()"])
def test_a_bad_selector_is_named(selector):
    with pytest.raises(SelectorError) as failure:
        check(["h1", selector])
    assert repr(selector) in str(failure.value)
