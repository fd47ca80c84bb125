"""The partitions of a night: one for each region and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import dagster as dg

from pipelines.clock import TIMEZONE as TIMEZONE
from pipelines.clock import today as today

FIRST_NIGHT = dt.date(2025, 1, 1)
"""Nights before it are not offered (the statutory pension age of the rules is in force from this day)."""


def nights(regions: Sequence[str], including: dt.date | None = None) -> dg.MultiPartitionsDefinition:
    """Partitions by region and date, a date of its own from its first minute in Asia/Shanghai.

    Args:
        regions: every region that has a policy.
        including: a date that must be among the partitions though it is before ``FIRST_NIGHT`` or ahead
            of the clock (an operator's run of a sample or an old batch). No other day ahead of the clock
            is among them, so that no schedule, sensor or web UI can run one.
    """
    first = FIRST_NIGHT if including is None else min(FIRST_NIGHT, including)
    ahead = 0 if including is None else max(0, (including - today()).days)
    return dg.MultiPartitionsDefinition(
        {
            "date": dg.DailyPartitionsDefinition(
                start_date=first.isoformat(), timezone=TIMEZONE, end_offset=1 + ahead
            ),
            "region": dg.StaticPartitionsDefinition(list(regions)),
        }
    )


def night_key(region: str, as_of: dt.date) -> dg.MultiPartitionKey:
    """The partition key of one night."""
    return dg.MultiPartitionKey({"date": as_of.isoformat(), "region": region})
