"""What the archive says of the labelled pairs of tests/fixtures/duplicates, all of them stored as a crawl would."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from sqlalchemy import Engine, text

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.writing.writer import Writer
from tests.archive.stories import NOON, story
from tests.fixtures.duplicates.pairs import SEED, Pair, Relation


def judge(engine: Engine, pairs: Sequence[Pair]) -> list[tuple[Pair, Relation]]:
    """Store every text once, in a random order; returns the pairs with the relation that the archive then has."""
    bodies = sorted({body for pair in pairs for body in (pair.one, pair.other)})
    random.Random(SEED).shuffle(bodies)
    writer = Writer(engine, begin_crawl(engine, "morgenblatt", {}, NOON))
    for number, body in enumerate(bodies):
        if writer.add(story(10_000 + number, body=body)):
            writer.flush()
    writer.flush()
    with engine.connect() as connection:
        articles = connection.execute(text("SELECT body, coalesce(duplicate_of_id, id) FROM articles")).all()
        links = connection.execute(text("SELECT article_id, other_id, relation FROM similar_articles")).all()
    first = {row[0]: row[1] for row in articles}
    known: dict[tuple[int, int], Relation] = {(one, other): relation for one, other, relation in links}
    verdicts: list[tuple[Pair, Relation]] = []
    for pair in pairs:
        one, other = sorted((first[pair.one], first[pair.other]))
        verdicts.append((pair, "same_text" if one == other else known.get((other, one))))
    return verdicts


def share(verdicts: Sequence[tuple[Pair, Relation]]) -> dict[str, float]:
    """Precision and recall. A link of either kind counts as found for ``linked``; a stranger linked is always an error.

    ``same_text, strict`` also counts a merged story or an excerpt that is called the same text as an error.
    """
    same = [(pair, relation) for pair, relation in verdicts if relation == "same_text"]
    linked = [(pair, relation) for pair, relation in verdicts if relation]
    labelled_same = [(pair, relation) for pair, relation in verdicts if pair.relation == "same_text"]
    labelled = [(pair, relation) for pair, relation in verdicts if pair.relation]
    return {
        "same_text precision": _part(pair.relation is not None for pair, _ in same),
        "same_text precision, strict": _part(pair.relation == "same_text" for pair, _ in same),
        "same_text recall": _part(relation == "same_text" for _, relation in labelled_same),
        "linked precision": _part(pair.relation is not None for pair, _ in linked),
        "linked recall": _part(relation is not None for _, relation in labelled),
    }


def _part(right: Iterable[bool]) -> float:
    answers = list(right)
    return sum(answers) / len(answers) if answers else 1.0
