"""Measure extraction on the reference pages: quality by the reference scorer, cost against bare parsing.

    evaluate_extraction.py [--set news|chinese|bodies] [--out FOLDER] [--only REGEX] [--worst N] [--against OTHER.jsonl]

Needs NEWSARCHIVE_REFERENCE, the folder that holds ``realpages/`` and ``eval/``. Without --set all sets are measured.
Every page is read by ``newsarchive.extract_article`` as a stranger would call it: bytes and address, no layout. The
predictions are kept in the output folder as ``<set>.jsonl``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html

import newsarchive
from newsarchive.article import Article, Image

FOLDERS = {"news": "realpages", "chinese": "realpages/chinese", "bodies": "realpages/bodies"}
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def pages(reference: Path, which: str, only: str | None) -> Iterator[tuple[dict[str, Any], bytes]]:
    """The gold rows of a set with the bytes of their pages."""
    folder = reference / FOLDERS[which]
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not only or re.search(only, row["id"]):
            yield row, gzip.decompress((folder / row["file"]).read_bytes())


def prediction(which: str, name: str, article: Article) -> dict[str, Any]:
    """An article in the scorer's form. ``authors`` are people, or the provider where there are none on ``news``."""
    authors = [author.name for author in article.authors]
    if which == "news" and not authors and article.provider:
        authors = [article.provider]  # many golds of this set take the agency for an author
    published = article.published
    when = None
    if published is not None:
        when = published.date if published.utc is None or published.precision == "day" else published.utc.isoformat()
    return {
        "id": name,
        "headline": article.headline,
        "authors": authors,
        "published": when,
        "body": article.body or "",
        "captions": [caption for image in article.images if (caption := as_printed(image))],
        "tags": article.tags,
    }


def as_printed(image: Image) -> str | None:
    """The caption as the gold has it: Chinese and Japanese golds keep the credit in it, the others mostly do not."""
    if image.caption and image.credit and _CJK.search(image.caption):
        return f"{image.caption}（{image.credit}）"
    return image.caption


def cost(html: bytes, url: str) -> tuple[float, float]:
    """CPU seconds of one call and of bare parsing, the better of two runs each."""

    def best(call: Any) -> float:
        times = []
        for _ in range(2):
            start = time.process_time()
            call()
            times.append(time.process_time() - start)
        return min(times)

    return best(lambda: newsarchive.extract_article(html, url)), best(lambda: lxml.html.fromstring(html))


def measure(reference: Path, which: str, out: Path, only: str | None) -> Path:
    """Write the predictions of one set and print what they cost."""
    rows, ratios, milliseconds = [], [], []
    for row, html in pages(reference, which, only):
        article = newsarchive.extract_article(html, row["url"])
        rows.append(prediction(which, row["id"], article))
        ours, bare = cost(html, row["url"])
        ratios.append(ours / max(bare, 1e-6))
        milliseconds.append(ours * 1000)
    path = out / f"{which}.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(
        f"{which}: {len(rows)} pages, CPU {statistics.median(ratios):.1f} x lxml.html.fromstring (median), "
        f"{statistics.median(milliseconds):.1f} ms (median), {max(milliseconds):.0f} ms (most)"
    )
    return path


def main() -> None:
    """Measure, then let the reference scorer speak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=FOLDERS, action="append", dest="sets")
    parser.add_argument("--out", type=Path, help="folder for the predictions (default: a temporary one)")
    parser.add_argument("--only", help="regular expression on page ids")
    parser.add_argument("--worst", default="0", help="name the N worst pages of every field")
    parser.add_argument("--against", help="other predictions of the same set, for paired differences")
    options = parser.parse_args()
    if not os.environ.get("NEWSARCHIVE_REFERENCE"):
        parser.error("set NEWSARCHIVE_REFERENCE to the folder of the reference pages")
    reference = Path(os.environ["NEWSARCHIVE_REFERENCE"])
    out = options.out or Path(tempfile.mkdtemp(prefix="newsarchive-evaluation-"))
    out.mkdir(parents=True, exist_ok=True)
    for which in options.sets or FOLDERS:
        path = measure(reference, which, out, options.only)
        command = [sys.executable, str(reference / "eval/evaluate.py"), str(path), "--set", which]
        command += ["--worst", options.worst]
        command += ["--only", options.only] if options.only else []
        command += ["--against", options.against] if options.against else []
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
