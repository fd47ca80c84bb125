"""The questions to departments: earlier questions and answers joined with what tonight's data raise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb
import polars as pl

from contracts.extracts import EXTRACTS, Extract, Kind
from contracts.published import TABLES
from outreach.engine import ModelResult, Warehouse, build
from outreach.outcomes.log import ANSWER, AnswerLog

_QUESTION = next(table for table in TABLES if table.name == "question")
_FINGERPRINTS = "extract VARCHAR, row_number BIGINT, fingerprint VARCHAR"


def recall_answers(warehouse: Warehouse, log: AnswerLog, as_of: date) -> int:
    """Fill ``run.question_answer`` with the departments' answers received by the night; how many there are.

    Of several answers to one question the latest counts: a row a question.

    Raises:
        OutcomeLogError: a lot is damaged, or the region's key cannot be read.
    """
    con = warehouse.con
    con.execute("DELETE FROM run.question_answer")
    con.execute("DELETE FROM run.question_key")
    con.execute("INSERT INTO run.question_key VALUES (?)", [log.secret()])
    lots = log.counting(as_of)
    if not lots:
        return 0
    answers = (
        pl.concat(lot.read().with_columns(lot=pl.lit(lot.number)) for lot in lots)
        .filter(pl.col("answered_on") <= as_of)
        .sort("answered_on", "lot", "answer")
        .unique("question_id", keep="last")
        .select(*ANSWER)
    )
    con.register("recalled", answers.to_arrow())
    con.execute("INSERT INTO run.question_answer BY NAME SELECT * FROM recalled")
    con.unregister("recalled")
    return int(answers.height)


def recall_questions(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``run.earlier_question`` with the questions of the earlier night. Needs ``previous.question``."""
    names = ", ".join(column.name for column in _QUESTION.columns)
    con.execute("DELETE FROM run.earlier_question")
    con.execute(f"INSERT INTO run.earlier_question BY NAME SELECT {names} FROM previous.question")


def ask_departments(warehouse: Warehouse, days: Mapping[str, int], default: int) -> Sequence[ModelResult]:
    """Make ``corrections.question`` and what it is made of.

    Args:
        days: within how many days a department answers, by its key.
        default: the same for the departments that ``days`` does not name.

    Needs ``run.question_answer`` and ``run.earlier_question`` as they were recalled (both may be empty).

    Raises:
        outreach.engine.models.ModelError: a model failed; the message names its file.
    """
    con = warehouse.con
    con.execute("DELETE FROM run.question_rule")
    con.executemany(
        "INSERT INTO run.question_rule VALUES (?, ?, ?)",
        [(e.name, e.department.key, days.get(e.department.key, default)) for e in EXTRACTS],
    )
    results = list(build(con, "corrections", without=["question"]))
    con.execute("DELETE FROM run.row_fingerprint")
    con.execute("INSERT INTO run.row_fingerprint " + " UNION ALL ".join(map(_fingerprints, EXTRACTS)))
    return [*results, *build(con, "corrections", only=["question"])]


def _fingerprints(extract: Extract) -> str:
    """Fingerprints of tonight's rows of those whom questions are about, without months of payment: they
    pass."""
    cells = ", ".join(
        f"coalesce(CAST(t.{column.name} AS VARCHAR), '')"
        for column in extract.columns
        if column.kind is not Kind.MONTH
    )
    return (
        f"SELECT q.extract, q.row_number, md5(concat_ws('|', {cells})) FROM corrections.questioned_row AS q "
        f"INNER JOIN intake.{extract.name} AS t ON t.row_number = q.row_number "
        f"WHERE q.extract = '{extract.name}'"
    )
