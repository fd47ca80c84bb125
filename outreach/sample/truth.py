"""The facts of every true person, worked out from the clean rows with code independent of ``sql/facts``.

"Clean" means: as the department meant them, without rows and values that nobody could read. So a night that
links every row to the right person and reads the catalogue rightly arrives at exactly these facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from contracts.facts import HARDSHIP_NAMES
from contracts.vocabulary import ContactResult, FamilyPlanning
from outreach.sample.dates import IntArray, birthday, first_of_or_day
from outreach.sample.numbers import as_ymd

Frames = dict[str, pl.DataFrame]

_LEADING = (13, 12, 11, 21, 22, 31)
_FAMILY_NAMES = {code: word.value for code, word in enumerate(FamilyPlanning, 1)}


def person_facts(frames: Frames, people: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row a true person with every fact of ``contracts/facts.py``.

    Besides them ``true_person``, ``in_register``, ``died_on``, ``name``, ``id_number`` and ``receiving`` (a
    list of struct programme, amount: CNY a month). ``married_to`` is the spouse's true_person.

    Args:
        frames: the extracts, typed, with ``person`` (marriages: ``husband``, ``wife``), in file order.
        people: the frame of :func:`outreach.sample.population.make_people`.
        as_of: the as-of date.
    """
    base = people.select(true_person="person", name="name", id_number="id_number", birth="birth", male="male")
    birth = base["birth"].to_numpy()
    facts = base.select(
        "true_person",
        "name",
        "id_number",
        birth_date=pl.col("birth").cast(pl.Int32).cast(pl.Date),
        age=pl.Series(completed_years(birth, as_of), dtype=pl.Int32),
        sex=pl.when("male").then(pl.lit("M")).otherwise(pl.lit("F")),
        employee_age_reached=employee_age_reached(birth, base["male"].to_numpy(), as_of),
    )
    for part in (
        _register(frames["household_register"], frames["death_record"], as_of),
        _hardship(frames["hardship_roll"], as_of),
        _certificates(frames["disability_certificate"], as_of),
        _ability(frames["ability_assessment"], as_of),
        _survey(frames["care_survey"]),
        _family_planning(frames["family_planning"]),
        _preferential(frames["preferential_treatment"]),
        _pension(frames["pension_roll"]),
        _long_term_care(frames["long_term_care"]),
        _marriage(frames["marriage_register"]),
        _visits(frames["visit_log"], as_of),
        _health(frames["health_management"], as_of),
        _signs_of_life(frames, as_of),
        _rescue(frames["rescue_register"], as_of),
        _receiving(frames["benefit_roll"]) if "benefit_roll" in frames else _receiving_nothing(),
    ):
        facts = facts.join(
            part.rename({"person": "true_person"}), on="true_person", how="left", maintain_order="left"
        )
    facts = facts.with_columns(
        alive=pl.col("dead").is_null(),
        in_register=pl.col("in_register").fill_null(False),
        registered=pl.col("dead").is_null() & pl.col("normal_row").fill_null(False),
        town_code=pl.col("area_code").str.slice(0, 9),
        hardship_rolls=pl.col("hardship_rolls").fill_null(pl.lit([], dtype=pl.List(pl.Int64))),
        has_certificate=pl.col("has_certificate").fill_null(False),
        has_assessment=pl.col("ability_level").is_not_null() | pl.col("long_term_care").fill_null(False),
        surveyed=pl.col("surveyed").fill_null(False),
        family_planning=pl.col("family_planning").fill_null("none"),
        preferential=pl.col("preferential").fill_null("none"),
        pension_scheme=pl.col("pension_scheme").fill_null(pl.lit([], dtype=pl.List(pl.Int64))),
        pension_status=pl.col("pension_status").fill_null(pl.lit([], dtype=pl.List(pl.Int64))),
        ever_visited=pl.col("last_visit_on").is_not_null(),
        days_since_visit=(pl.lit(as_of) - pl.col("last_visit_on")).dt.total_days().cast(pl.Int32),
        visited_this_week=(pl.col("last_visit_on") >= as_of - timedelta(days=as_of.weekday())).fill_null(
            False
        ),
        visited_this_month=(pl.col("last_visit_on") >= as_of.replace(day=1)).fill_null(False),
        health_checked_this_year=(pl.col("last_health_check_on").dt.year() == as_of.year).fill_null(False),
        periodic_pension=pl.when(pl.col("preferential").is_null()).then(False).otherwise("periodic_pension"),
        **{
            name: pl.when(pl.col("pension_scheme").is_null()).then(False).otherwise(name)
            for name in ("work_injury_care", "employee_pension_open", "resident_pension_open")
        },
        **{
            name: pl.col(name).fill_null(False)
            for name in (
                "long_term_care",
                "rescued",
                "employee_pension_drawn",
                "resident_pension_drawn",
            )
        },
    ).drop("dead", "normal_row")
    rolls = pl.col("hardship_rolls")
    facts = facts.with_columns(
        hardship=pl.coalesce(
            *[pl.when(rolls.list.contains(code)).then(pl.lit(HARDSHIP_NAMES[code])) for code in _LEADING],
            pl.lit("none"),
        ),
        hard_up=pl.any_horizontal(*[rolls.list.contains(code) for code in (11, 12, 13, 21, 22)]),
        destitute=rolls.list.contains(12) | rolls.list.contains(13),
        **{f"on_{name}": rolls.list.contains(code) for code, name in HARDSHIP_NAMES.items()},
        severely_disabled=pl.when("has_certificate")
        .then(pl.col("disability_grade").is_in(["1", "2"]))
        .otherwise(False),
        disability_grade=pl.when("has_certificate").then("disability_grade").otherwise(pl.lit("none")),
        disability_category=pl.when("has_certificate").then("disability_category").otherwise(pl.lit("none")),
        disabled_old=pl.col("ability_level") >= 1,
        unable_to_self_care=pl.col("ability_level") >= 3,
        partly_unable=pl.col("ability_level").is_in([1, 2]),
        fp_special=pl.col("family_planning").is_in([FamilyPlanning.BEREAVED, FamilyPlanning.DISABLED_CHILD]),
    )
    facts = facts.with_columns(no_supporter=_no_supporter(facts))
    return facts.with_columns(**_carers(facts))


def completed_years(birth: IntArray, as_of: date) -> IntArray:
    """Completed years on the as-of date of people born on ``birth`` (days); 29 February counts as 1 March."""
    today = (as_of - date(1970, 1, 1)).days
    years = as_of.year - as_ymd(birth) // 10000
    return np.asarray(years - (birthday(birth, years) > today), dtype=np.int64)


def employee_age_reached(
    birth: IntArray, male: np.ndarray[tuple[int], np.dtype[np.bool_]], as_of: date
) -> pl.Series:
    """Whether the employees' statutory age is reached; NULL for a woman between the two possible ages."""
    today = (as_of - date(1970, 1, 1)).days

    def reached(
        base_years: int, first_year: int, step: int, cap: int
    ) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        ymd = as_ymd(birth)
        year, month, day = ymd // 10000, ymd // 100 % 100, ymd % 100
        since = (year - first_year) * 12 + month - 1
        delay = np.where(since < 0, 0, np.minimum(cap, since // step + 1))
        months = year * 12 + month - 1 + base_years * 12 + delay
        return np.asarray(first_of_or_day(months // 12, months % 12 + 1, day) <= today)

    man, woman_55, woman_50 = reached(60, 1965, 4, 36), reached(55, 1970, 4, 36), reached(50, 1975, 2, 60)
    frame = pl.DataFrame({"male": male, "man": man, "late": woman_55, "early": woman_50})
    return frame.select(
        pl.when("male")
        .then("man")
        .when("late")
        .then(True)
        .when(~pl.col("early"))
        .then(False)
        .alias("employee_age_reached")
    )["employee_age_reached"]


def _register(register: pl.DataFrame, deaths: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """person, in_register, household_id, area_code, normal_row, dead, died_on; also of dead outsiders."""
    normal = pl.col("status") == 1
    best = (
        register.with_row_index("place")
        .sort(
            normal,
            normal & pl.col("former_id_number").is_not_null(),
            pl.col("status_date"),
            -pl.col("place").cast(pl.Int64),
            descending=True,
            nulls_last=True,
        )
        .unique("person", keep="first", maintain_order=True)
        .select(
            "person",
            "area_code",
            household_id=pl.when(normal).then("household_no"),
            normal_row=normal,
            in_register=True,
        )
    )
    from_register = (
        register.filter(pl.col("status") == 2).group_by("person").agg(told_on=pl.col("status_date").min())
    )
    from_funeral = (
        deaths.filter(pl.col("died_on") <= as_of).group_by("person").agg(died_on=pl.col("died_on").min())
    )
    dead = from_register.join(from_funeral, on="person", how="full", coalesce=True).select(
        "person", dead=True, died_on=pl.coalesce("died_on", "told_on")
    )
    return best.join(dead, on="person", how="full", coalesce=True)


def _hardship(roll: pl.DataFrame, as_of: date) -> pl.DataFrame:
    current = roll.filter(pl.col("ended_on").is_null() | (pl.col("ended_on") >= as_of))
    return current.group_by("person").agg(hardship_rolls=pl.col("category").cast(pl.Int64).unique().sort())


def _certificates(roll: pl.DataFrame, as_of: date) -> pl.DataFrame:
    valid = roll.filter(
        (pl.col("status") == 1) & (pl.col("valid_until").is_null() | (pl.col("valid_until") >= as_of))
    )
    return (
        valid.sort("issued_on", descending=True, nulls_last=True, maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
        .select(
            "person",
            has_certificate=True,
            disability_category=pl.col("category").cast(pl.String),
            disability_grade=pl.col("grade").cast(pl.String),
        )
    )


def _ability(roll: pl.DataFrame, as_of: date) -> pl.DataFrame:
    assessed = roll["assessed_on"].cast(pl.Int32).cast(pl.Int64).to_numpy()
    two_years_on = pl.Series(birthday(assessed, 2).astype(np.int32)).cast(pl.Date)
    return (
        roll.with_columns(until=pl.coalesce(pl.col("valid_until"), two_years_on))
        .filter((pl.col("assessed_on") <= as_of) & (pl.col("until") >= as_of))
        .sort("assessed_on", descending=True, maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
        .select("person", ability_level=pl.col("level").cast(pl.Int32))
    )


def _survey(roll: pl.DataFrame) -> pl.DataFrame:
    return roll.unique("person", keep="first", maintain_order=True).select(
        "person", "lives_alone", "empty_nest", "left_behind", "has_supporter", surveyed=True
    )


def _family_planning(roll: pl.DataFrame) -> pl.DataFrame:
    return roll.group_by("person").agg(
        family_planning=pl.col("category")
        .min()
        .cast(pl.Int64)
        .replace_strict(_FAMILY_NAMES, return_dtype=pl.String)
    )


def _preferential(roll: pl.DataFrame) -> pl.DataFrame:
    return roll.group_by("person").agg(
        preferential=pl.col("category").min().cast(pl.String),
        periodic_pension=_any_yes("periodic_pension"),
    )


def _any_yes(column: str) -> pl.Expr:
    """TRUE if a row has yes; else NULL if one is empty; else FALSE."""
    value = pl.col(column)
    return pl.when(value.any()).then(True).when(value.is_null().any()).then(None).otherwise(False)


def _pension(roll: pl.DataFrame) -> pl.DataFrame:
    employee = pl.col("scheme").is_in([110, 120])
    resident = pl.col("scheme") == 170
    status = pl.col("status")

    def to_claim(scheme: pl.Expr) -> pl.Expr:
        """TRUE: a pension to be claimed; else NULL: only a suspended one; else FALSE."""
        claimable, suspended = (scheme & status.is_in([1, 3])).any(), (scheme & (status == 4)).any()
        return pl.when(claimable).then(True).when(suspended).then(None).otherwise(False)

    def drawn(scheme: pl.Expr) -> pl.Expr:
        return (scheme & (status == 2)).any() & ~(scheme & status.is_in([1, 3, 4])).any()

    return (
        roll.sort("person", "scheme", maintain_order=True)
        .group_by("person", maintain_order=True)
        .agg(
            pension_scheme=pl.col("scheme").cast(pl.Int64),
            pension_status=pl.col("status").cast(pl.Int64),
            employee_pension_open=to_claim(employee),
            employee_pension_drawn=drawn(employee),
            resident_pension_open=to_claim(resident),
            resident_pension_drawn=drawn(resident),
            work_injury_care=_any_yes("work_injury_care"),
        )
    )


def _long_term_care(roll: pl.DataFrame) -> pl.DataFrame:
    return roll.group_by("person").agg(long_term_care=(pl.col("status") == 1).any())


def _marriage(register: pl.DataFrame) -> pl.DataFrame:
    """The other side of a person's latest event, if that is a marriage."""
    sides = pl.concat(
        [
            register.select("event", "event_date", person="husband", other="wife"),
            register.select("event", "event_date", person="wife", other="husband"),
        ]
    )
    return (
        sides.sort("event_date", descending=True, maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
        .select("person", married_to=pl.when(pl.col("event") == 1).then("other"))
    )


_NOT_MET = "[未不没]在家|[未没]见到|[未没]见面|[未没]联系上|无人|空户|已去世|已迁出"
"""Results of a visit at which nobody was met: it is none."""


def _met(log: pl.DataFrame) -> pl.DataFrame:
    return log.filter(~pl.col("result").str.contains(_NOT_MET).fill_null(False))


def _signs_of_life(frames: Mapping[str, pl.DataFrame], as_of: date) -> pl.DataFrame:
    """The last day of a visit, health check, assessment, survey or answer; no column where one is absent."""
    if "outreach_outcome" not in frames:
        return pl.DataFrame(schema={"person": pl.Int64})
    answers = frames["outreach_outcome"].filter(
        pl.col("result").is_in([ContactResult.AGREED.value, ContactResult.REFUSED.value])
    )
    signs = [
        _met(frames["visit_log"]).select("person", on="visited_on"),
        frames["health_management"].select("person", on="managed_on"),
        frames["ability_assessment"].select("person", on="assessed_on"),
        frames["care_survey"].select("person", on="surveyed_on"),
        answers.select("person", on="contacted_on"),
    ]
    return (
        pl.concat(signs)
        .filter(pl.col("on") <= as_of)
        .group_by("person")
        .agg(last_sign_of_life_on=pl.col("on").max())
    )


def _visits(log: pl.DataFrame, as_of: date) -> pl.DataFrame:
    return (
        _met(log)
        .filter(pl.col("visited_on") <= as_of)
        .group_by("person")
        .agg(last_visit_on=pl.col("visited_on").max())
    )


def _health(roll: pl.DataFrame, as_of: date) -> pl.DataFrame:
    return (
        roll.filter(pl.col("managed_on") <= as_of)
        .group_by("person")
        .agg(last_health_check_on=pl.col("managed_on").max())
    )


def _rescue(register: pl.DataFrame, as_of: date) -> pl.DataFrame:
    first = as_of - timedelta(days=180)
    return register.group_by("person").agg(rescued=pl.col("rescued_on").is_between(first, as_of).any())


def _receiving(roll: pl.DataFrame) -> pl.DataFrame:
    paid = roll.filter(pl.col("status") == 1).unique(
        ["person", "programme"], keep="first", maintain_order=True
    )
    return paid.group_by("person").agg(
        receiving=pl.struct("programme", amount=pl.col("monthly_amount").cast(pl.Decimal(12, 2))).sort_by(
            "programme"
        )
    )


def _receiving_nothing() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "person": pl.Int64(),
            "receiving": pl.List(pl.Struct({"programme": pl.String, "amount": pl.Decimal(12, 2)})),
        }
    )


def _no_supporter(facts: pl.DataFrame) -> pl.Series:
    """TRUE: no supporter and no living spouse; FALSE: one of them; NULL: not surveyed, and no spouse."""
    living = facts.filter("alive").select(married_to="true_person", spouse_lives=True)
    spouse = facts.select("has_supporter", "married_to").join(
        living, on="married_to", how="left", maintain_order="left"
    )
    supported = pl.col("has_supporter") | pl.col("spouse_lives").fill_null(False)
    return spouse.select(
        value=pl.when(supported.fill_null(False)).then(False).when(~pl.col("has_supporter")).then(True)
    )["value"]


def _carers(facts: pl.DataFrame) -> dict[str, pl.Series]:
    """household_carers: the other registered adults, not known to be unable to care for themselves;
    household_has_carer: whether there is one (every true person's age is known)."""
    able = pl.col("registered") & (pl.col("age") >= 18) & ~pl.col("unable_to_self_care").fill_null(False)
    own = able.cast(pl.Int32)
    others = pl.when(pl.col("household_id").is_null()).then(0).otherwise(own.sum().over("household_id") - own)
    carers = facts.select(value=others.cast(pl.Int32))["value"]
    return {"household_carers": carers, "household_has_carer": carers > 0}
