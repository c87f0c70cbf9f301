"""One batch of a crawl's findings on its way into the archive, within one transaction.

Everything that the batch may touch is read first, decided in memory, and written table by table: a few statements for
a batch and not dozens for each article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, tuple_, update

from newsarchive.archive.drift import field_presence
from newsarchive.archive.duplicates import first_with, settle
from newsarchive.archive.holdings import Holding, Holdings, address_key, same_place, story_addresses
from newsarchive.archive.links import external_id, find_targets, link_rows, same_links, stored_links
from newsarchive.archive.models import Base
from newsarchive.archive.names import Names, reserve_ids
from newsarchive.archive.wording import reconcile, wording_of
from newsarchive.page import Capture, Miss, Outcome, Story

Item = Story | Miss | Capture
TABLES = Base.metadata.tables
LISTS = ("authors", "images", "tags")  # kept as rows of their own for articles, and whole in revisions


class Batch:
    """Writes items in the order given. Use one for one transaction, whose write lock the caller holds."""

    def __init__(self, connection: Connection, crawl_id: int, names: Names) -> None:
        self.outcomes: Counter[str] = Counter()  # visits by outcome
        self.yields: Counter[tuple[int, str, bool]] = Counter()  # pages by newspaper, field, and whether it was found
        self._connection = connection
        self._crawl_id = crawl_id
        self._names = names
        self._holdings = Holdings()
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._new: dict[int, Holding] = {}
        self._rewritten: dict[int, Holding] = {}
        self._seen: dict[int, Holding] = {}
        self._changed_at: dict[int, datetime] = {}
        self._revisions: dict[tuple[int, int], dict[str, Any]] = {}
        self._revised: dict[tuple[int, int], dict[str, Any]] = {}
        self._stale: dict[str, set[int]] = defaultdict(set)
        self._links: dict[int, list[dict[str, Any]]] = {}
        self._texts: set[str] = set()  # digests of texts that an article has left or joined by a change

    def write(self, items: Sequence[Item]) -> None:
        """Write all items. Database errors pass through; the caller rolls back."""
        self._read(items)
        for item in items:
            if isinstance(item, Story):
                self._story(item)
            elif isinstance(item, Miss):
                self._miss(item)
        self._write()

    # Reading what is needed ------------------------------------------------------------------------------------------

    def _read(self, items: Sequence[Item]) -> None:
        self._source_ids = self._names.sources(
            self._connection, (item.page.source if isinstance(item, Story) else item.source
                               for item in items if not isinstance(item, Capture))
        )  # fmt: skip
        self._captures(items)
        stories = [item for item in items if isinstance(item, Story)]
        addresses = {url for story in stories for url in story_addresses(story)}
        addresses |= {address_key(item.url) for item in items if isinstance(item, Miss)}
        external_ids: dict[int, set[str]] = defaultdict(set)
        for story in stories:
            layout = story.page.layout
            ids = {external_id(link.url, layout.story if layout else None) for link in story.article.related_links}
            ids.add(story.article.external_id)
            external_ids[self._source_ids[story.page.source.name]] |= {value for value in ids if value}
            addresses |= {link.url for link in story.article.related_links if link.url}
        self._holdings.load_addresses(self._connection, addresses)
        for source_id, wanted in external_ids.items():
            self._holdings.load_external_ids(self._connection, source_id, wanted)
        known = {
            article_id
            for story in stories
            for article_id in self._holdings.candidates(self._source_ids[story.page.source.name], story)
        }
        self._holdings.load_articles(self._connection, known)
        self._links = stored_links(self._connection, known)
        self._first = first_with(self._connection, {story.text_digest for story in stories if story.text_digest})
        self._article_ids = iter(reserve_ids(self._connection, TABLES["articles"], len(stories)))

    def _captures(self, items: Sequence[Item]) -> None:
        """Give each recorded response its row, once in a crawl however often it is handed in."""
        captures: dict[Any, Capture] = {}
        for item in items:
            capture = item if isinstance(item, Capture) else _capture_of(item)
            if capture is not None:
                captures[_place(capture)] = capture
        table = TABLES["captures"]
        self._capture_ids: dict[Any, int] = {}
        recorded = [place for place, capture in captures.items() if capture.warc_file is not None]
        if recorded:
            query = select(table.c.id, table.c.warc_file, table.c.warc_offset).where(
                table.c.crawl_id == self._crawl_id, tuple_(table.c.warc_file, table.c.warc_offset).in_(recorded)
            )
            self._capture_ids.update(
                {(row.warc_file, row.warc_offset): row.id for row in self._connection.execute(query)}
            )
        missing = [place for place in captures if place not in self._capture_ids]
        for place, number in zip(missing, reserve_ids(self._connection, table, len(missing)), strict=True):
            capture = captures[place]
            self._capture_ids[place] = number
            self._rows["captures"].append(
                {
                    "id": number,
                    "crawl_id": self._crawl_id,
                    "url": capture.url,
                    "fetched_at": capture.fetched_at,
                    "http_status": capture.http_status,
                    "content_type": capture.content_type,
                    "digest": capture.digest,
                    "warc_file": capture.warc_file,
                    "warc_offset": capture.warc_offset,
                    "warc_length": capture.warc_length,
                }
            )

    # Deciding --------------------------------------------------------------------------------------------------------

    def _miss(self, miss: Miss) -> None:
        source_id = self._source_ids[miss.source.name]
        article_id = self._holdings.at(source_id, miss.url)
        if miss.outcome == "not_modified" and article_id is not None:
            self._rows["seen"].append({"article": article_id, "seen": miss.visited_at})
        self._visit(
            source_id, miss.url, article_id, miss.visited_at, miss.outcome,
            http_status=miss.http_status, redirect_url=miss.redirect_url, capture=miss.capture, reason=miss.reason,
        )  # fmt: skip

    def _story(self, story: Story) -> None:
        page, article = story.page, story.article
        source_id = self._source_ids[page.source.name]
        holding = self._holdings.find(source_id, story, story.text_digest)
        outcome = story.outcome
        if outcome in (None, "unreadable"):  # other pages are none that the layout should have given all fields of
            self.yields.update((source_id, name, found) for name, found in field_presence(article).items())
        reason = "; ".join(article.problems) or None
        whole = bool(article.headline and article.body) and outcome in (None, "paywalled")
        if not whole:
            outcome = outcome or "unreadable"
            if outcome == "unreadable":
                reason = reason or ("no headline" if not article.headline else "no body")
        elif holding is None:
            holding = self._begin(story, source_id)
            outcome = outcome or "new"
        else:
            outcome = self._revise(story, holding)
        moved = page.requested_url != page.url and not same_place(page.requested_url, page.url)
        if moved:
            before = self._holdings.at(source_id, page.requested_url) or (holding.id if holding else None)
            self._visit(
                source_id, page.requested_url, before, page.fetched_at, "moved", redirect_url=page.url,
            )  # fmt: skip
        if whole and holding is not None:
            self._note(story, holding, moved=moved)
        self._visit(
            source_id, page.url if moved else page.requested_url, holding.id if holding else None, page.fetched_at,
            outcome, http_status=page.status, capture=page.capture, reason=reason,
        )  # fmt: skip

    def _begin(self, story: Story, source_id: int) -> Holding:
        page, article = story.page, story.article
        holding = Holding(
            id=next(self._article_ids),
            source_id=source_id,
            number=1,
            wording=wording_of(article, story.text_digest),
            facts={"url": page.url, "external_id": article.external_id, **_facts(story)},
            first_seen_at=page.fetched_at,
            last_seen_at=page.fetched_at,
            observed_at=page.fetched_at,
            digest=page.capture.digest if page.capture else None,
        )
        self._new[holding.id] = holding
        self._revision(holding, story, "first", [])
        return holding

    def _revise(self, story: Story, holding: Holding) -> Outcome:
        """Add a revision if a reader sees a difference; returns the visit's outcome."""
        page = story.page
        if page.fetched_at.replace(microsecond=0) < holding.observed_at:
            # An older recording read after a newer one: it does not undo what is known since.
            holding.first_seen_at = min(holding.first_seen_at, page.fetched_at)
            self._rewritten[holding.id] = holding
            return story.outcome or "unchanged"
        half = story.outcome == "paywalled" or story.article.paywalled
        kept, changed, following = reconcile(holding.wording, wording_of(story.article, story.text_digest), half=half)
        if kept["text_digest"] != holding.wording["text_digest"]:
            self._texts |= {digest for digest in (kept["text_digest"], holding.wording["text_digest"]) if digest}
        for name in LISTS:
            if kept[name] != holding.wording[name]:
                self._stale[name].add(holding.id)
        holding.wording = kept
        if changed:
            same_bytes = page.capture is not None and page.capture.digest == holding.digest
            holding.number += 1
            holding.observed_at = page.fetched_at
            holding.digest = page.capture.digest if page.capture else None
            self._revision(holding, story, "extractor" if same_bytes else "publisher", changed)
        elif following:
            # The same wording with a later stamp, other picture addresses, another section: its revision follows.
            self._revised[holding.id, holding.number] = kept
        facts = {**holding.facts, **_facts(story)}
        facts["external_id"] = facts["external_id"] or story.article.external_id
        if changed or following or facts != holding.facts:
            holding.facts = facts
            self._rewritten[holding.id] = holding
        return story.outcome or ("changed" if changed else "unchanged")

    def _revision(self, holding: Holding, story: Story, cause: str, changed: list[str]) -> None:
        self._changed_at[holding.id] = story.page.fetched_at
        self._revisions[holding.id, holding.number] = {
            "article_id": holding.id,
            "number": holding.number,
            "observed_at": story.page.fetched_at,
            "capture_id": self._capture_id(story.page.capture),
            "cause": cause,
            "changed_fields": changed,
        }
        self._revised[holding.id, holding.number] = holding.wording

    def _note(self, story: Story, holding: Holding, *, moved: bool) -> None:
        """Keep what a visit tells besides wording: that it was seen, where, and what stood beside it."""
        page = story.page
        if moved and holding.facts["url"] != page.url:
            holding.facts = {**holding.facts, "url": page.url}
            self._rewritten[holding.id] = holding
        holding.last_seen_at = max(holding.last_seen_at, page.fetched_at)
        self._seen[holding.id] = holding
        for url in self._holdings.add(holding, story_addresses(story)):
            self._rows["addresses"].append(
                {
                    "url": url,
                    "source_id": holding.source_id,
                    "article_id": holding.id,
                    "first_seen_at": page.fetched_at,
                }
            )
            self._stale["targets"].add(holding.id)
        rows = link_rows(story, holding.id, holding.source_id, self._holdings)
        if not same_links(rows, self._links.get(holding.id, [])):
            self._links[holding.id] = rows
            self._stale["related_links"].add(holding.id)

    def _visit(
        self,
        source_id: int,
        url: str,
        article_id: int | None,
        visited_at: datetime,
        outcome: Outcome,
        *,
        http_status: int | None = None,
        redirect_url: str | None = None,
        capture: Capture | None = None,
        reason: str | None = None,
    ) -> None:
        self.outcomes[outcome] += 1
        self._rows["visits"].append(
            {
                "crawl_id": self._crawl_id,
                "source_id": source_id,
                "url": url,
                "article_id": article_id,
                "visited_at": visited_at,
                "outcome": outcome,
                "http_status": http_status,
                "redirect_url": redirect_url,
                "capture_id": self._capture_id(capture),
                "reason": reason,
            }
        )

    def _capture_id(self, capture: Capture | None) -> int | None:
        return None if capture is None else self._capture_ids[_place(capture)]

    # Writing ---------------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        connection = self._connection
        self._insert("captures", self._rows["captures"])
        self._insert("articles", [self._article(holding, first=True) for holding in self._new.values()])
        old = [holding for number, holding in self._rewritten.items() if number not in self._new]
        self._update("articles", [self._article(holding, first=False) for holding in old])
        self._rows["seen"] += [
            {"article": holding.id, "seen": holding.last_seen_at}
            for number, holding in self._seen.items()
            if number not in self._new and number not in self._rewritten
        ]
        if self._rows["seen"]:
            articles = TABLES["articles"]
            connection.execute(
                update(articles)
                .where(articles.c.id == bindparam("article"), articles.c.last_seen_at < bindparam("seen"))
                .values(last_seen_at=bindparam("seen")),
                self._rows["seen"],
            )
        self._write_revisions()
        self._write_lists()
        self._write_addresses()
        find_targets(connection, sorted(self._stale["targets"]))
        settle(connection, sorted(self._texts))
        self._insert("visits", self._rows["visits"])

    def _article(self, holding: Holding, *, first: bool) -> dict[str, Any]:
        row = {name: value for name, value in holding.wording.items() if name not in LISTS}
        row.update(holding.facts)
        row.update(
            id=holding.id,
            source_id=holding.source_id,
            first_seen_at=holding.first_seen_at,
            last_seen_at=holding.last_seen_at,
            last_changed_at=self._changed_at.get(holding.id, holding.observed_at),
            revision_count=holding.number,
        )
        if first:
            digest = holding.wording["text_digest"]
            original = self._first.setdefault(digest, holding.id) if digest else holding.id
            row["duplicate_of_id"] = None if original == holding.id else original
        return row

    def _write_revisions(self) -> None:
        table = TABLES["revisions"]
        fresh = [{**row, **self._revised[key]} for key, row in self._revisions.items()]
        self._insert("revisions", fresh)
        following = [
            {"article": article_id, "the_number": number, **wording}
            for (article_id, number), wording in self._revised.items()
            if (article_id, number) not in self._revisions
        ]
        if following:
            columns = [name for name in following[0] if name not in ("article", "the_number")]
            self._connection.execute(
                update(table)
                .where(table.c.article_id == bindparam("article"), table.c.number == bindparam("the_number"))
                .values({name: bindparam(name) for name in columns}),
                following,
            )

    def _write_lists(self) -> None:
        holdings = {**self._seen, **self._rewritten, **self._new}
        for name, table in (("authors", "article_authors"), ("images", "images"), ("tags", "article_tags"),
                            ("related_links", "related_links")):  # fmt: skip
            stale = sorted(self._stale[name] - self._new.keys())
            if stale:
                self._connection.execute(delete(TABLES[table]).where(TABLES[table].c.article_id.in_(stale)))
        self._insert(
            "related_links",
            [row for article_id in sorted(self._stale["related_links"]) for row in self._links[article_id]],
        )
        people = [(h.id, n, person) for h in self._fresh("authors", holdings) for n, person in _numbered(h, "authors")]
        tags = [(h.id, n, tag) for h in self._fresh("tags", holdings) for n, tag in _numbered(h, "tags")]
        author_ids = self._names.authors(self._connection, (person["name"] for _, _, person in people))
        tag_ids = self._names.tags(self._connection, (tag for _, _, tag in tags))
        self._insert("article_authors", [
            {"article_id": a, "position": n, "author_id": author_ids[p["name"]], "role": p["role"]}
            for a, n, p in people
        ])  # fmt: skip
        self._insert("article_tags", [{"article_id": a, "position": n, "tag_id": tag_ids[tag]} for a, n, tag in tags])
        self._insert("images", [
            {"article_id": h.id, "position": n, **image}
            for h in self._fresh("images", holdings) for n, image in _numbered(h, "images")
        ])  # fmt: skip

    def _fresh(self, name: str, holdings: dict[int, Holding]) -> list[Holding]:
        return [holding for number, holding in holdings.items() if number in self._new or number in self._stale[name]]

    def _write_addresses(self) -> None:
        table = TABLES["addresses"]
        rows = {(row["url"], row["source_id"]): row for row in self._rows["addresses"]}
        if rows:
            # An address that another story stood at before now leads to this one.
            self._connection.execute(
                delete(table).where(table.c.url == bindparam("the_url"), table.c.source_id == bindparam("source")),
                [{"the_url": url, "source": source_id} for url, source_id in rows],
            )
        self._insert("addresses", list(rows.values()))

    def _insert(self, name: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(TABLES[name]), rows)

    def _update(self, name: str, rows: list[dict[str, Any]]) -> None:
        """Write whole rows by their id; all rows have the same columns."""
        if rows:
            table: Table = TABLES[name]
            values: dict[str, Any] = {column: bindparam(column) for column in rows[0] if column != "id"}
            renamed = [{"the_id" if column == "id" else column: row[column] for column in row} for row in rows]
            self._connection.execute(update(table).where(table.c.id == bindparam("the_id")).values(values), renamed)


def _numbered(holding: Holding, name: str) -> Iterable[tuple[int, Any]]:
    return enumerate(holding.wording[name], start=1)


def _facts(story: Story) -> dict[str, Any]:
    article = story.article
    return {
        "canonical_url": article.canonical_url,
        "lead_image": article.lead_image,
        "rules": article.rules,
        "problems": article.problems,
    }


def _capture_of(item: Story | Miss) -> Capture | None:
    return item.page.capture if isinstance(item, Story) else item.capture


def _place(capture: Capture) -> Any:
    """What tells one capture from another: its place in a recording, else the response itself."""
    if capture.warc_file is None:
        return capture.url, capture.fetched_at, capture.digest
    return capture.warc_file, capture.warc_offset
