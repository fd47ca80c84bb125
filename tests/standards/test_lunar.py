"""Lunar dates against the published calendar."""

from __future__ import annotations

import datetime as dt

import cnlunar
import numpy as np
import pytest

from outreach.standards.lunar import lunar_as_written

EPOCH = dt.date(1970, 1, 1)


def written(days: list[dt.date]) -> list[dt.date]:
    births = np.array([(day - EPOCH).days for day in days])
    return [EPOCH + dt.timedelta(days=int(day)) for day in lunar_as_written(births)]


@pytest.mark.parametrize(
    ("solar", "lunar"),
    [
        ("1949-10-01", "1949-08-10"),
        ("1945-08-15", "1945-07-08"),
        ("1976-09-09", "1976-08-16"),
        ("2026-02-17", "2026-01-01"),
        ("2025-01-29", "2025-01-01"),
        ("2025-01-28", "2024-12-29"),
        ("2000-02-05", "2000-01-01"),
        ("1984-12-22", "1984-11-01"),
        ("2023-03-22", "2023-02-01"),  # leap second month
        ("2024-06-10", "2024-05-05"),  # dragon boat
        ("2025-10-06", "2025-08-15"),  # mid-autumn
        ("1966-01-21", "1966-01-01"),
        ("1938-01-31", "1938-01-01"),
    ],
)
def test_known_days(solar: str, lunar: str) -> None:
    assert written([dt.date.fromisoformat(solar)]) == [dt.date.fromisoformat(lunar)]


def test_the_lunar_date_is_some_weeks_earlier_or_not_writable() -> None:
    days = [dt.date(1920, 3, 1) + dt.timedelta(days=step) for step in range(0, 38_000, 7)]
    shifts = {(day - lunar).days for day, lunar in zip(days, written(days), strict=True)}
    assert min(shifts - {0}) >= 17
    assert max(shifts) <= 56


@pytest.mark.parametrize("decade", range(1921, 2039, 10))
def test_every_month_begins_as_in_the_mainland_calendar(decade: int) -> None:
    """Against cnlunar, day by day around each change of month (GB/T 33661-2017 from 1921 on)."""
    days = [dt.date(decade, 1, 1) + dt.timedelta(days=step) for step in range(3652)]
    days = [day for day in days if day.year < 2039]
    ours = written(days)
    for day, read in zip(days, ours, strict=True):
        if read == day or read.day not in (1, 29):
            continue
        noon = dt.datetime.combine(day, dt.time(12))
        lunar = cnlunar.Lunar(noon)
        assert (read.year, read.month, read.day) == (lunar.lunarYear, lunar.lunarMonth, lunar.lunarDay)
