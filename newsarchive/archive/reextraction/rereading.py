"""What a better extractor reads otherwise in the same bytes: reported by field, and applied article by article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from newsarchive.archive.connection import place, writing
from newsarchive.archive.differences import FIELDS, as_text
from newsarchive.archive.errors import plain_errors
from newsarchive.archive.reextraction import KeptPage, Run, record
from newsarchive.archive.statements import take_write_lock
from newsarchive.archive.writing.changes import class_change
from newsarchive.archive.writing.holdings import Arrival, Holding, Holdings
from newsarchive.archive.writing.links import link_external_ids, link_rows, stored_links
from newsarchive.archive.writing.names import Names
from newsarchive.archive.writing.rows import Rows
from newsarchive.archive.writing.wording import MODIFIED, PUBLISHED, Wording, reconcile, wording_of
from newsarchive.page import Story

# Fields of an article and the columns that hold them. An article's id and address are its identity and stay.
COLUMNS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in FIELDS if name not in ("published", "modified", "body")},
    "published": PUBLISHED,
    "modified": MODIFIED,
    "body": ("body", "text_digest", "correction"),
    **{name: (name,) for name in ("correction", "language", "paywalled", "live_blog")},
}
FACTS = ("canonical_url", "lead_image")
REREAD = (*COLUMNS, *FACTS, "related_links")
"""The fields that can be read again."""

EXAMPLES = 3  # kept of each field and paper, and of each reason
_LONGEST = 300  # characters of an example: enough to see what differs


@dataclass(frozen=True, slots=True)
class Reread:
    """A kept page as today's extractor reads it; without a story ``skipped`` and ``detail`` say why it cannot."""

    page: KeptPage
    story: Story | None = None
    skipped: str = ""
    detail: str = ""


@dataclass(slots=True)
class _Change:
    """What one article would say from now on."""

    holding: Holding
    wording: Wording
    changed: list[str]
    following: list[str]
    facts: dict[str, Any]
    links: list[dict[str, Any]] | None
    fields: list[tuple[str, str, str]]  # name, before, after


def settle(engine: Engine, run: Run, rereads: Sequence[Reread], now: datetime) -> None:
    """Compare pages with what the archive holds, apply what differs if the run applies, and write how far it came.

    One transaction, each article whole in it. Raises `ArchiveError`; then nothing of it is in the archive.
    """
    with plain_errors(place(engine)), writing(engine) as connection, connection.begin():
        take_write_lock(connection)
        holdings = Holdings()
        holdings.load_articles(connection, [reread.page.article_id for reread in rereads])
        told = [reread for reread in rereads if reread.story is not None]
        holdings.load_addresses(connection, _linked(told))
        stored = stored_links(connection, [reread.page.article_id for reread in told])
        rows, names = Rows(links=stored), Names()
        for reread in rereads:
            run.report["articles"] += 1
            holding = holdings.get(reread.page.article_id)
            if reread.story is None:
                _note_skipped(run, reread.skipped, reread.detail)
            elif holding is None or holding.number != reread.page.number:
                _note_skipped(run, "a crawl has read it meanwhile", reread.page.url)
            else:
                links = stored.get(holding.id, [])
                change = _compare(reread, reread.story, holding, links, holdings, run.selection.fields)
                _note(run, reread.page, change)
                if run.applies and change.fields:
                    _apply(rows, change, reread)
        rows.write(connection, names)
        run.after = max([run.after, *(reread.page.article_id for reread in rereads)])
        record(connection, run, now)


def _linked(told: Iterable[Reread]) -> set[str]:
    return {
        link.url
        for reread in told
        if reread.story
        for link in reread.story.article.related_links
        if link.url is not None
    }


def _compare(
    reread: Reread,
    story: Story,
    holding: Holding,
    stored: list[dict[str, Any]],
    holdings: Holdings,
    fields: Sequence[str],
) -> _Change:
    article, old = story.article, holding.wording
    wanted = fields or REREAD
    columns = {column for name in wanted for column in COLUMNS.get(name, ())}
    # What only a listing had said is not on the page.
    listed = {name for name, rule in holding.facts["rules"].items() if rule.startswith("listing")}
    columns -= {column for name in listed for column in COLUMNS.get(name, ()) if not _said(article, name)}
    new = {**old, **{name: value for name, value in wording_of(article, story.text_digest).items() if name in columns}}
    half = story.outcome == "paywalled" or article.paywalled
    seen = reread.page.fetched_at, reread.page.fetched_at
    kept, changed, following = reconcile(old, new, seen=seen, half=half)
    # Between visits a time that is vaguer or gone refutes nothing; from the same bytes the better reading counts.
    for column in (*PUBLISHED, *MODIFIED):
        if kept[column] != new[column]:
            kept[column] = new[column]
            following.append(column)
    facts = dict(holding.facts)
    facts |= {name: getattr(article, name) for name in FACTS if name in wanted}
    links = None
    if "related_links" in wanted:
        arrival = Arrival.of(story, holding.source_id)
        links = link_rows(arrival, holding.id, link_external_ids(story), holdings)
        if _shown(links) == _shown(stored):
            links = None
    found = [(name, before, after) for name in COLUMNS if (before := _text(old, name)) != (after := _text(kept, name))]
    found += [
        (name, holding.facts[name] or "", facts[name] or "") for name in FACTS if holding.facts[name] != facts[name]
    ]
    if links is not None:
        found.append(("related_links", "\n".join(_shown(stored)), "\n".join(_shown(links))))
    if found:
        facts["rules"] = {
            **holding.facts["rules"],
            **{name: article.rules[name] for name, _, _ in found if name in article.rules},
        }
        facts["problems"] = article.problems
    return _Change(holding, kept, changed, following, facts, links, found)


def _said(article: Any, name: str) -> bool:
    return bool(getattr(article, name, None))


def _text(wording: Wording, name: str) -> str:
    if name == "images":
        return json.dumps(wording["images"], ensure_ascii=False)
    if name in ("paywalled", "live_blog"):
        return "yes" if wording[name] else "no"
    return as_text(wording, name)


def _shown(links: list[dict[str, Any]]) -> list[str]:
    ordered = sorted(links, key=lambda row: (row["kind"], row["position"]))
    return [f"{row['kind']}: {row['title']} {row['url'] or ''}".strip() for row in ordered]


def _apply(rows: Rows, change: _Change, reread: Reread) -> None:
    holding, old, story = change.holding, change.holding.wording, reread.story
    assert story is not None
    rows.reword(holding, change.wording)
    if story.text_digest and story.shingles:
        rows.samples[story.text_digest] = story.shingles
    if change.changed:
        holding.number += 1
        rows.revisions[holding.id, holding.number] = {
            "article_id": holding.id,
            "number": holding.number,
            # It is the wording that the revision before it had tried to read, and stands in its place in time.
            "observed_at": holding.observed_at,
            "capture_id": reread.page.capture_id,
            "cause": "extractor",
            "changed_fields": change.changed,
            **class_change(old, change.wording, change.changed, "extractor").columns,
        }
    rows.wordings[holding.id, holding.number] = change.wording
    holding.facts = change.facts
    if change.links is not None:
        rows.links[holding.id] = change.links
        rows.stale["related_links"].add(holding.id)


def _note(run: Run, page: KeptPage, change: _Change) -> None:
    run.report["changed"] += bool(change.fields)
    run.report["revised"] += bool(change.changed)
    for name, before, after in change.fields:
        paper = run.report["fields"].setdefault(name, {}).setdefault(page.source, {"count": 0, "examples": []})
        paper["count"] += 1
        if len(paper["examples"]) < EXAMPLES:
            before, after = _around(before, after)
            paper["examples"].append({"article": page.article_id, "url": page.url, "before": before, "after": after})


def _around(before: str, after: str) -> tuple[str, str]:
    """Cut an example to where its sides begin to differ."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = max(0, same - _LONGEST // 5)
    cut = [("…" if start else "") + side[start : start + _LONGEST] for side in (before, after)]
    return cut[0], cut[1]


def _note_skipped(run: Run, reason: str, detail: str) -> None:
    skipped = run.report["skipped"].setdefault(reason, {"count": 0, "examples": []})
    skipped["count"] += 1
    if len(skipped["examples"]) < EXAMPLES:
        skipped["examples"].append(detail)
