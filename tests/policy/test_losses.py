"""Until when a false condition held, whether its age was ever reached, whether only an absence says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest
from sqlglot import exp

from contracts.facts import FACT_BY_NAME
from outreach.policy.compile import losses
from outreach.policy.compile.effective_date import birthdays_sql
from outreach.policy.language.expressions import parse_condition
from outreach.policy.language.files import SHIPPED, read_terms

TERMS = read_terms(SHIPPED)[0].terms
FIRST, SECOND = date(2026, 3, 31), date(2026, 8, 3)


def value(sql: str, rule: Callable[[exp.Expr], exp.Expr | None], **row: Any) -> Any:
    """What a rule says of a condition for a person of whom the columns ``row`` are known, all others NULL."""
    tree = rule(parse_condition(sql, TERMS).tree)
    if tree is None:
        return None
    named = {column.name for column in tree.find_all(exp.Column)} | {"birth_date", *row}
    columns = {name: _type(name) for name in sorted(named) if not name.startswith("turned_")}
    con = duckdb.connect()
    con.execute("CREATE SCHEMA facts")
    con.execute(
        f"CREATE TABLE facts.person ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    )
    given = ", ".join(f"? AS {name}" for name in row)
    con.execute(f"INSERT INTO facts.person BY NAME SELECT {given}", list(row.values()))
    days = birthdays_sql([tree])
    birthdays = f" LEFT JOIN ({days}) AS b USING (birth_date)" if days else ""
    ((found,),) = con.execute(f"SELECT {tree.sql('duckdb')} FROM facts.person{birthdays}").fetchall()
    return found


def _type(name: str) -> str:
    if name in FACT_BY_NAME:
        return FACT_BY_NAME[name].sql_type
    return {"in": "BOOLEAN", "last": "INTEGER"}.get(name.split("_")[0], "DATE")


@pytest.mark.parametrize(
    ("sql", "row", "day"),
    [
        ("hard_up", {"hard_up": False, "ended_hard_up": FIRST}, FIRST),
        ("elder", {"age": 50}, None),
        ("age < 18", {"age": 19, "birth_date": date(2007, 5, 1)}, date(2025, 5, 1)),
        ("age <= 17", {"age": 19, "birth_date": date(2007, 5, 1)}, date(2025, 5, 1)),
        ("NOT destitute", {"destitute": True, "hardship_since": SECOND}, SECOND),
        ("preferential_object", {"preferential": "none"}, None),
        # an OR held as long as any of its parts
        ("aged_or_disabled", {"ended_has_certificate": FIRST, "ended_disabled_old": SECOND}, SECOND),
        # an AND ended with the first part that is now false; a part that holds ends nothing
        ("hard_up AND has_certificate",
         {"hard_up": False, "has_certificate": False, "ended_hard_up": SECOND,
          "ended_has_certificate": FIRST},
         FIRST),
        ("hard_up AND has_certificate",
         {"hard_up": False, "has_certificate": True, "ended_hard_up": SECOND, "ended_has_certificate": FIRST},
         SECOND),
        ("alive", {"alive": False, "died_on": FIRST}, FIRST),
        ("registered", {"registered": False, "deregistered_on": FIRST, "last_register_status": 3}, FIRST),
        # the register's day of a death is the day on which it was entered, not that of leaving
        ("registered", {"registered": False, "deregistered_on": FIRST, "last_register_status": 2}, None),
    ],
)  # fmt: skip
def test_the_day_on_which_a_condition_ended(sql: str, row: dict[str, Any], day: date | None) -> None:
    assert value(sql, losses.ended, **row) == day


@pytest.mark.parametrize(
    ("sql", "row", "never"),
    [
        ("elder", {"age": 50}, True),
        ("employee_age_reached", {"employee_age_reached": False}, True),
        ("age < 18", {"age": 19}, None),
        ("hard_up", {"hard_up": False}, None),
        # another ground would have done
        ("aged OR has_certificate", {"age": 70, "has_certificate": False}, None),
        ("elder AND hard_up", {"age": 50, "hard_up": True}, True),
        ("elder AND hard_up", {"age": 70, "hard_up": False}, False),
    ],
)
def test_an_age_that_was_never_reached(sql: str, row: dict[str, Any], never: bool | None) -> None:
    assert value(sql, losses.never_aged, **row) is never


@pytest.mark.parametrize(
    ("sql", "row", "absent"),
    [
        ("hard_up", {"hard_up": False, "in_hardship_roll": False}, True),
        ("hard_up", {"hard_up": False, "in_hardship_roll": True}, False),
        ("elder", {"age": 50}, None),
        ("NOT destitute", {"destitute": True}, None),
        ("fp_special", {"fp_special": False, "in_family_planning": True}, False),
        # an OR is false only if every part is: one absence among them is enough
        ("disabled_old OR has_certificate",
         {"in_ability_assessment": True, "in_disability_certificate": False}, True),
        ("disabled_old OR has_certificate",
         {"in_ability_assessment": True, "in_disability_certificate": True}, False),
        # an AND is false by any part: one that a row denies is more than an absence
        ("hard_up AND has_certificate",
         {"hard_up": False, "has_certificate": False, "in_hardship_roll": False,
          "in_disability_certificate": True},
         False),
        ("hard_up AND has_certificate",
         {"hard_up": False, "has_certificate": True, "in_hardship_roll": False,
          "in_disability_certificate": True},
         True),
    ],
)  # fmt: skip
def test_what_is_false_only_by_an_absence(sql: str, row: dict[str, Any], absent: bool | None) -> None:
    assert value(sql, losses.absent, **row) is absent
