"""Small hand-made facts: one helper that fills what a test does not say from ``contracts/facts.py``.

The default person is an ordinary resident: alive, registered, on no roll, surveyed as living with family,
never assessed, visited today, checked this year. Derived facts follow from the base ones given
(``hardship_rolls``, ``ability_level``, ``disability_grade``, ``family_planning``, ``days_since_visit``), so a
test cannot contradict itself; a fact that a test names outright wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from contracts.facts import FACT_BY_NAME, FACTS, HARDSHIP_NAMES
from outreach.engine import Warehouse
from outreach.policy.compile.profiles import LAPSING
from outreach.policy.language.policy import EXTRACT_NAMES

AS_OF = date(2026, 11, 20)

_EXTRA = {
    "name": "VARCHAR",
    "id_number": "VARCHAR",
    "died_on": "DATE",
    "death_evidence": "VARCHAR",
    "hardship_since": "DATE",
    "hardship_ended_on": "DATE",
    "certificate_since": "DATE",
    "certificate_ended_on": "DATE",
    "ability_since": "DATE",
    "ability_ended_on": "DATE",
    "family_planning_since": "DATE",
    "preferential_since": "DATE",
    "rescued_on": "DATE",
    "deregistered_on": "DATE",
    "last_register_status": "INTEGER",
    "last_assessed_on": "DATE",
    "last_met_on": "DATE",
}

_ENDED = {
    "hardship_ended_on": (
        "hard_up", "destitute", "on_minimum_living", "on_destitute_dispersed", "on_destitute_central",
        "on_margin", "on_expenditure", "on_poverty_watch",
    ),
    "certificate_ended_on": ("has_certificate", "severely_disabled", "disability_grade"),
    "ability_ended_on": ("has_assessment", "ability_level", "disabled_old", "unable_to_self_care"),
}  # fmt: skip
"""The facts that end with a roll, a certificate, an assessment."""

_ROLL_FACTS = (
    "hardship_rolls",
    "hardship",
    "hard_up",
    "destitute",
    *(f"on_{n}" for n in HARDSHIP_NAMES.values()),
)
_LEADING = (13, 12, 11, 21, 22, 31)


def birthday(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def completed_years(born: date, on: date) -> int:
    years = on.year - born.year
    return years if birthday(born, years) <= on else years - 1


def person(key: int, as_of: date = AS_OF, absent: Iterable[str] = (), **given: Any) -> dict[str, Any]:
    """One row of ``facts.person``: ``given`` over the derived facts over the defaults."""
    if "age" in given and "birth_date" not in given and given["age"] is not None:
        given["birth_date"] = as_of.replace(year=as_of.year - given["age"]) - timedelta(days=100)
    born = given.get("birth_date", date(1956, 1, 15))
    row: dict[str, Any] = {
        "person_key": key,
        "person_id": f"P{key:06d}",
        "in_register": True,
        "alive": True,
        "registered": True,
        "birth_date": born,
        "age": completed_years(born, as_of) if born else None,
        "sex": "F",
        "area_code": "340102001001",
        "town_code": "340102001",
        "household_id": f"H{key}",
        "disability_category": "none",
        "disability_grade": "none",
        "has_assessment": False,
        "lives_alone": False,
        "empty_nest": False,
        "left_behind": False,
        "has_supporter": True,
        "surveyed": True,
        "family_planning": "none",
        "preferential": "none",
        "periodic_pension": False,
        "pension_scheme": [],
        "pension_status": [],
        "employee_pension_open": False,
        "employee_pension_drawn": False,
        "employee_age_reached": False,
        "resident_pension_open": False,
        "resident_pension_drawn": False,
        "work_injury_care": False,
        "long_term_care": False,
        "days_since_visit": 0,
        "health_checked_this_year": True,
        "rescued": False,
        "household_carers": 0,
        "hardship_rolls": [],
        "last_sign_of_life_on": as_of,
    }
    row.update(given)
    derived = _derived(row)
    row.update({name: value for name, value in derived.items() if name not in given})
    for fact in FACTS:
        if fact.name == "has_assessment" and row["long_term_care"] and "long_term_care" not in absent:
            continue
        unlike = fact.name in ("household_has_carer", "household_carers")
        unlike |= fact.name == "has_assessment" and "ability_assessment" not in absent
        if fact.name != "alive" and set(fact.extracts) & set(absent) and not unlike:
            row[fact.name] = None
    return row


def _derived(row: Mapping[str, Any]) -> dict[str, Any]:
    rolls = row["hardship_rolls"] or []
    level = row.get("ability_level")
    days = row["days_since_visit"]
    leading = next((HARDSHIP_NAMES[code] for code in _LEADING if code in rolls), "none")
    return {
        "registered": row["registered"] and row["alive"],
        "hardship": leading,
        "hard_up": bool({11, 12, 13, 21, 22} & set(rolls)),
        "destitute": bool({12, 13} & set(rolls)),
        **{f"on_{name}": code in rolls for code, name in HARDSHIP_NAMES.items()},
        "has_certificate": row["disability_grade"] != "none",
        "severely_disabled": row["disability_grade"] in ("1", "2"),
        "has_assessment": level is not None or row["has_assessment"] or row["long_term_care"],
        "disabled_old": None if level is None else level >= 1,
        "unable_to_self_care": None if level is None else level >= 3,
        "partly_unable": None if level is None else level in (1, 2),
        "fp_special": row["family_planning"] in ("bereaved", "disabled_child"),
        "no_supporter": None if row["has_supporter"] is None else not row["has_supporter"],
        "household_has_carer": row["household_carers"] > 0,
        "visited_this_week": days is not None and days <= AS_OF.weekday(),
        "visited_this_month": days is not None and days < AS_OF.day,
        "ever_visited": days is not None,
        "last_visit_on": None if days is None else AS_OF - timedelta(days=days),
    }


@dataclass
class World:
    """The tables that decisions are made from."""

    people: Sequence[Mapping[str, Any]]
    receiving: Sequence[Mapping[str, Any]] = ()
    declined: Sequence[Mapping[str, Any]] = ()
    agreed: Sequence[Mapping[str, Any]] = ()
    contacts: Sequence[Mapping[str, Any]] = ()
    reported: Sequence[Mapping[str, Any]] = ()
    grades: Sequence[tuple[int, str, str]] = ()
    possible: Sequence[tuple[int, str]] = ()
    in_doubt: Sequence[tuple[int, str]] = ()
    not_begun: Sequence[tuple[int, str]] = ()
    guards: Sequence[Mapping[str, Any]] = ()
    absent: frozenset[str] = frozenset()
    as_of: date = AS_OF
    horizon: int = 60
    region: str = "yaohai"
    served: Sequence[Mapping[str, Any]] = ()
    named: Sequence[tuple[int, str]] = ()
    suspended: Sequence[Mapping[str, Any]] = ()
    lapsing: Sequence[Mapping[str, Any]] = ()
    _rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def build(self, path: Path) -> Warehouse:
        """A working warehouse with these tables."""
        warehouse = Warehouse(path)
        con = warehouse.con
        columns = {
            "person_key": "BIGINT",
            "person_id": "VARCHAR",
            "in_register": "BOOLEAN",
            **{fact.name: fact.sql_type for fact in FACTS},
            **_EXTRA,
        }
        households = {row["person_key"]: row["household_id"] for row in self.people}
        tables: dict[str, tuple[dict[str, str], list[Sequence[Any]]]] = {
            "run.context": (
                {"run_id": "VARCHAR", "region": "VARCHAR", "region_code": "VARCHAR", "as_of": "DATE"},
                [("r1", self.region, "000000", self.as_of)],
            ),
            "run.extract": (
                {"extract": "VARCHAR", "delivered": "BOOLEAN"},
                [(name, name not in self.absent) for name in EXTRACT_NAMES],
            ),
            "facts.person": (columns, [[row.get(name) for name in columns] for row in self.people]),
            "facts.grade": (
                {"person_key": "BIGINT", "extract": "VARCHAR", "grade": "VARCHAR"},
                list(self.grades),
            ),
            "identity.possible_link": (
                {"person_key": "BIGINT", "extract": "VARCHAR"},
                list(self.possible),
            ),
            "facts.guard": (
                {
                    "person_key": "BIGINT",
                    "kind": "VARCHAR",
                    "programme": "VARCHAR",
                    "fact": "VARCHAR",
                    "extract": "VARCHAR",
                    "row_number": "BIGINT",
                    "is_quarantined": "BOOLEAN",
                },
                [
                    (
                        g["person_key"],
                        g["kind"],
                        g.get("programme"),
                        g.get("fact"),
                        g.get("extract", "benefit_roll"),
                        g.get("row_number", 1),
                        g.get("is_quarantined", True),
                    )
                    for g in self.guards
                ],
            ),
            "facts.suspended": (
                {"person_key": "BIGINT", "programme": "VARCHAR", "fact": "VARCHAR", "grade": "VARCHAR"},
                [
                    (s["person_key"], s.get("programme"), s.get("fact"), s.get("grade", "exact"))
                    for s in self.suspended
                ],
            ),
            "facts.lapse": (
                lapse := {
                    "person_key": "BIGINT",
                    "hardship_ends_on": "DATE",
                    "certificate_ends_on": "DATE",
                    "ability_ends_on": "DATE",
                    **{name: FACT_BY_NAME[name].sql_type for name in LAPSING},
                },
                [[row.get(name) for name in lapse] for row in self.lapsing],
            ),
            "facts.swapped_death": ({"person_key": "BIGINT"}, []),
            "facts.doubt": ({"person_key": "BIGINT", "kind": "VARCHAR"}, list(self.in_doubt)),
            "facts.not_begun": (
                {"person_key": "BIGINT", "extract": "VARCHAR"},
                list(self.not_begun),
            ),
            "identity.link": (
                {"extract": "VARCHAR", "row_number": "BIGINT", "person_key": "BIGINT"},
                [
                    ("household_register", row.get("first_row", row["person_key"]), row["person_key"])
                    for row in self.people
                    if row["in_register"]
                ],
            ),
            "facts.receiving": (
                {
                    "person_key": "BIGINT",
                    "programme": "VARCHAR",
                    "amount": "DECIMAL(12,2)",
                    "start_month": "DATE",
                    "last_paid_month": "DATE",
                    "grade": "VARCHAR",
                },
                [
                    (
                        r["person_key"],
                        r["programme"],
                        r.get("amount"),
                        r.get("start_month"),
                        r.get("last_paid_month"),
                        r.get("grade", "exact"),
                    )
                    for r in self.receiving
                ],
            ),
            "facts.served": (
                {
                    "person_key": "BIGINT",
                    "programme": "VARCHAR",
                    "grade": "VARCHAR",
                    "household_id": "VARCHAR",
                    "served_on": "DATE",
                },
                [
                    (
                        s["person_key"],
                        s["programme"],
                        s.get("grade", "exact"),
                        households[s["person_key"]],
                        s.get("last_paid_month", s.get("start_month")),
                    )
                    for s in [*self.receiving, *self.served]
                ],
            ),
            "facts.ended": (
                {"person_key": "BIGINT", "fact": "VARCHAR", "ended_on": "DATE"},
                [
                    (row["person_key"], fact, row[day])
                    for row in self.people
                    for day, facts in _ENDED.items()
                    if row.get(day)
                    for fact in facts
                ],
            ),
            "facts.named": ({"person_key": "BIGINT", "extract": "VARCHAR"}, list(self.named)),
            "facts.declined": (
                {"person_key": "BIGINT", "programme": "VARCHAR", "declined_on": "DATE", "grade": "VARCHAR"},
                [
                    (d["person_key"], d["programme"], d.get("declined_on", AS_OF), d.get("grade", "exact"))
                    for d in self.declined
                ],
            ),
            "facts.wish": (
                {
                    "person_key": "BIGINT",
                    "programme": "VARCHAR",
                    "result": "VARCHAR",
                    "said_on": "DATE",
                    "grade": "VARCHAR",
                },
                [
                    (
                        w["person_key"],
                        w["programme"],
                        result,
                        w.get("declined_on", w.get("agreed_on", AS_OF)),
                        w.get("grade", "exact"),
                    )
                    for result, wishes in (("不同意", self.declined), ("同意", self.agreed))
                    for w in wishes
                ],
            ),
            "facts.last_contact": (
                {
                    "person_key": "BIGINT",
                    "programme": "VARCHAR",
                    "last_contact_on": "DATE",
                    "last_result": "VARCHAR",
                    "said": "VARCHAR",
                    "said_on": "DATE",
                    "about": "VARCHAR",
                },
                [
                    (
                        c["person_key"],
                        c["programme"],
                        c.get("on", AS_OF),
                        c["result"],
                        c["result"],
                        c.get("on", AS_OF),
                        c.get("about"),
                    )
                    for c in self.contacts
                ],
            ),
            "facts.reported": (
                {"person_key": "BIGINT", "kind": "VARCHAR", "reported_on": "DATE", "source": "VARCHAR"},
                [
                    (r["person_key"], r["kind"], r.get("on", AS_OF), r.get("source", "outreach_outcome"))
                    for r in self.reported
                ],
            ),
            "facts.pension_age": (
                {"birth_date": "DATE", "sex": "VARCHAR", "last_day": "DATE"},
                list(
                    {
                        (row["birth_date"], row["sex"]): (
                            row["birth_date"],
                            row["sex"],
                            row["pension_age_on"],
                        )
                        for row in self.people
                        if row.get("pension_age_on")
                    }.values()
                ),
            ),
            "facts.threshold": (
                {
                    "person_key": "BIGINT",
                    "on_day": "DATE",
                    "age": "INTEGER",
                    "employee_age_reached": "BOOLEAN",
                },
                list(self._birthdays(1, self.horizon, with_pension=True)),
            ),
            "facts.recent_birthday": (
                {"person_key": "BIGINT", "on_day": "DATE", "age": "INTEGER"},
                list(self._birthdays(-30, 0, with_pension=False)),
            ),
        }
        for table, (types, rows) in tables.items():
            spec = ", ".join(f"{name} {sql_type}" for name, sql_type in types.items())
            con.execute(f"CREATE TABLE {table} ({spec})")
            if rows:
                marks = ", ".join("?" for _ in types)
                con.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        return warehouse

    def _birthdays(self, first: int, last: int, *, with_pension: bool) -> Iterable[tuple[Any, ...]]:
        for row in self.people:
            days: dict[date, bool] = {}
            born = row["birth_date"]
            if born:
                for offset in range(first, last + 1):
                    day = self.as_of + timedelta(days=offset)
                    if completed_years(born, day) > completed_years(born, day - timedelta(days=1)):
                        days[day] = row["employee_age_reached"]
            pension_day = row.get("pension_age_on")
            if with_pension and pension_day and pension_day > self.as_of:
                days[pension_day] = True
            for day, reached in days.items():
                found: tuple[Any, ...] = (row["person_key"], day, completed_years(born, day))
                yield (*found, reached) if with_pension else found
