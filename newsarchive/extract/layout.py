"""What one newspaper states about its own pages. Everything is optional: what is not stated is read generically."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsarchive.article import LinkKind
from newsarchive.extract.document.select import SelectorError, check

_SELECTORS = (
    "headline", "kicker", "subheadline", "byline", "provider", "published", "modified", "section", "tags", "body",
    "drop", "images",
)  # fmt: skip


class LayoutError(ValueError):
    """A layout that cannot be used; the message names the field, the value and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBlock:
    """A block of links on a story page, found by selector or by the heading that stands over it.

    The usual headings of many languages are known; ``headings`` are a paper's own words.
    """

    kind: LinkKind
    select: str | None = None  # CSS of the block
    headings: tuple[str, ...] = ()
    before_headline: bool = False  # a ticker: where it has no heading, the links to stories before the headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A paper's exceptions to the generic reading.

    Selectors are CSS, tried in the order given; ``::attr(name)`` and ``::text`` as in parsel. Class names match whole
    class tokens, so stray blanks in a class attribute do no harm. A mistake in one raises :class:`LayoutError` as soon
    as the paper's file is loaded, and not on some page.
    """

    timezone: str | None = None  # IANA zone of the clock that the pages print
    language: str | None = None  # BCP 47, where the pages do not state it truly
    story: str | None = None  # regular expression on an address; its group ``id`` is the paper's own id
    canonical: str | None = None  # "https://…/{category}/{id}", filled with the groups of ``story``
    site_suffixes: tuple[str, ...] = ()  # cut from the end of a title taken from <title> or meta
    headline: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    subheadline: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)  # group ``category`` of ``story`` -> section
    tags: tuple[str, ...] = ()
    body: tuple[str, ...] = ()  # the element(s) that hold the paragraphs
    drop: tuple[str, ...] = ()  # inside the body element, and not body
    drop_text: tuple[str, ...] = ()  # regular expressions on a whole paragraph: house slogans, prompts
    images: tuple[str, ...] = ()  # the element that holds one picture and its caption
    links: tuple[LinkBlock, ...] = ()

    def __post_init__(self) -> None:
        for name in (*_SELECTORS, "site_suffixes", "drop_text", "links"):
            if isinstance(getattr(self, name), str):
                raise LayoutError(f"layout: {name} is a single string; write a tuple: ({getattr(self, name)!r},)")
        for name in _SELECTORS:
            self._check_selectors(name, getattr(self, name))
        self._check_selectors("links", tuple(block.select for block in self.links if block.select))
        patterns = [
            *((("story", self.story),) if self.story else ()),
            *(("drop_text", text) for text in self.drop_text),
        ]
        for name, pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise LayoutError(f"layout: {name} {pattern!r} is no regular expression: {error}") from error
        if self.canonical is not None:
            groups = re.compile(self.story or "").groupindex
            for _, group, _, _ in string.Formatter().parse(self.canonical):
                if group is not None and group not in groups:
                    raise LayoutError(f"layout: canonical {self.canonical!r}: story has no group named {group!r}")
        if self.timezone is not None:
            try:
                ZoneInfo(self.timezone)
            except (ZoneInfoNotFoundError, ValueError) as error:
                raise LayoutError(f"layout: timezone {self.timezone!r} is no IANA time zone") from error

    @staticmethod
    def _check_selectors(name: str, selectors: tuple[str, ...]) -> None:
        try:
            check(selectors)
        except SelectorError as error:
            raise LayoutError(f"layout: {name}: {error}") from error
