"""String comparisons for the models of ``sql/identity``, as vectorised (Arrow) functions of the engine.

DuckDB's own string distances count bytes and are wrong for Chinese; these count characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pyarrow as pa
from duckdb.func import PythonUDFType
from rapidfuzz import process
from rapidfuzz.distance import OSA

from outreach.identity.names import name_level


def osa_distance(left: pa.Array, right: pa.Array) -> pa.Array:
    """Edit distance (wrong, lost, surplus character, swapped neighbours) between each pair of texts."""
    distances = process.cpdist(left.to_pylist(), right.to_pylist(), scorer=OSA.distance, dtype=np.uint8)
    return pa.array(distances)


_FUNCTIONS = {"name_level": name_level, "osa_distance": osa_distance}


@contextmanager
def registered(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """The models' functions (``name_level``, ``osa_distance``), known to ``con`` while the block runs."""
    for name, function in _FUNCTIONS.items():
        con.create_function(name, function, ["VARCHAR", "VARCHAR"], "UTINYINT", type=PythonUDFType.ARROW)
    try:
        yield
    finally:
        for name in _FUNCTIONS:
            con.remove_function(name)
