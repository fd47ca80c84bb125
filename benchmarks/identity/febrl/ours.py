"""``python -m benchmarks.identity.febrl.ours ANSWER``: FEBRL4 through ``outreach.link_tables``."""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

import outreach
from benchmarks.identity.febrl.records import read_records
from benchmarks.identity.process import Stopwatch

SETTINGS = outreach.LinkSettings(
    columns={
        "given_name": "given_name",
        "surname": "surname",
        "date_of_birth": "birth_date",
        "soc_sec_id": "identity_number",
        "postcode": "postcode",
        "street_number": "code",
        "address_1": "address",
        "address_2": "address",
        "suburb": "text",
        "state": "exact",
    },
    left_id="row_key",
    right_id="row_key",
    threshold=0.0,
)


def link(answer: Path) -> None:
    """Link the set and write the best candidate of each asked record with its probability."""
    records = pl.DataFrame(read_records())
    with Stopwatch() as watch:
        found = outreach.link_tables(records.filter("asked"), records.filter(~pl.col("asked")), SETTINGS)
    best = found.links.group_by("left", maintain_order=True).first()
    best.select(
        pl.col("left").alias("row_key"), pl.col("right").alias("register_key"), "weight", "probability"
    ).write_parquet(answer)
    watch.report(pairs=found.pairs)


if __name__ == "__main__":
    link(Path(sys.argv[1]))
