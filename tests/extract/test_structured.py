"""JSON-LD as it really is: several blocks, graphs, and blocks that are no JSON."""

from __future__ import annotations

import pytest

from newsarchive.extract.document import jsonld, parse
from newsarchive.extract.document.structured import structured


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"The bell"}',
        '[{"@type":"NewsArticle","headline":"The bell"}]',
        '{"@graph":[{"@type":"WebSite"},{"@type":["NewsArticle","Article"],"headline":"The bell"}]}',
        '{"@type":"WebPage","mainEntity":{"@type":"http://schema.org/NewsArticle","headline":"The bell"}}',
        '{"@type":"NewsArticle","headline":"The bell","description":"one\nline\tand another"}',
        '<!-- {"@type":"NewsArticle","headline":"The bell"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"The bell"}\n//]]>',
        '{"@type":"NewsArticle","headline":"The bell",}',
        '{"@type":"NewsArticle","headline":"The bell"};',
        '{"@type":"WebSite"}{"@type":"NewsArticle","headline":"The bell"}',
        '{"@type":"NewsArticle","headline":"The bell","description":"she said "ring" twice","x":[}',
        '{"@type":"NewsArticle","headline":"The bell","description":"C:\\path"}',
    ],
)
def test_the_article_is_found(text: str) -> None:
    document = parse(
        f"<html><head><script type='application/ld+json'>{text}</script></head></html>", "https://x.example/1"
    )
    assert structured(document).article["headline"] == "The bell"


def test_what_cannot_be_read_is_said() -> None:
    document = parse("<script type='application/ld+json'>nothing of the kind</script>", "https://x.example/1")
    found = structured(document)
    assert found.article == {}
    assert found.problems == ["JSON-LD is not JSON: nothing could be read from it"]


def test_an_author_is_salvaged_from_a_broken_block() -> None:
    author = '[{"@type":"Person","name":"Una Brightwater"}]'
    text = f'{{"@type":"NewsArticle","headline":"The bell","author":{author},"body":"a "b" c"'
    values, salvaged = jsonld.parse(text)
    assert salvaged
    assert values[0]["author"] == ["Una Brightwater"]


def test_updates_of_a_live_blog_are_not_the_article() -> None:
    text = """{"@type":"LiveBlogPosting","headline":"Fog, live","liveBlogUpdate":[
        {"@type":"BlogPosting","headline":"Ten o'clock"},{"@type":"BlogPosting","headline":"Eleven"}]}"""
    document = parse(f"<script type='application/ld+json'>{text}</script>", "https://x.example/1")
    assert structured(document).article["headline"] == "Fog, live"


def test_deep_and_wide_blocks_end() -> None:
    deep = '{"@graph":' * 5000 + "1" + "}" * 5000
    wide = "[" + ",".join(['{"@type":"NewsArticle"}'] * 50_000) + "]"
    for text in (deep, wide):
        document = parse(f"<script type='application/ld+json'>{text}</script>", "https://x.example/1")
        assert len(structured(document).nodes) <= 400
