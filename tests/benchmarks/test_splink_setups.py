"""Splink's set-up of the benchmark is written from the comparison levels; needs the extra ``bench``."""

from __future__ import annotations

import pytest

from outreach.identity.levels import BY_FIELD

pytest.importorskip("splink")
from benchmarks.identity import splink_setups

LEFT_OUT = {
    "number": {"missing", "other, damaged"},
    "birth_date": {"too young", "missing", "in the number", "equal", "lunar", "differs"},
    "address": {"equal", "of the household", "missing", "differs"},
}
"""Splink's own levels (missing, equal, else) take their place, or they need more than the two rows."""


@pytest.mark.parametrize("field", splink_setups.FEATURES)
def test_every_level_that_two_rows_can_show_is_compared_in_our_order(field: str) -> None:
    labels = [level.label_for_charts for level in splink_setups._ladder(field, {})]
    ours = [level.name for level in BY_FIELD[field].levels if level.name not in LEFT_OUT[field]]
    assert [label for label in labels if not label.endswith(", otherwise")] == ours


def test_no_feature_of_ours_is_left_in_a_condition() -> None:
    known = splink_setups.FEATURES["number"]
    assert splink_setups._over_splink("left_number = 'right_number' AND doubtful", known) == (
        "number_l = 'right_number' AND FALSE"
    )
    assert splink_setups._over_splink("is_rounded", known) is None
