"""Where a release lies under the home, and where it is built aside. Paths only: nothing is moved here.

::

    releases/<region>/<date>/.building-<run_id>/    while it is built
    releases/<region>/<date>/<run_id>/              whole: published, held back, or superseded
    releases/<region>/<date>/current -> <run_id>    what is published; the one link that moves
    releases/<region>/latest -> <date>              the newest date published
    warehouse/<region>/<date>.duckdb                -> ../../releases/<region>/<date>/current/mart.duckdb
    warehouse/<region>/<date>.analyst.duckdb        -> …/current/analyst.duckdb
    lists/<region>/<date>                           -> ../../releases/<region>/<date>/current/lists
    (``latest`` beside each leads through releases/<region>/latest/current)
    state/<region>/releases.jsonl                   what was published, held and approved, by whom and when
    state/<region>/building/<run_id>.json           which process is building
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path

from outreach.delivery.errors import DeliveryError

BUILDING = ".building-"
TRASH = ".trash-"
CURRENT = "current"
LATEST = "latest"

_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


@dataclass(frozen=True)
class ReleasePaths:
    """One release of a region and a date, built by one run. ``directory`` is where its files lie now."""

    home: Path
    region: str
    as_of: dt.date
    run_id: str
    directory: Path

    @property
    def mart(self) -> Path:
        """The snapshot with personal data: schema ``mart``; a link to ``mart_file``."""
        return self.directory / "mart.duckdb"

    @property
    def analyst(self) -> Path:
        """The de-identified file: schema ``analyst``; a link to ``analyst_file``."""
        return self.directory / "analyst.duckdb"

    @property
    def mart_file(self) -> Path:
        """The file behind ``mart``.

        DuckDB names a database after the file that a path leads to in the end. Were that ``mart.duckdb``,
        ``mart.person`` would be refused as ambiguous (database or schema?) on every path that leads there.
        """
        return self.directory / f"{self.region}_{self.as_of:%Y%m%d}.duckdb"

    @property
    def analyst_file(self) -> Path:
        """The file behind ``analyst``; its name avoids the same trap."""
        return self.directory / f"{self.region}_{self.as_of:%Y%m%d}_analyst.duckdb"

    @property
    def lists(self) -> Path:
        """The folder of all lists, with ``index.csv``."""
        return self.directory / "lists"

    @property
    def manifest(self) -> Path:
        """What the release holds: files with sizes and SHA-256, counts."""
        return self.directory / "manifest.json"

    @property
    def hold_note(self) -> Path:
        """Why the release was held back; only held releases have it."""
        return self.directory / "held.json"

    @property
    def night(self) -> Path:
        """The folder of all releases of this region and date."""
        return date_dir(self.home, self.region, self.as_of)

    @property
    def final(self) -> Path:
        """Where the release lies once it is whole."""
        return self.night / self.run_id


def region_dir(home: Path, region: str) -> Path:
    """The folder of all releases of a region."""
    return home / "releases" / region


def date_dir(home: Path, region: str, as_of: dt.date) -> Path:
    """The folder of all releases of a region and a date."""
    return region_dir(home, region) / as_of.isoformat()


def state_dir(home: Path, region: str) -> Path:
    """The folder of a region's state: ledger, locks, registry of ids."""
    return home / "state" / region


def plan_release(home: Path, region: str, as_of: dt.date, run_id: str) -> ReleasePaths:
    """Open the folder in which the release of this run is built aside; called again it answers the same.

    Only this user may enter the folder while it is built: a half-written file has no guarded mode yet.

    Raises:
        DeliveryError: the region or run_id is no plain name, the run has already delivered a whole
            release (published files are never written again), or the home is not writable.
    """
    for label, name in (("region", region), ("run_id", run_id)):
        if not _SAFE_NAME.fullmatch(name) or name in (CURRENT, LATEST):
            raise DeliveryError(f"{label} {name!r} cannot be a folder's name: use letters, digits, - and _")
    home = home.resolve()
    night = date_dir(home, region, as_of)
    paths = ReleasePaths(home, region, as_of, run_id, night / f"{BUILDING}{run_id}")
    if paths.final.exists():
        raise DeliveryError(
            f"run {run_id} has already delivered {region} {as_of}: published files are never written again; "
            "start a new run"
        )
    try:
        night.mkdir(parents=True, exist_ok=True)
        paths.directory.mkdir(mode=0o700, exist_ok=True)
        paths.lists.mkdir(mode=0o750, exist_ok=True)
        claim_build(paths)
    except OSError as error:
        raise DeliveryError(f"{home} is not writable: {error.strerror}") from error
    return paths


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
