"""What an exported article has: the same columns, in the same order, in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["integer", "text", "boolean", "time", "date", "texts", "images", "links"]

TYPES: dict[Type, str] = {
    "integer": "whole number",
    "text": "text",
    "boolean": "true or false",
    "time": "an instant, UTC",
    "date": "a calendar date where the paper is",
    "texts": "a list of texts",
    "images": "a list of {url, caption, credit}",
    "links": "a list of {kind, title, url, published_at, published_raw, target_article_id, target_external_id}",
}
"""Every type, in words."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A ``required`` one is never null; lists are empty rather than null."""

    name: str
    type: Type
    description: str
    required: bool = False


def _moment(name: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_at", "time", f"{what}; of a date without an hour, midnight where the paper is"),
        Column(f"{name}_date", "date", "that date where the paper is"),
        Column(f"{name}_raw", "text", "that time as the page states it"),
        Column(f"{name}_zone", "text", "the zone that it was read in"),
        Column(f"{name}_basis", "text", "how the zone is known: stated_offset, site_zone, inferred or unknown"),
        Column(f"{name}_precision", "text", "second, minute or day"),
    )


COLUMNS: tuple[Column, ...] = (
    Column("id", "integer", "the article's number in the archive that it was exported from", True),
    Column("source", "text", "name of the newspaper", True),
    Column("external_id", "text", "the paper's own id of the story"),
    Column("url", "text", "where the story stands", True),
    Column("canonical_url", "text", "the address that the page gives for itself"),
    Column("headline", "text", "headline as printed, kicker included", True),
    Column("kicker", "text", "the words over or before the headline"),
    Column("subheadline", "text", "the line under the headline, or alone above the byline"),
    Column("byline", "text", "the byline as printed"),
    Column("authors", "texts", "the people who wrote it, in the byline's order", True),
    Column("author_roles", "texts", "their roles as printed, one for each of authors; null or empty where none", True),
    Column("provider", "text", "agency, paper or organisation that the text comes from"),
    Column("desk", "text", "the desk that signs"),
    Column("place", "text", "where it was written"),
    Column("kind", "text", "what the byline calls it"),
    Column("section", "text", "section of the paper"),
    Column("language", "text", "language of the text: zh-Hant, zh-Hans, en"),
    Column("tags", "texts", "keywords printed with the story", True),
    *_moment("published", "when it was published"),
    *_moment("modified", "the latest change that the paper admits"),
    Column("paywalled", "boolean", "whether only the beginning could be read", True),
    Column("live_blog", "boolean", "whether it is a running report", True),
    Column("lead_image", "text", "address of the picture that stands for the story"),
    Column("images", "images", "its pictures, caption and credit apart", True),
    Column("related_links", "links", "links to other stories that its page showed when last read", True),
    Column("correction", "text", "the notice in which the paper corrects itself; it stands in the body too"),
    Column("first_seen_at", "time", "when it was first read", True),
    Column("last_seen_at", "time", "when the paper last showed it", True),
    Column("last_changed_at", "time", "when its latest wording was first read", True),
    Column("revision_count", "integer", "number of its latest revision; 1 if it never changed", True),
    Column("duplicate_of_id", "integer", "the first archived article with the same text"),
    Column("text_digest", "text", "digest of the text, folded; equal digests are the same text"),
    Column("capture_digest", "text", "sha256 of the page that this wording was read from, decoded"),
    Column("body", "text", "the text: paragraphs and subheads, a blank line between them", True),
)

NAMES = tuple(column.name for column in COLUMNS)
