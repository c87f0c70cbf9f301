"""Links from article to article: found when the target is known, and mended when it becomes known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from newsarchive.archive.holdings import Holdings, chunks
from newsarchive.archive.models import AddressRow, ArticleRow, Base
from newsarchive.normalize.times import parse_time
from newsarchive.page import Story

LINKS = Base.metadata.tables["related_links"]


def external_id(url: str | None, pattern: str | None) -> str | None:
    """The paper's own id of the story at an address, where the paper's layout tells how to read it."""
    if url is None or pattern is None or (found := re.search(pattern, url)) is None:
        return None
    return found.groupdict().get("id")


def link_rows(story: Story, article_id: int, source_id: int, holdings: Holdings) -> list[dict[str, Any]]:
    """Rows of ``related_links`` for what the page shows, numbered from 1 within each kind."""
    layout = story.page.layout
    pattern = layout.story if layout is not None else None
    zone = (layout.timezone if layout is not None else None) or story.page.source.timezone
    numbers: dict[str, int] = {}
    rows = []
    for link in story.article.related_links:
        numbers[link.kind] = numbers.get(link.kind, 0) + 1
        target_id = external_id(link.url, pattern)
        target = holdings.linked(source_id, link.url, target_id)
        rows.append(
            {
                "article_id": article_id,
                "kind": link.kind,
                "position": numbers[link.kind],
                "url": link.url,
                "title": link.title,
                "published_at": _instant(link.published, zone, story.page.fetched_at),
                "published_raw": link.published,
                "target_article_id": target,
                "target_external_id": target_id,
            }
        )
    return rows


def _instant(raw: str | None, zone: str | None, reference: datetime) -> datetime | None:
    moment = parse_time(raw, zone=zone, reference=reference) if raw else None
    return moment.utc if moment is not None else None


def find_targets(connection: Connection, article_ids: Sequence[int]) -> None:
    """Point the links that waited for these articles at them: by address, and by the paper's own id."""
    article, address = ArticleRow.__table__, AddressRow.__table__
    found: dict[tuple[int, str, int], int] = {}
    for some in chunks(article_ids):
        waiting = LINKS.c.target_article_id.is_(None)
        columns = (LINKS.c.article_id, LINKS.c.kind, LINKS.c.position)
        by_address = (
            select(*columns, address.c.article_id)
            .join(address, address.c.url == LINKS.c.url)
            .where(waiting, address.c.article_id.in_(some))
        )
        linking = article.alias("linking")
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
