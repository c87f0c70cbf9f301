"""Links from article to article: found when the target is known, and mended when it becomes known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from newsarchive.archive.models import AddressRow, ArticleRow, Base
from newsarchive.archive.statements import chunks
from newsarchive.archive.writing.holdings import Arrival, Holdings
from newsarchive.normalize.times import parse_time
from newsarchive.page import Story

LINKS = Base.metadata.tables["related_links"]
LINKING = ArticleRow.__table__.alias("linking")  # made once: an alias has all the columns anew


def link_external_ids(story: Story) -> list[str | None]:
    """The paper's own ids of the linked stories, where its layout tells how to read them from an address."""
    layout = story.page.layout
    links = story.article.related_links
    if layout is None or layout.story is None:
        return [None] * len(links)
    search = re.compile(layout.story).search
    matches = [search(link.url) if link.url else None for link in links]
    return [match.groupdict().get("id") if match else None for match in matches]


def link_rows(
    arrival: Arrival, article_id: int, external_ids: Sequence[str | None], holdings: Holdings
) -> list[dict[str, Any]]:
    """Rows of ``related_links`` for what the page shows, numbered from 1 within each kind."""
    page = arrival.story.page
    zone = (page.layout.timezone if page.layout is not None else None) or page.source.timezone
    numbers: dict[str, int] = {}
    rows = []
    for link, external_id in zip(arrival.story.article.related_links, external_ids, strict=True):
        numbers[link.kind] = numbers.get(link.kind, 0) + 1
        rows.append(
            {
                "article_id": article_id,
                "kind": link.kind,
                "position": numbers[link.kind],
                "url": link.url,
                "title": link.title,
                "published_at": _instant(link.published, zone, page.fetched_at) if link.published else None,
                "published_raw": link.published,
                "target_article_id": holdings.linked(arrival.source_id, link.url, external_id),
                "target_external_id": external_id,
            }
        )
    return rows


def _instant(raw: str, zone: str | None, fetched_at: datetime) -> datetime | None:
    return _read_time(raw, zone, fetched_at.replace(second=0, microsecond=0))


@lru_cache(maxsize=4096)  # the same few hot stories stand beside every story of an hour
def _read_time(raw: str, zone: str | None, reference: datetime) -> datetime | None:
    moment = parse_time(raw, zone=zone, reference=reference)
    return moment.utc if moment is not None else None


def find_targets(connection: Connection, article_ids: Sequence[int]) -> None:
    """Point the links that waited for these articles at them: by address, and by the paper's own id."""
    article, address, linking = ArticleRow.__table__, AddressRow.__table__, LINKING
    found: dict[tuple[int, str, int], int] = {}
    for some in chunks(article_ids):
        waiting = LINKS.c.target_article_id.is_(None)
        columns = (LINKS.c.article_id, LINKS.c.kind, LINKS.c.position)
        by_address = (
            select(*columns, address.c.article_id)
            .join(address, address.c.url == LINKS.c.url)
            .where(waiting, address.c.article_id.in_(some))
        )
        by_id = (
            select(*columns, article.c.id)
            .join(article, article.c.external_id == LINKS.c.target_external_id)
            .join(linking, (linking.c.id == LINKS.c.article_id) & (linking.c.source_id == article.c.source_id))
            .where(waiting, article.c.id.in_(some))
        )
        for query in (by_address, by_id):
            found.update({(row[0], row[1], row[2]): row[3] for row in connection.execute(query)})
    if found:
        statement = (
            update(LINKS)
            .where(
                LINKS.c.article_id == bindparam("linking"),
                LINKS.c.kind == bindparam("the_kind"),
                LINKS.c.position == bindparam("the_position"),
            )
            .values(target_article_id=bindparam("target"))
        )
        connection.execute(
            statement,
            [
                {"linking": linking, "the_kind": kind, "the_position": position, "target": target}
                for (linking, kind, position), target in found.items()
            ],
        )


def stored_links(connection: Connection, article_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The links that the archive holds of these articles, in the order of their kinds and positions."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for some in chunks(article_ids):
        for row in connection.execute(select(LINKS).where(LINKS.c.article_id.in_(some))):
            rows.setdefault(row.article_id, []).append(dict(row._mapping))
    return rows


def same_links(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> bool:
    """Whether two sets of link rows say the same, whatever is known of their targets."""

    def said(row: dict[str, Any]) -> tuple[Any, ...]:
        return (row["kind"], row["position"], row["url"], row["title"], row["published_raw"])

    return {said(row) for row in rows} == {said(row) for row in others}
