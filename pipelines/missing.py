"""Which regions should have delivered a day's batch, and have not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from assets.commands import run_command
from outreach.delivery import published_nights
from outreach.deployment import Deployment
from outreach.intake.batch import SUCCESS
from outreach.settings import AlertSettings
from pipelines.alerts import Alert, Kind
from pipelines.batches import UnreadableBatch, complete_batch


def expected_regions(
    home: Path, settings: AlertSettings, regions: Iterable[str], as_of: dt.date
) -> list[str]:
    """The regions whose batch of the day is waited for: those the settings name, else those that published
    within the last ``expected_days`` days before it.
    """
    if settings.expected_regions is not None:
        return [region for region in regions if region in settings.expected_regions]
    oldest = as_of - dt.timedelta(days=settings.expected_days)
    return [
        region for region in regions if any(night >= oldest for night in _nights(home, region, before=as_of))
    ]


def is_published(home: Path, region: str, as_of: dt.date) -> bool:
    """Whether the night was published, whatever is in the landing folder by now."""
    return as_of in _nights(home, region, before=as_of + dt.timedelta(days=1))


def _nights(home: Path, region: str, before: dt.date) -> list[dt.date]:
    """The dates published; none where the region's releases cannot be read: other regions are looked at."""
    try:
        return [night.as_of for night in published_nights(home, region, before=before)]
    except OSError:
        return []


def missing_batches(
    deployment: Deployment, settings: AlertSettings, regions: Iterable[str], as_of: dt.date
) -> Iterator[Alert]:
    """An alert for every expected region without a complete batch of the day."""
    for region in expected_regions(deployment.home, settings, regions, as_of):
        if is_published(deployment.home, region, as_of):
            continue
        batch = complete_batch(deployment.landing, region, as_of)
        if isinstance(batch, UnreadableBatch):
            yield unreadable_alert(deployment, batch)
        elif batch is None:
            yield missing_alert(deployment, region, as_of, deadline=settings.deadline)


def missing_alert(
    deployment: Deployment, region: str, as_of: dt.date, *, deadline: str | None = None
) -> Alert:
    """The alert of a batch that is not there or not complete. ``deadline``: by when it was expected."""
    folder = deployment.landing / region / as_of.isoformat()
    what = f"目录中没有 {SUCCESS}，尚未送齐" if folder.is_dir() else "目录不存在"
    by = f"截至 {deadline} " if deadline else ""
    again = run_command(region, as_of, landing=deployment.landing, home=deployment.home)
    return Alert(Kind.batch_missing, region, as_of.isoformat(), f"{by}批次没有送到：{folder} {what}", again)


def unreadable_alert(deployment: Deployment, batch: UnreadableBatch) -> Alert:
    """The alert of a landing folder that cannot be looked at."""
    again = run_command(batch.region, batch.as_of, landing=deployment.landing, home=deployment.home)
    return Alert(Kind.batch_unreadable, batch.region, batch.as_of.isoformat(), batch.reason, again)
