"""What a paper's home page says of the paper: its name, its feeds, its sitemap, its sections.

Feeds are announced by ``link`` elements (html.spec.whatwg.org, "alternate"); what the usual software answers where
nothing is announced stands below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsarchive.discover.stories import absolute, is_address
from newsarchive.extract.document import Document, Element, jsonld, parse, text_of
from newsarchive.extract.document.structured import Structured, structured
from newsarchive.extract.language import language
from newsarchive.extract.zone import press_zone
from newsarchive.normalize.text import clean

# Where papers keep them when neither robots.txt nor the home page says so, most usual first.
USUAL_SITEMAPS = (
    "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap_index.xml", "/sitemap.xml",
    "/sitemap.xml.gz",
)  # fmt: skip
USUAL_FEEDS = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.rdf", "/feed.json")

_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml|application/(?:feed\+)?json|text/xml", re.IGNORECASE)
# Feeds of comments, and addresses of WordPress's interface for programs, which its pages announce as feeds.
_NO_NEWS = re.compile(r"comment|kommentar|wp-json|oembed", re.IGNORECASE)
# What software writes into the name of a site when nobody told it one.
_NO_NAME = re.compile(r"(?:home|homepage|start|startseite|index|首页|首頁|untitled|wordpress|none|null)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[-–—|｜·•:»_]+\s+|\s*[|｜_]\s*|[-–—](?=[^-]*[\u3400-\u9fff])|[：,，]\s*")
_LONGEST_NAME = 60  # characters; longer is a slogan
_SAMPLE = 4000  # characters of a page that tell its language


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What one page of a paper says of the paper itself. What it does not say is ``None``; nothing is guessed.

    ``language`` is BCP 47. ``timezone`` is the IANA zone of the country or the language, and ``None`` where these have
    several clocks.
    """

    title: str | None = None
    language: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home page as read: the paper, and the addresses of ``feeds``, ``sitemaps`` and all ``links`` in page order."""

    paper: Paper
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    links: tuple[str, ...]


def read_home(body: bytes, url: str, content_type: str | None = None) -> Home:
    """Read the home page found at ``url``. Any bytes give a ``Home``, perhaps with nothing in it."""
    document = parse(body, url, content_type)
    base = document.base_url
    feeds = []
    sitemaps = []
    for element in document.root.iter("link"):
        rel, href = (element.get("rel") or "").lower().split(), (element.get("href") or "").strip()
        if not href or not is_address(address := absolute(href, base)):
            continue
        if "sitemap" in rel:
            sitemaps.append(address)
        elif "alternate" in rel and _FEED_TYPE.search(element.get("type") or "") and not _of_comments(element):
            feeds.append(address)
    return Home(
        paper=_paper(document, structured(document)),
        feeds=tuple(dict.fromkeys(feeds)),
        sitemaps=tuple(dict.fromkeys(sitemaps)),
        links=tuple(dict.fromkeys(_links(document, base))),
    )


def _of_comments(link: Element) -> bool:
    return bool(_NO_NEWS.search(f"{link.get('title')} {link.get('href')}"))


def read_paper(body: bytes, url: str, content_type: str | None = None) -> Paper:
    """Read what any page of a paper says of the paper; a story's own title is not taken for the paper's name."""
    document = parse(body, url, content_type)
    return _paper(document, structured(document), home=False)


def _paper(document: Document, data: Structured, *, home: bool = True) -> Paper:
    title = site_title(data) or (_name_in_title(data.title) if home else None)
    tongue = language(data, f"{data.title or ''} {text_of(document.root)[:_SAMPLE]}", document.url)
    code = tongue.value if tongue else None
    return Paper(title=title, language=code, timezone=press_zone(document.url, data, code))


def site_title(data: Structured) -> str | None:
    """Return the name that a page gives its site: OpenGraph, the publisher in JSON-LD, the name of the application."""
    names = [*data.meta.get("og:site_name", ())]
    for node in (data.article, *data.articles):
        publisher = data.resolve(node.get("publisher"))
        names += jsonld.texts(publisher)
    for node in data.nodes:
        if not {"website", "newsmediaorganization"}.isdisjoint(jsonld.types(node)):
            names += jsonld.texts(node.get("name"))
    names += [*data.meta.get("application-name", ()), *data.meta.get("apple-mobile-web-app-title", ())]
    return next((name for text in names if (name := _name(text))), None)


def _name(text: str) -> str | None:
    name = clean(text)
    usable = 1 < len(name) <= _LONGEST_NAME and not _NO_NAME.fullmatch(name) and "://" not in name
    return name if usable else None


def _name_in_title(title: str | None) -> str | None:
    """The paper's name at the head of a home page's title: "The Harbour Post | News from Halifax"."""
    parts = [part for part in _SEPARATOR.split(title or "") if part]
    return next((name for part in parts if (name := _name(part))), None)


def _links(document: Document, base: str) -> Iterator[str]:
    for anchor in document.root.iter("a"):
        href = (anchor.get("href") or "").strip()
        if (
            href
            and not href.startswith(("#", "javascript:", "mailto:"))
            and is_address(address := absolute(href, base))
        ):
            yield address
