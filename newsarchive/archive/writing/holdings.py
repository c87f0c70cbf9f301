"""What the archive holds of the stories in a batch, and which of its articles a page is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, select

from newsarchive.archive.statements import ADDRESSES, ARTICLES, CAPTURES, REVISIONS, chunks
from newsarchive.archive.writing.wording import Wording
from newsarchive.normalize.address import address_key
from newsarchive.normalize.text import fold
from newsarchive.page import Story

# What a page says of its article that no reader sees as wording.
FACTS = ("url", "canonical_url", "external_id", "lead_image", "rules", "problems")
# What a revision says of itself and not of the article.
_CHANGE = ("id", "article_id", "number", "observed_at", "capture_id", "cause", "changed_fields",
           "substantive", "reasons", "silent", "additions")  # fmt: skip
WORDING = tuple(column.name for column in REVISIONS.columns if column.name not in _CHANGE)


@dataclass(slots=True)
class Arrival:
    """A story that arrives at the archive, with the addresses by which it may be known there."""

    story: Story
    source_id: int
    asked: str
    reached: list[str]  # the canonical address and the one that the page came from

    @classmethod
    def of(cls, story: Story, source_id: int) -> Arrival:
        """Collect the story's addresses."""
        page, canonical = story.page, story.article.canonical_url
        reached = [address_key(page.url)]
        # A front page given as every story's canonical address is a site's mistake; it would make all of them one.
        if canonical and canonical != page.url and (urlsplit(canonical).path.strip("/") or urlsplit(canonical).query):
            reached.insert(0, address_key(canonical))
        asked = reached[-1] if page.requested_url == page.url else address_key(page.requested_url)
        return cls(story, source_id, asked, list(dict.fromkeys(reached)))

    @property
    def addresses(self) -> list[str]:
        """All of them, the most telling first."""
        return self.reached if self.asked in self.reached else [*self.reached, self.asked]

    @property
    def moved(self) -> bool:
        """Whether the page came from another place than was asked for; http, www and a closing slash make no place."""
        page = self.story.page
        return page.url != page.requested_url and _place(self.asked) != _place(address_key(page.url))


def _place(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query


@dataclass(slots=True)
class Holding:
    """An article as the archive holds it, or will when the batch is written."""

    id: int
    source_id: int
    number: int  # of its latest revision
    wording: Wording
    facts: dict[str, Any]
    first_seen_at: datetime
    last_seen_at: datetime
    observed_at: datetime  # when its latest revision was read
    digest: str | None  # of the bytes that its latest revision was read from
    indexed: tuple[datetime, Wording] | None = None  # when first seen and what it said, as the full-text index has it


class Holdings:
    """The archive's articles that the stories, misses and links of one batch may mean; kept current within it."""

    def __init__(self) -> None:
        self._by_id: dict[int, Holding] = {}
        self._by_external: dict[tuple[int, str], int] = {}
        self._by_address: dict[str, dict[int, int]] = {}

    def load_addresses(self, connection: Connection, urls: Iterable[str]) -> None:
        """Learn which articles have these addresses."""
        for some in chunks(set(urls)):
            query = select(ADDRESSES.c.url, ADDRESSES.c.source_id, ADDRESSES.c.article_id)
            for url, source_id, article_id in connection.execute(query.where(ADDRESSES.c.url.in_(some))):
                self._by_address.setdefault(url, {})[source_id] = article_id

    def load_external_ids(self, connection: Connection, source_id: int, external_ids: Iterable[str]) -> None:
        """Learn which articles of a paper have these ids of its own."""
        for some in chunks(set(external_ids)):
            query = select(ARTICLES.c.external_id, ARTICLES.c.id).where(
                ARTICLES.c.source_id == source_id, ARTICLES.c.external_id.in_(some)
            )
            for external_id, article_id in connection.execute(query):
                self._by_external[source_id, external_id] = article_id

    def load_articles(self, connection: Connection, article_ids: Iterable[int]) -> None:
        """Read whole articles with their latest wording."""
        article, revision = ARTICLES.c, REVISIONS.c
        query = (
            select(
                *(article[name] for name in ("id", "source_id", "first_seen_at", "last_seen_at", *FACTS)),
                *(revision[name] for name in ("number", "observed_at", *WORDING)),
                CAPTURES.c.digest,
            )
            .join(REVISIONS, and_(revision.article_id == article.id, revision.number == article.revision_count))
            .outerjoin(CAPTURES, CAPTURES.c.id == revision.capture_id)
        )
        for some in chunks(set(article_ids)):
            for row in connection.execute(query.where(article.id.in_(some))):
                said = row._mapping
                wording = {name: said[name] for name in WORDING}
                self._by_id[row.id] = Holding(
                    id=row.id,
                    source_id=row.source_id,
                    number=row.number,
                    wording=wording,
                    facts={name: said[name] for name in FACTS},
                    first_seen_at=row.first_seen_at,
                    last_seen_at=row.last_seen_at,
                    observed_at=row.observed_at,
                    digest=row.digest,
                    indexed=(row.first_seen_at, wording),
                )

    def candidates(self, arrival: Arrival) -> Sequence[int]:
        """Ids of the articles that the story may be, the likeliest first."""
        found = [self._by_external.get((arrival.source_id, arrival.story.article.external_id or ""))]
        found += [self._by_address.get(url, {}).get(arrival.source_id) for url in arrival.addresses]
        return [article_id for article_id in dict.fromkeys(found) if article_id is not None]

    def find(self, arrival: Arrival) -> Holding | None:
        """The article that the story is: by the paper's own id, else by address.

        An article known under another id of the paper's own is another story, whatever its address. An address that
        now redirects elsewhere tells of a move only if headline or text are still the same.
        """
        own_id = arrival.story.article.external_id
        by_place = {self._by_address.get(url, {}).get(arrival.source_id) for url in arrival.reached}
        for article_id in self.candidates(arrival):
            holding = self._by_id[article_id]
            their_id = holding.facts["external_id"]
            if own_id is not None and their_id is not None:
                if own_id == their_id:
                    return holding
            elif article_id in by_place or _same_story(holding, arrival.story):
                return holding
        return None

    def get(self, article_id: int | None) -> Holding | None:
        """The article with this id, if it was loaded or added."""
        return None if article_id is None else self._by_id.get(article_id)

    def at(self, source_id: int, address: str) -> int | None:
        """The article of this paper that was met at the address (an `address_key`)."""
        return self._by_address.get(address, {}).get(source_id)

    def linked(self, source_id: int, url: str | None, external_id: str | None) -> int | None:
        """The article that a link means: of the same paper, else of any."""
        if external_id is not None and (source_id, external_id) in self._by_external:
            return self._by_external[source_id, external_id]
        met = self._by_address.get(url or "", {})
        return met.get(source_id) or min(met.values(), default=None)

    def add(self, holding: Holding, addresses: Iterable[str]) -> list[str]:
        """Take note of an article and its addresses; returns those addresses that are new or were another's."""
        self._by_id[holding.id] = holding
        if holding.facts["external_id"] is not None:
            self._by_external[holding.source_id, holding.facts["external_id"]] = holding.id
        fresh = []
        for url in addresses:
            met = self._by_address.setdefault(url, {})
            if met.get(holding.source_id) != holding.id:
                met[holding.source_id] = holding.id
                fresh.append(url)
        return fresh


def _same_story(holding: Holding, story: Story) -> bool:
    if story.text_digest is not None and story.text_digest == holding.wording["text_digest"]:
        return True
    return fold(story.article.headline or "") == fold(holding.wording["headline"])
