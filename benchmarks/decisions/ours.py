"""This project's side, in a process of its own: ``-m benchmarks.decisions.ours FOLDER MONTHS REPEATS``.

Prints as JSON: wall and CPU seconds of the best repeat, the peak of memory, profiles, patterns.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.decisions.months import amounts, decide_months
from benchmarks.decisions.openfisca_side import RESULTS, peak_gib
from benchmarks.decisions.world import DAYS
from outreach.engine import Warehouse
from outreach.policy import load_policy


def main(folder: Path, months: int, repeats: int) -> None:
    """Decide ``months`` months ``repeats`` times and put the amounts of the last into ``folder``."""
    policy = load_policy("yanling", as_of=DAYS[0]).only(RESULTS)
    days = DAYS[:months]
    best: dict[str, float] = {}
    found: list[list[np.ndarray[Any, Any]]] = []
    with Warehouse(folder / "night.duckdb") as warehouse:
        con = warehouse.con
        ((people,),) = con.execute("SELECT count(*) FROM facts.person").fetchall()
        for _ in range(repeats):
            found = []
            wall, cpu = time.perf_counter(), time.process_time()
            decide_months(con, policy, days)
            decided = time.perf_counter()
            found = amounts(con, RESULTS, days, people)
            done = time.perf_counter()
            measured = {"wall": done - wall, "cpu": time.process_time() - cpu, "decided": decided - wall}
            best = measured if not best or measured["wall"] < best["wall"] else best
        counts = con.execute(
            "SELECT (SELECT count(*) FROM decisions.profile), (SELECT count(*) FROM decisions.pattern)"
        ).fetchall()
    print(json.dumps({**best, "peak": peak_gib(), "profiles": counts[0][0], "patterns": counts[0][1]}))
    for month, arrays in zip(days, found, strict=True):
        for name, array in zip(RESULTS, arrays, strict=True):
            np.save(folder / f"ours-{name}-{month}.npy", array)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
