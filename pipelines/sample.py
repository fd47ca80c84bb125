"""``outreach sample``: invented batches for trying and testing, with their truth beside them."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

from outreach.deployment import unwritable
from outreach.sample import PROFILES, region_names, write_world
from pipelines.console import OK, Steps, err, out, refuse


def write_samples(
    target: Path, region: str, date: dt.date, people: int, seed: int, damage: str, policies: Path
) -> int:
    """Write a batch for one region that has a policy file, or for ``all`` of them, with progress.

    Returns:
        The exit status. An argument that cannot be is said in one sentence and nothing is written.
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
    with Steps(len(chosen)) as steps:
        for name in chosen:
            started = time.perf_counter()
            steps.tell(name)
            try:
                report = write_world(
                    target, name, date, people, seed, damage, progress=steps.tell, policies=policies
                )
            except ValueError as error:
                refuse(str(error))
            steps.end(
                f"{name}：{report.people} 人，{sum(report.rows.values())} 行", time.perf_counter() - started
            )
            out.print(f"批次 {report.batch}\n标准答案 {report.truth}", markup=False)
    err.print(f"运行：outreach run --region {chosen[0]} --date {date} --landing {target}", markup=False)
    return OK
