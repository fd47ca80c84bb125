"""The ledger of a region's releases, ``state/<region>/releases.jsonl``: what happened, when, by whom.

What is published is decided by the links; the ledger remembers. Lines are only ever added. A damaged or lost
ledger stops nobody: it is read as far as it can be, and what it lacks is taken from the releases. The next
event that is recorded sets the damaged file aside and writes the mended one.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outreach.delivery.release_paths import BUILDING, CURRENT, TRASH, region_dir, state_dir
from outreach.engine import append_line, make_folder, set_aside, write_new
from outreach.engine.folders import GROUP

NOTES = {"held": "held.json", "approved": "approved.json", "withdrawn": "withdrawn.json"}
"""Events that also leave a note in the release itself, by which a lost ledger is rebuilt."""
_MODE = 0o640


@dataclass(frozen=True)
class Ledger:
    """The events of a region's releases, oldest first; ``damage``: what is wrong with it, in Chinese."""

    events: tuple[dict[str, Any], ...]
    damage: str | None = None


def ledger_path(home: Path, region: str) -> Path:
    """The file of a region's ledger."""
    return state_dir(home, region) / "releases.jsonl"


def record(home: Path, region: str, event: str, as_of: dt.date, run_id: str, **more: Any) -> str | None:
    """Add one event to the region's ledger and flush it to the disk; a damaged ledger is mended first.

    Returns:
        What was mended, in Chinese; None where nothing was.

    Raises:
        OSError: the event cannot be recorded.
    """
    path = ledger_path(home, region)
    make_folder(path.parent.parent, GROUP)
    make_folder(path.parent, GROUP)
    mended = mend(home, region, run_id)
    line = {"at": _now(), "event": event, "date": as_of.isoformat(), "run_id": run_id, **more}
    append_line(path, json.dumps(line, ensure_ascii=False), _MODE)
    return mended


def mend(home: Path, region: str, recording: str | None = None) -> str | None:
    """Set a damaged ledger aside and write what could be read of it, and of the releases, in its place.

    ``recording``: a run whose first event is about to be recorded, so that a ledger need not have it.

    Returns:
        What was wrong and where the damaged file is now, in Chinese; None where it is whole.

    Raises:
        OSError: the damaged file cannot be renamed, or the new one not written.
    """
    found = read(home, region, recording)
    if found.damage is None:
        return None
    path = ledger_path(home, region)
    make_folder(path.parent, GROUP)
    aside = None
    if os.path.lexists(path):
        aside = set_aside(path, dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ"))
    lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in found.events)
    write_new(path, lines.encode(), _MODE)
    where = f"原文件改名为 {aside.name}，" if aside else ""
    return f"{region} 的发布台账 {path.name} 已损坏（{found.damage}）：{where}已按可读的记录和现有各版本重建"


def read(home: Path, region: str, recording: str | None = None) -> Ledger:
    """The region's ledger, as far as it can be read; what it lacks of the releases is filled in from them.

    A line cut short by a kill is passed over and is no damage. Nothing is written.
    """
    path = ledger_path(home, region)
    events, damage = _parsed(path)
    known = {(event["run_id"], event["event"]) for event in events}
    inferred = [
        event
        for event in _from_releases(home, region)
        if event["run_id"] != recording and (event["run_id"], event["event"]) not in known
    ]
    if damage is None and inferred and not events:
        damage = "文件为空" if path.exists() else "文件不见了"
    elif damage is None and (lost := {e["run_id"] for e in inferred if e["rebuilt"] is True}):
        damage = f"缺少 {len(lost)} 个版本的记录"
    if damage is not None:
        events = sorted([*events, *inferred], key=lambda event: str(event["at"]))
    return Ledger(tuple(events), damage)


def read_ledger(home: Path, region: str) -> list[dict[str, Any]]:
    """The events of `read`."""
    return list(read(home, region).events)


def _parsed(path: Path) -> tuple[list[dict[str, Any]], str | None]:
    if not os.path.lexists(path):
        return [], None
    if not path.is_file():
        return [], "不是普通文件"
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        return [], f"无法读取：{error.strerror}"
    events, bad = [], []
    for number, line in enumerate(lines, start=1):
        event = _event(line)
        if event is not None:
            events.append(event)
        elif line.strip() and not (line.startswith(b'{"at"') and _is_cut_short(line)):
            bad.append(number)
    return events, f"第 {bad[0]} 行等 {len(bad)} 行无法读取" if bad else None


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    needed = ("at", "event", "date", "run_id")
    if not isinstance(event, dict) or not all(isinstance(event.get(key), str) for key in needed):
        return None
    return event


def _is_cut_short(line: bytes) -> bool:
    """A line as a killed writer leaves it: readable text that has no end."""
    try:
        line.decode()
    except UnicodeDecodeError as error:
        return error.end == len(line) and error.reason == "unexpected end of data"
    return not line.rstrip().endswith(b"}")


def _from_releases(home: Path, region: str) -> list[dict[str, Any]]:
    """What the releases themselves show of each whole run: published, held back, approved, withdrawn.

    A run that is not published now may have been published before, or killed before it was: it counts as
    published, so that it is rather kept too long, but ``rebuilt`` is ``assumed``: that the ledger lacks it is
    no damage.
    """
    events: list[dict[str, Any]] = []
    for night, directory in whole_releases(home, region):
        run = {"date": night.name, "run_id": directory.name}
        notes = {event: directory / name for event, name in NOTES.items() if (directory / name).exists()}
        sure = is_current(night, directory) or "withdrawn" in notes
        if sure or "held" not in notes or "approved" in notes:
            at = _when(directory / "manifest.json")
            events.append({"at": at, "event": "published", **run, "rebuilt": True if sure else "assumed"})
        events += [
            {"at": _when(path), "event": event, **run, "rebuilt": True, **_note(path)}
            for event, path in notes.items()
        ]
    return events


def whole_releases(home: Path, region: str) -> list[tuple[Path, Path]]:
    """The whole releases of a region as (folder of the date, folder of the release), by date and name.

    Anything else there is ignored.
    """
    root = region_dir(home, region)
    found = []
    for night in sorted(root.iterdir()) if root.is_dir() else ():
        try:
            dt.date.fromisoformat(night.name)
            inside = sorted(night.iterdir()) if night.is_dir() and not night.is_symlink() else []
        except (ValueError, OSError):
            continue
        found += [(night, d) for d in inside if _is_release(d)]
    return found


def _is_release(directory: Path) -> bool:
    named = not directory.name.startswith((BUILDING, TRASH, ".")) and directory.name != CURRENT
    return named and directory.is_dir() and not directory.is_symlink()


def is_current(night: Path, directory: Path) -> bool:
    """Whether the date's link leads to the release."""
    current = night / CURRENT
    return current.is_symlink() and str(current.readlink()) == directory.name


def write_note(directory: Path, event: str, note: dict[str, Any]) -> None:
    """Leave a read-only note of an event in the release.

    Raises:
        OSError: it cannot be written.
    """
    path = directory / NOTES[event]
    path.unlink(missing_ok=True)
    write_new(path, json.dumps(note, ensure_ascii=False, indent=1).encode(), 0o440)


def _note(path: Path) -> dict[str, Any]:
    """Who and why, of a note; nothing where it cannot be read."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: note[key] for key in ("who", "why") if key in note} if isinstance(note, dict) else {}


def _when(path: Path) -> str:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).isoformat(timespec="seconds")
    except OSError:
        return _now()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
