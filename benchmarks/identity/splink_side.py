"""``python -m benchmarks.identity.splink_side WORLD SETUP ANSWER``: Splink links one prepared world.

Departmental rows are linked to register rows (``link_only``); of each row the best candidate is kept, as a
row belongs to one person. Timed are training, prediction and that choice.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker

from benchmarks.identity.process import Stopwatch
from benchmarks.identity.splink_setups import SAME_NUMBER_AND_NAME, TRAINING_BLOCKS, settings
from outreach.identity.functions import registered
from outreach.identity.names import name_level

SEED = 1
PAIRS_FOR_U = 1e6
RECALL_OF_NUMBER_AND_NAME = 0.9

BEST = """
COPY (
    SELECT unique_id_l AS row_key, unique_id_r AS register_key, match_weight AS weight,
        match_probability AS probability
    FROM {predictions}
    QUALIFY row_number() OVER (PARTITION BY unique_id_l ORDER BY match_weight DESC, unique_id_r) = 1
) TO '{answer}' (FORMAT parquet)
"""


def link(world: Path, setup: str, answer: Path) -> None:
    """Train, predict, keep the best register row of each row, and write them to ``answer``."""
    con = duckdb.connect()
    con.execute(f"ATTACH '{world}' AS world (READ_ONLY)")
    for table in ("department", "register"):
        con.execute(f"CREATE VIEW {table}_rows AS FROM world.cleaned.{table}")
    ((register_rows,),) = con.sql("SELECT count(*) FROM register_rows").fetchall()
    _learn_readings(con)
    with registered(con), Stopwatch() as watch:
        database = DuckDBAPI(con)
        linker = Linker(
            [database.register(f"{t}_rows", dataset_display_name=t) for t in ("department", "register")],
            settings(setup, register_rows),
            log_level=None,
        )
        linker.training.estimate_probability_two_random_records_match(
            [SAME_NUMBER_AND_NAME], recall=RECALL_OF_NUMBER_AND_NAME
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=SEED)
        for block in TRAINING_BLOCKS:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block, estimate_without_term_frequencies=True
            )
        watch.lap("training")
        predictions = linker.inference.predict()
        watch.lap("prediction")
        con.execute(BEST.format(predictions=predictions.physical_name, answer=answer)).fetchall()
        watch.lap("choice")
    ((pairs,),) = con.sql(f"SELECT count(*) FROM {predictions.physical_name}").fetchall()
    watch.report(pairs=pairs)


def _learn_readings(con: duckdb.DuckDBPyConnection) -> None:
    """Let ``name_level`` look up the readings of all characters, as intake could have: it is not timed."""
    names = con.sql("SELECT DISTINCT name_key FROM world.cleaned.reading").to_arrow_table()["name_key"]
    name_level(names, names)


if __name__ == "__main__":
    link(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
