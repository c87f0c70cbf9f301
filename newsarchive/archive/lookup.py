"""One article with all that belongs to it, found as people name it: address, the paper's id, the archive's id."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Engine, or_, select, union_all

from newsarchive.archive.models import (
    AddressRow,
    ArticleAuthorRow,
    ArticleRow,
    ArticleTagRow,
    AuthorRow,
    ImageRow,
    RelatedLinkRow,
    RevisionRow,
    SimilarArticleRow,
    SourceRow,
    TagRow,
    VisitRow,
)
from newsarchive.article import Article, Author, Image, LinkKind, Moment, RelatedLink, TimeBasis, TimePrecision
from newsarchive.normalize.address import canonical_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """That an article changed: when it was seen, why, in which fields, and what kind of change it was."""

    number: int
    observed_at: datetime
    cause: str
    changed_fields: list[str]
    substantive: bool | None
    reasons: list[str]
    silent: bool | None
    additions: int

    @property
    def told(self) -> str:
        """Cause and class in words: ``publisher, substantive: numbers, quotes, silent``."""
        if self.number == 1:
            return self.cause
        weight = f"substantive: {', '.join(self.reasons)}" if self.substantive else "cosmetic"
        return ", ".join([self.cause, weight, *(["silent"] if self.silent else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """Another article that repeats much of this one's text, or is repeated by it; ``score`` is the share, 0 to 1."""

    id: int
    source: str
    headline: str
    relation: str
    score: float


@dataclass(slots=True, kw_only=True)
class ArchivedArticle:
    """An article as the archive holds it. ``duplicates`` are ids of articles with the same text."""

    id: int
    source: str
    article: Article
    first_seen_at: datetime
    last_seen_at: datetime
    visits: int
    duplicate_of_id: int | None
    duplicates: list[int] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


def find_articles(engine: Engine, name: str, source: str | None = None) -> list[ArchivedArticle]:
    """Find the articles that go by ``name``: an address, the paper's own id, or the archive's id (``#12``, ``12``).

    A bare number is the paper's id where a paper has it, else the archive's. Several papers may share an id; with
    ``source``, a paper's name, ``name`` is an id of that paper.
    """
    with engine.connect() as connection:
        found = [load_article(connection, article_id) for article_id in _find(connection, name.strip(), source)]
    return [one for one in found if source in (None, one.source)]


def _find(connection: Connection, name: str, source: str | None) -> list[int]:
    if name.startswith("#") and name[1:].isdecimal():
        return list(connection.scalars(select(ArticleRow.id).where(ArticleRow.id == int(name[1:]))))
    address = canonical_address(name) if "://" in name else None
    if address is not None:
        by_address = select(AddressRow.article_id).where(AddressRow.url.in_({name, address}))
        query = select(ArticleRow.id).where(
            or_(ArticleRow.id.in_(by_address), ArticleRow.url.in_({name, address}), ArticleRow.canonical_url == address)
        )
        return list(connection.scalars(query.order_by(ArticleRow.id)))
    found = list(
        connection.scalars(select(ArticleRow.id).where(ArticleRow.external_id == name).order_by(ArticleRow.id))
    )
    # Ids of the archive fit into 64 bits; a longer number can only be a paper's.
    if not found and source is None and name.isdecimal() and len(name) < 19:
        found = list(connection.scalars(select(ArticleRow.id).where(ArticleRow.id == int(name))))
    return found


def load_article(connection: Connection, article_id: int) -> ArchivedArticle:
    """Read the article of this id, which exists."""
    row = connection.execute(
        select(ArticleRow.__table__, SourceRow.name.label("source"))
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .where(ArticleRow.id == article_id)
    ).one()
    plain = "url canonical_url external_id headline kicker subheadline byline provider desk place kind body lead_image"
    values = {name: getattr(row, name) for name in plain.split()}
    article = Article(
        **values,
        section=row.section,
        language=row.language,
        paywalled=row.paywalled,
        live_blog=row.live_blog,
        rules=row.rules,
        problems=row.problems,
        published=_moment(row.published_at, row.published_date, row.published_raw, row.published_zone,
                          row.published_basis, row.published_precision),
        modified=_moment(row.modified_at, row.modified_date, row.modified_raw, row.modified_zone,
                         row.modified_basis, row.modified_precision),
    )  # fmt: skip
    authors = (
        select(AuthorRow.name, ArticleAuthorRow.role)
        .join(AuthorRow, AuthorRow.id == ArticleAuthorRow.author_id)
        .where(ArticleAuthorRow.article_id == article_id)
        .order_by(ArticleAuthorRow.position)
    )
    tags = (
        select(TagRow.name)
        .join(ArticleTagRow, ArticleTagRow.tag_id == TagRow.id)
        .where(ArticleTagRow.article_id == article_id)
        .order_by(ArticleTagRow.position)
    )
    images = select(ImageRow.__table__).where(ImageRow.article_id == article_id).order_by(ImageRow.position)
    links = (
        select(RelatedLinkRow.__table__)
        .where(RelatedLinkRow.article_id == article_id)
        .order_by(RelatedLinkRow.kind, RelatedLinkRow.position)
    )
    article.authors = [Author(name, role) for name, role in connection.execute(authors)]
    article.tags = list(connection.scalars(tags))
    article.images = [Image(url=r.url, caption=r.caption, credit=r.credit) for r in connection.execute(images)]
    article.related_links = [_link(r.kind, r.title, r.url, r.published_raw) for r in connection.execute(links)]
    revisions = select(RevisionRow).where(RevisionRow.article_id == article_id).order_by(RevisionRow.number)
    return ArchivedArticle(
        id=article_id,
        source=row.source,
        article=article,
        first_seen_at=row.first_seen_at,
        last_seen_at=row.last_seen_at,
        visits=len(list(connection.scalars(select(VisitRow.id).where(VisitRow.article_id == article_id)))),
        duplicate_of_id=row.duplicate_of_id,
        duplicates=list(
            connection.scalars(
                select(ArticleRow.id).where(ArticleRow.duplicate_of_id == article_id).order_by(ArticleRow.id)
            )
        ),
        similar=_similar(connection, row.duplicate_of_id or article_id),
        addresses=list(
            connection.scalars(
                select(AddressRow.url).where(AddressRow.article_id == article_id).order_by(AddressRow.url)
            )
        ),
        revisions=[
            Revision(**row._mapping)
            for row in connection.execute(
                revisions.with_only_columns(*(RevisionRow.__table__.c[name] for name in Revision.__slots__))
            )
        ],
    )


def _similar(connection: Connection, article_id: int) -> list[Similar]:
    """What is linked with an article, most alike first; a copy's links are those of its original."""
    links = SimilarArticleRow.article_id, SimilarArticleRow.other_id
    found = union_all(*(
        select(other.label("id"), SimilarArticleRow.relation, SimilarArticleRow.score).where(own == article_id)
        for own, other in (links, links[::-1])
    )).subquery()  # fmt: skip
    query = (
        select(found.c.id, SourceRow.name.label("source"), ArticleRow.headline, found.c.relation, found.c.score)
        .join(ArticleRow, ArticleRow.id == found.c.id)
        .join(SourceRow, SourceRow.id == ArticleRow.source_id)
        .order_by(found.c.relation, found.c.score.desc(), found.c.id)
    )
    return [Similar(**row._mapping) for row in connection.execute(query)]


def _moment(
    utc: datetime | None, date: str | None, raw: str, zone: str | None, basis: TimeBasis, precision: TimePrecision
) -> Moment | None:
    if date is None:
        return None
    return Moment(utc=utc, date=date, raw=raw, zone=zone, basis=basis, precision=precision)


def _link(kind: LinkKind, title: str, url: str | None, published: str | None) -> RelatedLink:
    return RelatedLink(kind=kind, title=title, url=url, published=published)
