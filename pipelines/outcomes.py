"""``outreach outcome``: the log of what outreach teams found out."""

from __future__ import annotations

from pathlib import Path

from outreach.delivery import list_releases
from outreach.outcomes import FOLDER, OutcomeLog, rebuild
from pipelines.console import FAILED, OK, out, refuse


def rebuild_log(home: Path, region: str) -> int:
    """Put back what is missing or damaged of a region's log, from its releases.

    Returns:
        The exit status.
    """
    releases = list_releases(home, region)
    if not releases:
        refuse(f"{region} 还没有发布过，无从重建。")
    log = OutcomeLog(home / "state" / region / FOLDER)
    done = rebuild(log, (release.directory / "mart.duckdb" for release in reversed(releases)))
    out.print(
        f"由历次发布恢复 {done.lots} 份、{done.answers} 条答复；台账现有 {len(log.lots())} 份。", markup=False
    )
    if done.lost:
        numbers = "、".join(map(str, done.lost))
        out.print(f"第 {numbers} 份已损坏，且没有任何发布用过：请重新送达其答复。", markup=False)
        return FAILED
    return OK
