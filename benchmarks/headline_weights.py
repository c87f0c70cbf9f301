"""What the weights of the sources are worth to the headline: many drawn at random, on the reference pages.

    headline_weights.py [--draws N] [--seed N]

Where a page words its headline in several ways, :mod:`newsarchive.extract.headline` lets the sources vote. This draws
other weights for them and prints how many of them do better than ours on any of the figures. Needs
NEWSARCHIVE_REFERENCE.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.evaluate_extraction import pages
from benchmarks.evaluation_figures import scorer
from newsarchive.extract.document import parse
from newsarchive.extract.document.landmarks import landmarks
from newsarchive.extract.document.structured import structured
from newsarchive.normalize.text import clean

headlines = import_module("newsarchive.extract.headline")  # the package has the function of that name

_SETS = ("news", "chinese")
_METRICS = ("headline_exact", "headline_near")
_DRAWN = (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)


def reader(reference: Path) -> Callable[[], dict[str, float]]:
    """How well headlines are read with the weights of the moment: every figure of each set, by its name."""
    score = scorer(reference)
    read = []
    for which in _SETS:
        for row, html in pages(reference, which, None):
            document = parse(html, row["url"])
            data = structured(document)
            known = headlines.site_names(document, data) | headlines.houses(data)
            gold = {name: value for name, value in row.items() if name != "body"}
            read.append((which, gold, (document, data, landmarks(document.nodes, data.titles), known)))

    def figures() -> dict[str, float]:
        found: dict[str, list[float]] = {f"{which} {metric}": [] for which in _SETS for metric in _METRICS}
        for which, gold, page in read:
            title = headlines.headline(*page)
            said = score.score_page(gold, {"headline": clean(title.found.value) if title else None}, rouge=False)
            for metric in _METRICS:
                if metric in said:
                    found[f"{which} {metric}"].append(said[metric])
        return {name: sum(each) / len(each) for name, each in found.items()}

    return figures


def main() -> None:
    """Draw, and compare."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--draws", type=int, default=250)
    ask.add_argument("--seed", type=int, default=1)
    words = ask.parse_args()
    chance, figures = random.Random(words.seed), reader(Path(os.environ["NEWSARCHIVE_REFERENCE"]))
    ours = figures()
    drawn = []
    for _ in range(words.draws):
        headlines._WEIGHTS.update({source: chance.choice(_DRAWN) for source in headlines._WEIGHTS})
        drawn.append(figures())
    for name, figure in ours.items():
        better = sum(other[name] > figure for other in drawn)
        best = max(other[name] for other in drawn)
        print(f"{name:22} ours {figure:.3f}, best of {words.draws} drawn {best:.3f}, better than ours: {better}")


if __name__ == "__main__":
    main()
