"""The same story elsewhere: near-duplicates across all papers, linked in the transaction that stores an article.

The index is a table, ``shingles``: for each distinct text the hashes of a sample of its shingles. Articles that have a
hash in common are candidates; their stored texts are then compared whole. Nothing is kept in memory between batches.

An article whose text another has, to the letter, points at that one (``duplicate_of_id``) and stands neither in the
index nor among the links: what is said of the first holds for its copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, delete, or_, select

from newsarchive.archive.models import Base
from newsarchive.archive.similar.round_ups import loosen_round_ups
from newsarchive.archive.similar.story_groups import join_groups, part_groups
from newsarchive.archive.statements import ARTICLES, chunks, insert_rows
from newsarchive.normalize.shingles import METHOD, VERSION, Shingled, compare

SHINGLES = Base.metadata.tables["shingles"]
SIMILAR = Base.metadata.tables["similar_articles"]

# What stands in so many texts is boilerplate and tells nothing; it is not indexed any further, so that no look-up
# answers with more rows than this for a hash.
BOILERPLATE = 64
# Articles whose texts are compared with an arriving one, those with most hashes in common first.
MOST_COMPARED = 64
_REBUILT_AT_ONCE = 500  # articles
NOTHING: Mapping[Any, Any] = MappingProxyType({})


def link_similar(
    connection: Connection,
    new: Collection[int],
    told: Mapping[int, str] = NOTHING,
    settled: Collection[int] = (),
    samples: Mapping[str, tuple[int, ...]] = NOTHING,
) -> None:
    """Index articles and link them with those that they share text with, each other included.

    ``new`` are articles that were just stored, ``told`` those with another text than before, each with the text that
    it had, ``settled`` those that repeat another article than before, or none any more. ``samples`` has the hashes of
    texts by their digest, as far as they are known.
    """
    rows = [row for some in chunks({*new, *told, *settled}) for row in _texts(connection, some)]
    before = {row.id: told.get(row.id, row.body) for row in rows if row.id in told or row.id in {*settled} - {*new}}
    if before:
        _forget(connection, before)
    copies = {row.id: row.duplicate_of_id for row in rows if row.duplicate_of_id is not None}
    texts = {row.id: row.body for row in rows if row.id not in copies}
    digests = {row.id: row.text_digest for row in rows}
    hashes = {
        article_id: samples.get(digests[article_id]) or Shingled.of(body).sample()
        for article_id, body in sorted(texts.items())
    }
    candidates = _index(connection, hashes)
    pairs = _compare(connection, texts, candidates)
    insert_rows(connection, "similar_articles", pairs)
    same = [(pair["article_id"], pair["other_id"]) for pair in pairs if pair["relation"] == "same_text"]
    join_groups(connection, [*same, *copies.items()])
    loosen_round_ups(
        connection, sorted({number for pair in pairs for number in (pair["article_id"], pair["other_id"])})
    )


def rebuild(connection: Connection) -> int:
    """Index and link all articles anew; returns their number."""
    for table in ("story_groups", "similar_articles", "shingles"):
        connection.execute(delete(Base.metadata.tables[table]))
    last = count = 0
    query = select(ARTICLES.c.id).order_by(ARTICLES.c.id).limit(_REBUILT_AT_ONCE)
    while some := list(connection.scalars(query.where(ARTICLES.c.id > last))):
        link_similar(connection, some)
        last, count = some[-1], count + len(some)
    return count


def _texts(connection: Connection, article_ids: list[int]) -> Iterable[Any]:
    columns = ARTICLES.c.id, ARTICLES.c.text_digest, ARTICLES.c.duplicate_of_id, ARTICLES.c.body
    return connection.execute(select(*columns).where(ARTICLES.c.id.in_(article_ids)))


def _forget(connection: Connection, texts: Mapping[int, str]) -> None:
    """Take articles out of the index, of the links and of their groups."""
    stale = [{"at": value, "article": number} for number, text in texts.items() for value in Shingled.of(text).sample()]
    if stale:
        one = SHINGLES.c.hash == bindparam("at"), SHINGLES.c.article_id == bindparam("article")
        connection.execute(delete(SHINGLES).where(*one), sorted(stale, key=lambda row: row["at"]))
    part_groups(connection, texts)
    for some in chunks(texts):
        connection.execute(delete(SIMILAR).where(or_(SIMILAR.c.article_id.in_(some), SIMILAR.c.other_id.in_(some))))


def _index(connection: Connection, hashes: Mapping[int, tuple[int, ...]]) -> dict[int, list[int]]:
    """Add the articles to the index; returns the candidates of each, likeliest first, a pair of them only once."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for some in chunks(sorted({value for own in hashes.values() for value in own})):
        query = select(SHINGLES.c.hash, SHINGLES.c.article_id).where(SHINGLES.c.hash.in_(some))
        for value, article_id in connection.execute(query):
            holders[value].append(article_id)
    candidates = {}
    rows = []
    for article_id, own in hashes.items():
        shared: Counter[int] = Counter()
        for value in own:
            holding = holders[value]
            if len(holding) <= BOILERPLATE and article_id not in holding:
                shared.update(holding)
                holding.append(article_id)
                rows.append({"hash": value, "article_id": article_id})
        likeliest = sorted(shared.items(), key=lambda found: (-found[1], found[0]))
        candidates[article_id] = [other for other, _ in likeliest[:MOST_COMPARED]]
    # In the index's own order, so that a page of it is written once.
    insert_rows(connection, "shingles", sorted(rows, key=itemgetter("hash")))
    return candidates


def _compare(
    connection: Connection, texts: Mapping[int, str], candidates: Mapping[int, list[int]]
) -> list[dict[str, Any]]:
    """The pairs that are alike, as rows."""
    shingled: dict[int, Shingled] = {}
    pairs = []
    for some in chunks({other for found in candidates.values() for other in found} - texts.keys()):
        shingled |= {row.id: Shingled.of(row.body) for row in _texts(connection, some)}
    for article_id, found in candidates.items():
        for other in found:
            for one in (article_id, other):
                if one not in shingled:
                    shingled[one] = Shingled.of(texts[one])
            likeness = compare(shingled[article_id], shingled[other])
            if likeness is not None:
                relation, score = likeness
                pairs.append({
                    "article_id": max(article_id, other), "other_id": min(article_id, other), "relation": relation,
                    "score": round(score, 3), "method": METHOD, "version": VERSION,
                })  # fmt: skip
    return pairs
