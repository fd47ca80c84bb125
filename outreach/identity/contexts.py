"""Who stands on which roll, and where on it: learned from the rows that number and name tie.

An allowance for those over eighty is paid to nobody's grandchild of the same name; a survey with one row a
person hardly has a second one of hers; the dead are on the funeral roll. For each context (an extract; on the
benefit roll a programme) and kind of person, the weight is log2 of her share among the context's clear rows
against her share of the register.

A roll that is compiled village by village, house by house, says by its order where a row's person lives: how
often people there stand beside their own is learned in the same way, and is nothing on a roll in no order. So
is how many rows are about people from elsewhere: a rescue station's mostly are, a benefit roll's hardly ever.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import duckdb
import numpy as np
import pyarrow as pa

from outreach.engine import build

Contexts = Mapping[str, Mapping[str, float]]
"""Weight in bits by context, then kind of person (``identity.standing``), where she lives as seen from the
rows beside (``identity.place``), or :data:`STRANGER`; what is not there weighs 0."""

_STRENGTH = 50.0
"""So many rows like the register at large are added to each context: a small roll says little."""
_LEAST, _MOST = -6.0, 5.0
_PLACE_STRENGTH = 5.0
_PLACE_LEAST, _PLACE_MOST = 0.5, 8.0
"""So many rows are added to those found and to those expected; less than half a bit may be chance."""
_STRANGER_LEAST = -1.0
""""Nobody" also stands for somebody here whose name is damaged beyond finding: no roll is free of that."""
STRANGER = "stranger"
"""What the odds of "nobody" are called among a context's weights (``sql/identity/scoring/score.sql``)."""


def learn(con: duckdb.DuckDBPyConnection) -> Contexts:
    """The weights that tonight's clear rows tell; makes ``identity.context_share``. Deterministic."""
    build(con, "identity", ["context_share", "place_share", "stranger_share"])
    shares = con.sql(
        "SELECT context, standing, row_count, row_share, people_share FROM identity.context_share"
        " WHERE people_share > 0 OR row_share > 0 ORDER BY context, standing"
    ).to_arrow_table()
    rows, among_rows, among_people = (
        shares[name].to_numpy().astype(np.float64) for name in ("row_count", "row_share", "people_share")
    )
    expected = np.maximum(among_people, 1e-6)
    seen = (rows * among_rows + _STRENGTH * expected) / (rows + _STRENGTH)
    weights = np.round(np.clip(np.log2(seen / expected), _LEAST, _MOST), 1)
    learned: dict[str, dict[str, float]] = {}
    for context, standing, weight in zip(
        shares["context"].to_pylist(), shares["standing"].to_pylist(), weights.tolist(), strict=True
    ):
        if weight:
            learned.setdefault(context, {})[standing] = weight
    for context, said, weight in (*_places(con), *_strangers(con)):
        learned.setdefault(context, {})[said] = round(weight, 1)
    return learned


def _places(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, float]]:
    """What it weighs, by context, to be, to live with or near those whose rows stand beside the row."""
    rows = con.execute(
        "SELECT context, place, seen, expected FROM identity.place_share ORDER BY context, place"
    ).fetchall()
    for context, place, seen, expected in rows:
        weight = math.log2((seen + _PLACE_STRENGTH) / (expected + _PLACE_STRENGTH))
        if abs(weight) >= _PLACE_LEAST:
            yield context, place, min(max(weight, _LEAST), _PLACE_MOST)


def _strangers(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str, float]]:
    """How much likelier than at large a context's row is about nobody here: log2 of odds over odds."""
    rows = con.execute(
        "SELECT context, strangers, clear_rows FROM identity.stranger_share ORDER BY context"
    ).fetchall()
    odds = (1 + sum(row[1] for row in rows)) / (_STRENGTH + sum(row[2] for row in rows))
    for context, strangers, clear_rows in rows:
        weight = math.log2((strangers / odds + _STRENGTH) / (clear_rows + _STRENGTH))
        yield context, STRANGER, min(max(weight, _STRANGER_LEAST), _MOST)


def load(con: duckdb.DuckDBPyConnection, contexts: Contexts) -> None:
    """Make ``identity.context_weight`` (context, standing, weight) for the models."""
    rows = [
        {"context": context, "standing": standing, "weight": weight}
        for context, standings in contexts.items()
        for standing, weight in standings.items()
    ]
    schema = pa.schema([("context", pa.string()), ("standing", pa.string()), ("weight", pa.float64())])
    con.register("loaded_context", pa.Table.from_pylist(rows, schema=schema))
    con.execute("CREATE OR REPLACE TABLE identity.context_weight AS SELECT * FROM loaded_context")
    con.unregister("loaded_context")
