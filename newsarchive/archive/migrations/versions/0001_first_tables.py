"""The archive as it began: newspapers, articles with their revisions, visits, captures and crawls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authors"),
        sa.UniqueConstraint("name", name="uq_authors_name"),
    )
    op.create_table(
        "crawls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spider", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.Text(), nullable=True),
        sa.Column("finish_reason", sa.Text(), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crawls"),
    )
    op.create_index("ix_crawls_spider_started_at", "crawls", ["spider", "started_at"])
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("home_url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("name", name="uq_sources_name"),
    )
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("name", name="uq_tags_name"),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("lead_image", sa.Text(), nullable=True),
        sa.Column("first_seen_at", sa.Text(), nullable=False),
        sa.Column("last_seen_at", sa.Text(), nullable=False),
        sa.Column("last_changed_at", sa.Text(), nullable=False),
        sa.Column("revision_count", sa.Integer(), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("kicker", sa.Text(), nullable=True),
        sa.Column("subheadline", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("desk", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("published_date", sa.Text(), nullable=True),
        sa.Column("published_raw", sa.Text(), nullable=True),
        sa.Column("published_zone", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("modified_at", sa.Text(), nullable=True),
        sa.Column("modified_date", sa.Text(), nullable=True),
        sa.Column("modified_raw", sa.Text(), nullable=True),
        sa.Column("modified_zone", sa.Text(), nullable=True),
        sa.Column("modified_basis", sa.Text(), nullable=True),
        sa.Column("modified_precision", sa.Text(), nullable=True),
        sa.Column("paywalled", sa.Boolean(), nullable=False),
        sa.Column("live_blog", sa.Boolean(), nullable=False),
        sa.Column("text_digest", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["articles.id"], name="fk_articles_duplicate_of_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_articles_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index(
        "ix_articles_duplicate_of_id",
        "articles",
        ["duplicate_of_id"],
        sqlite_where=text("duplicate_of_id IS NOT NULL"),
        postgresql_where=text("duplicate_of_id IS NOT NULL"),
    )
    op.create_index("ix_articles_source_id_published_at", "articles", ["source_id", "published_at"])
    op.create_index("ix_articles_provider_published_date", "articles", ["provider", "published_date"])
    op.create_index("ix_articles_published_at", "articles", ["published_at"])
    op.create_index("ix_articles_published_date_source_id", "articles", ["published_date", "source_id"])
    op.create_index(
        "ix_articles_revised",
        "articles",
        ["revision_count", "last_changed_at"],
        sqlite_where=text("revision_count > 1"),
        postgresql_where=text("revision_count > 1"),
    )
    op.create_index("ix_articles_section_published_date", "articles", ["section", "published_date"])
    op.create_index(
        "ix_articles_source_id_published_date_section", "articles", ["source_id", "published_date", "section"]
    )
    op.create_index("ix_articles_text_digest", "articles", ["text_digest"])
    op.create_index("uq_articles_external_id", "articles", ["external_id", "source_id"], unique=True)
    op.create_table(
        "captures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("warc_file", sa.Text(), nullable=True),
        sa.Column("warc_offset", sa.Integer(), nullable=True),
        sa.Column("warc_length", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_captures_crawl_id"),
        sa.PrimaryKeyConstraint("id", name="pk_captures"),
        sa.UniqueConstraint("crawl_id", "warc_file", "warc_offset", name="uq_captures_crawl_id_warc_file_warc_offset"),
    )
    op.create_index("ix_captures_digest", "captures", ["digest"])
    op.create_index("ix_captures_url_fetched_at", "captures", ["url", "fetched_at"])
    op.create_table(
        "field_yields",
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("filled", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_field_yields_crawl_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_field_yields_source_id"),
        sa.PrimaryKeyConstraint("crawl_id", "source_id", "field", name="pk_field_yields"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_field_yields_source_id_field_crawl_id", "field_yields", ["source_id", "field", "crawl_id"])
    op.create_table(
        "addresses",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_addresses_article_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_addresses_source_id"),
        sa.PrimaryKeyConstraint("url", "source_id", name="pk_addresses"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_addresses_article_id", "addresses", ["article_id"])
    op.create_table(
        "article_authors",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_authors_article_id"),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"], name="fk_article_authors_author_id"),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_article_authors"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_authors_author_id_article_id", "article_authors", ["author_id", "article_id"])
    op.create_table(
        "article_tags",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_article_tags_article_id"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_article_tags_tag_id"),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_article_tags"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_tags_tag_id_article_id", "article_tags", ["tag_id", "article_id"])
    op.create_table(
        "images",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_images_article_id"),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_images"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "related_links",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("published_raw", sa.Text(), nullable=True),
        sa.Column("target_article_id", sa.Integer(), nullable=True),
        sa.Column("target_external_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_related_links_article_id"),
        sa.ForeignKeyConstraint(["target_article_id"], ["articles.id"], name="fk_related_links_target_article_id"),
        sa.PrimaryKeyConstraint("article_id", "kind", "position", name="pk_related_links"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_related_links_target_article_id",
        "related_links",
        ["target_article_id"],
        sqlite_where=text("target_article_id IS NOT NULL"),
        postgresql_where=text("target_article_id IS NOT NULL"),
    )
    op.create_index(
        "ix_related_links_waiting_id",
        "related_links",
        ["target_external_id"],
        sqlite_where=text("target_article_id IS NULL"),
        postgresql_where=text("target_article_id IS NULL"),
    )
    op.create_index(
        "ix_related_links_waiting_url",
        "related_links",
        ["url"],
        sqlite_where=text("target_article_id IS NULL"),
        postgresql_where=text("target_article_id IS NULL"),
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("observed_at", sa.Text(), nullable=False),
        sa.Column("capture_id", sa.Integer(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("changed_fields", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("kicker", sa.Text(), nullable=True),
        sa.Column("subheadline", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("desk", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("published_date", sa.Text(), nullable=True),
        sa.Column("published_raw", sa.Text(), nullable=True),
        sa.Column("published_zone", sa.Text(), nullable=True),
        sa.Column("published_basis", sa.Text(), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("modified_at", sa.Text(), nullable=True),
        sa.Column("modified_date", sa.Text(), nullable=True),
        sa.Column("modified_raw", sa.Text(), nullable=True),
        sa.Column("modified_zone", sa.Text(), nullable=True),
        sa.Column("modified_basis", sa.Text(), nullable=True),
        sa.Column("modified_precision", sa.Text(), nullable=True),
        sa.Column("paywalled", sa.Boolean(), nullable=False),
        sa.Column("live_blog", sa.Boolean(), nullable=False),
        sa.Column("text_digest", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("images", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.CheckConstraint("cause IN ('first', 'publisher', 'extractor')", name="ck_revisions_cause"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_revisions_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_revisions_capture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("article_id", "number", name="uq_revisions_article_id_number"),
    )
    op.create_index("ix_revisions_capture_id", "revisions", ["capture_id"])
    op.create_index(
        "ix_revisions_changes",
        "revisions",
        ["observed_at"],
        sqlite_where=text("number > 1"),
        postgresql_where=text("number > 1"),
    )
    op.create_table(
        "similar_articles",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("relation IN ('same_text', 'shares_text')", name="ck_similar_articles_relation"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_similar_articles_article_id"),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name="fk_similar_articles_other_id"),
        sa.PrimaryKeyConstraint("article_id", "other_id", name="pk_similar_articles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_similar_articles_other_id", "similar_articles", ["other_id"])
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("visited_at", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("redirect_url", sa.Text(), nullable=True),
        sa.Column("capture_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_visits_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"], name="fk_visits_capture_id"),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_visits_crawl_id"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_visits_source_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_article_id_visited_at", "visits", ["article_id", "visited_at"])
    op.create_index("ix_visits_capture_id", "visits", ["capture_id"])
    op.create_index("ix_visits_crawl_id_outcome", "visits", ["crawl_id", "outcome"])
    op.create_index("ix_visits_outcome_visited_at", "visits", ["outcome", "visited_at"])
    op.create_index("ix_visits_url_visited_at", "visits", ["url", "visited_at"])
