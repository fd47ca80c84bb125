"""Predicted probabilities against the share that is right, as a table and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.identity.figures import wilson

_LEAST_ERROR = 1e-5
"""Chances of error below this are drawn as this."""

EDGES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.0)


@dataclass(frozen=True)
class Bin:
    """Best candidates with a probability in ``low`` < p <= ``high``: its mean, and how many are right."""

    low: float
    high: float
    mean: float
    rows: int
    right: int


def calibration(probability: Any, right: Any) -> list[Bin]:
    """Bins that hold a row, of the best candidates' probabilities and whether each is the true person."""
    place = np.searchsorted(np.array(EDGES[1:-1]), probability, side="left")
    bins = []
    for at in range(len(EDGES) - 1):
        inside = place == at
        if inside.any():
            mean = float(probability[inside].mean())
            bins.append(Bin(EDGES[at], EDGES[at + 1], mean, int(inside.sum()), int(right[inside].sum())))
    return bins


def pooled(parts: list[list[Bin]]) -> list[Bin]:
    """The bins of several worlds as one."""
    found: dict[float, Bin] = {}
    for part in (part for bins in parts for part in bins):
        had = found.get(part.low, Bin(part.low, part.high, 0.0, 0, 0))
        rows = had.rows + part.rows
        mean = (had.mean * had.rows + part.mean * part.rows) / rows
        found[part.low] = Bin(part.low, part.high, mean, rows, had.right + part.right)
    return [found[low] for low in sorted(found)]


def draw(curves: dict[str, list[Bin]], title: str, file: Path) -> None:
    """Draw predicted against found: shares on the left, chances of error on logarithmic axes on the right.

    Raises:
        SystemExit: matplotlib is not installed.
    """
    try:
        import matplotlib
    except ModuleNotFoundError:
        raise SystemExit('the picture needs matplotlib: pip install -e ".[bench]"') from None
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (shares, errors) = pyplot.subplots(1, 2, figsize=(11, 5), layout="constrained")
    figure.suptitle(title)
    shares.plot([0, 1], [0, 1], color="0.6", linewidth=1)
    errors.plot([_LEAST_ERROR, 1], [_LEAST_ERROR, 1], color="0.6", linewidth=1)
    for place, (name, bins) in enumerate(curves.items()):
        look = {"color": f"C{place}", "fmt": "os^"[place % 3], "capsize": 2, "markersize": 4, "linewidth": 1}
        predicted = np.array([b.mean for b in bins])
        found = np.array([b.right / b.rows for b in bins])
        low, high = np.array([wilson(b.right, b.rows) for b in bins]).T
        spread = [np.maximum(found - low, 0), np.maximum(high - found, 0)]
        shares.errorbar(predicted, found, yerr=spread, label=name, **look)
        chance, wrong, some = np.maximum(1 - predicted, _LEAST_ERROR), 1 - found, found < 1
        spread = [wrong - np.maximum(1 - high, _LEAST_ERROR), 1 - low - wrong]
        errors.errorbar(chance[some], wrong[some], yerr=np.maximum(np.array(spread)[:, some], 0), **look)
        # None wrong: only how many there could be is known.
        most = (1 - low)[~some]
        errors.errorbar(chance[~some], most, yerr=most / 2, uplims=True, markerfacecolor="none", **look)
    shares.set(xlabel="predicted probability", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1))
    shares.legend(loc="lower right")
    errors.set(xscale="log", yscale="log", xlim=(1.5, _LEAST_ERROR / 1.5), ylim=(_LEAST_ERROR / 1.5, 1.5))
    errors.set(xlabel="predicted chance of error", ylabel="share that is wrong (arrow: none is)")
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=120)
    pyplot.close(figure)
