"""The published nights of a region: which there are, and what each was counted to hold."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from outreach.delivery.layout import CURRENT, region_dir
from outreach.delivery.manifest import NightCounts, read_counts


@dataclass(frozen=True)
class PublishedNight:
    """A published night. ``directory`` and ``mart`` are real paths: they stay the same release for good."""

    region: str
    as_of: dt.date
    run_id: str
    directory: Path

    @property
    def mart(self) -> Path:
        """The snapshot of the night."""
        return self.directory / "mart.duckdb"

    def counts(self) -> NightCounts:
        """What was counted when the night was built."""
        return read_counts(self.directory)


@dataclass(frozen=True)
class LastPublished:
    """The last published night, and for each extract the rows read on the nights that accepted it.

    ``history``: oldest first, the newest nights only (as many as were asked for).
    """

    night: PublishedNight
    history: dict[str, tuple[int, ...]]

    @property
    def rows_read(self) -> dict[str, int]:
        """For each extract the rows read when it was last accepted."""
        return {extract: rows[-1] for extract, rows in self.history.items()}


def published_nights(home: Path, region: str, before: dt.date | None = None) -> list[PublishedNight]:
    """The published nights of a region (before a date), oldest first; what `current` shows now."""
    root = region_dir(home.resolve(), region)
    nights = []
    for night in root.iterdir() if root.exists() else ():
        with contextlib.suppress(ValueError):
            as_of = dt.date.fromisoformat(night.name)
            current = night / CURRENT
            if (before is None or as_of < before) and (current / "manifest.json").exists():
                directory = current.resolve()
                nights.append(PublishedNight(region, as_of, directory.name, directory))
    return sorted(nights, key=lambda n: n.as_of)


def last_published(
    home: Path, region: str, on_or_before: dt.date, nights_compared: int = 10
) -> LastPublished | None:
    """The newest published night not after the date, with the baseline of the volume rule.

    The rows of an extract are those of the newest nights that accepted it: a night that refused it for its
    volume does not become the measure of the next.
    """
    nights = published_nights(home, region, before=on_or_before + dt.timedelta(days=1))
    if not nights:
        return None
    rows: dict[str, tuple[int, ...]] = {}
    for night in nights:
        for extract, counts in night.counts().extracts.items():
            if counts.delivered:
                rows[extract] = (*rows.get(extract, ()), counts.rows_read)[-nights_compared:]
    return LastPublished(nights[-1], rows)
