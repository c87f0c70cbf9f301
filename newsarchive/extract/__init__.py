"""Where on a page each field of an article stands. Pure functions."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsarchive.extract.addresses import canonical, external_id
from newsarchive.extract.authors import authorship
from newsarchive.extract.body import read_body
from newsarchive.extract.body.correction import correction
from newsarchive.extract.date_lines import date_lines, is_dated
from newsarchive.extract.described import around_story, stated, stated_list, story_address, story_boxes
from newsarchive.extract.document import Document, parse
from newsarchive.extract.document.landmarks import landmarks
from newsarchive.extract.document.structured import structured
from newsarchive.extract.headline import headline, houses, site_names
from newsarchive.extract.images import read_images
from newsarchive.extract.language import language
from newsarchive.extract.layout import Layout
from newsarchive.extract.marks import TEASER, live_blog, pay_notice, paywalled
from newsarchive.extract.neighbours import neighbours
from newsarchive.extract.published import Clock, modified, published
from newsarchive.extract.related import related
from newsarchive.extract.section import section
from newsarchive.extract.subheadline import subheadline
from newsarchive.extract.tag_links import tag_links
from newsarchive.extract.tags import tags
from newsarchive.extract.zone import press_zone
from newsarchive.normalize.text import clean, fold
from newsarchive.reading import Found, Person, Reading

if TYPE_CHECKING:
    from newsarchive.page import Listing

_GENERIC = Layout()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: what is made of a page holds no cycles, and goes when its last user does.

    The collector would look through it in vain, and now and then through all that the program has: a tenth of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def read(
    html: bytes | str,
    url: str,
    *,
    layout: Layout | None = None,
    content_type: str | None = None,
    listing: Listing | None = None,
) -> Reading:
    """Everything that stands on one page, field by field, each value with the rule that gave it. Never raises.

    What a layout states comes first, field by field; what it does not state, or what its selector does not find on this
    page, is read generically. A listing is the last witness.
    """
    own = layout or _GENERIC
    document = parse(html, url, content_type)
    data = structured(document)
    place = story_boxes(document, own)
    nodes = around_story(document, place[0]) if place else document.nodes
    marks = landmarks(nodes, data.titles)
    sites = site_names(document, data)
    reading = Reading(url=url, base_url=document.base_url, problems=document.problems + data.problems)
    reading.canonical_url = canonical(document, data, layout)
    reading.external_id = external_id(document, data, layout)

    known = sites | houses(data)
    title = headline(document, data, marks, known, listing.title if listing else None, own.site_suffixes)
    reading.headline = stated(document, own.headline) or (title.found if title else None)
    reading.kicker = stated(document, own.kicker) or (title.kicker if title else None)
    element = title.element if title else None
    at = element.at if element else None
    text = reading.headline.value if reading.headline else None
    reading.subheadline = stated(document, own.subheadline) or subheadline(data, marks, text, element)

    others = related(document, layout=layout, headline=text)
    reading.related_links = others.links
    _note(reading, "related_links", others.rule if others.links else None)
    marks.leave_out(others.elements)
    heading = element.text if element is not None else None
    body = read_body(document, data, headline=text, heading=heading, layout=layout, others=others.elements)
    marks.leave_out(neighbours(nodes, body, element.element if element else None))
    who = authorship(data, marks, body, known, at, stated(document, own.byline))
    reading.body = [block.text for index, block in enumerate(body.blocks) if index not in who.lines]
    _note(reading, "body", body.rule if reading.body else None)
    if body.introduction is not None and not is_dated(body.introduction):
        _introduce(reading, body.introduction)
    reading.correction = correction(reading.body)
    shown = read_images(document, data, body, layout=layout)
    reading.images, reading.lead_image = shown.pictures, shown.lead
    _note(reading, "images", shown.rule)
    reading.authors = [Person(author.name, author.role) for author in who.authors]
    _note(reading, "authors", who.rule if who.authors else None)
    reading.byline, reading.desk, reading.place, reading.kind = who.byline, who.desk, who.place, who.kind
    reading.provider = stated(document, own.provider) or who.provider

    sample = " ".join([text or "", *reading.body[:20]])
    reading.language = _language(own, language(data, sample, url))
    tongue = reading.language.value if reading.language else None
    clock = Clock(own.timezone or press_zone(url, data, tongue), own.timezone is not None, (tongue,) if tongue else ())
    lines = date_lines(body)
    reading.published = published(
        data, marks, clock, url, at, listing.published if listing else None, stated(document, own.published), lines
    )
    reading.modified = modified(data, marks, clock, at, stated(document, own.modified), lines)

    keywords = listing.keywords if listing else ()
    described = stated_list(document, own.tags)
    row = () if described else tag_links(body)
    tagged = tags(data, marks, text, sites, keywords, described, row, reading.body)
    if tagged is not None:
        reading.tags = tagged.names
        _note(reading, "tags", tagged.rule)
    reading.section = _described_section(document, own, reading) or section(
        data, marks, text, sites, listing.section if listing else None
    )
    reading.paywalled, reading.live_blog = paywalled(data, marks), live_blog(data, url)
    if sum(map(len, reading.body)) < TEASER:
        reading.pay_notice = pay_notice(nodes[at or 0 :])
    return reading


def _language(layout: Layout, read: Found | None) -> Found | None:
    """The layout's language; but a paper in traditional Chinese may serve a story in simplified characters too."""
    if layout.language is None or (read is not None and {read.value, layout.language} == {"zh-Hant", "zh-Hans"}):
        return read
    return Found(layout.language, "layout: language")


def _note(reading: Reading, name: str, rule: str | None) -> None:
    if rule is not None:
        reading.rules[name] = rule


def _introduce(reading: Reading, introduction: str) -> None:
    """Take a line above byline and text for the subheadline; where another line is that, it belongs to the body.

    What only the data tell is no other line: an alternative headline is a kicker as often.
    """
    if reading.subheadline is None or reading.subheadline.rule.startswith("json-ld"):
        reading.subheadline = Found(clean(introduction), "page: introduction above the text")
    elif fold(reading.subheadline.value) != fold(introduction):
        reading.body.insert(0, introduction)


def _described_section(document: Document, layout: Layout, reading: Reading) -> Found | None:
    """The section that the layout finds on the page, or that it knows the story's category by."""
    if found := stated(document, layout.section):
        return found
    addresses = [*([reading.canonical_url.value] if reading.canonical_url else []), document.url]
    category = (story_address(layout, addresses) or {}).get("category")
    name = layout.sections.get(category) if category else None
    return Found(name, "layout: sections") if name else None
