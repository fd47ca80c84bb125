"""Clerks' decisions on pairs of ``identity.review``: they bind the nights that follow.

``clerical.jsonl``, in the folder of the registry, holds one JSON object a line and only ever grows. The last
word on a pair counts. A decision names the content of a row (``subject``) and the person proposed, or two
register rows: when the department corrects the row, the decision lapses and the row is looked at afresh.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from outreach.engine import append_line, make_folder
from outreach.engine.folders import GROUP

FILE_NAME = "clerical.jsonl"
_log = logging.getLogger(__name__).warning


def decide(
    path: Path,
    *,
    subject: str,
    same: bool,
    by: str,
    at: datetime,
    person_id: str | None = None,
    other_subject: str | None = None,
) -> None:
    """Append one decision, safely against a crash and against other writers.

    Args:
        path: the file of decisions (``<home>/state/<region>/clerical.jsonl``).
        subject: ``subject`` of the review pair.
        same: whether the pair is one person.
        by: who decided, as the portal knows the user.
        at: when, with time zone.
        person_id: ``proposed_person_id`` of the pair; for a pair of register rows leave it out, and give
        other_subject: ``other_subject`` of the pair.

    Raises:
        ValueError: not exactly one of ``person_id`` and ``other_subject``, or a time without zone.
    """
    if (person_id is None) == (other_subject is None):
        raise ValueError("a decision names either a person or another register row")
    if at.tzinfo is None:
        raise ValueError("the time of a decision needs its zone")
    line = json.dumps(
        {
            "subject": subject,
            "person_id": person_id,
            "other_subject": other_subject,
            "same": same,
            "by": by,
            "at": at.isoformat(),
        },
        ensure_ascii=False,
    )
    make_folder(path.parent, GROUP)
    append_line(path, line, 0o600)


def decide_pair(home: Path, region: str, pair: Mapping[str, Any], *, same: bool, by: str) -> None:
    """Append the decision on a pair of the region's published review; it binds from the next night on.

    Args:
        pair: ``subject``, ``other_subject`` and ``proposed_person_id`` of ``mart.identity_review``.
    """
    other = pair["other_subject"]
    decide(
        home / "state" / region / FILE_NAME,
        subject=str(pair["subject"]),
        same=same,
        by=by,
        at=datetime.now(ZoneInfo("Asia/Shanghai")),
        person_id=None if other else pair["proposed_person_id"],
        other_subject=other,
    )


def load(con: duckdb.DuckDBPyConnection, path: Path, report: Callable[[str], None] = _log) -> None:
    """Make ``identity.clerical`` (subject, person_id, other_subject, same): the last decision on each pair.

    A line cut short by a crash is passed over. So is one that cannot be read, and this is reported: its pair
    is undecided again, as all are where the file cannot be read at all. The file is left as it is.
    """
    columns = "subject VARCHAR, person_id VARCHAR, other_subject VARCHAR, same BOOLEAN"
    con.execute(f"CREATE OR REPLACE TABLE identity.clerical ({columns})")
    if not os.path.lexists(path):
        return
    try:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    except OSError as error:
        report(
            f"人工核对结论 {path.name} 无法读取（{error.strerror}）：本次按没有人工结论处理，"
            "相应记录回到待核对；请从备份恢复该文件后重跑本日"
        )
        return
    con.register("clerical_line", pa.table({"place": range(1, len(lines) + 1), "line": lines}))
    con.execute(f"CREATE OR REPLACE TEMP TABLE clerical_read AS {_DECISIONS}")
    con.unregister("clerical_line")
    con.execute(
        """INSERT INTO identity.clerical
        SELECT subject, person_id, other_subject, arg_max(same, place) FROM clerical_read
        WHERE subject IS NOT NULL AND same IS NOT NULL
        GROUP BY subject, person_id, other_subject"""
    )
    ((bad, first),) = con.execute(
        "SELECT count(*), min(place) FROM clerical_read"
        " WHERE (subject IS NULL OR same IS NULL) AND NOT cut_short"
    ).fetchall()
    con.execute("DROP TABLE clerical_read")
    if bad:
        report(
            f"人工核对结论 {path.name} 有 {bad} 行无法读取（第 {first} 行起）：这些结论未采用，"
            "相应记录回到待核对，其余照用；请从备份恢复该文件后重跑本日"
        )


_DECISIONS = """
WITH parsed AS (
    SELECT
        place,
        line,
        -- a character that was no text may have been any
        CASE WHEN json_valid(line) AND NOT contains(line, chr(65533)) THEN CAST(line AS JSON) END AS decision
    FROM clerical_line
    WHERE trim(line) <> ''
)
SELECT
    place,
    CASE WHEN json_type(decision, '$.subject') = 'VARCHAR' THEN decision ->> '$.subject' END AS subject,
    CASE WHEN json_type(decision, '$.person_id') = 'VARCHAR' THEN decision ->> '$.person_id' END AS person_id,
    CASE WHEN json_type(decision, '$.other_subject') = 'VARCHAR' THEN decision ->> '$.other_subject' END
        AS other_subject,
    CASE json_type(decision, '$.same') WHEN 'BOOLEAN' THEN CAST(decision ->> '$.same' AS BOOLEAN) END AS same,
    starts_with(line, '{"subject"') AND NOT ends_with(rtrim(line), '}') AS cut_short
FROM parsed
"""
"""The lines of the file as decisions; of one that is none, ``subject`` or ``same`` is NULL."""
