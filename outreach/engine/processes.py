"""Notes that name a process, and whether it still lives: so leftovers are known from work in progress."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_ELSEWHERE = dt.timedelta(days=2)
"""A process of another host cannot be tried, and a damaged note names none: they count as living so long."""


@dataclass(frozen=True)
class ProcessNote:
    """A process: where it runs, whose it is, since when it does what the note is about."""

    pid: int
    started: str | None
    host: str
    user: str
    since: str

    def line(self) -> str:
        """The note as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def this_process() -> ProcessNote:
    """A note that names this process, from now on."""
    now = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
    pid = os.getpid()
    return ProcessNote(pid, started_at(pid), socket.gethostname(), _user(), now.isoformat(timespec="seconds"))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"uid {os.getuid()}"


def started_at(pid: int) -> str | None:
    """Start time of a process in clock ticks, where the system knows it; a pid alone is used again."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError, ValueError):
        return None


def read_note(path: Path) -> Mapping[str, Any] | None:
    """The note in a file; None where it is missing, or no note can be read."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return note if isinstance(note, dict) else None


def is_living(path: Path, now: dt.datetime) -> bool:
    """Whether the process named by the note in ``path`` still lives; False where there is no note.

    A note that cannot be read, or names another host, counts as living for two days.
    """
    try:
        written = dt.datetime.fromtimestamp(path.lstat().st_mtime, dt.UTC)
    except OSError:
        return False
    note = read_note(path)
    pid = note.get("pid") if note else None
    if note is None or not isinstance(pid, int) or pid <= 0 or note.get("host") != socket.gethostname():
        return now - written < _ELSEWHERE
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return bool(started_at(pid) == note.get("started"))
