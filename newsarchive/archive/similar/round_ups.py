"""Round-ups: one text that holds two stories which are strangers to each other.

Two texts alone cannot tell a story printed with another one from a story with paragraphs added: half of either stands
in the other. A third text can. Where much of an article stands in two others that have nothing in common, it is a
round-up of both: it shares text with each and is the same as neither, and does not make one story of the two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from itertools import combinations

from sqlalchemy import Connection, bindparam, or_, select, update

from newsarchive.archive.models import Base
from newsarchive.archive.similar.story_groups import join_groups, part_groups
from newsarchive.archive.statements import ARTICLES, chunks
from newsarchive.normalize.shingles import Shingled

SIMILAR = Base.metadata.tables["similar_articles"]
_BODY = select(ARTICLES.c.body).where(ARTICLES.c.id == bindparam("article"))

# Share of a round-up that stands in each of its stories: of three stories of one length in one text each is a third.
_PART = 0.2
# Share of the shorter of two stories that may stand in the other and they are strangers still: a block of background.
_STRANGE = 0.1
_KEPT = 500  # texts cut into shingles, some 40 kB each: a story with many reprints is looked at from each of them

Links = Mapping[int, Mapping[int, str]]  # article -> the articles that it is linked with -> relation
Shingles = Callable[[int], frozenset[bytes]]  # of an article's text


def loosen_round_ups(connection: Connection, article_ids: Collection[int]) -> None:
    """Call round-ups among ``article_ids`` what they are: their ``same_text`` links become ``shares_text``.

    The links of these articles must be stored, and their groups joined.
    """
    links = {number: own for number, own in _links(connection, article_ids).items() if len(own) > 1}
    links = {number: own for number, own in links.items() if "same_text" in own.values()}
    among = _links(connection, {other for own in links.values() for other in own}) if links else {}

    @lru_cache(maxsize=_KEPT)
    def shingles(number: int) -> frozenset[bytes]:
        return Shingled.of(connection.scalar(_BODY, {"article": number}) or "").shingles

    # Those of one story together, so that its reprints are cut up once.
    for number, own in sorted(links.items(), key=lambda item: min(item[0], *item[1])):
        apart = [(one, other) for one, other in combinations(sorted(own), 2) if other not in among.get(one, {})]
        if apart:
            _loosen(connection, number, own, apart, shingles)


def _links(connection: Connection, article_ids: Iterable[int]) -> Links:
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for some in chunks(article_ids):
        query = select(SIMILAR.c.article_id, SIMILAR.c.other_id, SIMILAR.c.relation)
        either = or_(SIMILAR.c.article_id.in_(some), SIMILAR.c.other_id.in_(some))
        for one, other, relation in connection.execute(query.where(either)):
            found[one][other] = found[other][one] = relation
    return {number: found[number] for number in article_ids if number in found}


def _loosen(
    connection: Connection, number: int, own: Mapping[int, str], apart: Iterable[tuple[int, int]], shingles: Shingles
) -> None:
    whole = shingles(number)
    parts = {other for other in own if len(shingles(other) & whole) >= _PART * len(whole)}
    strangers = {
        story
        for pair in apart
        if parts.issuperset(pair)
        and len(shingles(pair[0]) & shingles(pair[1])) <= _STRANGE * min(len(shingles(one)) for one in pair)
        for story in pair
    }
    loosened = {story for story in strangers if own[story] == "same_text"}
    if not loosened:
        return
    part_groups(connection, [number])
    for story in loosened:
        share = len(shingles(story) & whole) / min(len(shingles(story)), len(whole))
        both = SIMILAR.c.article_id == max(number, story), SIMILAR.c.other_id == min(number, story)
        connection.execute(update(SIMILAR).where(*both).values(relation="shares_text", score=round(share, 3)))
    copies = connection.scalars(select(ARTICLES.c.id).where(ARTICLES.c.duplicate_of_id == number))
    same = [other for other, relation in own.items() if relation == "same_text" and other not in loosened]
    join_groups(connection, [(number, other) for other in (*same, *copies)])
