"""The gate: no figure of the evaluation on the reference pages falls below its stored baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.evaluation_figures import BASELINE, METRICS, figures, our_predictions

# One paragraph of one page moves a mean over 141 pages by less than this.
TOLERANCE = 0.0005


@pytest.mark.parametrize("which", METRICS)
def test_no_figure_falls_below_its_baseline(reference: Path, which: str) -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[which]
    metrics = figures(reference, which, our_predictions(reference, which))["all"]["metrics"]
    fallen = {name: (metrics[name], stored) for name, stored in baseline.items() if metrics[name] < stored - TOLERANCE}
    assert fallen == {}, "a figure may only fall with a written reason; then store the new baseline"
