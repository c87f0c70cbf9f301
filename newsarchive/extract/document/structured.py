"""What a page states about itself for machines: JSON-LD, microdata, meta elements, links, script state.

Everything is read in one walk over the elements concerned, once per page; the modules for the single fields ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from newsarchive.extract.document import Document, jsonld, text_of
from newsarchive.extract.document.jsonld import Node
from newsarchive.extract.document.nodes import attributes
from newsarchive.normalize.text import fold

_MOST_SCRIPT = 3_000_000  # characters of one script that are looked at: state objects of 1 MB exist, 10 MB is hostile
_META_NAMES = ("property", "name", "itemprop", "http-equiv", "id")  # attributes that say what a meta element states


@dataclass(slots=True)
class Structured:
    """Machine-readable statements of one page.

    ``meta`` maps a name, property or itemprop in lower case to all its contents in page order, ``links`` a rel
    to hrefs; ``article`` is the JSON-LD node that speaks of this page's story, ``{}`` where there is none.
    """

    article: Node = field(default_factory=dict)
    articles: list[Node] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)
    meta: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    title: str | None = None
    language: str | None = None  # of the html element
    scripts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def article_type(self) -> str:
        """The type that the article's node states, as printed."""
        return jsonld.text(self.article.get("@type")) or "Article"

    @property
    def titles(self) -> list[str]:
        """The titles that the page states for machines."""
        stated = [self.title, jsonld.text(self.article.get("headline")), *self.meta.get("og:title", ())]
        return [title for title in stated if title]

    def first(self, *names: str) -> tuple[str, str] | None:
        """The first meta content under one of ``names`` and the name that gave it."""
        for name in names:
            for content in self.meta.get(name, ()):
                return content, name
        return None

    def resolve(self, value: Any) -> Any:
        """A JSON-LD reference (``{"@id": …}`` alone) replaced by the node it names, in lists too."""
        if isinstance(value, list):
            return [self.resolve(item) if isinstance(item, dict) else item for item in value[:200]]
        if isinstance(value, dict) and isinstance(name := value.get("@id"), str) and "name" not in value:
            return self.by_id.get(name, value)
        return value


def structured(document: Document) -> Structured:
    """Read every machine-readable statement of ``document``."""
    found = Structured(
        language=document.root.get("lang") or document.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    )
    values: list[Any] = []
    for element in document.root.iter("meta", "link", "title", "script"):
        tag = element.tag
        if tag == "meta":
            _meta(element, found.meta)
        elif tag == "link":
            rel, href = element.get("rel"), element.get("href")
            if rel and href:
                found.links.setdefault(rel.lower().strip(), []).append(href.strip())
        elif tag == "title":
            # A picture drawn as SVG has titles of its own.
            if (
                found.title is None
                and (parent := element.getparent()) is not None
                and parent.tag in ("head", "html", "body")
            ):
                found.title = text_of(element) or None
        elif text := element.text:
            kind = (element.get("type") or "").lower()
            if "ld+json" in kind:
                parsed, salvaged = jsonld.parse(text[:_MOST_SCRIPT])
                values += parsed
                if salvaged and text.strip():
                    found.problems.append("JSON-LD is not JSON" + ("" if parsed else ": nothing could be read from it"))
            elif not element.get("src"):
                found.scripts.append(text[:_MOST_SCRIPT])
    found.nodes = jsonld.nodes(values)
    for node in found.nodes:
        if isinstance(name := node.get("@id"), str):
            found.by_id.setdefault(name, node)
    found.articles = [node for node in found.nodes if not jsonld.ARTICLE_TYPES.isdisjoint(jsonld.types(node))]
    found.article = _choose(found, document)
    return found


def _meta(element: etree._Element, meta: dict[str, list[str]]) -> None:
    own = attributes(element)
    content = own.get("content") or own.get("value")
    if not content or not (content := content.strip()):
        return
    for name in {own[key].strip().lower() for key in _META_NAMES if key in own}:
        if name:
            meta.setdefault(name, []).append(content)


def _choose(found: Structured, document: Document) -> Node:
    """The article node of this page's story.

    Pages carry nodes of related stories beside their own. The own one is the one whose address is this page's, else the
    one whose headline is the page's title, else the first.
    """
    if len(found.articles) < 2:
        return found.articles[0] if found.articles else {}
    addresses = {
        _path(address) for address in (document.url, *found.links.get("canonical", ()), *found.meta.get("og:url", ()))
    }
    titles = [fold(title) for title in (found.title, *found.meta.get("og:title", ())) if title]

    def rank(node: Node) -> tuple[int, int, int]:
        own = [a for key in ("url", "@id", "mainEntityOfPage") for a in jsonld.texts(node.get(key))]
        headline = fold(jsonld.text(node.get("headline")) or jsonld.text(node.get("name")) or "")
        same = any(_path(address) in addresses for address in own)
        titled = bool(headline) and any(headline in title or title in headline for title in titles)
        return (not (same and titled), not titled, not same)

    return min(found.articles, key=rank)


def _path(address: str) -> str:
    address = address.split("#", 1)[0].split("?", 1)[0].rstrip("/")
    return address.split("://", 1)[-1].partition("/")[2] or address
