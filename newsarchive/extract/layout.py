"""What one newspaper states about its own pages. Everything is optional: what is not stated is read generically."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from newsarchive.article import LinkKind


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
    class tokens, so stray blanks in a class attribute do no harm.
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
