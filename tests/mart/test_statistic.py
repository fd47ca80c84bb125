"""Which areas are in mart.statistic, and what cannot be known."""

import datetime as dt
from typing import Any

import duckdb
from sql_cases import Case, build_needed, empty_warehouse, fill

SHENYANG = {"run_id": "R1", "region": "shenyang", "region_code": "210100", "as_of": dt.date(2026, 11, 20)}


def statistic(given: dict[str, Any], absent: tuple[str, ...] = ()) -> duckdb.DuckDBPyConnection:
    con = empty_warehouse()
    case = Case("statistic", given, {}, absent=absent)
    fill(con, case)
    build_needed(con, {"mart.statistic"}, set(given))
    return con


def values(con: duckdb.DuckDBPyConnection, measure: str) -> dict[tuple[str, str], float | None]:
    rows = con.execute(
        "SELECT area_code, programme, value FROM mart.statistic WHERE measure = ?", [measure]
    ).fetchall()
    return {(area, programme): value for area, programme, value in rows}


def test_a_region_of_districts_has_a_row_for_each_and_every_programme_for_itself() -> None:
    con = statistic(
        {
            "household_register": [{"person": 1, "area_code": "210103001001"}],
            "run.context": [SHENYANG],
            "decisions.programme": [{"programme": "visit"}, {"programme": "home_care"}],
            "decisions.candidate": [{"person": 1, "programme": "visit", "action": "due"}],
        }
    )
    assert values(con, "due") == {
        ("210100", "visit"): 1,
        ("210100", "home_care"): 0,
        ("210103", "visit"): 1,
        ("210103001", "visit"): 1,
        ("210103001001", "visit"): 1,
    }


def test_nobody_eligible_has_no_coverage_and_no_known_amount_has_no_sum() -> None:
    con = statistic(
        {
            "household_register": [{"person": 1}, {"person": 2}],
            "decisions.programme": [{"programme": "visit"}, {"programme": "home_care"}],
            "decisions.decision": [{"person": 1, "programme": "visit", "decision": "eligible"}],
        }
    )
    assert values(con, "coverage")["340102", "visit"] == 0
    assert values(con, "coverage")["340102", "home_care"] is None
    assert values(con, "monthly_amount")["340102", "visit"] is None


def test_covered_is_whose_receipt_counts_now_be_it_by_a_member_of_the_household() -> None:
    people = [{"person": key} for key in (1, 2, 3, 4)]
    con = statistic(
        {
            "household_register": people,
            "decisions.programme": [{"programme": "family_care_support"}],
            "decisions.decision": [
                {"person": key, "programme": "family_care_support", "decision": "eligible"}
                for key in (1, 2, 3, 4)
            ],
            "decisions.receipt": [
                {"person": 1, "programme": "family_care_support", "is_current": True},
                {"person": 2, "programme": "family_care_support", "is_current": False},
            ],
        }
    )
    assert values(con, "coverage")["340102", "family_care_support"] == 0.25


def test_without_the_benefit_roll_who_receives_is_unknown_and_not_nobody() -> None:
    con = statistic(
        {
            "household_register": [{"person": 1}],
            "decisions.programme": [{"programme": "visit"}],
            "decisions.decision": [{"person": 1, "programme": "visit", "decision": "eligible"}],
        },
        absent=("benefit_roll",),
    )
    assert set(values(con, "receiving").values()) == {None}
    assert set(values(con, "coverage").values()) == {None}
    assert values(con, "eligible")["340102", "visit"] == 1
