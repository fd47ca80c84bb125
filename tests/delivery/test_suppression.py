"""Small counts cannot be read from the statistics, nor worked out from what is shown."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.delivery.databases.suppression import suppress

REGION = "340100"
SCHEMA = {"area_code": pl.String, "programme": pl.String, "measure": pl.String, "value": pl.Float64}
AREAS = st.builds(
    lambda d, t, c: f"3401{d:02}{t:03}{c:03}", st.integers(1, 2), st.integers(1, 3), st.integers(1, 3)
)
COUNTS = st.dictionaries(
    st.tuples(AREAS, st.sampled_from(["eligible", "receiving", "to_add", "to_stop", "due"])),
    st.one_of(st.integers(0, 12), st.integers(0, 400)),
    max_size=40,
)


def statistic(communities: dict[tuple[str, str], float]) -> pl.DataFrame:
    """Community counts added up over towns, districts and the region, as mart.statistic has them."""
    rows: dict[tuple[str, str], float] = {}
    for (community, measure), value in communities.items():
        for area in (community, community[:9], community[:6], REGION):
            rows[area, measure] = rows.get((area, measure), 0) + value
    return pl.DataFrame(
        [(area, "visit", measure, float(value)) for (area, measure), value in rows.items()],
        schema=SCHEMA,
        orient="row",
    )


def cells(shown: pl.DataFrame) -> dict[tuple[str, str], float | None]:
    return {(area, measure): value for area, _, measure, value, _ in shown.iter_rows()}


def worked_out(frame: pl.DataFrame, shown: dict[tuple[str, str], float | None]) -> list[tuple[str, str]]:
    """Hidden cells that follow from sums over areas: what is alone in its sum is filled in, till none is."""
    known = {cell: value for cell, value in shown.items() if value is not None}
    hidden = {cell for cell, value in shown.items() if value is None}
    sums: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for area, measure in shown:
        parent = {12: area[:9], 9: area[:6]}.get(len(area), REGION)
        if area != REGION:
            sums.setdefault((parent, measure), []).append((area, measure))
    found: list[tuple[str, str]] = []
    while True:
        for total, parts in sums.items():
            unknown = [cell for cell in (total, *parts) if cell in hidden and cell not in known]
            if len(unknown) == 1:
                cell = unknown[0]
                known[cell] = frame.height
                found.append(cell)
                break
        else:
            return found


@settings(max_examples=150, deadline=None)
@given(COUNTS)
def test_no_small_count_is_shown_and_none_can_be_worked_out(
    communities: dict[tuple[str, str], float],
) -> None:
    frame = statistic(communities)
    shown = cells(suppress(frame, REGION))
    assert [value for value in shown.values() if value is not None and value < 5] == []
    assert worked_out(frame, shown) == []


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_what_is_shown_is_true_and_nobody_has_no_row(communities: dict[tuple[str, str], float]) -> None:
    frame = statistic(communities)
    true = {(area, measure): value for area, _, measure, value in frame.iter_rows()}
    shown = cells(suppress(frame, REGION))
    assert set(shown) == {cell for cell, value in true.items() if value != 0}
    assert all(value in (None, true[cell]) for cell, value in shown.items())


def one(values: dict[str, float | None]) -> dict[str, float | None]:
    frame = pl.DataFrame(
        [(REGION, "visit", measure, value) for measure, value in values.items()],
        schema=SCHEMA,
        orient="row",
    )
    return {measure: value for (_, measure), value in cells(suppress(frame, REGION)).items()}


def test_measures_do_not_give_each_other_away() -> None:
    """receiving = eligible - to_add + to_stop where nobody declined: to_stop must not go alone."""
    shown = one({"eligible": 120, "receiving": 100, "to_add": 23, "to_stop": 3, "coverage": 97 / 120})
    assert shown["to_stop"] is None
    assert shown["to_add"] is None
    assert shown["coverage"] is None
    assert shown["eligible"] == 120


def test_who_is_paused_is_not_given_away_by_the_other_lists() -> None:
    """eligible = receiving + to_add + to_recheck where all others are paid: nor must to_recheck go alone."""
    shown = one({"eligible": 120, "receiving": 100, "to_add": 18, "to_recheck": 2})
    assert shown["to_recheck"] is None
    assert shown["to_add"] is None
    shown = one({"eligible": 120, "receiving": 100, "to_add": 17, "to_verify": 3})
    assert shown["to_verify"] is None
    assert shown["to_add"] is None


def test_an_amount_goes_with_the_people_it_is_paid_to() -> None:
    assert one({"eligible": 3, "monthly_amount": 1800})["monthly_amount"] is None
    assert one({"eligible": 30, "monthly_amount": 18000})["monthly_amount"] == 18000


def test_a_coverage_that_reveals_few_people_is_hidden() -> None:
    assert one({"eligible": 100, "receiving": 97, "coverage": 0.97})["coverage"] is None
    assert one({"eligible": 100, "receiving": 90, "coverage": 0.9})["coverage"] == 0.9


def test_what_is_not_known_stays_so_and_is_not_called_suppressed() -> None:
    frame = pl.DataFrame(
        {"area_code": [REGION], "programme": ["visit"], "measure": ["receiving"], "value": [None]},
        schema_overrides={"value": pl.Float64},
    )
    assert suppress(frame, REGION).rows() == [(REGION, "visit", "receiving", None, False)]


def test_an_ordinary_region_keeps_its_totals() -> None:
    communities = {(f"340101{t:03}{c:03}", "due"): 40.0 + t + c for t in range(1, 4) for c in range(1, 6)}
    communities["340101001001", "due"] = 3
    shown = suppress(statistic(communities), REGION)
    assert shown["suppressed"].sum() == 2


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.integers(1, 12))
def test_who_is_in_no_town_cannot_be_counted_by_subtraction(
    communities: dict[tuple[str, str], float], elsewhere: int
) -> None:
    frame = statistic(communities).with_columns(
        value=pl.col("value") + pl.when(pl.col("area_code") == REGION).then(elsewhere).otherwise(0)
    )
    shown = cells(suppress(frame, REGION))
    for measure in {measure for _, measure in shown}:
        districts = [
            value
            for (area, of), value in shown.items()
            if of == measure and len(area) == 6 and area != REGION
        ]
        total = shown[REGION, measure]
        if total is not None and None not in districts:
            assert not 1 <= total - sum(value for value in districts if value is not None) < 5
    assert [value for value in shown.values() if value is not None and value < 5] == []
