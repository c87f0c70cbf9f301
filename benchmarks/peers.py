"""What other libraries read from the reference pages, in the form the scorer takes.

    python3 -m venv PEERS && PEERS/bin/pip install --upgrade pip
    PEERS/bin/pip install trafilatura newspaper4k jieba readability-lxml lxml_html_clean
    PEERS/bin/pip install resiliparse htmldate news-please gne
    PEERS/bin/python benchmarks/peers.py FOLDER          writes FOLDER/<peer>/<set>.jsonl

An environment of their own, because they need other versions of what we use. Each peer is called as its documentation
says; a page on which it raises counts as empty. news-please asks for the pages' pictures, which takes long
where there is no network. Needs NEWSARCHIVE_REFERENCE.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SETS = {"news": "realpages", "chinese": "realpages/chinese", "bodies": "realpages/bodies"}
Fields = dict[str, Any]


def _paragraphs(text: str | None) -> str:
    """One paragraph a line, as most of them give it -> a blank line between paragraphs."""
    return "\n\n".join(line.strip() for line in (text or "").splitlines() if line.strip())


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in re.split(r"[;,]", text or "") if name.strip()]


def trafilatura(html: str, url: str, **options: bool) -> Fields:
    """Body, title, authors, date (of the day) and tags."""
    from trafilatura import bare_extraction

    found = bare_extraction(html, url=url, with_metadata=True, include_comments=False, **options)
    if found is None:
        return {}
    said = found.as_dict()
    return {
        "headline": said.get("title"),
        "authors": _names(said.get("author")),
        "published": said.get("date"),
        "body": _paragraphs(said.get("text")),
        "tags": said.get("tags") or [],
    }


def trafilatura_precision(html: str, url: str) -> Fields:
    """The same, preferring precision."""
    return trafilatura(html, url, favor_precision=True)


def newspaper4k(html: str, url: str) -> Fields:
    """All its fields; the language is set for Chinese, as its manual asks."""
    import newspaper

    chinese = len(re.findall(r"[\u4e00-\u9fff]", html)) > 500
    article = newspaper.Article(url, language="zh" if chinese else "en", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    published = article.publish_date
    return {
        "headline": article.title,
        "authors": list(article.authors),
        "published": published.isoformat() if published else None,
        "body": article.text,
        "tags": sorted(article.tags or []),
    }


def news_please(html: str, url: str) -> Fields:
    """Its merged reading."""
    from newsplease import NewsPlease

    article = NewsPlease.from_html(html, url=url)
    published = article.date_publish
    return {
        "headline": article.title,
        "authors": list(article.authors or []),
        "published": published.isoformat() if published else None,
        "body": _paragraphs(article.maintext),
    }


def readability(html: str, url: str) -> Fields:
    """The body as text of its blocks, and the title."""
    import lxml.html
    from readability import Document

    document = Document(html, url=url)
    root = lxml.html.fromstring(document.summary())
    blocks = root.xpath("//p | //h2 | //h3 | //h4 | //li | //blockquote[not(.//p)] | //pre")
    return {"headline": document.short_title(), "body": _paragraphs("\n".join(b.text_content() for b in blocks))}


def resiliparse(html: str, url: str) -> Fields:
    """The main content as text."""
    from resiliparse.extract.html2text import extract_plain_text

    return {"body": _paragraphs(extract_plain_text(html, main_content=True))}


def htmldate(html: str, url: str) -> Fields:
    """The original date, with its time where it finds one."""
    from htmldate import find_date

    return {"published": find_date(html, url=url, original_date=True, outputformat="%Y-%m-%dT%H:%M:%S%z")}


def gne(html: str, url: str) -> Fields:
    """GeneralNewsExtractor, made for Chinese news."""
    from gne import GeneralNewsExtractor

    found = GeneralNewsExtractor().extract(html)
    return {
        "headline": found["title"],
        "authors": [found["author"]] if found["author"] else [],
        "published": found["publish_time"] or None,
        "body": _paragraphs(found["content"]),
    }


PEERS: tuple[Callable[[str, str], Fields], ...] = (
    trafilatura, trafilatura_precision, newspaper4k, news_please, readability, resiliparse, htmldate, gne,
)  # fmt: skip


def main() -> None:
    """Read every page with every peer."""
    reference, out = Path(os.environ["NEWSARCHIVE_REFERENCE"]), Path(sys.argv[1])
    for which, folder in SETS.items():
        rows = [json.loads(line) for line in (reference / folder / "gold.jsonl").read_text("utf-8").splitlines()]
        pages = {row["id"]: gzip.decompress((reference / folder / row["file"]).read_bytes()).decode() for row in rows}
        for peer in PEERS:
            failed = 0
            path = out / peer.__name__ / f"{which}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8") as file:
                for row in rows:
                    try:
                        fields = peer(pages[row["id"]], row["url"])
                    except Exception:  # noqa: BLE001 - whatever a peer raises, the page is empty for its user
                        failed, fields = failed + 1, {}
                    file.write(json.dumps({"id": row["id"], **fields}, ensure_ascii=False) + "\n")
            print(f"{which}: {peer.__name__}: {len(rows)} pages, {failed} raised")


if __name__ == "__main__":
    main()
