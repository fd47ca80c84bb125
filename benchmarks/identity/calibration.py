"""Predicted probabilities against the share that is right, as a table and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.identity.figures import wilson
from outreach.charts import altair, as_svg

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
    """Draw predicted against found, as SVG: shares on the left, chances of error on logarithmic axes.

    A bin without an error has a hollow triangle at the most that there could be.

    Raises:
        ChartToolsError: Altair or vl-convert is missing.
    """
    library = altair()
    rows = [_point(name, found) for name, bins in curves.items() for found in bins]
    share = library.Scale(domain=[0, 1])
    chance = library.Scale(type="log", domain=[_LEAST_ERROR / 1.5, 1.5], nice=False)
    reversed_chance = library.Scale(type="log", domain=[1.5, _LEAST_ERROR / 1.5], nice=False)
    shares = _panel(
        library,
        rows,
        library.X("predicted:Q", scale=share, title="predicted probability"),
        library.Y("found:Q", scale=share, title="share that is right"),
        ("low", "high"),
    )
    errors = _panel(
        library,
        rows,
        library.X("chance:Q", scale=reversed_chance, title="predicted chance of error"),
        library.Y("wrong:Q", scale=chance, title="share that is wrong (hollow: at most, none was)"),
        ("wrong_least", "wrong_most"),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_svg(library.hconcat(shares, errors, title=title)), encoding="utf-8")


def _point(name: str, found: Bin) -> dict[str, Any]:
    """What is drawn of a bin, with its Wilson interval; chances of error are at least ``_LEAST_ERROR``."""
    low, high = wilson(found.right, found.rows)
    share = found.right / found.rows
    has_errors = share < 1
    return {
        "contender": name,
        "predicted": found.mean,
        "found": share,
        "low": low,
        "high": high,
        "chance": max(1 - found.mean, _LEAST_ERROR),
        "wrong": 1 - share if has_errors else 1 - low,
        "wrong_least": max(1 - high, _LEAST_ERROR),
        "wrong_most": 1 - low,
        "has_errors": has_errors,
    }


def _panel(library: Any, rows: list[dict[str, Any]], x: Any, y: Any, interval: tuple[str, str]) -> Any:
    """Points of every contender with their intervals, and the line on which prediction and finding agree."""
    least, most = interval
    diagonal = [_LEAST_ERROR / 1.5, 1] if least.startswith("wrong") else [0, 1]
    equal = library.Chart({"values": [{"x": at, "y": at} for at in diagonal]})
    chart = library.Chart({"values": rows}).encode(x=x, color=library.Color("contender:N", title=None))
    return library.layer(
        equal.mark_line(color="#a0aec0").encode(x="x:Q", y="y:Q"),
        chart.mark_rule().encode(y=f"{least}:Q", y2=f"{most}:Q"),
        chart.transform_filter("datum.has_errors").mark_point(filled=True, opacity=1).encode(y=y),
        chart.transform_filter("!datum.has_errors").mark_point(shape="triangle-down").encode(y=y),
    ).properties(width=420, height=400)
