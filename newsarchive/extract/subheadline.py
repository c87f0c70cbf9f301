"""The line below the headline that says more: subheadline, standfirst, deck."""

from __future__ import annotations

import re

from newsarchive.extract.body.phrases import is_summary_heading
from newsarchive.extract.captions import ends_with_credit
from newsarchive.extract.document import jsonld, text_of
from newsarchive.extract.document.landmarks import Landmark, Landmarks, strange
from newsarchive.extract.document.structured import Structured
from newsarchive.normalize.text import clean, fold
from newsarchive.reading import Found

_NEAR = 30  # elements between the headline and the line that belongs to it
_LONGEST = 400  # characters
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_PARAGRAPH = 80  # characters


def subheadline(data: Structured, marks: Landmarks, headline: str | None, element: Landmark | None) -> Found | None:
    """The line that stands near the headline and calls itself one; else JSON-LD's alternative headline.

    An alternative headline is as often a shorter version for lists, so it counts only where it says something else.
    """
    title = fold(headline or "")
    at = element.at if element is not None else None
    for mark in marks.subheadlines if at is not None else ():
        if 0 < mark.at - (at or 0) <= _NEAR and not strange(mark.element):
            text = clean(mark.text)
            before = mark.element.getprevious()
            if before is not None and before.tag == "p" and len(text_of(before)) > _PARAGRAPH:
                continue  # a subhead of the story, which is named the same
            # A date line, the caption of the lead image, the heading of a box of key points.
            if _CLOCK.search(text) or ends_with_credit(text) or is_summary_heading(text):
                continue
            if len(key := fold(text)) > 3 and len(text) <= _LONGEST and key not in title and title not in key:
                return Found(text, f"page: {mark.element.tag}.{mark.name.split()[0]}")
    if alternative := jsonld.text(data.article.get("alternativeHeadline")):
        key = fold(alternative)
        if key and key not in title and title not in key:
            return Found(alternative, f"json-ld: {data.article_type}.alternativeHeadline")
    return None
