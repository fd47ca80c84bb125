"""The partitions of a night: one for each region and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import dagster as dg

TIMEZONE = "Asia/Shanghai"
FIRST_NIGHT = dt.date(2025, 1, 1)
"""Nights before it are not offered (the statutory pension age of the rules is in force from this day)."""


def today() -> dt.date:
    """The date in China now; machines may run on another clock."""
    return dt.datetime.now(ZoneInfo(TIMEZONE)).date()


def nights(regions: Sequence[str], including: dt.date | None = None) -> dg.MultiPartitionsDefinition:
    """Partitions by region and date, a date of its own from its first minute in Asia/Shanghai.

    Args:
        regions: every region that has a policy.
        including: a date that must be among the partitions though it lies before ``FIRST_NIGHT`` or ahead
            of the clock (an operator's run of a sample or an old batch).
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
