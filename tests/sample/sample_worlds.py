"""Worlds that the tests of this room read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from outreach.sample import SampleReport, write_world

AS_OF = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class Written:
    """A world on disk with its truth."""

    report: SampleReport
    rows: pl.DataFrame
    persons: pl.DataFrame

    @classmethod
    def make(cls, out: Path, region: str, people: int, seed: int, damage: str, night: int = 0) -> Written:
        day = AS_OF + dt.timedelta(days=night)
        report = write_world(out, region, day, people, seed, damage, night=night)
        rows, persons = (pl.read_parquet(report.truth / f"{name}.parquet") for name in ("row", "person"))
        return cls(report, rows, persons)
