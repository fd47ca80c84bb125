"""``python -m benchmarks.identity.ours WORLD [STEP] ANSWER``: this project reconciles one prepared world.

All of ``resolve`` is timed: the register against itself, links, stable ids, pairs for clerks, guards.
``ANSWER`` holds for every source row the register row of the person it is given, and for rows that found no
clear person the best candidate with its probability. ``STEP``: what is taken away (``ablation.STEPS``).
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from benchmarks.identity import ablation, worlds
from benchmarks.identity.process import Stopwatch
from benchmarks.identity.worlds import DATE, REGION
from outreach.engine import Warehouse
from outreach.identity import resolve

ANSWER = """
COPY (
    SELECT l.row_key, l.person_key, l.grade, l.method,
        coalesce(p.row_key, v.register_key) AS register_key,
        CASE WHEN l.grade = 'new' THEN coalesce(v.probability, 0.0) ELSE l.score END AS probability,
        CASE WHEN v.row_key IS NULL OR l.method IN ('number and name', 'former number and name') THEN 1000.0
            ELSE v.weight END AS weight
    FROM identity.link l
    LEFT JOIN identity.best_candidate v
        ON l.row_key = v.row_key AND (l.grade = 'new' OR l.person_key = v.person_key)
    LEFT JOIN identity.register_profile p ON l.person_key = p.person_key AND p.leads
) TO '{answer}' (FORMAT parquet)
"""


def link(world: Path, answer: Path, step: str | None = None) -> None:
    """Reconcile a copy of ``world``, without ``step`` if one is named, and write the links to ``answer``."""
    with worlds.night_of(world, answer.parent) as (night, registry), Warehouse(night) as warehouse:
        taken_away = ablation.without(step, registry.parent) if step else nullcontext()
        with taken_away, Stopwatch() as watch:
            report = resolve(warehouse, registry, region=REGION, as_of=DATE)
        watch.laps = report.seconds
        warehouse.con.execute(ANSWER.format(answer=answer)).fetchall()
        watch.report(pairs=sum(report.pairs_by_block.values()), weights=report.weights_version)


if __name__ == "__main__":
    world, *steps, answer = sys.argv[1:]
    link(Path(world), Path(answer), *steps)
