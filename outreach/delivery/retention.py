"""Room on the disk: old releases and leftovers of killed runs removed, a nearly full disk told in time."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from outreach.delivery.claims import drop_claim, is_being_built
from outreach.delivery.errors import DeliveryError
from outreach.delivery.layout import BUILDING, CURRENT, TRASH, region_dir
from outreach.delivery.nights import published_nights
from outreach.delivery.publication import (
    Release,
    list_releases,
    publication_lock,
    stable_links,
)
from outreach.settings import Settings

_FRESH = dt.timedelta(days=1)


@dataclass(frozen=True)
class Pruned:
    """What `prune` removed: dates gone whole, superseded or abandoned releases, half-built leftovers."""

    dates: int = 0
    releases: int = 0
    leftovers: int = 0


def require_space(home: Path, settings: Settings) -> None:
    """Refuse to start a night for which the disk has no room.

    Raises:
        DeliveryError: less is free than ``release.min_free_gib`` of the settings.
    """
    there = home
    while not there.exists() and there != there.parent:
        there = there.parent
    free = shutil.disk_usage(there).free / 2**30
    if free < settings.release.min_free_gib:
        raise DeliveryError(
            f"disk nearly full: {free:.1f} GiB free under {home}, "
            f"at least {settings.release.min_free_gib:g} GiB are needed (release.min_free_gib); "
            "free some space or keep fewer nights (release.keep_nights)"
        )


def prune(home: Path, settings: Settings, now: dt.datetime | None = None) -> Pruned:
    """Remove what need not be kept, in every region; safe to call at any time and after any kill.

    Kept: every release of the newest ``keep_nights`` dates that is published or held back, and of the
    superseded ones the last of each date; whatever was built within a day; always the current release of
    the newest date; whatever a living process is building. A reader that has a removed file open keeps it.
    """
    now = now or dt.datetime.now(dt.UTC)
    home = home.resolve()
    root = home / "releases"
    total = Pruned()
    for region in sorted(p.name for p in root.iterdir()) if root.exists() else ():
        with publication_lock(home, region):
            done = _prune_region(home, region, settings.release.keep_nights, now)
        total = Pruned(
            total.dates + done.dates, total.releases + done.releases, total.leftovers + done.leftovers
        )
    return total


def _prune_region(home: Path, region: str, keep_nights: int, now: dt.datetime) -> Pruned:
    leftovers = _remove_leftovers(home, region, now)
    released = list_releases(home, region)
    by_date: dict[dt.date, list[Release]] = {}
    for release in released:
        by_date.setdefault(release.as_of, []).append(release)
    keep = set(sorted(by_date, reverse=True)[:keep_nights])
    keep |= {night.as_of for night in published_nights(home, region)[-1:]}
    dates = releases = 0
    for as_of, releases_of_date in by_date.items():
        fresh = {r.run_id for r in releases_of_date if _age(r.directory, now) < _FRESH}
        if as_of not in keep and not fresh:
            _remove_date(home, region, as_of, releases_of_date)
            dates += 1
            continue
        superseded = [r for r in releases_of_date if r.status == "superseded"]
        gone = superseded[:-1] + [r for r in releases_of_date if r.status == "abandoned"]
        for release in gone:
            building = is_being_built(home, region, release.run_id, now)
            if release.run_id not in fresh and not building:
                _remove_tree(release.directory)
                drop_claim(home, region, release.run_id)
                releases += 1
    return Pruned(dates, releases, leftovers)


def _age(directory: Path, now: dt.datetime) -> dt.timedelta:
    return now - dt.datetime.fromtimestamp(directory.stat().st_mtime, dt.UTC)


def _remove_leftovers(home: Path, region: str, now: dt.datetime) -> int:
    """Remove half-built releases whose process is gone, and what a killed move or removal left.

    The caller holds the publication lock, so a link made aside belongs to nobody.
    """
    count = 0
    root = region_dir(home, region)
    nights = [p for p in root.iterdir() if p.is_dir() and not p.is_symlink()]
    for folder in (root, *nights, home / "warehouse" / region, home / "lists" / region):
        for link in folder.iterdir() if folder.exists() else ():
            if link.is_symlink() and link.name.startswith("."):
                link.unlink()
    for night in nights:
        for left in list(night.iterdir()):
            if left.name.startswith(TRASH):
                _remove_tree(left)
            elif left.name.startswith(BUILDING):
                run_id = left.name.removeprefix(BUILDING)
                if not is_being_built(home, region, run_id, now):
                    _remove_tree(left)
                    drop_claim(home, region, run_id)
                    count += 1
        with contextlib.suppress(OSError):
            night.rmdir()
    return count


def _remove_date(home: Path, region: str, as_of: dt.date, releases: list[Release]) -> None:
    """Remove a date whole: first the names that lead to it, then its releases."""
    for link in stable_links(home, region, as_of.isoformat()):
        link.unlink(missing_ok=True)
    night = region_dir(home, region) / as_of.isoformat()
    (night / CURRENT).unlink(missing_ok=True)
    for release in releases:
        _remove_tree(release.directory)
    with contextlib.suppress(OSError):
        night.rmdir()


def _remove_tree(directory: Path) -> None:
    """Remove a folder that may hold read-only ones; renamed first, so that a kill leaves known rubbish."""
    if not directory.name.startswith(TRASH):
        trash = directory.with_name(f"{TRASH}{directory.name}")
        directory.rename(trash)
        directory = trash
    shutil.rmtree(directory)
