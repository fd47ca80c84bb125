"""Which process builds a release, so that leftovers of killed runs are distinguished from work in
progress."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from outreach.delivery.release_paths import ReleasePaths, state_dir
from outreach.engine import is_living, make_folder, this_process, write_new
from outreach.engine.folders import GROUP


def _lock_path(home: Path, region: str, run_id: str) -> Path:
    return state_dir(home, region) / "building" / f"{run_id}.json"


def lock_build(paths: ReleasePaths) -> None:
    """Note that this process builds the release, so that nobody clears it away as a leftover.

    Raises:
        OSError: the note cannot be written.
    """
    path = _lock_path(paths.home, paths.region, paths.run_id)
    make_folder(path.parent, GROUP)
    aside = path.with_suffix(f".{os.getpid()}")
    aside.unlink(missing_ok=True)
    write_new(aside, this_process().line().encode(), 0o640)
    aside.replace(path)


def unlock_build(home: Path, region: str, run_id: str) -> None:
    """Take the note of `lock_build` away.

    Raises:
        OSError: it cannot be removed.
    """
    _lock_path(home, region, run_id).unlink(missing_ok=True)


def is_being_built(home: Path, region: str, run_id: str, now: dt.datetime) -> bool:
    """Whether a living process still builds the release.

    A lock made on another host, or damaged, cannot be tried: it counts as living for two days.
    """
    return is_living(_lock_path(home, region, run_id), now)
