"""The facts of the truth file, against cases worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from plain_reading import as_date, read_extract
from sample_worlds import AS_OF, Written

from contracts.facts import FACTS
from outreach.sample.dates import epoch_days
from outreach.sample.truth import completed_years, employee_age_reached, person_facts

YES_NO = {"1": True, "0": False, "是": True, "否": False, 1.0: True, 0.0: False}
LEVELS = {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4, "完好": 0, "轻度": 1, "中度": 2, "重度": 3, "完全": 4}
NO_ROWS: dict[str, dict[str, Any]] = {
    "household_register": dict.fromkeys(("household_no", "area_code", "former_id_number"), pl.String)
    | {"person": pl.Int64, "status": pl.Int64, "status_date": pl.Date},
    "death_record": {"person": pl.Int64, "died_on": pl.Date},
    "hardship_roll": {"person": pl.Int64, "category": pl.Int64, "ended_on": pl.Date},
    "disability_certificate": dict.fromkeys(("person", "status", "category", "grade"), pl.Int64)
    | {"issued_on": pl.Date, "valid_until": pl.Date},
    "ability_assessment": {"person": pl.Int64, "level": pl.Int64}
    | dict.fromkeys(("assessed_on", "valid_until"), pl.Date),
    "care_survey": {"person": pl.Int64}
    | dict.fromkeys(("lives_alone", "empty_nest", "left_behind", "has_supporter"), pl.Boolean),
    "family_planning": {"person": pl.Int64, "category": pl.Int64},
    "preferential_treatment": {"person": pl.Int64, "category": pl.Int64, "periodic_pension": pl.Boolean},
    "pension_roll": dict.fromkeys(("person", "scheme", "status"), pl.Int64)
    | {"work_injury_care": pl.Boolean},
    "long_term_care": {"person": pl.Int64, "status": pl.Int64},
    "marriage_register": dict.fromkeys(("husband", "wife", "event"), pl.Int64) | {"event_date": pl.Date},
    "visit_log": {"person": pl.Int64, "visited_on": pl.Date, "result": pl.String},
    "health_management": {"person": pl.Int64, "managed_on": pl.Date},
    "rescue_register": {"person": pl.Int64, "rescued_on": pl.Date},
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def facts(as_of: dt.date = AS_OF, births: tuple[str, ...] = ("1940-05-05",), **rows: Any) -> pl.DataFrame:
    """Facts of persons 0, 1, … born on ``births`` (even = women), with ``rows`` of the extracts named."""
    people = pl.DataFrame(
        {
            "person": range(len(births)),
            "name": "某人",
            "id_number": "0",
            "birth": [epoch_days(day(birth)) for birth in births],
            "male": [index % 2 == 1 for index in range(len(births))],
        }
    )
    frames = {
        name: pl.DataFrame(rows.get(name, []), schema=schema, orient="row")
        for name, schema in NO_ROWS.items()
    }
    return person_facts(frames, people, as_of)


@pytest.mark.parametrize(
    ("birth", "as_of", "age"),
    [
        ("1946-11-20", "2026-11-20", 80),
        ("1946-11-21", "2026-11-20", 79),
        ("1944-02-29", "2024-02-28", 79),
        ("1944-02-29", "2024-02-29", 80),
        ("1944-02-29", "2026-02-28", 81),
        ("1944-02-29", "2026-03-01", 82),
    ],
)
def test_age_is_reached_on_the_birthday(birth: str, as_of: str, age: int) -> None:
    assert facts(day(as_of), (birth,))["age"].to_list() == [age]


@pytest.mark.parametrize(
    ("birth", "male", "reached_on"),
    [
        # born before the change: 60; 1965-01 to 04 one month later; 1965-05 two; far later at most 36
        ("1964-12-31", True, "2024-12-31"),
        ("1965-01-10", True, "2025-02-10"),
        ("1965-05-10", True, "2025-07-10"),
        ("1976-09-10", True, "2039-09-10"),
        ("1990-01-10", True, "2053-01-10"),
        # the day does not exist in the month of reaching: the first of the next
        ("1965-01-31", True, "2025-03-01"),
    ],
)
def test_men_reach_the_statutory_age_month_by_month_later(birth: str, male: bool, reached_on: str) -> None:
    for shift, expected in ((-1, False), (0, True)):
        as_of = day(reached_on) + dt.timedelta(days=shift)
        assert _age_reached(birth, male, as_of) is expected


def _age_reached(birth: str, male: bool, as_of: dt.date) -> bool | None:
    frame = pl.DataFrame({"birth": [epoch_days(day(birth))], "male": [male]})
    answer = employee_age_reached(frame["birth"].to_numpy(), frame["male"].to_numpy(), as_of)
    return answer.to_list()[0]  # type: ignore[no-any-return]


def test_a_woman_between_the_two_possible_ages_is_unknown() -> None:
    # Base 50 from 1975-01: one month later for every two; base 55 from 1970-01: one for every four.
    assert _age_reached("1975-01-10", False, day("2025-02-09")) is False
    assert _age_reached("1975-01-10", False, day("2025-02-10")) is None
    assert _age_reached("1975-01-10", False, day("2031-05-09")) is None
    assert _age_reached("1975-01-10", False, day("2031-05-10")) is True
    assert _age_reached("1969-12-10", False, day("2024-12-09")) is None
    assert _age_reached("1969-12-10", False, day("2024-12-10")) is True


def test_who_is_dead_gone_or_registered() -> None:
    result = facts(
        births=("1940-01-01",) * 5,
        household_register=[
            ("h0", "1" * 12, None, 0, 1, None),
            ("h1", "1" * 12, None, 1, 2, day("2026-01-05")),
            ("h2", "1" * 12, None, 2, 1, None),
            ("h3", "1" * 12, None, 3, 3, day("2020-01-05")),
            ("old", "2" * 12, None, 4, 1, day("2025-01-01")),
            ("new", "3" * 12, "x", 4, 1, None),
        ],
        death_record=[(2, AS_OF), (0, AS_OF + dt.timedelta(days=1))],
    )
    assert result["alive"].to_list() == [True, False, False, True, True]
    assert result["registered"].to_list() == [True, False, False, False, True]
    assert result["household_id"].to_list() == ["h0", None, "h2", None, "new"]
    assert result["area_code"].to_list()[4] == "3" * 12
    assert result["died_on"].to_list() == [None, day("2026-01-05"), AS_OF, None, None]


def test_rolls_and_certificates_count_to_their_last_day() -> None:
    yesterday = AS_OF - dt.timedelta(days=1)
    result = facts(
        births=("1940-01-01",) * 3,
        hardship_roll=[(0, 11, AS_OF), (0, 31, None), (1, 12, yesterday), (2, 21, None), (2, 12, None)],
        disability_certificate=[
            (0, 1, 4, 2, day("2015-01-01"), AS_OF),
            (0, 1, 4, 3, day("2014-01-01"), None),
            (1, 1, 4, 1, day("2015-01-01"), yesterday),
            (2, 2, 4, 1, day("2015-01-01"), None),
        ],
        rescue_register=[(0, AS_OF - dt.timedelta(180)), (1, AS_OF - dt.timedelta(181))],
    )
    assert result["hardship_rolls"].to_list() == [[11, 31], [], [12, 21]]
    assert result["hardship"].to_list() == ["minimum_living", "none", "destitute_dispersed"]
    assert result["hard_up"].to_list() == [True, False, True]
    assert result["disability_grade"].to_list() == ["2", "none", "none"]
    assert result["severely_disabled"].to_list() == [True, False, False]
    assert result["rescued"].to_list() == [True, False, False]


def test_an_assessment_without_an_end_holds_two_years() -> None:
    result = facts(
        births=("1940-01-01",) * 4,
        ability_assessment=[
            (0, 3, AS_OF.replace(year=2024), None),
            (1, 3, AS_OF.replace(year=2024) - dt.timedelta(1), None),
            (2, 1, day("2026-01-01"), None),
            (2, 4, AS_OF + dt.timedelta(1), None),
            (3, 2, day("2026-01-01"), AS_OF - dt.timedelta(1)),
        ],
    )
    assert result["ability_level"].to_list() == [3, None, 1, None]
    assert result["unable_to_self_care"].to_list() == [True, None, False, None]
    assert result["has_assessment"].to_list() == [True, False, True, False]


def test_other_adults_of_the_household_who_can_care_are_counted() -> None:
    result = facts(
        births=("1940-01-01", "1980-01-01", "1945-01-01", "2008-11-21", "1945-01-01"),
        household_register=[
            ("a", "1" * 12, None, 0, 1, None),
            ("a", "1" * 12, None, 1, 1, None),
            ("a", "1" * 12, None, 2, 1, None),
            ("a", "1" * 12, None, 3, 1, None),
            ("b", "1" * 12, None, 4, 1, None),
        ],
        ability_assessment=[(0, 4, day("2026-01-01"), None)],
    )
    assert result["household_carers"].to_list() == [2, 1, 1, 2, 0]
    assert result["household_has_carer"].to_list() == [True, True, True, True, False]


def test_the_latest_marriage_event_decides() -> None:
    result = facts(
        births=("1960-01-01",) * 4,
        marriage_register=[
            (1, 0, 1, day("1985-01-01")),
            (1, 0, 2, day("1999-01-01")),
            (3, 0, 1, day("2001-01-01")),
        ],
    )
    assert result["married_to"].to_list() == [3, None, None, 0]


def test_every_fact_is_in_the_truth(worlds: dict[str, Written]) -> None:
    for world in worlds.values():
        delivered = set(world.report.rows)
        wanted = {fact.name for fact in FACTS if delivered.issuperset(fact.extracts)}
        assert wanted <= set(world.persons.columns)


@pytest.mark.parametrize("region", ["yaohai", "shiyan"])
def test_the_truth_agrees_with_the_files(worlds: dict[str, Written], region: str) -> None:
    """Ability, hardship, visits and survey once more from the delivered text, with plain Python."""
    world = worlds[region]
    linked = {
        (extract, number): person
        for extract, number, person in world.rows.filter(~pl.col("quarantined"))
        .select("extract", "row_number", "true_person")
        .iter_rows()
    }
    levels: dict[int, tuple[dt.date, int]] = {}
    for number, row in enumerate(read_extract(world.report.batch, "ability_assessment"), 1):
        person = linked.get(("ability_assessment", number))
        assessed = as_date(row["评估日期"]) if person is not None else None
        if person is None or assessed is None or assessed > AS_OF:
            continue
        until = as_date(row["有效期至"]) or assessed.replace(year=assessed.year + 2)
        text = str(row["能力等级"])
        level = next(value for key, value in LEVELS.items() if key in text)
        if until >= AS_OF and assessed >= levels.get(person, (dt.date.min, 0))[0]:
            levels[person] = (assessed, level)
    visits: dict[int, dt.date] = {}
    for number, row in enumerate(read_extract(world.report.batch, "visit_log"), 1):
        person = linked.get(("visit_log", number))
        visited = as_date(row["探访日期"]) if person is not None else None
        met = "不在家" not in str(row["探访结果"])
        if person is not None and visited is not None and visited <= AS_OF and met:
            visits[person] = max(visited, visits.get(person, dt.date.min))
    alone = {
        linked[("care_survey", number)]: YES_NO.get(row["独居"])
        for number, row in enumerate(read_extract(world.report.batch, "care_survey"), 1)
        if ("care_survey", number) in linked
    }
    for person in world.persons.iter_rows(named=True):
        who = person["true_person"]
        assert person["ability_level"] == levels.get(who, (None, None))[1]
        assert person["last_visit_on"] == visits.get(who)
        assert person["lives_alone"] == alone.get(who)
    assert len(levels) > 20
    assert len(visits) > 5
    assert len(alone) > 20


def test_ages_of_many_births_at_once() -> None:
    births = pl.Series([epoch_days(day("1944-02-29")), epoch_days(day("2026-11-20"))]).to_numpy()
    assert completed_years(births, AS_OF).tolist() == [82, 0]
