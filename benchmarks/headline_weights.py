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
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.evaluate_extraction import pages
from benchmarks.evaluation_figures import scorer
from newsarchive.extract import headline as headlines
from newsarchive.extract.document import parse
from newsarchive.extract.document.landmarks import landmarks
from newsarchive.extract.document.structured import structured
from newsarchive.normalize.text import clean

_SETS = ("news", "chinese")
_DRAWN = (0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0)
Figures = tuple[float, ...]


def reader(reference: Path) -> Callable[[], Figures]:
    """How well headlines are read with the weights of the moment: exact and near, for each set."""
    module: ModuleType = sys.modules[headlines.__module__]
    score = scorer(reference)
    read = []
    for which in _SETS:
        for row, html in pages(reference, which, None):
            document = parse(html, row["url"])
            data = structured(document)
            known = module.site_names(document, data) | module.houses(data)
            gold = {name: value for name, value in row.items() if name != "body"}
            read.append((which, gold, (document, data, landmarks(document.nodes, data.titles), known)))

    def figures() -> Figures:
        found: dict[str, list[float]] = {f"{which} {name}": [] for which in _SETS for name in ("exact", "near")}
        for which, gold, page in read:
            title = headlines(*page)
            said = score.score_page(gold, {"headline": clean(title.found.value) if title else None}, rouge=False)
            for name in ("exact", "near"):
                if f"headline_{name}" in said:
                    found[f"{which} {name}"].append(said[f"headline_{name}"])
        return tuple(round(sum(each) / len(each), 4) for each in found.values())

    return figures


def main() -> None:
    """Draw, and compare."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--draws", type=int, default=250)
    ask.add_argument("--seed", type=int, default=1)
    words = ask.parse_args()
    weights: dict[str, float] = sys.modules[headlines.__module__]._WEIGHTS
    chance, figures = random.Random(words.seed), reader(Path(os.environ["NEWSARCHIVE_REFERENCE"]))
    ours = figures()
    drawn = []
    for _ in range(words.draws):
        weights.update({source: chance.choice(_DRAWN) for source in weights})
        drawn.append(figures())
    names = [f"{which} {name}" for which in _SETS for name in ("exact", "near")]
    for place, name in enumerate(names):
        better = sum(figure[place] > ours[place] for figure in drawn)
        best = max(figure[place] for figure in drawn)
        print(f"{name:14} ours {ours[place]:.3f}, best of {words.draws} drawn {best:.3f}, better than ours: {better}")


if __name__ == "__main__":
    main()
