import lxml.html
import pytest

from newsarchive.extract.document.select import SelectorError, check, elements, first_match, select

PAGE = lxml.html.fromstring(
    """<html><body>
    <h1 class=" headline  big ">甲</h1><p class="head">乙</p><p class="headline-note">丙</p>
    <div class="
    box "><a href="/1" rel="tag nofollow">丁</a><a href="/2">戊</a></div></body></html>"""
)


def test_a_class_is_a_token_whatever_blanks_stand_around_it():
    assert [element.text for element in elements(PAGE, ".headline")] == ["甲"]
    assert [element.text for element in elements(PAGE, "h1.big.headline")] == ["甲"]
    assert [element.text for element in elements(PAGE, "div.box > a")] == ["丁", "戊"]
    assert [element.text for element in elements(PAGE, "a[rel~=tag]")] == ["丁"]
    assert elements(PAGE, "[class~='head line']") == []


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
