"""From the raw findings of a page to one article: every value in its one form, each with the rule that gave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from newsarchive.article import Article, Author, Image, Moment, RelatedLink
from newsarchive.normalize.address import canonical_address, original_image
from newsarchive.normalize.credit import split_credit
from newsarchive.normalize.text import clean
from newsarchive.normalize.times import parse_time
from newsarchive.reading import Found, Link, Picture, Reading, Stamp

_BRACKETED = re.compile(r"\([^()]+\)|（[^（）]+）|\[[^\[\]]+\]")
# Fields that are one string, and are only cleaned.
_PLAIN = (
    "external_id", "headline", "kicker", "subheadline", "byline", "provider", "desk", "place", "kind", "section",
    "language",
)  # fmt: skip


def normalize(reading: Reading) -> Article:
    """The article that ``reading`` amounts to."""
    article = Article(url=reading.url, rules=dict(reading.rules), problems=list(reading.problems))
    for name in _PLAIN:
        found: Found | None = getattr(reading, name)
        if found is not None and (value := clean(found.value)):
            setattr(article, name, value)
            article.rules[name] = found.rule
    if reading.canonical_url is not None:
        article.canonical_url = canonical_address(reading.canonical_url.value, reading.base_url)
        article.rules["canonical_url"] = reading.canonical_url.rule
    article.authors = [Author(name, person.role) for person in reading.authors if (name := clean(person.name))]
    languages = (reading.language.value,) if reading.language else ()
    for name in ("published", "modified"):
        stamp: Stamp | None = getattr(reading, name)
        if stamp is not None and (moment := read_time(stamp, languages)) is not None:
            setattr(article, name, moment)
            article.rules[name] = stamp.rule
    article.body = _paragraphs(reading.body)
    if reading.correction is not None:
        article.correction = _paragraphs(reading.correction.value.split("\n\n"))
        article.rules["correction"] = reading.correction.rule
    article.images = _images(reading.images, reading.base_url)
    if reading.lead_image is not None:
        article.lead_image = _image_address(reading.lead_image.value, reading.base_url)
        article.rules["lead_image"] = reading.lead_image.rule
    article.tags = list(dict.fromkeys(tag for raw in reading.tags if (tag := clean(raw))))
    for name in ("paywalled", "live_blog"):
        mark: Found | None = getattr(reading, name)
        if mark is not None:
            setattr(article, name, True)
            article.rules[name] = mark.rule
    article.related_links = [link for raw in reading.related_links if (link := _link(raw, reading.base_url))]
    return article


def _paragraphs(blocks: Sequence[str]) -> str | None:
    return "\n\n".join(block for paragraph in blocks if (block := clean(paragraph))) or None


def read_time(stamp: Stamp, languages: Sequence[str] = ()) -> Moment | None:
    """The moment that a stamp amounts to; seconds or milliseconds since 1970, as script state has them, included."""
    if stamp.raw.isdigit() and len(stamp.raw) in (10, 13):
        instant = datetime.fromtimestamp(int(stamp.raw[:10]), UTC)
        local = instant.astimezone(ZoneInfo(stamp.zone)) if stamp.zone else instant
        return Moment(
            utc=instant,
            date=f"{local:%Y-%m-%d}",
            raw=stamp.raw,
            zone=stamp.zone,
            basis="stated_offset",
            precision="second",
        )
    moment = _parse_time(stamp.raw, zone=stamp.zone, basis=stamp.basis or "inferred", languages=tuple(languages))
    if stamp.override and stamp.zone and moment is not None and moment.utc is not None:
        # The clock is right and the stated UTC is not.
        local = moment.utc.replace(tzinfo=ZoneInfo(stamp.zone))
        return replace(
            moment,
            utc=local.astimezone(UTC),
            date=f"{local:%Y-%m-%d}",
            zone=stamp.zone,
            basis=stamp.basis or "inferred",
        )
    return moment


_parse_time = lru_cache(maxsize=32)(parse_time)  # a page's times are read when they are weighed, and again here


def _image_address(raw: str | None, base: str) -> str | None:
    return canonical_address(original_image(raw), base) if raw else None


def _images(pictures: list[Picture], base: str) -> list[Image]:
    images = []
    for picture in pictures:
        caption, credit = split_credit(clean(picture.caption)) if picture.caption else (None, None)
        credit = _credit(picture.credit) or credit
        images.append(Image(url=_image_address(picture.url, base), caption=caption, credit=credit))
    return images


def _credit(found: str | None) -> str | None:
    """A credit that stands in an element of its own, without the brackets round it and the label before it (Foto:)."""
    if found is None:
        return None
    text = clean(found)
    if _BRACKETED.fullmatch(text):
        text = text[1:-1].strip()
    caption, credit = split_credit(text)
    return (credit if credit and not caption else text) or None


def _link(raw: Link, base: str) -> RelatedLink | None:
    title = clean(raw.title)
    if not title:
        return None
    url = canonical_address(raw.url, base) if raw.url else None
    return RelatedLink(kind=raw.kind, title=title, url=url, published=raw.published)
