"""Room on the disk: old releases and leftovers of killed runs removed, a nearly full disk reported in
time."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

from outreach.delivery.errors import DeliveryError
from outreach.delivery.release.build_lock import is_being_built, unlock_build
from outreach.delivery.release.nights import published_nights
from outreach.delivery.release.publication import (
    Release,
    list_releases,
    publication_lock,
    stable_links,
)
from outreach.delivery.release_paths import BUILDING, CURRENT, TRASH, region_dir
from outreach.settings import Settings

_FRESH = dt.timedelta(days=1)
_COUNTED = frozenset({"published", "held", "superseded"})
"""A date with none of these is no night to be kept: a mistyped date that was withdrawn keeps no place."""


@dataclass(frozen=True)
class Pruned:
    """What `prune` removed: dates gone whole, superseded or abandoned releases, half-built leftovers.

    ``problems``: what it could not remove, in Chinese.
    """

    dates: int = 0
    releases: int = 0
    leftovers: int = 0
    problems: tuple[str, ...] = ()


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
    superseded ones the last of each date; a withdrawn one for ``keep_nights`` days; whatever was built within
    a day; always the current release of the newest date; whatever a living process is building. A reader that
    has a removed file open keeps it. What cannot be removed stays and is named in ``problems``.
    """
    now = now or dt.datetime.now(dt.UTC)
    home = home.resolve()
    root = home / "releases"
    done = _Work(home, settings.release.keep_nights, now)
    for region in sorted(p.name for p in root.iterdir() if p.is_dir()) if root.is_dir() else ():
        try:
            with publication_lock(home, region, settings.locks.wait_seconds):
                done.region(region)
        except Exception as error:
            done.trouble(f"{region} 的旧版本未能清理", error)
    return Pruned(done.dates, done.releases, done.leftovers, tuple(done.problems))


class _Work:
    """One clearing-up: what it removed, and what it could not."""

    def __init__(self, home: Path, keep_nights: int, now: dt.datetime) -> None:
        self._home = home
        self._keep_nights = keep_nights
        self._now = now
        self.dates = self.releases = self.leftovers = 0
        self.problems: list[str] = []

    def trouble(self, what: str, error: Exception) -> None:
        """Note what could not be done, and why."""
        reason = error.strerror if isinstance(error, OSError) else None
        detail = str(error) if isinstance(error, DeliveryError) else reason or type(error).__name__
        self.problems.append(f"{what}：{detail}")

    def region(self, region: str) -> None:
        """Clear up a region. The caller holds its publication lock."""
        self._remove_leftovers(region)
        by_date: dict[dt.date, list[Release]] = {}
        for release in list_releases(self._home, region):
            by_date.setdefault(release.as_of, []).append(release)
        counted = [date for date, releases in by_date.items() if any(r.status in _COUNTED for r in releases)]
        keep = set(sorted(counted, reverse=True)[: self._keep_nights])
        keep |= {night.as_of for night in published_nights(self._home, region)[-1:]}
        for as_of, releases in by_date.items():
            kept = {r.run_id for r in releases if self._is_kept(r)}
            if as_of not in keep and not kept:
                self._remove_date(region, as_of, releases)
                continue
            superseded = [r for r in releases if r.status == "superseded"]
            gone = superseded[:-1] + [r for r in releases if r.status in ("abandoned", "withdrawn")]
            for release in gone:
                building = is_being_built(self._home, region, release.run_id, self._now)
                if release.run_id not in kept and not building and self._remove_tree(release.directory):
                    self._unlock_build(region, release.run_id)
                    self.releases += 1

    def _is_kept(self, release: Release) -> bool:
        """Whether its age alone keeps a release."""
        days = dt.timedelta(days=self._keep_nights) if release.status == "withdrawn" else _FRESH
        try:
            changed = release.directory.stat().st_mtime
        except OSError:
            return True
        return self._now - dt.datetime.fromtimestamp(changed, dt.UTC) < days

    def _remove_leftovers(self, region: str) -> None:
        """Remove half-built releases whose process is gone, and what a killed move or removal left.

        The caller holds the publication lock, so a link made aside belongs to nobody.
        """
        root = region_dir(self._home, region)
        nights = [p for p in root.iterdir() if p.is_dir() and not p.is_symlink()]
        for folder in (root, *nights, self._home / "warehouse" / region, self._home / "lists" / region):
            for link in folder.iterdir() if folder.is_dir() else ():
                if link.is_symlink() and link.name.startswith("."):
                    link.unlink(missing_ok=True)
        for night in nights:
            for left in list(night.iterdir()):
                if left.name.startswith(TRASH):
                    self._remove_tree(left)
                elif left.name.startswith(BUILDING):
                    run_id = left.name.removeprefix(BUILDING)
                    if not is_being_built(self._home, region, run_id, self._now) and self._remove_tree(left):
                        self._unlock_build(region, run_id)
                        self.leftovers += 1
            with contextlib.suppress(OSError):
                night.rmdir()

    def _remove_date(self, region: str, as_of: dt.date, releases: list[Release]) -> None:
        """Remove a date whole: first the names that lead to it, then its releases."""
        for link in stable_links(self._home, region, as_of.isoformat()):
            if link.is_symlink():
                link.unlink(missing_ok=True)
        night = region_dir(self._home, region) / as_of.isoformat()
        (night / CURRENT).unlink(missing_ok=True)
        removed = [self._remove_tree(release.directory) for release in releases]
        with contextlib.suppress(OSError):
            night.rmdir()
        self.dates += all(removed)

    def _unlock_build(self, region: str, run_id: str) -> None:
        try:
            unlock_build(self._home, region, run_id)
        except OSError as error:
            self.trouble(f"{region} 的构建标记 {run_id} 未能删除", error)

    def _remove_tree(self, directory: Path) -> bool:
        """Remove a folder with what is in it; renamed first, so that a kill leaves known rubbish."""
        try:
            if not directory.name.startswith(TRASH):
                trash = directory.with_name(f"{TRASH}{directory.name}")
                directory.rename(trash)
                directory = trash
            if directory.is_dir() and not directory.is_symlink():
                shutil.rmtree(directory)
            else:
                directory.unlink()
        except OSError as error:
            self.trouble(f"{directory} 未能删除", error)
            return False
        return True
