"""Datasette over one archive, with our descriptions, questions and pages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

# The application first: it is what loads Datasette's own plugins.
from datasette.app import Datasette  # isort: skip
from datasette import handle_exception
from datasette.database import Database
from datasette.plugins import pm
from sqlalchemy import Engine

from newsarchive.archive.connection import place
from newsarchive.archive.errors import UnreachableArchiveError
from newsarchive.browse.document import described_tables, read_document
from newsarchive.browse.pages import Pages
from newsarchive.browse.questions import questions

_HERE = Path(__file__).parent
DATABASE = "archive"  # whatever the file is called, so that addresses and links stay

_FACETS = {
    "article_rows": ["source", "section", "language"],
    "articles": ["source_id", "section", "provider"],
    "revisions": ["cause", "substantive", "silent"],
    "visits": ["outcome", "source_id"],
    "related_links": ["kind"],
    "listings": ["kind", "source_id"],
    "crawls": ["spider", "finish_reason"],
    "similar_articles": ["relation"],
    "removals": ["source"],
    "completeness": ["source"],
    "unarchived": ["source", "last_outcome"],
}
_LABELS = {"articles": "headline", "sources": "name", "authors": "name", "tags": "name", "listings": "url"}
_NEWEST = {"article_rows": "published_at", "articles": "published_at", "revisions": "observed_at"}
# Of no use to a reader: indexes and the number of the schema.
_HIDDEN = ("shingles", "archive_version")

_SETTINGS = {
    "allow_download": False,  # the file alone lacks what stands in its log; `newsarchive snapshot` makes whole copies
    "sql_time_limit_ms": 5000,  # of a million articles some questions take longer than Datasette's one second
    "default_page_size": 50,
    "suggest_facets": False,  # counts every column anew for each page
    "default_cache_ttl": 0,  # crawls go on, and a page has two languages
    "truncate_cells_html": 300,
    "num_sql_threads": 3,
}


def application(engine: Engine, *, loopback: bool = True) -> Any:
    """Make the ASGI application; raises `UnreachableArchiveError` where the archive is no SQLite file.

    Once a process: Datasette keeps its plugins for all that is served.
    """
    if engine.dialect.name != "sqlite":
        raise UnreachableArchiveError(f"the archive {place(engine)}: only an SQLite archive can be browsed")
    document = read_document()
    asked = questions(document)
    # A reader's wrong query would be printed to the terminal with every variable of Datasette's, which takes seconds.
    handle_exception.rich = None
    pm.register(Pages(engine, asked, loopback=loopback), "newsarchive")
    datasette = Datasette(
        metadata=_metadata(document),
        template_dir=str(_HERE / "templates"),
        static_mounts=[("assets", str(_HERE / "assets"))],
        settings=_SETTINGS,
        memory=False,
    )
    datasette.remove_database("_memory")
    # As the engine does: in a folder where SQLite can make no files beside it, nothing changes meanwhile.
    unchanging = "immutable" in engine.url.query
    datasette.add_database(Database(datasette, os.fspath(place(engine)), is_mutable=not unchanging), name=DATABASE)
    return datasette.app()


def _metadata(document: str) -> dict[str, Any]:
    tables: dict[str, dict[str, Any]] = {}
    for name, described in described_tables(document).items():
        table: dict[str, Any] = {"description": described.about, "columns": described.columns}
        if name in _FACETS:
            table["facets"] = _FACETS[name]
        if name in _LABELS:
            table["label_column"] = _LABELS[name]
        if name in _NEWEST:
            table["sort_desc"] = _NEWEST[name]
        tables[name] = table
    for name in _HIDDEN:
        tables.setdefault(name, {})["hidden"] = True
    queries = {
        one.name: {"sql": one.sql, "title": one.title, "params": list(one.parameters)} for one in questions(document)
    }
    return {"title": "newsarchive", "databases": {DATABASE: {"tables": tables, "queries": queries}}}
