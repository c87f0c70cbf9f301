"""What reading a page costs: CPU time of ``newsarchive.extract_article`` against a bare parse of the same bytes.

    python -m benchmarks.extract_speed [--passes N]

Measured on the made-up pages of ``benchmarks/pages.py``, on a page of 100,000 elements, and, where
NEWSARCHIVE_REFERENCE names their folder, on the reference pages. Pages are read one after the other, pass by pass, as a
crawl reads them: no page is read twice in a row. CPU time, the least of the passes, so that other programs on the
machine count little.

A bare parse is ``lxml.html.fromstring`` on the bytes. Where libxml2 stops at a charset that the page declares falsely,
that parse ends early and costs next to nothing; such pages are counted apart and left out of the ratios.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import lxml.html

import newsarchive
from benchmarks.evaluate_extraction import FOLDERS, pages
from benchmarks.pages import story_page
from newsarchive.extract.document import parse

_FIRST = 9_000_001  # number of the first made-up story
_STORIES = 60


def made_up() -> list[tuple[bytes, str]]:
    """Stories of one paper, as a crawl meets them."""
    return [
        (story_page(number), f"https://paper.example/story/1/{number}") for number in range(_FIRST, _FIRST + _STORIES)
    ]


def hostile() -> list[tuple[bytes, str]]:
    """One page of 100,000 elements."""
    rows = "".join(f'<div class="c{n}"><a href="/s/{n}">a story of number {n}</a></div>' for n in range(50_000))
    return [(f"<html><body><h1>One headline of a page</h1>{rows}</body></html>".encode(), "https://paper.example/")]


def least(
    calls: Sequence[Callable[[bytes, str], object]], read: list[tuple[bytes, str]], passes: int
) -> list[list[float]]:
    """CPU seconds of each of ``calls`` for every page, the least of ``passes`` over all of them, in turn."""
    best = [[float("inf")] * len(read) for _ in calls]
    for _ in range(passes):
        for call, least_of_call in zip(calls, best, strict=True):
            for number, (html, url) in enumerate(read):
                start = time.process_time()
                call(html, url)
                least_of_call[number] = min(least_of_call[number], time.process_time() - start)
    return best


def whole(html: bytes, url: str) -> bool:
    """Whether the bare parse reads the page to its end."""
    bare = sum(1 for _ in lxml.html.fromstring(html).iter("*"))
    return bare * 10 >= 9 * sum(1 for _ in parse(html, url).root.iter("*"))


def report(name: str, read: list[tuple[bytes, str]], passes: int) -> None:
    """Print what the pages of one kind cost."""
    ours, bare = least((newsarchive.extract_article, lambda html, _: lxml.html.fromstring(html)), read, passes)
    ratios = [a / b for a, b, page in zip(ours, bare, read, strict=True) if b and whole(*page)]
    cut = f", {len(read) - len(ratios)} cut short by the bare parse" if len(ratios) < len(read) else ""
    print(
        f"{name:10} {len(read):4} pages  {1000 * statistics.median(ours):7.2f} ms median "
        f"{1000 * max(ours):7.1f} ms most   {statistics.median(ratios):5.1f} x a bare parse (median), "
        f"{max(ratios):5.1f} x (most){cut}",
        flush=True,
    )


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    report("made up", made_up(), options.passes)
    report("hostile", hostile(), options.passes)
    if folder := os.environ.get("NEWSARCHIVE_REFERENCE"):
        for which in FOLDERS:
            report(which, [(html, row["url"]) for row, html in pages(Path(folder), which, None)], options.passes)


if __name__ == "__main__":
    main()
