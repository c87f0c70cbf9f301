import pytest

from newsarchive.extract.layout import Layout, LayoutError, LinkBlock


@pytest.mark.parametrize(
    ("mistake", "named"),
    [
        ({"headline": ("h1", "div[")}, "headline: selector 'div['"),
        ({"images": ("figure::caption",)}, "images: selector 'figure::caption'"),
        ({"links": (LinkBlock(kind="hot", select="ul >"),)}, "links: selector 'ul >'"),
        ({"body": "div.text"}, "body is a single string; write a tuple: ('div.text',)"),
        ({"story": r"/(?P<id>\d+"}, "story"),
        ({"drop_text": ("(",)}, "drop_text"),
        ({"story": r"/(?P<id>\d+)", "canonical": "https://a.example/{category}/{id}"}, "no group named 'category'"),
        ({"timezone": "America/Flushing"}, "'America/Flushing' is no IANA time zone"),
    ],
)
def test_a_mistake_in_a_layout_is_named_when_it_is_made(mistake: dict, named: str) -> None:
    with pytest.raises(LayoutError) as failure:
        Layout(**mistake)
    assert named in str(failure.value)
