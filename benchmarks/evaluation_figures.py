"""The figures of the evaluation: ours as a stored baseline, and the table that sets them beside every peer's.

    python benchmarks/evaluation_figures.py --write-baseline           after a change that makes extraction better
    python benchmarks/evaluation_figures.py --table FOLDER             FOLDER holds the peers' predictions (peers.py)

The baseline is the gate: tests/test_evaluation.py fails where a figure falls. Needs NEWSARCHIVE_REFERENCE, whose scorer
it calls; intervals are the scorer's, over publishers.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import newsarchive
from benchmarks.evaluate_extraction import FOLDERS, pages, prediction

BASELINE = Path(__file__).parent / "evaluation_baseline.json"
DOCUMENT = Path(__file__).parents[1] / "docs" / "evaluation.md"
_FIELDS = [
    "headline_exact",
    "headline_near",
    "authors_person_f1",
    "date_minute_utc",
    "date_day",
    "tags_f1",
    "caption_f1",
]
_BODY = ["body_f1_sh", "body_good98", "para_f1"]
METRICS = {"news": [*_BODY, *_FIELDS], "chinese": [*_BODY, *_FIELDS, "authors_none"], "bodies": _BODY}
"""What is measured on each set, by the scorer's names."""
# What was measured by others on these pages, for peers that cannot be had from PyPI.
QUOTED = {
    "chinese": {
        "magic-html (quoted)": {"body_f1": 0.962, "body_good98": 0.62, "headline_exact": 0.756, "headline_near": 1.0}
    }
}


def scorer(reference: Path) -> ModuleType:
    """The reference scorer, as a module."""
    sys.path.insert(0, str(reference / "eval"))
    import score

    return score


def our_predictions(reference: Path, which: str) -> list[dict[str, Any]]:
    """What ``extract_article`` reads from every page of a set, without a layout."""
    rows = []
    for row, html in pages(reference, which, None):
        article = newsarchive.extract_article(html, row["url"])
        rows.append(prediction(which, row["id"], article))
    return rows


def figures(reference: Path, which: str, predictions: list[dict[str, Any]], draws: int = 0) -> dict[str, Any]:
    """The scorer's result: for each group of pages its metrics, and their intervals if there are ``draws``."""
    score = scorer(reference)
    gold = score.load(reference / FOLDERS[which] / "gold.jsonl")
    mode = "full" if which == "bodies" else "best"
    result, _ = score.evaluate(gold, predictions, mode, True, False, draws)
    return dict(result)


def measured(reference: Path) -> dict[str, dict[str, float]]:
    """Our figures by set, four digits."""
    found = {}
    for which, names in METRICS.items():
        metrics = figures(reference, which, our_predictions(reference, which))["all"]["metrics"]
        found[which] = {name: round(metrics[name], 4) for name in names}
    return found


def table(reference: Path, folder: Path) -> str:
    """The tables of docs/evaluation.md, ours and every peer's from the same pages."""
    parts = []
    for which, names in METRICS.items():
        readers = {"newsarchive": our_predictions(reference, which)}
        for path in sorted(folder.glob(f"*/{which}.jsonl")):
            readers[path.parent.name] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        results = {name: figures(reference, which, rows, 300) for name, rows in readers.items()}
        ours = results["newsarchive"]
        for group in ("all", "cjk", "other") if which == "news" else ("all",):
            parts.append(f"### {which}, {group}: {ours[group]['n']} pages\n")
            parts.append("| | " + " | ".join(names) + " |")
            parts.append("|---" * (len(names) + 1) + "|")
            for reader, result in results.items():
                cells = [_cell(readers[reader], result[group], name, reader == "newsarchive") for name in names]
                parts.append(f"| {reader} | " + " | ".join(cells) + " |")
            for reader, said in QUOTED.get(which, {}).items():
                cells = [f"{said[name]:.3f}" if name in said else "–" for name in names]
                parts.append(f"| {reader} | " + " | ".join(cells) + " |")
            parts.append("")
    return "\n".join(parts)


# The field of a prediction that a metric looks at: a reader that never gives it is not said to fail at it.
_FIELD = {"headline": "headline", "authors": "authors", "date": "published", "tags": "tags", "caption": "captions",
          "body": "body", "para": "body"}  # fmt: skip


def _cell(rows: list[dict[str, Any]], result: dict[str, Any], name: str, interval: bool) -> str:
    if name not in result["metrics"] or not any(row.get(_FIELD[name.split("_")[0]]) for row in rows):
        return "–"
    low, high = result["ci"].get(name, (0.0, 0.0))
    return (
        f"**{result['metrics'][name]:.3f}** [{low:.2f}, {high:.2f}]" if interval else f"{result['metrics'][name]:.3f}"
    )


def write_between(document: Path, name: str, text: str) -> None:
    """Put ``text`` into a document, between its comments ``name`` and ``end of name``."""
    start, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    old = document.read_text(encoding="utf-8")
    document.write_text(f"{old.split(start)[0]}{start}\n{text}\n{end}{old.split(end)[1]}", encoding="utf-8")


def main() -> None:
    """Print, or write what is asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--write-baseline", action="store_true")
    ask.add_argument("--table", type=Path, metavar="FOLDER")
    words = ask.parse_args()
    reference = Path(os.environ["NEWSARCHIVE_REFERENCE"])
    if words.table:
        write_between(DOCUMENT, "figures", table(reference, words.table))
        return
    found = measured(reference)
    print(json.dumps(found, indent=1))
    if words.write_baseline:
        BASELINE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
