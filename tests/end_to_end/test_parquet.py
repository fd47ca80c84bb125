"""A night leaves its tables as Parquet beside the DuckDB files, sealed with them; a failure is a warning."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from command import Night

from assets import release
from outreach.delivery import DeliveryError, ReleasePaths


def test_the_tables_of_both_files_are_there_and_sealed(night: Night) -> None:
    directory = night.home / "releases" / night.region / night.day / "current"
    people = pl.read_parquet(directory / "parquet" / "mart" / "person.parquet")
    assert night.query("SELECT count(*) FROM mart.person") == [(people.height,)]
    decided = pl.read_parquet(directory / "parquet" / "mart" / "decision.parquet")
    assert night.query("SELECT count(*) FROM mart.decision") == [(decided.height,)]
    timing = pl.read_parquet(directory / "parquet" / "mart" / "timing.parquet")
    assert night.query("SELECT count(*) FROM mart.timing") == [(timing.height,)]
    assert pl.read_parquet(directory / "parquet" / "analyst" / "area.parquet")["area_name"].null_count() == 0
    sealed = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))["files"]
    on_disk = {p.relative_to(directory).as_posix() for p in (directory / "parquet").rglob("*.parquet")}
    assert on_disk == {name for name in sealed if name.startswith("parquet/")}


def test_what_cannot_be_written_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: ReleasePaths, memory_limit: str) -> list[Path]:
        raise DeliveryError("parquet 副本未能写出（OSError）")

    monkeypatch.setattr(release, "write_parquet", failing)
    warned: list[str] = []
    paths = ReleasePaths(tmp_path, "yaohai", dt.date(2026, 11, 20), "R", tmp_path)
    release._copy_as_parquet(paths, "1GB", warned)
    assert warned == ["parquet 副本未能写出（OSError）"]
