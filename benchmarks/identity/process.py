"""A contender in a process of its own: wall and CPU time of its work, peak memory of the whole process."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def peak_gib() -> float:
    """Peak resident memory of this process so far, in GiB.

    The kernel's ``ru_maxrss`` also holds what the parent had when it started the process; Linux has a better
    figure.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        unit = 2**30 if sys.platform == "darwin" else 2**20
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 2**20


class Stopwatch:
    """Times the block it is entered for; ``report`` prints the figures for the parent as one line of JSON."""

    def __init__(self) -> None:
        self.seconds = self.cpu = self.peak_gib = 0.0
        self.laps: dict[str, float] = {}

    def __enter__(self) -> Stopwatch:
        self._started, self._cpu = time.perf_counter(), time.process_time()
        self._lap = self._started
        return self

    def lap(self, name: str) -> None:
        """The wall seconds since the last lap were spent on ``name``."""
        now = time.perf_counter()
        self.laps[name], self._lap = now - self._lap, now

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds, self.cpu = time.perf_counter() - self._started, time.process_time() - self._cpu
        self.peak_gib = peak_gib()

    def report(self, **more: Any) -> None:
        """Print the figures, and what else the contender reports, as the last line of standard output."""
        figures = {"seconds": self.seconds, "cpu": self.cpu, "peak_gib": self.peak_gib, "laps": self.laps}
        print(json.dumps(figures | {"reported": more}))


@dataclass(frozen=True)
class Spent:
    """What a contender spent: wall and CPU seconds of its work, peak resident memory till then (GiB)."""

    seconds: float
    cpu: float
    peak_gib: float
    laps: dict[str, float] = field(default_factory=dict)
    reported: dict[str, Any] = field(default_factory=dict)


def run(module: str, *arguments: str | Path) -> Spent:
    """Run ``python -m <module> <arguments>`` to its end; it ends with ``Stopwatch.report``.

    Raises:
        SystemExit: the process failed; its last words are shown.
    """
    log = Path(arguments[-1]).with_suffix(".log")
    with log.open("w+") as errors:
        command = [sys.executable, "-m", module, *map(str, arguments)]
        ended = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True, check=False
        )
        if ended.returncode:
            errors.seek(0)
            raise SystemExit(f"{module} failed:\n{errors.read()[-3000:]}")
    return Spent(**json.loads(ended.stdout.splitlines()[-1]))
