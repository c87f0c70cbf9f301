"""One batch of a crawl's findings on its way into the archive, within one transaction.

Everything that the batch may touch is read first, then decided item by item in memory, then written at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, tuple_

from newsarchive.archive.columns import whole_second
from newsarchive.archive.drift import field_presence
from newsarchive.archive.frontier.next_visits import Attempt, Pace, plan_next_visits
from newsarchive.archive.frontier.sightings import mark_archived
from newsarchive.archive.similar.duplicates import first_with
from newsarchive.archive.statements import ARTICLES, CAPTURES, insert_rows, reserve_ids
from newsarchive.archive.writing.changes import FIRST, Change, class_change
from newsarchive.archive.writing.history import growing, insert_earlier, latest_observed_at, read_before
from newsarchive.archive.writing.holdings import Arrival, Holding, Holdings
from newsarchive.archive.writing.links import link_external_ids, link_rows, same_links, stored_links
from newsarchive.archive.writing.names import Names
from newsarchive.archive.writing.rows import Rows
from newsarchive.archive.writing.wording import reconcile, wording_of
from newsarchive.normalize.address import address_key
from newsarchive.page import Capture, Miss, Outcome, Story

Item = Story | Miss | Capture


class Batch:
    """Writes items in the order given. Use one for one transaction, whose write lock the caller holds."""

    def __init__(self, connection: Connection, crawl_id: int, names: Names, pace: Pace) -> None:
        self.outcomes: Counter[str] = Counter()  # visits by outcome
        self.yields: Counter[tuple[int, str, bool]] = Counter()  # pages by newspaper, field, and whether it was found
        self._connection = connection
        self._crawl_id = crawl_id
        self._names = names
        self._holdings = Holdings()
        self._rows = Rows()
        self._pace = pace
        self._attempts: list[Attempt] = []
        self._met: list[tuple[int, int, str | None, list[str]]] = []  # articles at addresses new to them

    def write(self, items: Sequence[Item]) -> None:
        """Write all items. Database errors pass through; the caller rolls back."""
        visits = [item for item in items if not isinstance(item, Capture)]
        self._source_ids = self._names.sources(self._connection, (_source(item) for item in visits))
        self._write_captures(items)
        arrivals = {
            id(item): Arrival.of(item, self._source_ids[item.page.source.name])
            for item in visits
            if isinstance(item, Story)
        }
        self._read(list(arrivals.values()), [item for item in visits if isinstance(item, Miss)])
        for item in sorted(visits, key=_led_elsewhere):  # by then the story there has arrived, if it comes with them
            if isinstance(item, Story):
                self._story(arrivals[id(item)])
            else:
                self._miss(item)
        self._rows.write(self._connection, self._names)
        plan_next_visits(self._connection, self._attempts, self._pace)
        mark_archived(self._connection, self._met)

    def _write_captures(self, items: Sequence[Item]) -> None:
        """Give each recorded response its row, once in a crawl however often it is handed in."""
        captures = {_place(capture): capture for item in items if (capture := _capture(item)) is not None}
        recorded = [place for place, capture in captures.items() if capture.warc_file is not None]
        self._capture_ids: dict[Any, int] = {}
        if recorded:
            known = select(CAPTURES.c.warc_file, CAPTURES.c.warc_offset, CAPTURES.c.id).where(
                CAPTURES.c.crawl_id == self._crawl_id,
                tuple_(CAPTURES.c.warc_file, CAPTURES.c.warc_offset).in_(recorded),
            )
            self._capture_ids = {(file, offset): number for file, offset, number in self._connection.execute(known)}
        missing = [place for place in captures if place not in self._capture_ids]
        numbers = reserve_ids(self._connection, CAPTURES, len(missing))
        self._capture_ids.update(zip(missing, numbers, strict=True))
        columns = [column.name for column in CAPTURES.columns if column.name not in ("id", "crawl_id")]
        insert_rows(self._connection, "captures", [
            {"id": self._capture_ids[place], "crawl_id": self._crawl_id,
             **{name: getattr(captures[place], name) for name in columns}}
            for place in missing
        ])  # fmt: skip

    def _read(self, arrivals: list[Arrival], misses: list[Miss]) -> None:
        connection = self._connection
        addresses = {url for arrival in arrivals for url in arrival.addresses}
        addresses |= {address_key(miss.url) for miss in misses}
        moved = [miss for miss in misses if _led_elsewhere(miss)]
        addresses |= {address_key(miss.redirect_url or "") for miss in moved}
        external_ids: dict[int, set[str]] = defaultdict(set)
        self._link_ids = {}
        for arrival in arrivals:
            article = arrival.story.article
            addresses |= {link.url for link in article.related_links if link.url}
            self._link_ids[id(arrival)] = link_external_ids(arrival.story)
            own = {*self._link_ids[id(arrival)], article.external_id}
            external_ids[arrival.source_id] |= {value for value in own if value}
        self._holdings.load_addresses(connection, addresses)
        for source_id, wanted in external_ids.items():
            self._holdings.load_external_ids(connection, source_id, wanted)
        known = {number for arrival in arrivals for number in self._holdings.candidates(arrival)}
        known |= {number for miss in moved if (number := self._target(miss)) is not None}
        self._holdings.load_articles(connection, known)
        self._rows.links = stored_links(connection, known)
        self._first = first_with(connection, {a.story.text_digest for a in arrivals if a.story.text_digest})
        self._article_ids = iter(reserve_ids(connection, ARTICLES, len(arrivals)))

    def _miss(self, miss: Miss) -> None:
        source_id = self._source_ids[miss.source.name]
        article_id = self._holdings.at(source_id, address_key(miss.url))
        if miss.outcome == "not_modified" and article_id is not None:
            self._rows.see(article_id, miss.visited_at)
        if (
            article_id is None
            and _led_elsewhere(miss)
            and (holding := self._holdings.get(self._target(miss))) is not None
        ):
            self._note_addresses(holding, [address_key(miss.url)], miss.visited_at)
            article_id = holding.id
        self._visit(
            source_id, miss.url, article_id, miss.visited_at, miss.outcome, http_status=miss.http_status,
            redirect_url=miss.redirect_url, capture_id=self._capture_id(miss.capture), reason=miss.reason,
        )  # fmt: skip

    def _target(self, miss: Miss) -> int | None:
        """The article that stands where the address led."""
        return self._holdings.at(self._source_ids[miss.source.name], address_key(miss.redirect_url or ""))

    def _story(self, arrival: Arrival) -> None:
        story, source_id = arrival.story, arrival.source_id
        page, article, outcome = story.page, story.article, story.outcome
        if story.text_digest and story.shingles:
            self._rows.samples[story.text_digest] = story.shingles
        if outcome in (None, "unreadable"):  # other pages are none that the layout should have given all fields of
            self.yields.update((source_id, name, found) for name, found in field_presence(article).items())
        holding = self._holdings.find(arrival)
        reason = "; ".join(article.problems) or None
        if arrival.moved:
            self._moved(arrival, holding)
        if not (article.headline and article.body and outcome in (None, "paywalled")):
            outcome = outcome or "unreadable"
            if outcome == "unreadable":
                reason = reason or ("no headline" if not article.headline else "no body")
        elif holding is None:
            holding = self._begin(arrival)
            outcome = outcome or "new"
            self._note(arrival, holding)
        elif whole_second(page.fetched_at) < whole_second(holding.observed_at):
            outcome = self._insert_earlier(arrival, holding)
        else:
            outcome = self._revise(arrival, holding)
            self._note(arrival, holding)
        self._visit(
            source_id, page.url if arrival.moved else page.requested_url, holding.id if holding else None,
            page.fetched_at, outcome, http_status=page.status, capture_id=self._capture_id(page.capture), reason=reason,
            headers=page.headers,
        )  # fmt: skip

    def _begin(self, arrival: Arrival) -> Holding:
        story, page = arrival.story, arrival.story.page
        holding = Holding(
            id=next(self._article_ids),
            source_id=arrival.source_id,
            number=1,
            wording=wording_of(story.article, story.text_digest),
            facts={"url": page.url, "external_id": story.article.external_id, **_facts(story)},
            first_seen_at=page.fetched_at,
            last_seen_at=page.fetched_at,
            observed_at=page.fetched_at,
            digest=page.capture.digest if page.capture else None,
        )
        self._rows.new[holding.id] = holding
        if story.text_digest is not None:
            original = self._first.setdefault(story.text_digest, holding.id)
            if original != holding.id:
                self._rows.originals[holding.id] = original
        self._add_revision(holding, story, "first", [], FIRST)
        return holding

    def _revise(self, arrival: Arrival, holding: Holding) -> Outcome:
        """Bring the article up to what the page says; returns the visit's outcome."""
        story, page = arrival.story, arrival.story.page
        half = story.outcome == "paywalled" or story.article.paywalled
        seen = self._rows.seen.get(holding.id, holding.last_seen_at), page.fetched_at
        old, new = holding.wording, wording_of(story.article, story.text_digest)
        kept, changed, following = reconcile(old, new, seen=seen, half=half)
        if changed or following:
            self._rows.reword(holding, kept)
        if changed:
            # From the same bytes only a better extractor reads something else.
            same_bytes = page.capture is not None and read_before(self._connection, holding, page.capture.digest)
            cause = "extractor" if same_bytes else "publisher"
            change = class_change(old, kept, changed, cause)
            if not (change.adds_only and cause == "publisher" and self._grow(holding, story, changed, change)):
                holding.number += 1
                self._add_revision(holding, story, cause, changed, change)
            holding.observed_at = page.fetched_at
            holding.digest = page.capture.digest if page.capture else None
        elif following:
            # The same wording with a later stamp, other picture addresses, another section: its revision follows.
            self._rows.wordings[holding.id, holding.number] = kept
        facts = {**holding.facts, **_facts(story)}
        facts["external_id"] = facts["external_id"] or story.article.external_id
        if arrival.moved or (
            story.article.canonical_url and address_key(page.url) == address_key(story.article.canonical_url)
        ):
            facts["url"] = page.url  # where the paper sends readers, or where the page says that it is at home
        if changed or following or facts != holding.facts:
            holding.facts = facts
            self._rows.rewritten[holding.id] = holding
        return story.outcome or ("changed" if changed else "unchanged")

    def _insert_earlier(self, arrival: Arrival, holding: Holding) -> Outcome:
        """An old recording read after newer pages adds to the history and undoes nothing."""
        story, page = arrival.story, arrival.story.page
        # The history that it comes into has to be in the tables first.
        self._rows.write(self._connection, self._names)
        self._rows = Rows(links=self._rows.links, seen=self._rows.seen)
        wording = wording_of(story.article, story.text_digest)
        capture_id = self._capture_id(page.capture)
        added = insert_earlier(self._connection, holding.id, wording, page.fetched_at, capture_id)
        holding.number += added
        holding.observed_at = latest_observed_at(self._connection, holding.id)
        holding.first_seen_at = min(holding.first_seen_at, page.fetched_at)
        self._rows.rewritten[holding.id] = holding
        self._note_addresses(holding, arrival.addresses, page.fetched_at)
        return story.outcome or ("changed" if added else "unchanged")

    def _grow(self, holding: Holding, story: Story, changed: list[str], change: Change) -> bool:
        """Add a live blog's new entries to its latest revision, if that has only entries too and is young."""
        at, key, rows = story.page.fetched_at, (holding.id, holding.number), self._rows
        latest = growing(self._connection, *key, {**rows.revisions, **rows.grown}, at)
        if latest is None:
            return False
        rows.wordings[key] = holding.wording
        (rows.revisions if key in rows.revisions else rows.grown)[key] = latest | {
            "observed_at": at,
            "capture_id": self._capture_id(story.page.capture),
            "changed_fields": list(dict.fromkeys([*latest["changed_fields"], *changed])),
            "additions": latest["additions"] + change.additions,
        }
        return True

    def _add_revision(self, holding: Holding, story: Story, cause: str, changed: list[str], change: Change) -> None:
        key = holding.id, holding.number
        self._rows.revisions[key] = {
            "article_id": holding.id,
            "number": holding.number,
            "observed_at": story.page.fetched_at,
            "capture_id": self._capture_id(story.page.capture),
            "cause": cause,
            "changed_fields": changed,
            **change.columns,
        }
        self._rows.wordings[key] = holding.wording

    def _note(self, arrival: Arrival, holding: Holding) -> None:
        """Keep what a visit tells besides wording: that the article was seen, where, and what stood beside it."""
        self._rows.see(holding.id, arrival.story.page.fetched_at)
        self._note_addresses(holding, arrival.addresses, arrival.story.page.fetched_at)
        links = link_rows(arrival, holding.id, self._link_ids[id(arrival)], self._holdings)
        if not same_links(links, self._rows.links.get(holding.id, [])):
            self._rows.links[holding.id] = links
            self._rows.stale["related_links"].add(holding.id)

    def _note_addresses(self, holding: Holding, addresses: Sequence[str], seen_at: datetime) -> None:
        fresh = self._holdings.add(holding, addresses)
        if fresh:
            self._met.append((holding.id, holding.source_id, holding.facts["external_id"], fresh))
        for url in fresh:
            self._rows.addresses[url, holding.source_id] = {
                "url": url,
                "source_id": holding.source_id,
                "article_id": holding.id,
                "first_seen_at": seen_at,
            }

    def _moved(self, arrival: Arrival, holding: Holding | None) -> None:
        """A visit for the old address, with the redirect that answered there if it was recorded."""
        page = arrival.story.page
        before = self._holdings.at(arrival.source_id, arrival.asked) or (holding.id if holding else None)
        redirect = self._connection.execute(
            select(CAPTURES.c.id, CAPTURES.c.http_status)
            .where(CAPTURES.c.url == page.requested_url, CAPTURES.c.crawl_id == self._crawl_id,
                   CAPTURES.c.http_status.between(300, 399))
            .order_by(CAPTURES.c.id.desc())
        ).first()  # fmt: skip
        self._visit(
            arrival.source_id, page.requested_url, before, page.fetched_at, "moved", redirect_url=page.url,
            http_status=redirect.http_status if redirect else None, capture_id=redirect.id if redirect else None,
        )  # fmt: skip

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
        capture_id: int | None = None,
        reason: str | None = None,
        headers: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.outcomes[outcome] += 1
        if article_id is not None:
            self._attempts.append(
                Attempt(article_id=article_id, url=url, visited_at=visited_at, outcome=outcome, headers=headers)
            )
        self._rows.visits.append(
            {
                "crawl_id": self._crawl_id,
                "source_id": source_id,
                "url": url,
                "article_id": article_id,
                "visited_at": visited_at,
                "outcome": outcome,
                "http_status": http_status,
                "redirect_url": redirect_url,
                "capture_id": capture_id,
                "reason": reason,
            }
        )

    def _capture_id(self, capture: Capture | None) -> int | None:
        return None if capture is None else self._capture_ids[_place(capture)]


def _led_elsewhere(item: Item) -> bool:
    """Whether it is the visit to an address that led to another story, which has a visit of its own."""
    return isinstance(item, Miss) and item.outcome == "moved" and item.redirect_url is not None


def _facts(story: Story) -> dict[str, Any]:
    article = story.article
    return {
        "canonical_url": article.canonical_url,
        "lead_image": article.lead_image,
        "rules": article.rules,
        "problems": article.problems,
    }


def _source(item: Story | Miss) -> Any:
    return item.page.source if isinstance(item, Story) else item.source


def _capture(item: Item) -> Capture | None:
    if isinstance(item, Capture):
        return item
    return item.page.capture if isinstance(item, Story) else item.capture


def _place(capture: Capture) -> Any:
    """What tells one capture from another: its place in a recording, else the response itself."""
    if capture.warc_file is None:
        return capture.url, capture.fetched_at, capture.digest
    return capture.warc_file, capture.warc_offset
