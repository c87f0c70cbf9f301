"""The dateline: the words that open a story's first paragraph, or sign its last, with place, provider and people."""

from __future__ import annotations

from dataclasses import dataclass

from newsarchive.normalize.byline import Byline, parse_byline


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline found in a paragraph.

    ``text`` is as printed. Where ``whole`` is true the paragraph is nothing else, and is no part of the body; else the
    dateline is part of a paragraph, and stays in the body.
    """

    byline: Byline
    text: str
    whole: bool


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline or byline that opens the first paragraph of a story, or that is the whole paragraph."""
    byline = parse_byline(paragraph)
    return Dateline(byline=byline, text=paragraph, whole=True) if byline else None


def find_signature(paragraph: str) -> Dateline | None:
    """The signature that closes the last paragraph of a story, or that is the whole paragraph."""
    return find_dateline(paragraph)
