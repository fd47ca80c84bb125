"""The public set FEBRL4: this project's engine, and Splink's own recipes for it, side by side."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.identity import report
from benchmarks.identity.contest import NO_SPLINK, splink_is_here
from benchmarks.identity.febrl.records import read_records
from benchmarks.identity.figures import Counts, best_threshold, count
from benchmarks.identity.judge import BEST, EVEN_ODDS, OURS
from benchmarks.identity.process import run

AUTOMATIC = 0.9995
"""This project's probability from which a link needs nobody's eyes."""
RECIPES = ("detailed", "extended")


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Link FEBRL4 by every contender, print the table and return its figures."""
    recipes = RECIPES if splink_is_here() else ()
    if not recipes:
        print(NO_SPLINK)
    records = pl.DataFrame(read_records())
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="febrl-", dir=options.work) as name:
        answer = Path(name) / "answer.parquet"
        for contender, arguments in (
            (OURS, ("benchmarks.identity.febrl.ours",)),
            *((f"Splink {r}", ("benchmarks.identity.febrl.splink_side", r)) for r in recipes),
        ):
            spent = run(*arguments, answer)
            for reading, counts in _readings(records, pl.read_parquet(answer)).items():
                found.append(
                    {"contender": contender, "reading": reading, **_figures(counts), **asdict(spent)}
                )
    print(_table(found))
    return {"febrl4": found}


def _readings(records: pl.DataFrame, answer: pl.DataFrame) -> dict[str, Counts]:
    person = records.select("row_key", "person")
    table = (
        records.filter("asked")
        .join(answer, on="row_key", how="left")
        .join(person.rename({"row_key": "register_key"}), on="register_key", how="left", suffix="_found")
    )
    right = (table["person"] == table["person_found"]).fill_null(False).to_numpy()
    found = table["register_key"].is_not_null().to_numpy()
    probability, weight = table["probability"].fill_null(0).to_numpy(), table["weight"].to_numpy()
    registered = np.ones(len(right), dtype=bool)
    threshold = best_threshold(weight[found], right[found])
    return {
        EVEN_ODDS: count(found & (probability >= 0.5), right, registered),
        f"p ≥ {AUTOMATIC}": count(found & (probability >= AUTOMATIC), right, registered),
        BEST: count(found & (weight >= threshold), right, registered),
    }


def _figures(counts: Counts) -> dict[str, Any]:
    return {
        "right": counts.right,
        "wrong": counts.wrong,
        "missed": counts.missed,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }


def _table(found: list[dict[str, Any]]) -> str:
    head = (
        "contender",
        "links",
        "right",
        "wrong",
        "missed",
        "precision",
        "recall",
        "F1",
        "pairs",
        "wall s",
        "CPU s",
    )
    rows = [
        (
            f["contender"], f["reading"], f"{f['right']:,}", f"{f['wrong']}", f"{f['missed']}",
            f"{f['precision']:.5f}", f"{f['recall']:.5f}", f"{f['f1']:.5f}", f"{f['reported']['pairs']:,}",
            f"{f['seconds']:.1f}", f"{f['cpu']:.1f}",
        )
        for f in found
    ]  # fmt: skip
    return f"\n## FEBRL4: 5,000 records to 5,000\n\n{report.table(head, rows)}"
