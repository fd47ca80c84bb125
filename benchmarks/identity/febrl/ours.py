"""``python -m benchmarks.identity.febrl.ours ANSWER``: FEBRL4 through this project's engine.

The set has its own columns and English names, so blocking and comparison are its own (``sql/febrl``, names by
Jaro-Winkler). The engine is this project's: EM over comparison patterns (``outreach.identity.em``) and the
posterior over all candidates and nobody (``sql/identity/scoring/best_candidate.sql``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from duckdb.func import PythonUDFType
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from benchmarks.identity.febrl.records import read_records
from benchmarks.identity.process import Stopwatch
from outreach.engine import build
from outreach.identity import em, weights
from outreach.identity.functions import registered

SQL_DIR = Path(__file__).parent / "sql"
FIELDS = ("name", "birth", "number", "postcode", "house", "street", "suburb", "state")
AGREEING = 0.75
"""Share of one person's records at a field's best level before anything is learned; others share the rest."""
STRENGTH, REACH = 20.0, 12.0
"""The start is a guess, not a prior measured on samples: it counts for few rows and may move far."""


def likeness(left: pa.Array, right: pa.Array) -> pa.Array:
    """Jaro-Winkler similarity of each pair of texts, in whole hundredths; 100 only for equal ones."""
    scores = process.cpdist(
        left.to_pylist(), right.to_pylist(), scorer=JaroWinkler.normalized_similarity, dtype=np.float64
    )
    return pa.array(np.floor(scores * 100).astype(np.uint8))


def link(answer: Path) -> None:
    """Link the set and write the best candidate of each asked record with its probability."""
    con = duckdb.connect()
    con.execute("CREATE SCHEMA febrl")
    con.register("read", read_records())
    con.execute("CREATE TABLE febrl.record AS SELECT * FROM read")
    con.create_function("likeness", likeness, ["VARCHAR", "VARCHAR"], "UTINYINT", type=PythonUDFType.ARROW)
    with registered(con), Stopwatch() as watch:
        build(con, "febrl", sql_dir=SQL_DIR)
        watch.lap("comparison")
        _score(con)
        watch.lap("learning")
        build(con, "identity", ["best_candidate"])
    con.execute(
        "COPY (SELECT row_key, register_key, weight, probability FROM identity.best_candidate)"
        f" TO '{answer}' (FORMAT parquet)"
    ).fetchall()
    ((pairs,),) = con.sql("SELECT count(*) FROM febrl.pair WHERE NOT by_chance").fetchall()
    watch.report(pairs=pairs)


def _score(con: duckdb.DuckDBPyConnection) -> None:
    """Learn weights from the candidates and make ``identity.score`` of them."""
    levels = ", ".join(f"{field}_level" for field in FIELDS)
    by_chance = con.sql(f"SELECT {levels} FROM febrl.comparison WHERE by_chance").to_arrow_table()
    candidates = con.sql(
        f"SELECT left_key, right_key, {levels} FROM febrl.comparison WHERE NOT by_chance ORDER BY ALL"
    ).to_arrow_table()
    fields, codes = [], {}
    for name in FIELDS:
        values = sorted({*by_chance[f"{name}_level"].to_pylist(), *candidates[f"{name}_level"].to_pylist()})
        place = {level: at for at, level in enumerate(values)}
        codes[name] = np.array(
            [place[level] for level in candidates[f"{name}_level"].to_pylist()], dtype=np.int8
        )
        chance = np.bincount(
            [place[level] for level in by_chance[f"{name}_level"].to_pylist()], minlength=len(values)
        )
        fields.append(_start(name, values, chance.astype(np.float64)))
    ((people,),) = con.sql("SELECT count(*) FROM febrl.record WHERE NOT asked").fetchall()
    row = candidates["left_key"].to_numpy()
    pairs = em.Pairs(row, codes, {}, np.full(len(row), -np.log2(people)))
    found = em.estimate(pairs, fields, no_match=weights.NO_MATCH[0], strength=STRENGTH, reach=REACH)
    scored = pa.table(
        {
            "row_key": candidates["left_key"],
            "register_key": candidates["right_key"],
            "person_key": candidates["right_key"],
            "content": candidates["right_key"],
            "weight": em.weigh(pairs, fields, found.weight),
            **{f"{name}_level": candidates[f"{name}_level"] for name in ("name", "number", "birth")},
        }
    )
    con.register("scored", scored)
    con.execute("CREATE SCHEMA identity")
    con.execute(
        "CREATE TABLE identity.score AS SELECT *, CAST(NULL AS VARCHAR) AS sex_level,"
        " CAST(NULL AS VARCHAR) AS phone_level, CAST(NULL AS VARCHAR) AS address_level,"
        f" CAST({weights.NO_MATCH[0]} AS DOUBLE) AS no_match_odds FROM scored"
    )


def _start(name: str, levels: list[str], chance: em.Floats) -> em.Field:
    """A field's start: u from pairs of two people, m guessed; a missing value says nothing."""
    filled = np.array([level != "missing" for level in levels])
    u = np.where(filled, chance + 0.5, 0.0)
    u /= u.sum()
    best = np.array([level == "equal" for level in levels])
    m = np.where(best, AGREEING, (1 - AGREEING) / max((filled & ~best).sum(), 1))
    with np.errstate(divide="ignore"):
        weight = np.where(filled, np.log2(m) - np.log2(u), 0.0)
    return em.Field(name, levels, weight, np.where(filled, m, np.nan))


if __name__ == "__main__":
    link(Path(sys.argv[1]))
