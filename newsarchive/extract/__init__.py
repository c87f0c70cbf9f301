"""Where on a page each field of an article stands. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.extract.authors import authorship
from newsarchive.extract.body import read_body
from newsarchive.extract.document import parse
from newsarchive.extract.headline import headline, site_names
from newsarchive.extract.landmarks import landmarks
from newsarchive.extract.language import language
from newsarchive.extract.published import Clock, modified, published
from newsarchive.extract.related import related
from newsarchive.extract.structured import structured
from newsarchive.extract.tags import tags
from newsarchive.extract.zone import press_zone
from newsarchive.reading import Person, Reading

if TYPE_CHECKING:
    from newsarchive.extract.layout import Layout
    from newsarchive.page import Listing


def read(
    html: bytes | str,
    url: str,
    *,
    layout: Layout | None = None,
    content_type: str | None = None,
    listing: Listing | None = None,
) -> Reading:
    """Everything that stands on one page, field by field, each value with the rule that gave it. Never raises."""
    document = parse(html, url, content_type)
    data = structured(document)
    marks = landmarks(document, data.titles)
    reading = Reading(url=url, base_url=document.base_url, problems=document.problems + data.problems)
    title = headline(document, data, marks, listing.title if listing else None)
    if title is not None:
        reading.headline, reading.kicker = title.found, title.kicker
    at = title.element.at if title is not None and title.element is not None else None
    text = title.found.value if title is not None else ""
    reading.language = language(data, text, url)
    tongue = reading.language.value if reading.language else None
    clock = Clock(zone=press_zone(url, data, tongue), languages=(tongue,) if tongue else ())
    reading.published = published(data, marks, clock, url, at, listing.published if listing else None)
    reading.modified = modified(data, marks, clock, at)
    sites = site_names(document, data)
    if (tagged := tags(data, marks, text or None, sites, listing.keywords if listing else ())) is not None:
        reading.tags, reading.rules["tags"] = tagged.names, tagged.rule
    others = related(document, layout=layout, headline=text or None)
    reading.related_links = others.links
    if others.rule is not None:
        reading.rules["related_links"] = others.rule
    body = read_body(document, data, headline=reading.headline.value if reading.headline else None, layout=layout)
    reading.body = [block.text for block in body.blocks]
    if reading.body:
        reading.rules["body"] = body.rule
    who = authorship(data, marks, body, sites, at)
    reading.byline, reading.provider, reading.desk = who.byline, who.provider, who.desk
    reading.place, reading.kind = who.place, who.kind
    reading.authors = [Person(author.name, author.role) for author in who.authors]
    if who.rule is not None and who.authors:
        reading.rules["authors"] = who.rule
    reading.body = [block for index, block in enumerate(reading.body) if index not in who.lines]
    return reading
