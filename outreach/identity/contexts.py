"""Who is on which roll, and where on it: learned from the rows that number and name link.

An allowance for those over eighty is paid to no grandchild of the same name; a survey with one row a person
hardly has a second one of the same person; the dead are on the funeral roll. For each context (an extract; on
the benefit roll a programme) and kind of person, the weight is log2 of the share of such people among the
context's clear rows against their share of the register.

A roll that is compiled village by village, house by house, shows by its order where a row's person lives: how
often rows of one person, household, community or town are adjacent is learned in the same way, and weighs
nothing on a roll in no order. So is how many rows are about people from elsewhere: most at a rescue station,
hardly any on a benefit roll.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pyarrow as pa

from outreach.engine import build

Contexts = Mapping[str, Mapping[str, float]]
"""Weight in bits by context, then kind of person (``identity.roll_profile``), how near the person lives to
the people of the adjacent rows (``identity.adjacency``), or :data:`UNREGISTERED`; all else weighs 0."""

_STRENGTH = 50.0
"""So many rows like the register at large are added to each context: a small roll is little evidence."""
_LEAST, _MOST = -6.0, 5.0
_ADJACENCY_STRENGTH = 5.0
_ADJACENCY_LEAST, _ADJACENCY_MOST = 0.5, 8.0
"""So many rows are added to those found and to those expected; less than half a bit may be chance."""
_UNREGISTERED_LEAST = -1.0
""""Nobody" includes people here whose names are damaged beyond finding: no roll is free of them."""
_RENAMED = {"herself beside": "person beside"}
"""Levels of ``identity.adjacency`` in a region's file by the name that they have now."""
UNREGISTERED = "stranger"
"""What the odds of "nobody" are called among a context's weights (``sql/identity/scoring/score.sql``)."""


def learn(con: duckdb.DuckDBPyConnection) -> Contexts:
    """The weights learned from tonight's clear rows; makes ``identity.context_share``. Deterministic."""
    build(con, "identity", ["context_share", "adjacency_share", "unregistered_share"])
    shares = con.sql(
        "SELECT context, roll_profile, row_count, row_share, people_share FROM identity.context_share"
        " WHERE people_share > 0 OR row_share > 0 ORDER BY context, roll_profile"
    ).to_arrow_table()
    rows, among_rows, among_people = (
        shares[name].to_numpy().astype(np.float64) for name in ("row_count", "row_share", "people_share")
    )
    expected = np.maximum(among_people, 1e-6)
    seen = (rows * among_rows + _STRENGTH * expected) / (rows + _STRENGTH)
    weights = np.round(np.clip(np.log2(seen / expected), _LEAST, _MOST), 1)
    learned: dict[str, dict[str, float]] = {}
    for context, profile, weight in zip(
        shares["context"].to_pylist(), shares["roll_profile"].to_pylist(), weights.tolist(), strict=True
    ):
        if weight:
            learned.setdefault(context, {})[profile] = weight
    for context, level, weight in (*_adjacency(con), *_unregistered(con)):
        learned.setdefault(context, {})[level] = round(weight, 1)
    return learned


def _adjacency(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, float]]:
    """What it weighs, by context, to be, to live with or to live near the people of the adjacent rows."""
    rows = con.execute(
        "SELECT context, adjacency, seen, expected FROM identity.adjacency_share ORDER BY context, adjacency"
    ).fetchall()
    for context, adjacency, seen, expected in rows:
        weight = math.log2((seen + _ADJACENCY_STRENGTH) / (expected + _ADJACENCY_STRENGTH))
        if abs(weight) >= _ADJACENCY_LEAST:
            yield context, adjacency, min(max(weight, _LEAST), _ADJACENCY_MOST)


def _unregistered(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, float]]:
    """How much likelier than at large a context's row is about nobody here: log2 of odds over odds."""
    rows = con.execute(
        "SELECT context, unregistered_rows, clear_rows FROM identity.unregistered_share ORDER BY context"
    ).fetchall()
    odds = (1 + sum(row[1] for row in rows)) / (_STRENGTH + sum(row[2] for row in rows))
    for context, unregistered, clear_rows in rows:
        weight = math.log2((unregistered / odds + _STRENGTH) / (clear_rows + _STRENGTH))
        yield context, UNREGISTERED, min(max(weight, _UNREGISTERED_LEAST), _MOST)


def renamed(contexts: Contexts) -> Contexts:
    """What a region has learned under names that levels had before, by those of today."""
    return {
        context: {_RENAMED.get(level, level): weight for level, weight in weights.items()}
        for context, weights in contexts.items()
    }


def load(con: duckdb.DuckDBPyConnection, contexts: Contexts) -> None:
    """Make ``identity.context_weight`` (context, roll_profile, weight) for the models."""
    rows = [
        {"context": context, "roll_profile": profile, "weight": weight}
        for context, profiles in contexts.items()
        for profile, weight in profiles.items()
    ]
    schema = pa.schema([("context", pa.string()), ("roll_profile", pa.string()), ("weight", pa.float64())])
    con.register("loaded_context", pa.Table.from_pylist(rows, schema=schema))
    con.execute("CREATE OR REPLACE TABLE identity.context_weight AS SELECT * FROM loaded_context")
    con.unregister("loaded_context")
