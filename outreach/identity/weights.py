"""Match weights: how much each comparison level proves for, or against, one and the same person.

A weight is log2(m/u): m, how often the level is seen on rows of one person; u, on two people taken at
random (Fellegi and Sunter, 1969). The shipped priors are those of the levels (``levels.py``), versioned; a
region's own weights are learned from them (``learning.py``) and then stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from outreach.errors import OutreachError, Text
from outreach.identity.levels import COMPARISONS, Level

VERSION = "priors-12"

UNWEIGHED = Text(
    "比对等级没有权重：{levels}；请在 outreach/identity/levels.py 中定义该等级，并运行 "
    "python -m outreach.identity.level_files",
    "comparison levels without a weight: {levels}; define them in outreach/identity/levels.py and run "
    "python -m outreach.identity.level_files",
)
LOST_PAIRS = Text(
    "综合比对丢失候选对：比对 {compared} 对，计分 {scored} 对（sql/identity/scoring/score.sql）",
    "candidate pairs were lost: {compared} compared, {scored} scored (sql/identity/scoring/score.sql)",
)


class LevelError(OutreachError):
    """Pairs are at a level that has no weight, or were lost before they had one: no link could be trusted."""


Weights = Mapping[str, Mapping[str, Level]]

PRIORS: Weights = {each.field: {level.name: level for level in each.levels} for each in COMPARISONS}
"""The shipped weights: levels by field and name. The order of a field's levels is that of their codes."""

NO_MATCH = (0.03, 1.0)
"""Odds that a row is about nobody in the register, before its evidence: of a row without a readable number
(or with another's), and of one whose own valid number nobody here has. Learned, too."""

_COLUMNS = pa.schema(
    [
        ("field", pa.string()),
        ("level", pa.string()),
        ("weight", pa.float64()),
        ("label", pa.string()),
        ("code", pa.int8()),
        ("shipped_weight", pa.float64()),
        ("seen", pa.float64()),
    ]
)


def register_size(con: duckdb.DuckDBPyConnection) -> float:
    """log2 of ``identity.register_size``: what one of its rows means before any evidence."""
    ((people,),) = con.execute("SELECT people FROM identity.register_size").fetchall()
    return math.log2(people)


def load(
    con: duckdb.DuckDBPyConnection,
    weights: Weights,
    seen: Mapping[str, Mapping[str, float]] | None = None,
    no_match: tuple[float, float] = NO_MATCH,
) -> None:
    """Make ``identity.weight`` and ``identity.no_match_odds`` for the models.

    ``identity.weight``: field, level, weight, label, code, shipped_weight, and how many rows of one person
    were ``seen`` at the level when the weights were learned.

    Needs ``identity.register_size``: weights relative to the register's size are made absolute.
    """
    size = register_size(con)
    rows = [
        {
            "field": field,
            "level": name,
            "weight": level.bits(size),
            "label": level.label,
            "code": code,
            "shipped_weight": PRIORS[field][name].bits(size),
            "seen": (seen or {}).get(field, {}).get(name),
        }
        for field, levels in weights.items()
        for code, (name, level) in sorted(
            enumerate(levels.items()), key=lambda each: -PRIORS[field][each[1][0]].bits(size)
        )
    ]
    con.register("loaded_weight", pa.Table.from_pylist(rows, schema=_COLUMNS))
    con.execute("CREATE OR REPLACE TABLE identity.weight AS SELECT * FROM loaded_weight")
    con.unregister("loaded_weight")
    con.execute(
        "CREATE OR REPLACE TABLE identity.no_match_odds AS"
        " SELECT CAST($usual AS DOUBLE) AS usual, CAST($unregistered AS DOUBLE) AS number_unregistered",
        {"usual": no_match[0], "unregistered": no_match[1]},
    )


def require_weights(con: duckdb.DuckDBPyConnection) -> None:
    """Hold that every level of ``identity.level_pattern`` has a weight.

    Raises:
        LevelError: one has none; the message names field and level.
    """
    rows = con.execute("SELECT field, level FROM identity.unweighed_level ORDER BY ALL").fetchall()
    if rows:
        levels = ", ".join(f"{field}: {'NULL' if level is None else level}" for field, level in rows)
        raise LevelError(UNWEIGHED(levels=levels))


def require_every_pair(con: duckdb.DuckDBPyConnection) -> None:
    """Hold that every pair of ``identity.comparison`` was scored, each level of it with a weight.

    Raises:
        LevelError: a level has no weight, or pairs were lost; the message names which, or how many.
    """
    require_weights(con)
    ((compared, scored),) = con.execute("SELECT compared, scored FROM identity.pair_account").fetchall()
    if compared != scored:
        raise LevelError(LOST_PAIRS(compared=compared, scored=scored))
