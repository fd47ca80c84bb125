"""The deployment as a Dagster resource, and one night of it: paths, settings, the working warehouse."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

import dagster as dg
from pydantic import Field

from assets.failures import ROOT, interrupted
from outreach.delivery import ReleasePaths, plan_release
from outreach.engine import (
    STOP,
    Timing,
    Warehouse,
    is_living,
    keep_open,
    let_go,
    make_folder,
    note_timings,
    this_process,
)
from outreach.engine.folders import OPEN, OWNER
from outreach.intake import area_names_file
from outreach.outcomes import FOLDER, QUESTIONS, AnswerLog, OutcomeLog
from outreach.policy import Policy
from outreach.settings import Settings, load_settings

WORK_KEPT_DAYS = 3
"""How long the working files of a failed night are kept for diagnosis."""
_WORK_FILE = "work.duckdb"
_OWNER_NOTE = "process.json"
_FAILED_NOTE = "failed"


@dataclass(frozen=True)
class NightlyRun:
    """One run for one region and as-of date."""

    region: str
    as_of: dt.date
    run_id: str
    root_run_id: str
    home: Path
    landing: Path
    policies: Path
    engine: str
    allowed: frozenset[str]
    settings: Settings
    asset: tuple[str, str] = ("run", "night")
    """Group and name of the asset that works now: as which its time is noted."""

    @property
    def work_dir(self) -> Path:
        """Where the run works: its *root* run's folder, so that a run continued from failure goes on."""
        return work_dir(self.home, self.region, self.as_of, self.root_run_id)

    @property
    def parameters(self) -> Path:
        """The region's own policy parameters (amounts, switches), where the locality has set any."""
        return self.home / "parameters" / f"{self.region}.yaml"

    @property
    def area_names(self) -> Path | None:
        """The names of areas: the home's own, else those that came with samples or are with the policies."""
        return area_names_file((self.home, self.landing, self.policies), self.region)

    @property
    def registry(self) -> Path:
        """The region's registry of person ids, kept from night to night."""
        return self.home / "state" / self.region / "registry.duckdb"

    @property
    def registry_copy(self) -> Path:
        """Where identity leaves a copy of the registry for the release."""
        return self.work_dir / "registry.duckdb"

    @property
    def outcomes(self) -> OutcomeLog:
        """The region's log of what outreach teams found out, kept from night to night."""
        return OutcomeLog(self.home / "state" / self.region / FOLDER)

    @property
    def answers(self) -> AnswerLog:
        """The departments' answers to the region's questions."""
        return AnswerLog(self.home / "state" / self.region / QUESTIONS)

    def begin(self) -> Warehouse:
        """A new, empty working warehouse; what an earlier attempt of this run left is dropped.

        Only this user may enter its folder: it holds personal data. Working files of killed runs go at the
        same time, and those of nights that failed more than ``WORK_KEPT_DAYS`` ago.
        """
        self.sweep()
        let_go(self._work_file)
        shutil.rmtree(self.work_dir, ignore_errors=True)
        make_folder(self.home, OPEN)
        make_folder(self.home / "warehouse", OPEN)
        make_folder(self.work_dir, OWNER)
        return self._open()

    def _open(self) -> Warehouse:
        (self.work_dir / _OWNER_NOTE).write_text(this_process().line(), encoding="utf-8")
        warehouse = _WorkingFile(self._work_file, self.settings, self.asset)
        keep_open(warehouse)
        return warehouse

    @property
    def _work_file(self) -> Path:
        return self.work_dir / _WORK_FILE

    def warehouse(self) -> Warehouse:
        """The working warehouse that earlier steps of this run filled.

        Raises:
            dg.Failure: there is none, because the asset was materialised alone.
        """
        if not self._work_file.exists():
            raise dg.Failure(
                f"no working tables of this run for {self.region} {self.as_of}: an asset of the night is not "
                "materialised alone; launch the whole job `nightly` for this partition, or continue a failed "
                "run with 're-execute from failure'",
                allow_retries=False,
            )
        return self._open()

    def record_provenance(self, warehouse: Warehouse, policy: Policy) -> None:
        """Fill ``run.provenance``: which code, policy and engine make this night, and the region's name."""
        warehouse.con.execute(
            "CREATE OR REPLACE TABLE run.provenance AS SELECT $1::VARCHAR AS code_version, "
            "$2::VARCHAR AS policy_version, $3::VARCHAR AS policy_sha256, $4::VARCHAR AS engine, "
            "$5::VARCHAR AS region_name",
            [code_version(), policy.version, policy.sha256, self.engine, policy.name],
        )

    def finish(self) -> None:
        """Remove the working files; called once the night is published or held. Never fails."""
        discard_work(self.home, self.region, self.as_of, self.root_run_id)

    def sweep(self) -> None:
        """Remove working files that nobody goes on with: of killed runs at once, of failed ones after
        ``WORK_KEPT_DAYS``. Never fails.
        """
        now = dt.datetime.now(dt.UTC)
        oldest = now.timestamp() - WORK_KEPT_DAYS * 86400
        for path in (self.home / "warehouse" / ".work").glob("*/*/*"):
            with suppress(OSError):
                note = path / _OWNER_NOTE
                killed = note.exists() and not (path / _FAILED_NOTE).exists() and not is_living(note, now)
                if killed or path.stat().st_mtime < oldest:
                    shutil.rmtree(path, ignore_errors=True)


class _WorkingFile(Warehouse):
    """The working file of a night; a failed step leaves a mark next to it, a killed process none.

    What a step takes from opening the file to closing it is noted in ``run.timing``, where it ends well.
    """

    def __init__(self, path: Path, settings: Settings, asset: tuple[str, str]) -> None:
        self._started = time.perf_counter()
        self._asset = asset
        super().__init__(path, settings)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            let_go(self.path, written=True)
            with suppress(OSError):
                (self.path.parent / _FAILED_NOTE).touch()
        elif error is None:
            seconds = time.perf_counter() - self._started
            note_timings(self.con, [Timing("step", *self._asset, None, seconds)])
        super().__exit__(kind, error, trace)


def work_dir(home: Path, region: str, as_of: dt.date, root_run_id: str) -> Path:
    """Where a run and the runs that continue it work."""
    return home / "warehouse" / ".work" / region / as_of.isoformat() / root_run_id


def discard_work(home: Path, region: str, as_of: dt.date, root_run_id: str) -> None:
    """Remove a run's working files, and the folders above them where they are empty now."""
    folder = work_dir(home, region, as_of, root_run_id)
    let_go(folder / _WORK_FILE)
    shutil.rmtree(folder, ignore_errors=True)
    for parent in (folder.parent, folder.parent.parent):
        with suppress(OSError):
            parent.rmdir()


def release_paths(night: NightlyRun, warehouse: Warehouse) -> ReleasePaths:
    """Where this night's release is built.

    It has the id of the run that opened the batch, so that a run continued from failure goes on with it.
    """
    run_id = str(warehouse.con.execute("SELECT run_id FROM run.context").fetchall()[0][0])
    return plan_release(night.home, night.region, night.as_of, run_id)


@cache
def code_version() -> str:
    """Version of the installed project, with the commit where it runs from a checkout."""
    shown = version("policy-finds-people")
    if not (ROOT / ".git").exists():
        return shown
    git = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]
    try:
        commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return shown
    return f"{shown}+{commit}"


class DeploymentResource(dg.ConfigurableResource):
    """Where a deployment lives and how its nights run."""

    home: str
    """Directory of everything the deployment writes."""
    landing: str
    """Directory into which departments drop their batches."""
    policies: str
    """Directory of policy files."""
    engine: str = "duckdb"
    """Where SQL runs; only ``duckdb`` so far."""
    allow: list[str] = Field(default_factory=list)
    """Extracts that the operator lets through although their volume or quarantine is unusual."""

    def night(self, context: dg.AssetExecutionContext) -> NightlyRun:
        """The night that this step belongs to; after a request to stop no further step begins."""
        if STOP.requested:
            raise interrupted()
        key = context.partition_key
        if not isinstance(key, dg.MultiPartitionKey):
            raise dg.Failure(f"not a partition of region and date: {key}", allow_retries=False)
        home = Path(self.home)
        return NightlyRun(
            region=key.keys_by_dimension["region"],
            as_of=dt.date.fromisoformat(key.keys_by_dimension["date"]),
            run_id=context.run.run_id,
            root_run_id=context.run.root_run_id or context.run.run_id,
            home=home,
            landing=Path(self.landing),
            policies=Path(self.policies),
            engine=self.engine,
            allowed=frozenset(self.allow),
            settings=load_settings(home),
            asset=(context.asset_key.path[0], context.asset_key.path[-1]),
        )
