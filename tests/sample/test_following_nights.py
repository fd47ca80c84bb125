"""``outreach sample --nights``: the same people on days in a row, each with its truth."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from command import call

SAMPLE = ("sample", "--region", "yaohai", "--people", "60", "--date", "2026-11-20")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_nights_end_on_the_date_with_the_same_true_persons(tmp_path: Path) -> None:
    ran = call(*SAMPLE, "--out", tmp_path, "--nights", "3")
    assert ran.status == 0, ran.err
    days = sorted(path.name for path in (tmp_path / "yaohai").iterdir())
    assert days == ["2026-11-18", "2026-11-19", "2026-11-20"]
    truths = [pl.read_parquet(tmp_path / "truth" / "yaohai" / day / "person.parquet") for day in days]
    numbers = [set(truth["true_person"]) for truth in truths]
    assert len(numbers[0] & numbers[2]) > 0.9 * len(numbers[0])
    both = truths[0].join(truths[2], on="true_person", suffix="_later")
    assert both.filter(pl.col("birth_date") != pl.col("birth_date_later")).is_empty()


def test_one_night_is_what_it_is_without_the_option(tmp_path: Path) -> None:
    assert call(*SAMPLE, "--out", tmp_path / "plain").status == 0
    assert call(*SAMPLE, "--out", tmp_path / "one", "--nights", "1").status == 0
    assert contents(tmp_path / "plain") == contents(tmp_path / "one")


def test_more_nights_than_a_world_lives_are_bad_usage(tmp_path: Path) -> None:
    assert call(*SAMPLE, "--out", tmp_path, "--nights", "32").status == 2
    assert list(tmp_path.iterdir()) == []
