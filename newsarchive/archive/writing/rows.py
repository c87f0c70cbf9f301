"""The rows of one batch, gathered while it is decided and written table by table: a few statements for all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, update

from newsarchive.archive.search.index import forget_articles, index_articles
from newsarchive.archive.similar import link_similar
from newsarchive.archive.similar.duplicates import settle
from newsarchive.archive.statements import TABLES, Row, delete_rows, insert_rows, update_rows
from newsarchive.archive.writing.holdings import Holding
from newsarchive.archive.writing.links import find_targets
from newsarchive.archive.writing.names import Names
from newsarchive.archive.writing.wording import Wording

# Kept as rows of their own for an article's latest wording, and whole in each revision.
LISTS = {"authors": "article_authors", "images": "images", "tags": "article_tags"}


@dataclass(slots=True)
class Rows:
    """What a batch changes in the archive."""

    new: dict[int, Holding] = field(default_factory=dict)
    # Known articles of which more changes than last_seen_at.
    rewritten: dict[int, Holding] = field(default_factory=dict)
    seen: dict[int, datetime] = field(default_factory=dict)
    originals: dict[int, int] = field(default_factory=dict)  # new article -> the one whose text it repeats
    revisions: dict[tuple[int, int], Row] = field(default_factory=dict)
    grown: dict[tuple[int, int], Row] = field(default_factory=dict)  # revisions of live blogs that entries came to
    wordings: dict[tuple[int, int], Wording] = field(default_factory=dict)  # of revisions, new ones or known
    stale: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # lists -> articles
    links: dict[int, list[Row]] = field(default_factory=dict)
    addresses: dict[tuple[str, int], Row] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)  # digests of texts that an article left or joined by a change
    samples: dict[str, tuple[int, ...]] = field(default_factory=dict)  # hashes by which texts are found, by digest
    visits: list[Row] = field(default_factory=list)

    def write(self, connection: Connection, names: Names) -> None:
        """Write everything. Database errors pass through."""
        for number, holding in {**self.rewritten, **self.new}.items():
            holding.last_seen_at = max(holding.last_seen_at, self.seen.get(number, holding.last_seen_at))
        changed = {number: holding for number, holding in self.rewritten.items() if number not in self.new}
        insert_rows(connection, "articles", [self._new_article(holding) for holding in self.new.values()])
        update_rows(connection, "articles", ("id",), [_article(holding) for holding in changed.values()])
        self._write_seen(connection)
        self._write_revisions(connection)
        self._write_lists(connection, names)
        told = self._told_before()
        self._write_index(connection)
        self._write_addresses(connection)
        find_targets(connection, sorted({row["article_id"] for row in self.addresses.values()} | self.new.keys()))
        settled = settle(connection, sorted(self.texts))
        link_similar(connection, self.new.keys(), told, settled, self.samples)
        insert_rows(connection, "visits", self.visits)

    def see(self, article_id: int, at: datetime) -> None:
        """Note that the paper showed the article."""
        self.seen[article_id] = max(at, self.seen.get(article_id, at))

    def reword(self, holding: Holding, wording: Wording) -> None:
        """Note that an article says this now; what of it stands in tables of its own will be written anew."""
        before = holding.wording
        if wording["text_digest"] != before["text_digest"]:
            self.texts |= {digest for digest in (wording["text_digest"], before["text_digest"]) if digest}
        for name in LISTS:
            if wording[name] != before[name]:
                self.stale[name].add(holding.id)
        holding.wording = wording
        self.rewritten[holding.id] = holding

    def _write_seen(self, connection: Connection) -> None:
        articles = TABLES["articles"]
        seen = [
            {"article": number, "seen": at}
            for number, at in self.seen.items()
            if number not in self.rewritten and number not in self.new
        ]
        if seen:
            later = articles.c.last_seen_at < bindparam("seen")
            statement = update(articles).where(articles.c.id == bindparam("article"), later)
            connection.execute(statement.values(last_seen_at=bindparam("seen")), seen)

    def _new_article(self, holding: Holding) -> Row:
        return {**_article(holding), "duplicate_of_id": self.originals.get(holding.id)}

    def _write_revisions(self, connection: Connection) -> None:
        insert_rows(connection, "revisions", [{**row, **self.wordings[key]} for key, row in self.revisions.items()])
        update_rows(connection, "revisions", ("article_id", "number"), list(self.grown.values()))
        following = [
            {"article_id": article_id, "number": number, **wording}
            for (article_id, number), wording in self.wordings.items()
            if (article_id, number) not in self.revisions
        ]
        update_rows(connection, "revisions", ("article_id", "number"), following)

    def _write_lists(self, connection: Connection, names: Names) -> None:
        for name, table in {**LISTS, "related_links": "related_links"}.items():
            known = sorted(self.stale[name] - self.new.keys())
            if known:
                column = TABLES[table].c.article_id
                connection.execute(delete(TABLES[table]).where(column == bindparam("article")),
                                   [{"article": number} for number in known])  # fmt: skip
        people = list(self._listed("authors"))
        author_ids = names.authors(connection, (person["name"] for _, _, person in people))
        insert_rows(connection, "article_authors", [
            {"article_id": article_id, "position": n, "author_id": author_ids[person["name"]], "role": person["role"]}
            for article_id, n, person in people
        ])  # fmt: skip
        tags = list(self._listed("tags"))
        tag_ids = names.tags(connection, (tag for _, _, tag in tags))
        insert_rows(connection, "article_tags", [
            {"article_id": article_id, "position": n, "tag_id": tag_ids[tag]} for article_id, n, tag in tags
        ])  # fmt: skip
        insert_rows(connection, "images", [
            {"article_id": article_id, "position": n, **image} for article_id, n, image in self._listed("images")
        ])  # fmt: skip
        insert_rows(connection, "related_links", [
            row for number in sorted(self.stale["related_links"]) for row in self.links[number]
        ])  # fmt: skip

    def _write_index(self, connection: Connection) -> None:
        """Bring the full-text index up to what the articles say now."""
        changed = [
            holding
            for number, holding in self.rewritten.items()
            if number not in self.new and holding.indexed != (holding.first_seen_at, holding.wording)
        ]
        forget_articles(connection, ((holding.id, *holding.indexed) for holding in changed if holding.indexed))
        written = [*changed, *self.new.values()]
        index_articles(connection, ((holding.id, holding.first_seen_at, holding.wording) for holding in written))
        for holding in written:
            holding.indexed = holding.first_seen_at, holding.wording

    def _told_before(self) -> dict[int, str]:
        """The bodies that articles had which have another now."""
        return {
            number: holding.indexed[1]["body"]
            for number, holding in self.rewritten.items()
            if number not in self.new and holding.indexed and holding.indexed[1]["body"] != holding.wording["body"]
        }

    def _listed(self, name: str) -> Iterable[tuple[int, int, Any]]:
        """The entries of a list that articles have newly or anew, numbered from 1."""
        for number, holding in {**self.rewritten, **self.new}.items():
            if number in self.new or number in self.stale[name]:
                for position, entry in enumerate(holding.wording[name], start=1):
                    yield number, position, entry

    def _write_addresses(self, connection: Connection) -> None:
        # An address that another story stood at before now leads to this one.
        delete_rows(connection, "addresses", [{"url": url, "source_id": source} for url, source in self.addresses])
        insert_rows(connection, "addresses", list(self.addresses.values()))


def _article(holding: Holding) -> Row:
    return {
        "id": holding.id,
        "source_id": holding.source_id,
        **holding.facts,
        "first_seen_at": holding.first_seen_at,
        "last_seen_at": holding.last_seen_at,
        "last_changed_at": holding.observed_at,
        "revision_count": holding.number,
        **{name: value for name, value in holding.wording.items() if name not in LISTS},
    }
