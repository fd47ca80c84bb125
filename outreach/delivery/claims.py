"""Which process builds a release, so that leftovers of killed runs are told from work in progress."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
from pathlib import Path

from outreach.delivery.layout import ReleasePaths, state_dir


def _started_at(pid: int) -> str | None:
    """Start time of a process in clock ticks, where the system tells; a pid alone is used again."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return None


def _claim_path(home: Path, region: str, run_id: str) -> Path:
    return state_dir(home, region) / "building" / f"{run_id}.json"


def claim_build(paths: ReleasePaths) -> None:
    """Note that this process builds the release, so that nobody clears it away as a leftover."""
    path = _claim_path(paths.home, paths.region, paths.run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    pid = os.getpid()
    claim = {"pid": pid, "started": _started_at(pid), "host": socket.gethostname()}
    aside = path.with_suffix(f".{pid}")
    aside.write_text(json.dumps(claim), encoding="utf-8")
    aside.replace(path)


def drop_claim(home: Path, region: str, run_id: str) -> None:
    """Take the note of `claim_build` away."""
    _claim_path(home, region, run_id).unlink(missing_ok=True)


def is_being_built(home: Path, region: str, run_id: str, now: dt.datetime) -> bool:
    """Whether a living process still builds the release.

    A claim made on another host cannot be tried: it counts as living for two days.
    """
    path = _claim_path(home, region, run_id)
    try:
        claim = json.loads(path.read_text(encoding="utf-8"))
        written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except (OSError, ValueError):
        return False
    if claim.get("host") != socket.gethostname():
        return now - written < dt.timedelta(days=2)
    try:
        os.kill(int(claim["pid"]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return bool(_started_at(int(claim["pid"])) == claim.get("started"))
