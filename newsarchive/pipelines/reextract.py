"""Kept pages through today's extractor: read from their recordings by offset, in processes, without any network."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path

from pebble import ProcessExpired

import newsarchive
from newsarchive.archive.reextraction import KeptPage
from newsarchive.archive.reextraction.rereading import Reread
from newsarchive.crawl.papers import layout_of, papers
from newsarchive.page import Page, Source, Story
from newsarchive.pipelines.workers import begin_loading, read_page, workers
from newsarchive.warc.read import RecordedResponse, read_response
from newsarchive.warc.walk import RecordingError

TIMEOUT = 60.0  # seconds for one page, as in a crawl
_AHEAD = 16  # pages for each process that are read before the first of them is settled
# What decides how a page is read; the spiders are their papers' layouts.
_EXTRACTOR = ("article.py", "reading.py", "extract", "normalize")


def extractor_digest() -> str:
    """Digest of the code and the layouts that read pages: a run may only go on with those that it began with."""
    package = Path(newsarchive.__file__).parent
    digest = hashlib.sha256()
    for name in _EXTRACTOR:
        place = package / name
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    for paper in sorted(papers(), key=lambda paper: paper.name):
        digest.update(f"{paper.name} {paper.layout!r}".encode())
    return f"sha256:{digest.hexdigest()}"


def reread_pages(pages: Iterable[KeptPage], warc_dir: Path, processes: int) -> Iterator[Reread]:
    """Read pages again, in their order, in ``processes`` processes (0: in this one).

    A page that cannot be read is a `Reread` without a story; a process that dies of a page is replaced.
    """
    if processes <= 0:
        yield from (reread(page, warc_dir) for page in pages)
        return
    begin_loading(__name__)
    pool = workers(processes)
    waiting: deque[tuple[KeptPage, Future[Reread]]] = deque()
    try:
        for page in pages:
            waiting.append((page, pool.schedule(reread, args=(page, warc_dir), timeout=TIMEOUT)))
            if len(waiting) >= _AHEAD * processes:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
        pool.close()  # type: ignore[no-untyped-call]
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _result(page: KeptPage, future: Future[Reread]) -> Reread:
    try:
        return future.result()
    except TimeoutError:
        detail = f"{page.url}: the extractor did not finish within {TIMEOUT:g} seconds"
    except ProcessExpired as error:
        detail = f"{page.url}: the extractor died of it (exit code {error.exitcode})"
    return Reread(page, skipped="the extractor failed", detail=detail)


def reread(page: KeptPage, warc_dir: Path) -> Reread:
    """Read one kept page with the layout of its paper; the work of a worker."""
    if not page.places:
        return Reread(page, skipped="no page was kept", detail=page.url)
    problems = []
    for file, offset in page.places:
        path = warc_dir / file
        if not path.is_file():
            problems.append(("its recording is missing", f"{path} is not there ({page.url})"))
            continue
        try:
            response = read_response(path, offset)
            if response.refers_to is not None:  # the payload stands in another record
                continue
            body = response.body
        except (RecordingError, OSError) as error:
            problems.append(("its recording is damaged", f"{error} ({page.url})"))
            continue
        if f"sha256:{hashlib.sha256(body).hexdigest()}" == page.digest:
            return _read(page, response, body)
        problems.append(("its recording holds other bytes", f"{path}: the record at byte {offset} ({page.url})"))
    return Reread(page, None, *(problems[0] if problems else ("its recording lacks the page", page.url)))


def _read(kept: KeptPage, response: RecordedResponse, body: bytes) -> Reread:
    layout = layout_of(kept.source)
    zone = (layout.timezone if layout is not None else None) or kept.timezone
    page = Page(
        source=Source(name=kept.source, timezone=zone),
        url=kept.url,
        requested_url=kept.url,
        status=response.status,
        headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers],
        body=body,
        fetched_at=kept.fetched_at,
        layout=layout,
        truncated=response.truncated,
    )
    try:
        article, outcome, (digest, sample) = read_page(page)
    except Exception as error:  # noqa: BLE001  (one page must not end a run over millions)
        return Reread(kept, skipped="the extractor failed", detail=f"{kept.url}: {type(error).__name__}: {error}")
    if outcome not in (None, "paywalled") or not article.headline or not article.body:
        reason = "; ".join(article.problems) or "no headline or no body"
        return Reread(kept, skipped="today's extractor finds no article in it", detail=f"{kept.url}: {reason}")
    page.body = b""  # it is read, and need not go through a pipe
    return Reread(kept, Story(page=page, article=article, outcome=outcome, text_digest=digest, shingles=sample))
