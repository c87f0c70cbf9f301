"""Whom a page's structured data names as its authors: JSON-LD, else the meta elements that papers use for it.

What it names may also be the site, the account that published, an address or a code of the staff.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from newsarchive.article import Author
from newsarchive.extract.document import jsonld
from newsarchive.extract.document.structured import Structured
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.names import may_be_japanese_name
from newsarchive.normalize.organisations import is_organisation
from newsarchive.normalize.text import HAN_CHARACTER, clean, fold

_META = (
    "author", "article:author", "article:author_name", "sailthru.author", "parsely-author", "byl", "dc.creator",
    "dcterms.creator", "cxenseparse:author", "og:article:author", "author_name", "authors",
    "articleauthor",
)  # fmt: skip
_ADDRESS = re.compile(r"https?:|www\.|\S+@\S+|^@|\.(?:html?|php)$|^//")
_CODE = re.compile(r"\d|^_|^[a-z]+(?:[-_][a-z]+)+$|^admin$|^(?:web)?master$|^edit[oö]r$|^user", re.IGNORECASE)
_HOUSES = frozenset(("organization", "newsmediaorganization"))
_INITIALS = re.compile(r"\s*[(\[（][^()\[\]（）]{1,30}[)\]）]\s*$")  # "Elena Oberholzer (obe)"
_WEB = re.compile(r"\((?:www\.)?[\w-]+\.[a-z.]{2,}\)")
_KOREAN_PLACE = re.compile(r"[가-힣]{2,4}=(?=[가-힣]{2,4}$)")  # the place of the dateline, taken over with the name


@dataclass(frozen=True, slots=True)
class Evidence:
    """A byline taken apart, and where it was found."""

    byline: Byline
    rule: str
    printed: str | None = None  # the line, where it stands on the visible page
    at: int = -1


def stated_authors(data: Structured, sites: set[str], *, japanese: bool = False) -> Iterator[Evidence]:
    """What each source states, the most trusted first.

    ``sites`` are the folded names of the site; on a ``japanese`` page any characters may be a name.
    """
    for key in ("author", "creator"):
        entries = data.resolve(data.article.get(key))
        people: list[Author] = []
        provider = None
        for entry in entries if isinstance(entries, list) else [entries]:
            byline = _named(*_name(entry), sites, japanese)
            people += [author for author in byline.authors if author not in people]
            provider = provider or byline.provider
        if people or provider:
            yield Evidence(Byline(authors=tuple(people), provider=provider), f"json-ld: {data.article_type}.{key}")
    for name in _META:
        people, provider = [], None
        for content in data.meta.get(name, ())[:20]:
            byline = _named(content, (), sites, japanese)
            people += [author for author in byline.authors if author not in people]
            provider = provider or byline.provider
        if people or provider:
            yield Evidence(Byline(authors=tuple(people), provider=provider), f"meta: {name}")


def _name(entry: Any) -> tuple[str, Collection[str]]:
    """The name in a JSON-LD author, and the types that it is said to be of."""
    if not isinstance(entry, dict):
        return entry if isinstance(entry, str) else "", ()
    if entry.get("name"):
        return ", ".join(jsonld.texts(entry["name"])), jsonld.types(entry)
    parts = [entry.get(key) for key in ("givenName", "additionalName", "familyName")]
    whole = " ".join(part for part in parts if isinstance(part, str)) or jsonld.text(entry.get("byline")) or ""
    return whole, jsonld.types(entry)


def _named(raw: str, kinds: Collection[str], sites: set[str], japanese: bool) -> Byline:
    """People and organisation in a field that holds nothing but names; ``kinds`` are its types in schema.org."""
    name = _KOREAN_PLACE.sub("", _INITIALS.sub("", clean(raw)).strip(" ,;|-–"))
    if not name or name[0] in "([（" or _ADDRESS.search(name) or len(name) > 200:
        return Byline()
    # "Deutsche Welle (www.dw.com)": what has an address of its own on the web is a house.
    if not _HOUSES.isdisjoint(kinds) or _WEB.search(raw) or fold(name) in sites or is_organisation(name):
        return Byline(provider=name)
    if byline := parse_byline(name):
        return byline
    if _CODE.search(name) or len(name.split()) > 5 or len(name) > 50:
        return Byline()
    if japanese and (" " in name or "person" in kinds) and may_be_japanese_name(name):
        return Byline(authors=(Author(name),))
    # A lone Han word without a surname is an account or a column.
    return Byline(provider=name) if HAN_CHARACTER.search(name) else Byline(authors=(Author(name),))
