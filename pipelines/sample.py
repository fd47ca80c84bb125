"""``outreach sample``: invented batches for trying and testing, with their truth."""

from __future__ import annotations

import datetime as dt
import time
from itertools import product
from pathlib import Path

from outreach.deployment import unwritable
from outreach.sample import PROFILES, region_names, write_world
from pipelines.console import OK, Steps, err, out, refuse


def write_samples(
    target: Path,
    region: str,
    date: dt.date,
    people: int,
    seed: int,
    damage: str,
    policies: Path,
    nights: int = 1,
) -> int:
    """Write batches for one region that has a policy file, or for ``all`` of them, with progress.

    ``nights``: of so many days in a row, the last of them ``date``, each a batch of the same people.

    Returns:
        The exit status. An impossible argument gets one sentence and nothing is written.
    """
    known = region_names(policies)
    chosen = list(known) if region == "all" else [region]
    if not set(chosen) <= set(known):
        refuse(f"没有名为“{region}”的地区的政策文件；可用：{'、'.join(known)}，或 all。")
    if damage not in PROFILES:
        refuse(f"没有名为“{damage}”的损坏程度；可用：{'、'.join(PROFILES)}。")
    blocked = unwritable(target)
    if blocked:
        refuse(blocked)
    first = date - dt.timedelta(days=nights - 1)
    with Steps(len(chosen) * nights) as steps:
        for name, night in product(chosen, range(nights)):
            started = time.perf_counter()
            steps.tell(name)
            day = first + dt.timedelta(days=night)
            try:
                report = write_world(
                    target,
                    name,
                    day,
                    people,
                    seed,
                    damage,
                    progress=steps.tell,
                    night=night,
                    policies=policies,
                )
            except ValueError as error:
                refuse(str(error))
            steps.end(
                f"{name}：{report.people} 人，{sum(report.rows.values())} 行", time.perf_counter() - started
            )
            out.print(f"批次 {report.batch}\n标准答案 {report.truth}", markup=False)
    for night in range(nights):
        day = first + dt.timedelta(days=night)
        err.print(f"运行：outreach run --region {chosen[0]} --date {day} --landing {target}", markup=False)
    return OK
