"""WACZ: recorded pages with an index and a list of stories, in one file that ReplayWeb.page opens in a browser.

The file is put together by py-wacz, the tool of those who keep the format (specs.webrecorder.net/wacz/1.1.1).
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, bindparam, text
from wacz.main import main as wacz

from newsarchive.archive.models import ArticleRow
from newsarchive.export.records import AT_ONCE, Wanted
from newsarchive.export.warc.pages import Copied, write_warc

_PAGES = text(
    "SELECT captures.url, captures.fetched_at AS ts, articles.headline AS title, articles.body AS text FROM articles"
    " JOIN revisions ON revisions.article_id = articles.id AND revisions.number = articles.revision_count"
    " JOIN captures ON captures.id = revisions.capture_id WHERE articles.id IN :ids ORDER BY articles.id"
).bindparams(bindparam("ids", expanding=True))


def write_wacz(
    connection: Connection, wanted: Wanted, warc_dir: Path, path: Path, progress: Callable[[int], None]
) -> Copied:
    """Write the recordings of the wanted articles, and a page entry for the latest wording of each. Raises OSError."""
    with TemporaryDirectory(dir=path.parent) as folder:
        recording, pages = Path(folder) / "pages.warc.gz", Path(folder) / "pages.jsonl"
        copied = write_warc(connection, wanted, warc_dir, recording, progress)
        if copied.records:
            _list_pages(connection, wanted, pages)
            said = io.StringIO()
            with redirect_stdout(said), redirect_stderr(said):
                failed = wacz(["create", "-c", "-p", str(pages), "-o", str(path), str(recording)])
            if failed:
                raise OSError(" ".join(said.getvalue().split()))
    return copied


def _list_pages(connection: Connection, wanted: Wanted, path: Path) -> None:
    ids = connection.execution_options(yield_per=AT_ONCE).execute(wanted.ids(connection).order_by(ArticleRow.id))
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Stories", "hasText": True}) + "\n")
        for some in ids.scalars().partitions():
            for row in connection.execute(_PAGES, {"ids": list(some)}).mappings():
                file.write(json.dumps(dict(row), ensure_ascii=False) + "\n")
