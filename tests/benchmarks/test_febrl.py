"""The FEBRL4 benchmark runs through the library: on invented records, not the real set."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from benchmarks.identity.febrl import ours
from benchmarks.identity.febrl.records import COLUMNS

GIVEN = ("ella", "noah", "ruby", "jack", "mia", "liam", "zoe", "finn")
SURNAMES = ("clarke", "white", "nguyen", "ryan", "webb", "reid", "stone")


def _record(person: int) -> dict[str, str]:
    return {
        "given_name": GIVEN[person % 8],
        "surname": SURNAMES[person % 7],
        "street_number": str(person + 1),
        "address_1": f"{SURNAMES[person % 5]} street",
        "address_2": f"unit {person}",
        "suburb": f"{GIVEN[person % 6]}ville",
        "postcode": str(2000 + person % 40),
        "state": ("nsw", "vic", "qld")[person % 3],
        "date_of_birth": f"{1930 + person % 60}{person % 12 + 1:02d}{person % 28 + 1:02d}",
        "soc_sec_id": str(1234567 + 7919 * person),
    }


def _records() -> pa.Table:
    """Fifty-six people registered; a record of each with another suburb, every third surname cut short."""
    rows = []
    for person in range(56):
        registered = _record(person)
        damaged = {**registered, "suburb": "elsewhere"}
        if person % 3 == 0:
            damaged["surname"] = registered["surname"][:-1]
        for start, is_asked, record in ((0, True, damaged), (1000, False, registered)):
            assert record.keys() == set(COLUMNS)
            rows.append({"row_key": start + person, "asked": is_asked, "person": str(person), **record})
    return pa.Table.from_pylist(sorted(rows, key=lambda row: int(str(row["row_key"]))))


def test_every_damaged_record_finds_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "read_records", _records)
    answer = tmp_path / "ours.parquet"
    ours.link(answer)
    found = pl.read_parquet(answer)
    assert found.height == 56
    assert (found["register_key"] - found["row_key"] == 1000).all()
