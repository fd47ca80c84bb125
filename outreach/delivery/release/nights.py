"""The published nights of a region: which there are, what each was counted to hold, and which are damaged."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from outreach.delivery.errors import DeliveryError
from outreach.delivery.release.manifest import NightCounts, file_sha256, read_counts, read_manifest
from outreach.delivery.release_paths import CURRENT, REGISTRY_COPY, region_dir


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
class DamagedNight:
    """A date that was published and whose release can no longer be read, or not whole."""

    region: str
    as_of: dt.date
    why: str

    @property
    def message(self) -> str:
        """The damage in Chinese, with what it means and what to do."""
        return (
            f"{self.region} {self.as_of} 已发布的版本已损坏（{self.why}），未用于比对，"
            f"改与更早的完好版本比较；请从备份恢复 releases/{self.region}/{self.as_of}，或重跑该日期"
        )


@dataclass(frozen=True)
class History:
    """The published nights that can be read, oldest first, with their counts; and those that cannot."""

    nights: tuple[tuple[PublishedNight, NightCounts], ...]
    damaged: tuple[DamagedNight, ...]


@dataclass(frozen=True)
class LastPublished:
    """The last published night, and for each extract the rows read on the nights that accepted it.

    ``history``: oldest first, the newest nights only (as many as requested).
    """

    night: PublishedNight
    history: dict[str, tuple[int, ...]]

    @property
    def rows_read(self) -> dict[str, int]:
        """For each extract the rows read when it was last accepted."""
        return {extract: rows[-1] for extract, rows in self.history.items()}


def _dates(home: Path, region: str, before: dt.date | None) -> list[tuple[dt.date, Path]]:
    """The dates that have a link ``current``, oldest first, with their folders."""
    root = region_dir(home.resolve(), region)
    found = []
    for night in root.iterdir() if root.is_dir() else ():
        with contextlib.suppress(ValueError):
            as_of = dt.date.fromisoformat(night.name)
            if (before is None or as_of < before) and (night / CURRENT).is_symlink():
                found.append((as_of, night))
    return sorted(found)


def _at(region: str, as_of: dt.date, folder: Path) -> PublishedNight | DamagedNight:
    current = folder / CURRENT
    try:
        directory = current.resolve(strict=True)
        (directory / "manifest.json").stat()
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return DamagedNight(region, as_of, f"{CURRENT} 或其 manifest.json：{reason or type(error).__name__}")
    return PublishedNight(region, as_of, directory.name, directory)


def published_nights(home: Path, region: str, before: dt.date | None = None) -> list[PublishedNight]:
    """The published nights of a region (before a date), oldest first; what `current` shows now.

    A date whose release is not there is left out (`read_history` names it).
    """
    found = (_at(region, as_of, folder) for as_of, folder in _dates(home, region, before))
    return [night for night in found if isinstance(night, PublishedNight)]


def read_history(home: Path, region: str, before: dt.date | None = None) -> History:
    """The published nights of a region (before a date) with their counts; damaged ones apart."""
    nights: list[tuple[PublishedNight, NightCounts]] = []
    damaged: list[DamagedNight] = []
    for as_of, folder in _dates(home, region, before):
        night = _at(region, as_of, folder)
        if isinstance(night, DamagedNight):
            damaged.append(night)
            continue
        try:
            nights.append((night, night.counts()))
        except DeliveryError as error:
            damaged.append(DamagedNight(region, as_of, str(error)))
    return History(tuple(nights), tuple(damaged))


def last_sound(
    home: Path, region: str, before: dt.date | None = None
) -> tuple[PublishedNight | None, list[DamagedNight]]:
    """The newest published night (before a date) whose snapshot is as its manifest describes it.

    And the newer ones that are damaged. Each snapshot is read once for its digest, in this process.
    """
    damaged: list[DamagedNight] = []
    for as_of, folder in reversed(_dates(home, region, before)):
        night = _at(region, as_of, folder)
        if isinstance(night, PublishedNight):
            why = damage_of(night.directory)
            if why is None:
                return night, damaged
            night = DamagedNight(region, as_of, why)
        damaged.append(night)
    return None, damaged


def damage_of(directory: Path) -> str | None:
    """What is wrong with the snapshot of a release; None where it is as the manifest describes it.

    A manifest that does not describe the snapshot only has to be readable.
    """
    mart = directory / "mart.duckdb"
    try:
        file = mart.resolve(strict=True)
        found = read_manifest(directory).get("files")
        sealed: Any = found.get(file.name) if isinstance(found, dict) else None
        status = file.stat()
        if not isinstance(sealed, dict):
            return None
        if status.st_size != sealed.get("bytes"):
            return f"{mart.name} 的大小与清单不符"
        if _digest(file, status.st_ino, status.st_size, status.st_mtime_ns) != sealed.get("sha256"):
            return f"{mart.name} 的内容与清单不符"
    except DeliveryError as error:
        return str(error)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        return f"{mart.name}：{reason or type(error).__name__}"
    return None


def registry_copy(directory: Path) -> Path | None:
    """The copy of the registry of ids in a release, where it is as the manifest describes it."""
    copy = directory / REGISTRY_COPY
    try:
        found = read_manifest(directory).get("files")
        sealed: Any = found.get(REGISTRY_COPY) if isinstance(found, dict) else None
        whole = isinstance(sealed, dict) and file_sha256(copy) == sealed.get("sha256")
    except (DeliveryError, OSError):
        return None
    return copy if whole else None


def built_at(directory: Path) -> str:
    """When a release was built, by its manifest, else by its folder; such texts can be compared."""
    try:
        built = read_manifest(directory).get("built_at")
        if isinstance(built, str):
            return built
    except DeliveryError:
        pass
    try:
        changed = directory.stat().st_mtime
    except OSError:
        return ""
    return dt.datetime.fromtimestamp(changed, dt.UTC).isoformat(timespec="seconds")


def published_snapshots(home: Path, region: str) -> list[Path]:
    """The published snapshots of a region, the one that was built last first."""
    nights = sorted(published_nights(home, region), key=lambda night: built_at(night.directory))
    return [night.mart.resolve() for night in reversed(nights)]


@lru_cache(maxsize=64)
def _digest(file: Path, _inode: int, _size: int, _changed: int) -> str:
    """SHA-256 of a file; read again only when it is another one or was written to."""
    return file_sha256(file)


def last_published(
    home: Path, region: str, on_or_before: dt.date, nights_compared: int = 10
) -> LastPublished | None:
    """The newest published night not after the date, with the baseline of the volume rule.

    The rows of an extract are those of the newest nights that accepted it: a night that refused it for its
    volume does not become the measure of the next. Damaged nights are left out.
    """
    nights = read_history(home, region, before=on_or_before + dt.timedelta(days=1)).nights
    if not nights:
        return None
    rows: dict[str, tuple[int, ...]] = {}
    for _, counts in nights:
        for extract, rows_of in counts.extracts.items():
            if rows_of.delivered:
                rows[extract] = (*rows.get(extract, ()), rows_of.rows_read)[-nights_compared:]
    return LastPublished(nights[-1][0], rows)
