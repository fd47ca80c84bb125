"""``python -m benchmarks.identity.febrl.splink_side RECIPE ANSWER``: FEBRL4 by Splink's published example.

Blocking, comparisons and training are those of the example "Linking the febrl4 datasets" in Splink's
documentation: ``detailed``, field by field, and ``extended``, with the whole name as one comparison.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule

from benchmarks.identity.febrl.records import read_records
from benchmarks.identity.process import Stopwatch
from benchmarks.identity.splink_side import BEST

PAIRS_FOR_U = {"detailed": 1e6, "extended": 1e7}
SEED = 1
RECALL = 0.8
BLOCKS = (
    block_on("given_name", "surname"),
    CustomRule("l.given_name = r.surname AND l.surname = r.given_name"),
    block_on("date_of_birth"),
    block_on("soc_sec_id"),
    block_on("state", "address_1"),
    block_on("street_number", "address_1"),
    block_on("postcode"),
)


def _born() -> Any:
    return cl.DateOfBirthComparison(
        "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
    )


def _slips(column: str, most: int) -> Any:
    steps = [cll.DamerauLevenshteinLevel(column, slips) for slips in range(1, most + 1)]
    equal = cll.ExactMatchLevel(column, term_frequency_adjustments=True)
    return cl.CustomComparison(
        output_column_name=column, comparison_levels=[cll.NullLevel(column), equal, *steps, cll.ElseLevel()]
    )


def _whole_name() -> Any:
    crossed = (
        "jaro_winkler_similarity(given_name_l, surname_r) + jaro_winkler_similarity(surname_l, given_name_r)"
    )
    return cl.CustomComparison(
        output_column_name="full_name",
        comparison_levels=[
            cll.And(cll.NullLevel("given_name"), cll.NullLevel("surname")),
            cll.ExactMatchLevel("full_name", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("full_name", 0.9),
            cll.JaroWinklerLevel("full_name", 0.7),
            cll.ColumnsReversedLevel("given_name", "surname"),
            cll.CustomLevel(f"{crossed} >= 1.8", "crossed, nearly"),
            cll.CustomLevel(f"{crossed} >= 1.4", "crossed, roughly"),
            cll.ExactMatchLevel("given_name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("surname", term_frequency_adjustments=True),
            cll.CustomLevel("given_name_l = surname_r OR surname_l = given_name_r", "one crossed"),
            cll.JaroWinklerLevel("given_name", 0.9),
            cll.JaroWinklerLevel("surname", 0.9),
            cll.ElseLevel(),
        ],
    )


def _comparisons(recipe: str) -> list[Any]:
    if recipe == "detailed":
        return [
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            _born(),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ]
    return [
        _whole_name(),
        _born(),
        _slips("soc_sec_id", 2),
        _slips("street_number", 1),
        _slips("postcode", 2),
    ]


def link(recipe: str, answer: Path) -> None:
    """Train, predict, and write the best registered record of each asked one."""
    con = duckdb.connect()
    con.register("records", read_records())
    for table, asked in (("asked", "asked"), ("registered", "NOT asked")):
        con.execute(
            f"CREATE TABLE {table}_rows AS SELECT row_key AS unique_id, * EXCLUDE (row_key, asked, person),"
            f" given_name || '_' || surname AS full_name FROM records WHERE {asked}"
        )
    with Stopwatch() as watch:
        database = DuckDBAPI(con)
        linker = Linker(
            [database.register(f"{t}_rows", dataset_display_name=t) for t in ("asked", "registered")],
            SettingsCreator(
                link_type="link_only",
                comparisons=_comparisons(recipe),
                blocking_rules_to_generate_predictions=list(BLOCKS),
                retain_matching_columns=False,
            ),
            log_level=None,
        )
        training = linker.training
        sure = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
        training.estimate_probability_two_random_records_match(sure, recall=RECALL)
        training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U[recipe], seed=SEED)
        for block in (block_on("date_of_birth"), block_on("postcode")):
            training.estimate_parameters_using_expectation_maximisation(
                block, estimate_without_term_frequencies=True
            )
        watch.lap("training")
        predictions = linker.inference.predict()
        watch.lap("prediction")
        con.execute(BEST.format(predictions=predictions.physical_name, answer=answer)).fetchall()
    ((pairs,),) = con.sql(f"SELECT count(*) FROM {predictions.physical_name}").fetchall()
    watch.report(pairs=pairs)


if __name__ == "__main__":
    link(sys.argv[1], Path(sys.argv[2]))
