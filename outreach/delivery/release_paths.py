"""Where a release is under the home, and where it is built aside. Paths only: nothing is moved here.

::

    releases/<region>/<date>/.building-<run_id>/    while it is built
    releases/<region>/<date>/<run_id>/              whole: published, held back, or superseded
    releases/<region>/<date>/current -> <run_id>    what is published; the one link that moves
    …/<run_id>/held.json, approved.json, withdrawn.json     an event's note, where it happened
    …/<run_id>/registry.duckdb                      the registry of person ids as that night left it
    releases/<region>/latest -> <date>              the newest date published
    …/<run_id>/parquet/mart/, parquet/analyst/      the tables of both files, for tools without DuckDB
    warehouse/<region>/<date>.duckdb                -> ../../releases/<region>/<date>/current/mart.duckdb
    warehouse/<region>/<date>.analyst.duckdb        -> …/current/analyst.duckdb
    lists/<region>/<date>                           -> ../../releases/<region>/<date>/current/lists
    (``latest`` next to each goes through releases/<region>/latest/current)
    state/<region>/releases.jsonl                   what was published, held and approved, by whom and when
    state/<region>/building/<run_id>.json           which process is building
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

BUILDING = ".building-"
TRASH = ".trash-"
CURRENT = "current"
LATEST = "latest"
REGISTRY_COPY = "registry.duckdb"


@dataclass(frozen=True)
class ReleasePaths:
    """One release of a region and a date, built by one run. ``directory`` is where its files are now."""

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
    def parquet(self) -> Path:
        """The tables of both files as Parquet: ``mart/<table>.parquet``, ``analyst/<table>.parquet``."""
        return self.directory / "parquet"

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
    def registry(self) -> Path:
        """The registry of person ids as the night left it, from which a lost one is restored."""
        return self.directory / REGISTRY_COPY

    @property
    def night(self) -> Path:
        """The folder of all releases of this region and date."""
        return date_dir(self.home, self.region, self.as_of)

    @property
    def final(self) -> Path:
        """Where the release is once it is whole."""
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
