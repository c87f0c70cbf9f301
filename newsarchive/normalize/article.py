"""From the raw findings of a page to one article: every value in its one form, each with the rule that gave it."""

from __future__ import annotations

from newsarchive.article import Article, Author, Image, Moment, RelatedLink
from newsarchive.normalize.address import canonical_address, original_image
from newsarchive.normalize.credit import split_credit
from newsarchive.normalize.text import clean
from newsarchive.normalize.times import parse_time
from newsarchive.reading import Found, Link, Picture, Reading, Stamp

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
    for name in ("published", "modified"):
        stamp: Stamp | None = getattr(reading, name)
        if stamp is not None and (moment := _moment(stamp, reading.language)) is not None:
            setattr(article, name, moment)
            article.rules[name] = stamp.rule
    article.body = "\n\n".join(block for paragraph in reading.body if (block := clean(paragraph))) or None
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


def _moment(stamp: Stamp, language: Found | None) -> Moment | None:
    return parse_time(stamp.raw, zone=stamp.zone, languages=(language.value,) if language else ())


def _image_address(raw: str | None, base: str) -> str | None:
    return canonical_address(original_image(raw), base) if raw else None


def _images(pictures: list[Picture], base: str) -> list[Image]:
    images = []
    for picture in pictures:
        caption, credit = split_credit(clean(picture.caption)) if picture.caption else (None, None)
        images.append(Image(url=_image_address(picture.url, base), caption=caption, credit=picture.credit or credit))
    return images


def _link(raw: Link, base: str) -> RelatedLink | None:
    title = clean(raw.title)
    if not title:
        return None
    url = canonical_address(raw.url, base) if raw.url else None
    return RelatedLink(kind=raw.kind, title=title, url=url, published=raw.published)
