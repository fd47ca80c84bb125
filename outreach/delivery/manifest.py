"""``manifest.json``: what a release holds, by file and by count. No personal data.

Later nights read it: the volume rule and the rule that holds a release back compare with its counts.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from outreach.delivery.errors import DeliveryError
from outreach.delivery.layout import ReleasePaths
from outreach.engine import Warehouse, build


@dataclass(frozen=True)
class ExtractCounts:
    """Rows of one extract in one night."""

    status: str
    delivered: bool
    rows_read: int
    rows_accepted: int
    rows_quarantined: int


@dataclass(frozen=True)
class NightCounts:
    """What a night is compared by. Counts are people × programme; programme ids are keys."""

    extracts: dict[str, ExtractCounts] = field(default_factory=dict)
    receiving: dict[str, int] = field(default_factory=dict)
    actions: dict[str, dict[str, int]] = field(default_factory=dict)
    cuts: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> dict[str, int]:
        """Stops (``stop``) or lowered amounts (``cut``) by programme."""
        if kind == "cut":
            return self.cuts
        return {p: actions["stop"] for p, actions in self.actions.items() if "stop" in actions}

    @property
    def delivered(self) -> frozenset[str]:
        """The extracts that were accepted."""
        return frozenset(e for e, counts in self.extracts.items() if counts.delivered)


def run_context(warehouse: Warehouse) -> tuple[str, dt.date]:
    """Region and as-of date of the run in the warehouse."""
    rows = warehouse.con.execute("SELECT region, as_of FROM run.context").fetchall()
    if not rows:
        raise DeliveryError("run.context is empty: the working warehouse belongs to no run")
    return str(rows[0][0]), rows[0][1]


def count_night(warehouse: Warehouse) -> NightCounts:
    """Count the night in the warehouse (makes the tables ``release.*``)."""
    build(warehouse.con, "release")
    con = warehouse.con.cursor()

    def rows(table: str) -> list[dict[str, Any]]:
        frame: pl.DataFrame = con.sql(f"SELECT * FROM release.{table} ORDER BY ALL").pl()
        return frame.to_dicts()

    actions: dict[str, dict[str, int]] = {}
    cuts: dict[str, int] = {}
    for row in rows("action_count"):
        actions.setdefault(row["programme"], {})[row["action"]] = row["people"]
        if row["cuts"]:
            cuts[row["programme"]] = row["cuts"]
    return NightCounts(
        extracts={row.pop("extract"): ExtractCounts(**row) for row in rows("extract_count")},
        receiving={row["programme"]: row["people"] for row in rows("receiving_count")},
        actions=actions,
        cuts=cuts,
    )


def read_counts(directory: Path) -> NightCounts:
    """The counts in the manifest of a whole release."""
    counts = read_manifest(directory)["counts"]
    return NightCounts(
        extracts={name: ExtractCounts(**values) for name, values in counts["extracts"].items()},
        receiving=counts["receiving"],
        actions=counts["actions"],
        cuts=counts["cuts"],
    )


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of a release.

    Raises:
        DeliveryError: it is missing or is no JSON object.
    """
    path = directory / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DeliveryError(f"{path}: no readable manifest ({type(error).__name__})") from error
    if not isinstance(manifest, dict):
        raise DeliveryError(f"{path}: not a JSON object")
    return manifest


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_manifest(
    paths: ReleasePaths, warehouse: Warehouse, more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Write the manifest of a release whose other files are there; answers what it wrote.

    The lists stand in ``lists/index.csv`` one by one; the manifest seals them by the digest of that file.
    ``more`` are further figures of the run (code version, seconds of steps); never personal data.

    Raises:
        DeliveryError: a file of the release is missing.
    """
    files = {}
    for path in (paths.mart_file, paths.analyst_file, paths.lists / "index.csv"):
        if not path.exists():
            raise DeliveryError(f"release {paths.run_id} is not whole: {path.name} is missing")
        name = path.relative_to(paths.directory).as_posix()
        files[name] = {"bytes": path.stat().st_size, "sha256": file_sha256(path)}
    manifest = {
        "run_id": paths.run_id,
        "region": paths.region,
        "as_of": paths.as_of.isoformat(),
        "built_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "status": "complete",
        "files": files,
        "counts": asdict(count_night(warehouse)),
        **(more or {}),
    }
    paths.manifest.unlink(missing_ok=True)
    paths.manifest.write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    paths.manifest.chmod(0o440)
    return manifest
