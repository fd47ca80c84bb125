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
from pydantic import TypeAdapter, ValidationError

from outreach.delivery.errors import DeliveryError
from outreach.delivery.release_paths import ReleasePaths
from outreach.engine import Warehouse, build, write_new


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


_COUNTS = TypeAdapter(NightCounts)


def read_counts(directory: Path) -> NightCounts:
    """The counts in the manifest of a whole release.

    Raises:
        DeliveryError: there is no readable manifest, or no counts in it.
    """
    counts = read_manifest(directory).get("counts")
    try:
        return _COUNTS.validate_python(counts, strict=False)
    except ValidationError as error:
        raise DeliveryError("manifest.json 中没有可用的计数") from error


def read_manifest(directory: Path) -> dict[str, Any]:
    """The manifest of a release.

    Raises:
        DeliveryError: it is missing or is no JSON object.
    """
    path = directory / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DeliveryError(f"manifest.json 无法读取（{type(error).__name__}）") from error
    if not isinstance(manifest, dict):
        raise DeliveryError("manifest.json 不是 JSON 对象")
    return manifest


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def keep_registry(paths: ReleasePaths, copy: Path) -> None:
    """Move the copy of the registry that the night left into its release (0440), if there is one.

    Raises:
        DeliveryError: the disk refuses.
    """
    try:
        if copy.exists():
            copy.chmod(0o440)
            copy.replace(paths.registry)
    except OSError as error:
        raise DeliveryError(f"the copy of the registry could not be kept: {error.strerror}") from error


def write_manifest(
    paths: ReleasePaths, warehouse: Warehouse, more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Write the manifest of a release whose other files are there; answers what it wrote.

    The lists are in ``lists/index.csv`` one by one; the manifest seals them by the digest of that file.
    ``more`` are further figures of the run (code version, seconds of steps); never personal data.

    Raises:
        DeliveryError: a file of the release is missing.
    """
    files = {}
    kept = [paths.registry] if paths.registry.exists() else []
    kept += sorted(paths.parquet.glob("*/*.parquet"))
    for path in (paths.mart_file, paths.analyst_file, paths.lists / "index.csv", *kept):
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
    write_new(paths.manifest, json.dumps(manifest, ensure_ascii=False, indent=1).encode(), 0o440)
    return manifest
