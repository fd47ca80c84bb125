"""Who stands on which roll: kinds of people as evidence, learned from the rows that number and name tie.

An allowance for those over eighty is paid to nobody's grandchild of the same name; a survey with one row a
person hardly has a second one of hers; the dead are on the funeral roll. For each context (an extract; on the
benefit roll a programme) and kind of person, the weight is log2 of her share among the context's clear rows
against her share of the register.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import pyarrow as pa

from outreach.engine import build

Contexts = Mapping[str, Mapping[str, float]]
"""Weight in bits by context, then kind of person (``identity.standing``); what is not there weighs 0."""

_STRENGTH = 50.0
"""So many rows like the register at large are added to each context: a small roll says little."""
_LEAST, _MOST = -6.0, 5.0


def learn(con: duckdb.DuckDBPyConnection) -> Contexts:
    """The weights that tonight's clear rows tell; makes ``identity.context_share``. Deterministic."""
    build(con, "identity", ["context_share"])
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
    return learned


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
