"""The processes that read pages, and what they do with one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from multiprocessing import forkserver

from pebble import ProcessPool

from newsarchive.article import Article
from newsarchive.extract import read
from newsarchive.page import Outcome, Page
from newsarchive.pipelines.deduplicate import fingerprint
from newsarchive.pipelines.normalize import normalize_reading

# A worker is replaced after so many pages, so that what a C library may leak does not add up.
_MOST_PAGES = 5000
# Objects more than before, after which the garbage collector looks at them: a page leaves some eighty behind in the
# crawl's own process, a few of them in cycles that hold its bytes.
_COLLECT_AFTER = 10_000


def read_page(page: Page) -> tuple[Article, Outcome | None, tuple[str | None, tuple[int, ...]]]:
    """Extract, normalize and fingerprint one page; the work of a worker."""
    content_type = next((value for name, value in page.headers if name.lower() == "content-type"), None)
    reading = read(page.body, page.url, layout=page.layout, content_type=content_type, listing=page.listing)
    article, outcome = normalize_reading(page, reading)
    return article, outcome, fingerprint(article)


def begin_loading(module: str = __name__) -> None:
    """Let the process that workers are forked from load ``module``, once for all of them; returns at once."""
    multiprocessing.get_context("forkserver").set_forkserver_preload([module])
    forkserver.ensure_running()


def workers(processes: int) -> ProcessPool:
    """So many processes, forked when the first task comes."""
    return ProcessPool(
        max_workers=processes,
        max_tasks=_MOST_PAGES,
        context=multiprocessing.get_context("forkserver"),
        initializer=_begin_work,
    )


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def collect_seldom() -> None:
    """Let the garbage collector leave alone what is loaded by now, and look at the rest once in many pages.

    A page makes thousands of objects and hardly a cycle among them; by default, looking for one takes a tenth of all
    the time.
    """
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def _begin_work() -> None:
    """Prepare a worker. Ctrl-C reaches every process of a terminal; the crawl ends its workers when it is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
