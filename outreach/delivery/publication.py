"""A whole release put in place: published, held back, approved. One link moves, or nothing does.

The order matters at every step, because the process may be killed between any two of them: files reach
the disk before a name leads to them, stable names exist before the link they lead through moves, and
what the links say is the truth (the ledger only tells who and when).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from outreach.delivery.claims import drop_claim
from outreach.delivery.errors import DeliveryError
from outreach.delivery.hold import HoldReason
from outreach.delivery.layout import (
    BUILDING,
    CURRENT,
    LATEST,
    TRASH,
    ReleasePaths,
    date_dir,
    region_dir,
    state_dir,
)
from outreach.delivery.ledger import read_ledger, record
from outreach.delivery.nights import published_nights
from outreach.engine import STOP


@dataclass(frozen=True)
class Release:
    """A whole release on disk. ``status``: published, held, superseded or abandoned (a killed run's)."""

    region: str
    as_of: dt.date
    run_id: str
    status: str
    directory: Path
    reasons: tuple[str, ...] = ()
    approved_by: str | None = None


@contextlib.contextmanager
def publication_lock(home: Path, region: str) -> Iterator[None]:
    """Hold the region's publication lock: links of one region are moved by one process at a time.

    The lock is the kernel's, on an open file: a killed process leaves none behind.
    """
    path = state_dir(home, region) / "publication.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def sync_path(path: Path) -> None:
    """Make a file's or folder's content outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(root: Path) -> None:
    """fsync the few large files one by one, the thousands of lists by one flush of the file system."""
    for path in sorted(root.iterdir()):
        if path.is_file():
            sync_path(path)
    os.sync()


def _move_link(link: Path, target: str) -> None:
    """Make ``link`` lead to ``target``, at once: readers see the old target or the new one, never none."""
    if link.is_symlink() and str(link.readlink()) == target:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    aside = link.with_name(f".{link.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    aside.replace(link)
    sync_path(link.parent)


def stable_links(home: Path, region: str, name: str) -> dict[Path, str]:
    """The stable paths of a date (or of ``latest``) and the relative targets they lead to."""
    through = f"../../releases/{region}/{name}/{CURRENT}"
    return {
        home / "warehouse" / region / f"{name}.duckdb": f"{through}/mart.duckdb",
        home / "warehouse" / region / f"{name}.analyst.duckdb": f"{through}/analyst.duckdb",
        home / "lists" / region / name: f"{through}/lists",
    }


def _finish(paths: ReleasePaths) -> ReleasePaths:
    """Close the building: everything on disk, read-only, under its final name."""
    if paths.directory == paths.final or (paths.final.exists() and not paths.directory.exists()):
        return replace(paths, directory=paths.final)
    for needed in (paths.mart, paths.analyst, paths.lists / "index.csv", paths.manifest):
        if not needed.exists():
            raise DeliveryError(f"release {paths.run_id} is not whole: {needed.name} is missing")
    _sync_tree(paths.directory)
    paths.directory.chmod(0o755)
    paths.directory.rename(paths.final)
    sync_path(paths.night)
    return replace(paths, directory=paths.final)


def _put_in_place(paths: ReleasePaths) -> None:
    home, region, date = paths.home, paths.region, paths.as_of.isoformat()
    with publication_lock(home, region):
        for link, target in stable_links(home, region, date).items():
            _move_link(link, target)
        with STOP.last_moment():
            _move_link(paths.night / CURRENT, paths.run_id)
        _advance_latest(home, region)


def _advance_latest(home: Path, region: str) -> None:
    """Lead ``latest`` to the newest published date; it never moves back."""
    published = published_nights(home, region)
    if not published:
        return
    for link, target in stable_links(home, region, LATEST).items():
        _move_link(link, target)
    _move_link(region_dir(home, region) / LATEST, published[-1].as_of.isoformat())


def publish(paths: ReleasePaths) -> ReleasePaths:
    """Publish a whole release: one link moves, and snapshot, analyst file and lists change at once.

    Killed at any moment, the date shows the whole old release or the whole new one. ``latest`` follows,
    and never goes back to an older date. Returns the paths under which the files now lie.

    Raises:
        DeliveryError: a part of the release is missing; nothing was moved.
    """
    done = _finish(paths)
    _put_in_place(done)
    record(done.home, done.region, "published", done.as_of, done.run_id)
    drop_claim(done.home, done.region, done.run_id)
    return done


def hold(paths: ReleasePaths, reasons: Sequence[HoldReason]) -> ReleasePaths:
    """Keep a whole release unpublished, with its reasons, until an operator approves it.

    Raises:
        DeliveryError: a part of the release is missing, or no reason was given.
    """
    if not reasons:
        raise DeliveryError("a release is held only for a reason")
    note = {"reasons": [asdict(reason) for reason in reasons]}
    paths.hold_note.unlink(missing_ok=True)
    paths.hold_note.write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
    paths.hold_note.chmod(0o440)
    done = _finish(paths)
    messages = [reason.message for reason in reasons]
    record(done.home, done.region, "held", done.as_of, done.run_id, reasons=messages)
    drop_claim(done.home, done.region, done.run_id)
    return done


def approve(home: Path, region: str, as_of: dt.date, who: str, run_id: str | None = None) -> ReleasePaths:
    """Publish a held release on an operator's word; who and when is recorded first.

    Without ``run_id`` it is the newest held release of the date, and only if none was published after it.

    Raises:
        DeliveryError: nobody is named, or there is no such held release.
    """
    if not who.strip():
        raise DeliveryError("an approval needs the name of who gives it")
    home = home.resolve()
    held = [r for r in list_releases(home, region, as_of) if r.status == "held"]
    if run_id is not None:
        held = [r for r in held if r.run_id == run_id]
    if not held:
        wanted = f"run {run_id} of " if run_id else ""
        raise DeliveryError(f"no release of {wanted}{region} {as_of} is held back")
    release = held[-1]
    paths = ReleasePaths(home, region, as_of, release.run_id, release.directory)
    current = date_dir(home, region, as_of) / CURRENT
    if run_id is None and current.exists() and _built_at(current) > _built_at(release.directory):
        raise DeliveryError(
            f"a later release of {region} {as_of} is already published; name the held run to go back to it"
        )
    record(home, region, "approved", as_of, release.run_id, who=who.strip())
    return publish(paths)


def _built_at(directory: Path) -> float:
    manifest = directory / "manifest.json"
    return manifest.stat().st_mtime if manifest.exists() else 0.0


def list_releases(home: Path, region: str, as_of: dt.date | None = None) -> list[Release]:
    """The whole releases of a region (of one date), by date and then by when they were built."""
    home = home.resolve()
    events = read_ledger(home, region)
    seen = {e["run_id"] for e in events if e.get("event") == "published"}
    approvals = {e["run_id"]: e.get("who") for e in events if e.get("event") == "approved"}
    root = region_dir(home, region)
    releases = []
    for night in sorted(root.iterdir()) if root.exists() else ():
        try:
            date = dt.date.fromisoformat(night.name)
        except ValueError:
            continue
        if as_of is not None and date != as_of:
            continue
        current = str((night / CURRENT).readlink()) if (night / CURRENT).is_symlink() else None
        whole = [
            d
            for d in night.iterdir()
            if d.is_dir() and not d.is_symlink() and not d.name.startswith((BUILDING, TRASH))
        ]
        for directory in sorted(whole, key=lambda d: (_built_at(d), d.name)):
            note = directory / "held.json"
            if directory.name == current:
                status = "published"
            elif directory.name in seen:
                status = "superseded"
            else:
                status = "held" if note.exists() else "abandoned"
            reasons: tuple[str, ...] = ()
            if note.exists():
                held = json.loads(note.read_text(encoding="utf-8"))
                reasons = tuple(str(r["message"]) for r in held["reasons"])
            who = approvals.get(directory.name)
            releases.append(Release(region, date, directory.name, status, directory, reasons, who))
    return releases
