"""The batch a night begins with. Knows nothing of Dagster, so that the command line can check first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from outreach.intake import Batch, BatchError, open_batch
from outreach.intake.batch import SUCCESS


def open_complete(landing: Path, region: str, as_of: dt.date) -> Batch:
    """The batch, if departments have marked it as complete.

    Raises:
        BatchError: it is not there, not readable, or still without ``_SUCCESS``.
    """
    batch = open_batch(landing, region, as_of)
    if not batch.complete:
        raise BatchError(
            f"批次 {region} {as_of} 尚未送齐：目录 {batch.folder} 中没有 {SUCCESS}。"
            f"确认各部门数据都已送达后，放入空文件 {SUCCESS} 再运行。"
        )
    return batch
