"""Where a run builds its release."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path

from outreach.delivery.errors import DeliveryError
from outreach.delivery.release.build_lock import lock_build, unlock_build
from outreach.delivery.release.ledger import read
from outreach.delivery.release_paths import BUILDING, CURRENT, LATEST, ReleasePaths, date_dir
from outreach.engine import make_folder
from outreach.engine.folders import GROUP, OPEN, OWNER

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


def plan_release(home: Path, region: str, as_of: dt.date, run_id: str) -> ReleasePaths:
    """Open the folder in which the release of this run is built aside; called again it answers the same.

    Only this user may enter the folder while it is built: a half-written file has no guarded mode yet. A run
    that was killed between closing its release and publishing it goes on where it stopped.

    Raises:
        DeliveryError: the region or run_id is no plain name, the run has already published or held a
            release (published files are never written again), or the home is not writable.
    """
    for label, name in (("region", region), ("run_id", run_id)):
        if not _SAFE_NAME.fullmatch(name) or name in (CURRENT, LATEST):
            raise DeliveryError(f"{label} {name!r} cannot be a folder's name: use letters, digits, - and _")
    home = home.resolve()
    night = date_dir(home, region, as_of)
    paths = ReleasePaths(home, region, as_of, run_id, night / f"{BUILDING}{run_id}")
    if paths.final.exists() and not _is_delivered(paths):
        return replace(paths, directory=paths.final)
    if paths.final.exists():
        raise DeliveryError(
            f"run {run_id} has already delivered {region} {as_of}: published files are never written again; "
            "start a new run"
        )
    try:
        make_folder(night, OPEN)
        make_folder(paths.directory, OWNER)
        make_folder(paths.lists, GROUP)
        make_folder(home / "state", GROUP)
        lock_build(paths)
    except OSError as error:
        raise DeliveryError(f"{home} is not writable: {error.strerror}") from error
    return paths


def _is_delivered(paths: ReleasePaths) -> bool:
    """Whether the run's release was ever published or held back."""
    current = paths.night / CURRENT
    if current.is_symlink() and str(current.readlink()) == paths.run_id:
        return True
    events = read(paths.home, paths.region, recording=paths.run_id).events
    return any(event["run_id"] == paths.run_id for event in events)


def discard_release(home: Path, region: str, as_of: dt.date, run_id: str) -> None:
    """Remove what a run that was stopped has built; what it published or held back is left alone."""
    home = home.resolve()
    night = date_dir(home, region, as_of)
    paths = ReleasePaths(home, region, as_of, run_id, night / f"{BUILDING}{run_id}")
    shutil.rmtree(paths.directory, ignore_errors=True)
    if paths.final.exists() and not _is_delivered(paths):
        shutil.rmtree(paths.final, ignore_errors=True)
    unlock_build(home, region, run_id)
    with contextlib.suppress(OSError):
        night.rmdir()
