"""Clerks' decisions on pairs of ``identity.review``: they bind the nights that follow.

``clerical.jsonl``, beside the registry, holds one JSON object a line and only ever grows. The last word on a
pair counts. A decision names the content of a row (``subject``) and the person proposed, or two register
rows: when the department corrects the row, the decision lapses and the row is looked at afresh.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import duckdb

FILE_NAME = "clerical.jsonl"


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
        by: who decided, as the portal knows her.
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
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"\n{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def load(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make ``identity.clerical`` (subject, person_id, other_subject, same): the last word on each pair.

    A line cut short by a crash is passed over.
    """
    columns = "subject VARCHAR, person_id VARCHAR, other_subject VARCHAR, same BOOLEAN"
    con.execute(f"CREATE OR REPLACE TABLE identity.clerical ({columns})")
    if path.exists():
        con.execute(
            """INSERT INTO identity.clerical
            SELECT subject, person_id, other_subject, last(same ORDER BY place) FROM (
                SELECT *, row_number() OVER () AS place FROM read_json(
                    $path, format = 'newline_delimited', ignore_errors = true, columns = {
                        'subject': 'VARCHAR', 'person_id': 'VARCHAR', 'other_subject': 'VARCHAR',
                        'same': 'BOOLEAN', 'at': 'VARCHAR'}))
            WHERE subject IS NOT NULL AND same IS NOT NULL
            GROUP BY subject, person_id, other_subject""",
            {"path": str(path)},
        )
