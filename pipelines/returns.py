"""``outreach outcome import``: filled-in lists and answered questions, and the report on each line."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from itertools import groupby
from pathlib import Path

from outreach.deployment import Deployment
from outreach.outcomes import OutcomeLogError
from outreach.policy import programme_labels, regions
from outreach.returns import FileTaken, Returns, ReturnsError
from outreach.settings import load_settings
from pipelines.clock import today
from pipelines.console import FAILED, OK, PUBLISHED_WITH_REFUSAL, out, refuse
from pipelines.temporary import temporary_files


def import_files(deployment: Deployment, files: Sequence[Path], region: str | None) -> int:
    """Take files in, one after the other, and print what became of each line.

    Returns:
        The exit status: 0 everything is in the log; 3 a line or a file was not taken; 1 a log cannot be used.
    """
    there = regions(deployment.policies)
    if region is not None and region not in there:
        refuse(f"没有地区 {region}。可用的地区：{'、'.join(there)}。")
    work = Returns(
        deployment.home,
        load_settings(deployment.home),
        programme_labels(deployment.policies),
        there,
        today(),
        region,
    )
    whole = True
    warehouse = deployment.home / "warehouse"
    # Under the home: personal data stay where all others are, and the system's folder may be full. In a home
    # that has never published nothing is made: it takes nothing in.
    place = temporary_files(warehouse / ".work" / "import") if warehouse.is_dir() else nullcontext()
    with place:
        for path in files:
            try:
                for done in work.take_all(path):
                    _print(done)
                    whole = whole and done.whole
            except ReturnsError as error:
                refuse(str(error))
            except OutcomeLogError as error:
                refuse(f"{error}此前各文件已记入。", FAILED)
    return OK if whole else PUBLISHED_WITH_REFUSAL


def _print(done: FileTaken) -> None:
    if done.fault is not None:
        out.print(f"{done.name}：未采用。{done.fault}", markup=False)
        return
    out.print(
        f"{done.name}（{done.kind}，{done.region}）：记入 {len(done.taken)} 条，"
        f"已在台账 {len(done.known)} 条，未采用 {len({line for line, _ in done.refused})} 行",
        markup=False,
    )
    if done.remark is not None:
        out.print(f"  提示：{done.remark}", markup=False)
    for label, lines in (("记入", done.taken), ("已在台账", done.known)):
        if lines:
            out.print(f"  {label}：第 {_ranges(lines)} 行", markup=False)
    for label, remarks in (("未采用", done.refused), ("提示", done.noted)):
        by_remark: dict[str, list[int]] = {}
        for line, remark in remarks:
            by_remark.setdefault(remark, []).append(line)
        for remark, lines in by_remark.items():
            out.print(f"  {label}：第 {_ranges(lines)} 行，{remark}", markup=False)


def _ranges(lines: Sequence[int]) -> str:
    """Line numbers, those that follow each other as a range."""
    found = []
    for _, run in groupby(enumerate(sorted(set(lines))), lambda item: item[1] - item[0]):
        numbers = [number for _, number in run]
        found.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}")
    return "、".join(found)
