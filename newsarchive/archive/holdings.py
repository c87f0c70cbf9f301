"""What the archive holds of the stories in a batch, and which of its articles a page is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, and_, select

from newsarchive.archive.models import AddressRow, ArticleRow, CaptureRow, RevisionRow
from newsarchive.archive.wording import Wording
from newsarchive.normalize.address import canonical_address
from newsarchive.normalize.text import fold
from newsarchive.page import Story

# Values in one IN list. SQLite takes 32,766 variables and PostgreSQL 65,535; shorter statements are no slower.
MANY = 5_000

_FOLLOWING = ("url", "canonical_url", "external_id", "lead_image", "rules", "problems")
_REVISED = tuple(
    column.name
    for column in RevisionRow.__table__.columns
    if column.name not in ("id", "article_id", "number", "observed_at", "capture_id", "cause", "changed_fields")
)


@dataclass(slots=True)
class Holding:
    """An article as the archive holds it, or will when the batch is written."""

    id: int
    source_id: int
    number: int  # of its latest revision
    wording: Wording
    facts: dict[str, Any]  # what the page says of the article that is no wording: addresses, rules, problems
    first_seen_at: Any
    last_seen_at: Any
    observed_at: Any  # when its latest revision was read
    digest: str | None  # of the bytes that its latest revision was read from
    addresses: set[str] = field(default_factory=set)


def chunks(values: Iterable[Any]) -> Iterable[list[Any]]:
    """Cut values into lists that fit into one statement."""
    everything = list(values)
    for start in range(0, len(everything), MANY):
        yield everything[start : start + MANY]


def address_key(url: str) -> str:
    """The form in which addresses of stories are kept and found."""
    return canonical_address(url) or url


def same_place(url: str, other: str) -> bool:
    """Whether two addresses differ only as http and https, www and the bare host, or a closing slash do."""

    def bare(address: str) -> tuple[str, str, str]:
        parts = urlsplit(address_key(address))
        return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query

    return url == other or bare(url) == bare(other)


def story_addresses(story: Story) -> list[str]:
    """Addresses of a story, the most telling first: canonical, where the page came from, what was asked for."""
    page, article = story.page, story.article
    addresses = [address_key(page.url)]
    canonical = article.canonical_url
    # A front page given as every story's canonical address is a site's mistake; it would make all of them one article.
    if canonical and (urlsplit(canonical).path.strip("/") or urlsplit(canonical).query):
        addresses.insert(0, address_key(canonical))
    if page.requested_url != page.url:
        addresses.append(address_key(page.requested_url))
    return list(dict.fromkeys(addresses))


class Holdings:
    """The archive's articles that the stories, misses and links of one batch may mean; kept current within it."""

    def __init__(self) -> None:
        self._by_id: dict[int, Holding] = {}
        self._by_external: dict[tuple[int, str], int] = {}
        self._by_address: dict[str, dict[int, int]] = {}

    def load_addresses(self, connection: Connection, urls: Iterable[str]) -> None:
        """Learn which articles have these addresses."""
        table = AddressRow.__table__
        for some in chunks(set(urls) - self._by_address.keys()):
            query = select(table.c.url, table.c.source_id, table.c.article_id).where(table.c.url.in_(some))
            for url, source_id, article_id in connection.execute(query):
                self._by_address.setdefault(url, {})[source_id] = article_id

    def load_external_ids(self, connection: Connection, source_id: int, external_ids: Iterable[str]) -> None:
        """Learn which articles of a paper have these ids of its own."""
        table = ArticleRow.__table__
        wanted = {value for value in external_ids if (source_id, value) not in self._by_external}
        for some in chunks(wanted):
            query = select(table.c.external_id, table.c.id).where(
                table.c.source_id == source_id, table.c.external_id.in_(some)
            )
            for external_id, article_id in connection.execute(query):
                self._by_external[source_id, external_id] = article_id

    def load_articles(self, connection: Connection, article_ids: Iterable[int]) -> None:
        """Read whole articles with their latest wording."""
        article, revision, capture = ArticleRow.__table__, RevisionRow.__table__, CaptureRow.__table__
        for some in chunks(set(article_ids) - self._by_id.keys()):
            query = (
                select(
                    *(article.c[name] for name in ("id", "source_id", "revision_count", *_FOLLOWING)),
                    article.c.first_seen_at,
                    article.c.last_seen_at,
                    revision.c.observed_at,
                    capture.c.digest,
                    *(revision.c[name] for name in _REVISED),
                )
                .join(
                    revision,
                    and_(revision.c.article_id == article.c.id, revision.c.number == article.c.revision_count),
                )
                .outerjoin(capture, capture.c.id == revision.c.capture_id)
                .where(article.c.id.in_(some))
            )
            for row in connection.execute(query):
                said = row._mapping
                self._by_id[row.id] = Holding(
                    id=row.id,
                    source_id=row.source_id,
                    number=row.revision_count,
                    wording={name: said[name] for name in _REVISED},
                    facts={name: said[name] for name in _FOLLOWING},
                    first_seen_at=row.first_seen_at,
                    last_seen_at=row.last_seen_at,
                    observed_at=row.observed_at,
                    digest=row.digest,
                )

    def candidates(self, source_id: int, story: Story) -> Sequence[int]:
        """Ids of the articles that the story may be, the likeliest first."""
        found = [self._by_external.get((source_id, story.article.external_id or ""))]
        found += [self._by_address.get(url, {}).get(source_id) for url in story_addresses(story)]
        return [article_id for article_id in dict.fromkeys(found) if article_id is not None]

    def find(self, source_id: int, story: Story, body_digest: str | None) -> Holding | None:
        """The article that the story is: by the paper's own id, else by address.

        An article known under another id of the paper's own is another story, whatever its address. An address that
        now redirects elsewhere tells of a move only if headline or text are still the same.
        """
        article = story.article
        asked = address_key(story.page.requested_url)
        reached = [url for url in story_addresses(story) if url != asked or asked == address_key(story.page.url)]
        by_place = {self._by_address.get(url, {}).get(source_id) for url in reached}
        for article_id in self.candidates(source_id, story):
            holding = self._by_id[article_id]
            theirs = holding.facts["external_id"]
            if article.external_id is not None and theirs is not None:
                if theirs == article.external_id:
                    return holding
            elif article_id in by_place or _same_story(holding, story, body_digest):
                return holding
        return None

    def at(self, source_id: int, url: str) -> int | None:
        """The article of this paper that was met at the address."""
        return self._by_address.get(address_key(url), {}).get(source_id)

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


def _same_story(holding: Holding, story: Story, body_digest: str | None) -> bool:
    if body_digest is not None and body_digest == holding.wording["text_digest"]:
        return True
    return fold(story.article.headline or "") == fold(holding.wording["headline"])
