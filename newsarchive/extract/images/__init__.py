"""The pictures of an article: which of the page's pictures belong to it, and what stands under them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsarchive.extract.body import Body
from newsarchive.extract.captions import has_caption
from newsarchive.extract.document import Document, parse
from newsarchive.extract.document.select import first_match
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.images.figure import in_element
from newsarchive.extract.images.on_page import on_page
from newsarchive.extract.images.picture_address import address_of, is_decoration
from newsarchive.reading import Found, Picture

if TYPE_CHECKING:
    from newsarchive.extract.layout import Layout


@dataclass(slots=True)
class Pictures:
    """The pictures in page order and the lead image, each with its rule."""

    pictures: list[Picture] = field(default_factory=list)
    rule: str | None = None
    lead: Found | None = None


def read_images(document: Document, data: Structured, body: Body, *, layout: Layout | None = None) -> Pictures:
    """The pictures of the article whose body is ``body``."""
    lead = _stated_lead(data)
    described = first_match(document, layout.images) if layout is not None else None
    if described is not None:
        chosen = [element for element in described[1] if not isinstance(element, str)]
        found, rule = [in_element(element) for element in chosen], f"layout: {described[0]}"
    else:
        found, rule = on_page(body), "pictures beside the story"
        if body.source is not None and not body.lines:
            found, rule = _in_source(body.source), body.rule
    pictures = _once(found)
    if lead is not None and pictures and pictures[0].caption is None and (stated := _stated_caption(data)):
        pictures[0] = Picture(url=pictures[0].url, caption=stated, credit=pictures[0].credit)
    if not pictures and lead is not None:
        pictures, rule = [Picture(url=lead.value, caption=_stated_caption(data))], lead.rule
    if lead is None and pictures and pictures[0].url:
        lead = Found(pictures[0].url, rule)
    return Pictures(pictures, rule if pictures else None, lead)


def _in_source(source: str) -> list[Picture]:
    """The pictures in the HTML of a body that the page does not show."""
    found = []
    for image in parse(source, "").root.iter("img"):
        around = image.getparent()
        for _ in range(3):
            if around is None or around.tag == "body":
                break
            if has_caption(around):
                found.append(in_element(around))
                break
            around = around.getparent()
        else:
            found.append(Picture(url=address_of(image)))
    return found


def _once(pictures: list[Picture]) -> list[Picture]:
    """Each picture once: the copy with a caption wins (a story's lead image often stands in a lightbox too)."""
    found: list[Picture] = []
    for picture in pictures:
        if picture.url is None and picture.caption is None:
            continue
        same = next(
            (
                n
                for n, other in enumerate(found)
                if (picture.url and other.url == picture.url) or (picture.caption and other.caption == picture.caption)
            ),
            None,
        )
        if same is None:
            found.append(picture)
        elif found[same].caption is None or found[same].url is None:
            other = found[same]
            found[same] = Picture(
                url=other.url or picture.url,
                caption=other.caption or picture.caption,
                credit=other.credit or picture.credit,
            )
    return found


def _stated_lead(data: Structured) -> Found | None:
    for image in _stated_images(data):
        address = image if isinstance(image, str) else image.get("url") or image.get("contentUrl")
        if isinstance(address, str) and address.strip() and not is_decoration(address):
            return Found(address.strip(), "json-ld: image")
    found = data.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return Found(found[0], f"meta: {found[1]}") if found and not is_decoration(found[0]) else None


def _stated_images(data: Structured) -> list[Any]:
    value = data.resolve(data.article.get("image"))
    images = value if isinstance(value, list) else [value]
    return [image for image in images if isinstance(image, (str, dict))]


def _stated_caption(data: Structured) -> str | None:
    for image in _stated_images(data)[:1]:
        if isinstance(image, dict) and isinstance(caption := image.get("caption"), str) and caption.strip():
            return caption.strip()
    return None
