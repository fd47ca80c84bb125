"""A whole release put in place: published, held back, approved, taken back. One link moves, or nothing does.

The order matters at every step, because the process may be killed between any two of them: files reach
the disk before a name leads to them, stable names exist before the link they lead through moves, and
the links are the truth (the ledger only records who and when). What comes after the link has moved
cannot fail: it is reported.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from outreach.delivery.errors import DeliveryError
from outreach.delivery.release.build_lock import unlock_build
from outreach.delivery.release.hold import HoldReason
from outreach.delivery.release.ledger import is_current, read_ledger, record, whole_releases, write_note
from outreach.delivery.release.nights import published_nights
from outreach.delivery.release_paths import (
    CURRENT,
    LATEST,
    ReleasePaths,
    date_dir,
    region_dir,
    state_dir,
)
from outreach.engine import STOP, LockedError, locked, make_folder, set_aside
from outreach.engine.folders import GROUP, OPEN
from outreach.settings import LOCK_SECONDS

Report = Callable[[str], None]
"""Takes a sentence about what went wrong and did not stop anything."""
_log = logging.getLogger(__name__).warning


@dataclass(frozen=True)
class Release:
    """A whole release on disk.

    ``status``: published, held, superseded, withdrawn or abandoned (a killed run's). ``reasons``: why it was
    held back; the others: whose word approved or withdrew it, and for what reason.
    """

    region: str
    as_of: dt.date
    run_id: str
    status: str
    directory: Path
    reasons: tuple[str, ...] = ()
    approved_by: str | None = None
    approved_why: str | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None


@contextlib.contextmanager
def publication_lock(home: Path, region: str, wait: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the region's publication lock: links of one region are moved by one process at a time.

    The lock is the kernel's, on an open file: a killed process leaves none behind.

    Raises:
        DeliveryError: another process held it for ``wait`` seconds; the message names it.
    """
    path = state_dir(home, region) / "publication.lock"
    try:
        make_folder(path.parent.parent, GROUP)
        lock = contextlib.ExitStack()
        lock.enter_context(locked(path, f"{region} 的发布", wait))
    except (LockedError, OSError) as error:
        raise DeliveryError(str(error)) from None
    with lock:
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


def _move_link(link: Path, target: str, *, sync: bool = True) -> None:
    """Make ``link`` lead to ``target``, at once: readers see the old target or the new one, never none.

    ``sync``: wait until that outlasts a power cut. A folder in its place (a backup that was copied with its
    links followed) is set aside.
    """
    if link.is_symlink() and str(link.readlink()) == target:
        return
    make_folder(link.parent, OPEN)
    aside = link.with_name(f".{link.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.symlink_to(target)
    if link.is_dir() and not link.is_symlink():
        set_aside(link, dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ"))
    aside.replace(link)
    if sync:
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
    paths.directory.chmod(OPEN)
    paths.directory.rename(paths.final)
    sync_path(paths.night)
    return replace(paths, directory=paths.final)


def _put_in_place(paths: ReleasePaths, report: Report, wait: float) -> None:
    home, region, date = paths.home, paths.region, paths.as_of.isoformat()
    with publication_lock(home, region, wait):
        for link, target in stable_links(home, region, date).items():
            _move_link(link, target)
        with STOP.last_moment():
            _move_link(paths.night / CURRENT, paths.run_id, sync=False)
        with _reported(report, f"{region} {date} 已发布，但未确认写入磁盘"):
            sync_path(paths.night)
        with _reported(report, f"{region} {date} 已发布，但 {LATEST} 未能指向最新日期"):
            _advance_latest(home, region)


@contextlib.contextmanager
def _reported(report: Report, what: str) -> Iterator[None]:
    """What fails within is reported, not raised: the release is published already."""
    try:
        yield
    except Exception as error:
        reason = error.strerror if isinstance(error, OSError) else None
        detail = str(error) if isinstance(error, DeliveryError) else reason or type(error).__name__
        report(f"{what}：{detail}")


def _advance_latest(home: Path, region: str) -> None:
    """Lead ``latest`` to the newest published date, or nowhere where none is."""
    published = published_nights(home, region)
    link = region_dir(home, region) / LATEST
    if not published:
        for path in (*stable_links(home, region, LATEST), link):
            path.unlink(missing_ok=True)
        return
    for path, target in stable_links(home, region, LATEST).items():
        _move_link(path, target)
    _move_link(link, published[-1].as_of.isoformat())


def publish(paths: ReleasePaths, report: Report = _log, wait: float = LOCK_SECONDS) -> ReleasePaths:
    """Publish a whole release: one link moves, and snapshot, analyst file and lists change at once.

    Killed at any moment, the date shows the whole old release or the whole new one. ``latest`` follows: it
    leads to the newest published date. Returns the paths under which the files now are.

    Args:
        paths: the release.
        report: called with what fails after the link has moved; the release is published all the same.
        wait: seconds to wait for another process that publishes for the region.

    Raises:
        DeliveryError: a part of the release is missing, or the region is locked; nothing was published.
        OSError: the disk refuses; nothing was published.
    """
    done = _finish(paths)
    _put_in_place(done, report, wait)
    _account(done, report, "published")
    return done


def _account(done: ReleasePaths, report: Report, event: str, **more: Any) -> None:
    """Write to the ledger what has happened, and remove the lock of the building."""
    what = f"{done.region} {done.as_of} 版本 {done.run_id}"
    with _reported(report, f"{what}：发布台账未能记录 {event}"):
        mended = record(done.home, done.region, event, done.as_of, done.run_id, **more)
        if mended:
            report(mended)
    with _reported(report, f"{what}：构建标记未能删除"):
        unlock_build(done.home, done.region, done.run_id)


def hold(paths: ReleasePaths, reasons: Sequence[HoldReason], report: Report = _log) -> ReleasePaths:
    """Keep a whole release unpublished, with its reasons, until an operator approves it.

    Raises:
        DeliveryError: a part of the release is missing, or no reason was given.
    """
    if not reasons:
        raise DeliveryError("a release is held only for a reason")
    write_note(paths.directory, "held", {"reasons": [asdict(reason) for reason in reasons]})
    done = _finish(paths)
    _account(done, report, "held", reasons=[reason.message for reason in reasons])
    return done


def approve(
    home: Path,
    region: str,
    as_of: dt.date,
    who: str,
    why: str,
    run_id: str | None = None,
    report: Report = _log,
    wait: float = LOCK_SECONDS,
) -> ReleasePaths:
    """Publish a held release on an operator's word; who, when and why is recorded first.

    Without ``run_id`` it is the newest held release of the date, and only if none was published after it.

    Raises:
        DeliveryError: nobody or no reason is named, there is no such held release, or the word cannot be
            recorded; nothing was published.
    """
    who, why = _word(who, why, "an approval")
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
    _record_word(paths, "approved", who, why, report)
    return publish(paths, report, wait)


def withdraw(
    home: Path,
    region: str,
    as_of: dt.date,
    who: str,
    why: str,
    report: Report = _log,
    wait: float = LOCK_SECONDS,
) -> ReleasePaths:
    """Take back what is published of a date on an operator's word; who, when and why is recorded first.

    The date is then not published: its stable paths are gone, ``latest`` leads to the newest date that is
    published still, and later nights are not compared with it. Its files stay until they are pruned; a run of
    the date publishes it again. Repeated after a kill, it does what is left to do.

    Raises:
        DeliveryError: nobody or no reason is named, nothing of the date is published, the region is locked,
            or the word cannot be recorded; then nothing was moved.
    """
    who, why = _word(who, why, "a withdrawal")
    home = home.resolve()
    night = date_dir(home, region, as_of)
    with publication_lock(home, region, wait):
        current = night / CURRENT
        if current.is_symlink():
            run_id = str(current.readlink())
            paths = ReleasePaths(home, region, as_of, run_id, night / run_id)
            _record_word(paths, "withdrawn", who, why, report)
        else:
            paths = _half_withdrawn(home, region, as_of)
        try:
            current.unlink(missing_ok=True)
            for link in stable_links(home, region, as_of.isoformat()):
                link.unlink(missing_ok=True)
            _advance_latest(home, region)
            sync_path(night)
        except OSError as error:
            raise DeliveryError(f"{region} {as_of} 未能完全撤回：{error.strerror}；请再次执行") from error
    return paths


def _half_withdrawn(home: Path, region: str, as_of: dt.date) -> ReleasePaths:
    """The release of a withdrawal that was killed after its word was recorded and before all links moved."""
    latest = region_dir(home, region) / LATEST
    there = any(os.path.lexists(link) for link in stable_links(home, region, as_of.isoformat()))
    leads = latest.is_symlink() and str(latest.readlink()) == as_of.isoformat()
    withdrawn = [r for r in list_releases(home, region, as_of) if r.status == "withdrawn"]
    if not withdrawn or not (there or leads):
        raise DeliveryError(f"{region} {as_of} 没有已发布的版本，无可撤回")
    return ReleasePaths(home, region, as_of, withdrawn[-1].run_id, withdrawn[-1].directory)


def _word(who: str, why: str, what: str) -> tuple[str, str]:
    if not who.strip():
        raise DeliveryError(f"{what} needs the name of who gives it")
    if not why.strip():
        raise DeliveryError(f"{what} needs a reason")
    return who.strip(), why.strip()


def _record_word(paths: ReleasePaths, event: str, who: str, why: str, report: Report) -> None:
    """Write an operator's word to the ledger, and as a note into the release, before anything moves."""
    try:
        mended = record(paths.home, paths.region, event, paths.as_of, paths.run_id, who=who, why=why)
    except OSError as error:
        raise DeliveryError(
            f"{paths.region} 的发布台账无法写入（{error.strerror}），未作任何改动：须先能记下经办人和理由"
        ) from error
    if mended:
        report(mended)
    with _reported(report, f"版本 {paths.run_id} 中未能留下记录"):
        write_note(paths.directory, event, {"who": who, "why": why})


def _built_at(directory: Path) -> float:
    try:
        return (directory / "manifest.json").stat().st_mtime
    except OSError:
        return 0.0


def list_releases(home: Path, region: str, as_of: dt.date | None = None) -> list[Release]:
    """The whole releases of a region (of one date), by date and then by when they were built.

    Whatever in them or in the ledger cannot be read is passed over: a damaged note has no reasons.
    """
    home = home.resolve()
    last: dict[str, dict[str, dict[str, Any]]] = {}
    shown: dict[str, str] = {}
    for event in read_ledger(home, region):
        last.setdefault(event["run_id"], {})[event["event"]] = event
        if event["event"] in ("published", "withdrawn"):
            shown[event["run_id"]] = event["event"]
    wanted = [
        (dt.date.fromisoformat(night.name), _built_at(directory), directory.name, night, directory)
        for night, directory in whole_releases(home, region)
        if as_of is None or night.name == as_of.isoformat()
    ]
    releases = []
    for date, _, run_id, night, directory in sorted(wanted):
        note = directory / "held.json"
        if is_current(night, directory):
            status = "published"
        elif run_id in shown:
            status = "withdrawn" if shown[run_id] == "withdrawn" else "superseded"
        else:
            status = "held" if note.exists() else "abandoned"
        approved = last.get(run_id, {}).get("approved", {})
        withdrawn = last.get(run_id, {}).get("withdrawn", {})
        releases.append(
            Release(
                region,
                date,
                run_id,
                status,
                directory,
                _held_for(note) if note.exists() else (),
                approved.get("who"),
                approved.get("why"),
                withdrawn.get("who"),
                withdrawn.get("why"),
            )
        )
    return releases


def _held_for(note: Path) -> tuple[str, ...]:
    """The reasons in the note of a held release; a note where they cannot be read."""
    try:
        reasons = json.loads(note.read_text(encoding="utf-8"))["reasons"]
        return tuple(str(reason["message"]) for reason in reasons)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return (f"暂缓发布的原因无法读取（{note.name} 已损坏），见 manifest.json 的计数",)
