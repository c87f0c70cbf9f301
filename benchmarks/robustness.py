"""What the reading leans on: the reference pages are changed, and each field's fall is measured.

    robustness.py [--set news|chinese|bodies] [--change NAME] [--write]

A rule that has a reason survives when a page names its boxes in another way, states nothing for machines, or sets its
text in other elements; one that was made for a page does not. Every page is changed by one of ``CHANGES``, read by
``newsarchive.extract_article`` and scored by the reference scorer, as benchmarks/evaluate_extraction.py does with the
pages as they are. ``--write`` puts the tables into docs/evaluation.md. Needs NEWSARCHIVE_REFERENCE.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lxml import etree, html

sys.path.insert(0, str(Path(__file__).parents[1]))

import newsarchive
from benchmarks.evaluate_extraction import pages, prediction
from benchmarks.evaluation_figures import DOCUMENT, METRICS, scorer, write_between
from newsarchive.extract.document import Element, parse

_PROSE = 80  # characters of a paragraph after which a list of other stories may be set
_EVERY = 3  # paragraphs between two such lists
_TEASERS = {
    "zh": ("老城河堤下月重新開放", "圖書館夜間延長開放兩小時", "渡輪票價明年不變"),
    "en": (
        "Old river dam reopens next month",
        "Library to stay open two hours longer",
        "Ferry fares frozen for a year",
    ),
}
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def names(root: Element) -> None:
    """Every class token and id is another word, the same one for the same token, as build tools make them."""
    for element in root.iter("*"):
        for attribute in ("class", "id"):
            if (value := element.get(attribute)) is not None:
                element.set(attribute, " ".join(map(_nonsense, value.split())))


def _nonsense(token: str) -> str:
    digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
    return "".join("bcfghjkmqvwxyz"[byte % 14] for byte in digest[:7])


def json_ld(root: Element) -> None:
    """No JSON-LD."""
    for script in list(root.iter("script")):
        if "ld+json" in (script.get("type") or "").lower():
            _remove(script)


def meta(root: Element) -> None:
    """No meta element but the character set: no OpenGraph, author, keywords, dates."""
    for element in list(root.iter("meta")):
        if element.get("charset") is None and element.get("http-equiv") is None:
            _remove(element)


def three(root: Element) -> None:
    """Names, JSON-LD and meta at once: what is left is what a reader sees, and the title."""
    names(root)
    json_ld(root)
    meta(root)


def silent(root: Element) -> None:
    """Nothing for machines at all: also no script, microdata, rel, datetime, and no address that says anything."""
    three(root)
    for element in list(root.iter("script")):
        _remove(element)
    for element in root.iter("*"):
        for attribute in ("itemprop", "itemtype", "itemscope", "rel", "datetime", "content", "role"):
            if attribute in element.attrib:
                del element.attrib[attribute]
        for attribute in list(element.attrib):
            if attribute.startswith(("aria-label", "data-")) and "src" not in attribute:
                del element.attrib[attribute]
    for link in root.iter("a"):
        if (href := link.get("href")) is not None:
            link.set("href", "/" + _nonsense(href))


def paragraphs(root: Element) -> None:
    """Every p is a div."""
    _rename(root, {"p": "div"})


def headings(root: Element) -> None:
    """No h1: the headline stands in a div, and subheads in bold ones."""
    _rename(root, {"h1": "div"})


def figures(root: Element) -> None:
    """figure and figcaption are divs, picture a span."""
    _rename(root, {"figure": "div", "figcaption": "div", "picture": "span"})


def landmarks(root: Element) -> None:
    """article, main, header, footer, section, aside, nav are divs; time and address are spans, and say no datetime."""
    for element in root.iter("time"):
        element.attrib.pop("datetime", None)
    _rename(root, dict.fromkeys(("article", "main", "header", "footer", "section", "aside", "nav"), "div"))
    _rename(root, {"time": "span", "address": "span"})


def teasers(root: Element) -> None:
    """After every third paragraph a list of three linked titles of other stories."""
    told = 0
    for paragraph in list(root.iter("p")):
        text = "".join(paragraph.itertext())
        parent = paragraph.getparent()
        if parent is None or len(text) < _PROSE // (3 if _HAN.search(text) else 1):
            continue
        told += 1
        if told % _EVERY:
            continue
        box = etree.Element("ul")
        for number, title in enumerate(_TEASERS["zh" if _HAN.search(text) else "en"]):
            link = etree.SubElement(etree.SubElement(box, "li"), "a", href=f"/story/{told}-{number}")
            link.text = title
        box.tail, paragraph.tail = paragraph.tail, None
        parent.insert(parent.index(paragraph) + 1, box)


def breaks(root: Element) -> None:
    """Paragraphs beside each other are one text with two br between them, as old content systems write."""
    for parent in {p.getparent() for p in root.iter("p")} - {None}:
        for paragraph in [child for child in parent if child.tag == "p"]:
            paragraph.tag = "span"
            at = parent.index(paragraph) + 1
            tail, paragraph.tail = paragraph.tail, None
            parent.insert(at, etree.Element("br"))
            last = etree.Element("br")
            last.tail = tail
            parent.insert(at + 1, last)


CHANGES: dict[str, Callable[[Element], None]] = {
    "as it is": lambda root: None,
    "names": names,
    "no JSON-LD": json_ld,
    "no meta": meta,
    "all three": three,
    "silent": silent,
    "p is div": paragraphs,
    "br for p": breaks,
    "h1 is div": headings,
    "figure is div": figures,
    "no landmarks": landmarks,
    "teasers": teasers,
}
"""What is done to the pages, by the name in the tables; each function's docstring says it."""


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _rename(root: Element, tags: dict[str, str]) -> None:
    for element in list(root.iter(*tags)):
        element.tag = tags[element.tag]


def changed(page: bytes, url: str, change: Callable[[Element], None]) -> str:
    """The page after ``change``, as markup."""
    root = parse(page, url).root
    change(root)
    return html.tostring(root, encoding="unicode")


def scores(reference: Path, which: str, change: Callable[[Element], None]) -> dict[str, float]:
    """The figures of a set whose pages were all changed."""
    score = scorer(reference)
    predictions: list[dict[str, Any]] = []
    gold = []
    for row, page in pages(reference, which, None):
        gold.append(row)
        article = newsarchive.extract_article(changed(page, row["url"], change), row["url"])
        predictions.append(prediction(which, row["id"], article))
    result, _ = score.evaluate(gold, predictions, "full" if which == "bodies" else "best", True, False, 0)
    return dict(result["all"]["metrics"])


def table(reference: Path, which: str, wanted: Iterable[str]) -> str:
    """A table of one set: the figures of the pages as they are, and under them what each change takes or gives."""
    metrics = METRICS[which]
    lines = [f"| {which} | " + " | ".join(metrics) + " |", "|---" * (len(metrics) + 1) + "|"]
    plain = scores(reference, which, CHANGES["as it is"])
    lines.append("| as it is | " + " | ".join(f"{plain[name]:.3f}" for name in metrics) + " |")
    for name in wanted:
        if name == "as it is":
            continue
        found = scores(reference, which, CHANGES[name])
        lines.append(f"| {name} | " + " | ".join(_fall(found[m] - plain[m]) for m in metrics) + " |")
    return "\n".join(lines) + "\n"


def _fall(difference: float) -> str:
    return "·" if abs(difference) < 0.0005 else f"{difference:+.3f}"


def main() -> None:
    """Print the tables, or write them."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--set", choices=METRICS, action="append", dest="sets")
    ask.add_argument("--change", choices=CHANGES, action="append", dest="changes")
    ask.add_argument("--write", action="store_true", help="into docs/evaluation.md")
    words = ask.parse_args()
    reference = Path(os.environ["NEWSARCHIVE_REFERENCE"])
    tables = [table(reference, which, words.changes or CHANGES) for which in words.sets or METRICS]
    print("\n".join(tables))
    if words.write:
        write_between(DOCUMENT, "robustness", "\n".join(tables))


if __name__ == "__main__":
    main()
