"""Who is being paid or served, and how people answered: rolls with right and wrong rows.

Who ought to be paid is worked out here from the true facts in a few lines a programme: near enough for a
roll that a careful office would keep, and no copy of the policies.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl

from contracts.vocabulary import ContactResult
from outreach.sample import numbers
from outreach.sample.dates import IntArray
from outreach.sample.desk import World, days, month_start
from outreach.sample.regions import Region

_STANDARDS: dict[str, float] = {
    "disability_living_subsidy": 80,
    "disability_nursing_subsidy": 80,
    "nursing_subsidy": 100,
    "care_service_subsidy": 100,
    "long_term_care": 900,
}
"""Monthly standards of an office that has none of its own; a programme without one is a service."""
# Quotes, separators and what a spreadsheet would take for a formula: they must all stay text.
_NOTES = np.array([None, "子女代答", '说"不需要",过几天再问', "电话无人接听|改日上门", "=1+1"], dtype=object)
_MINIMUM_LIVING, _DISPERSED, _CENTRAL = 620.0, 1010.0, 1360.0

NAMES = {
    "age_allowance": "高龄津贴",
    "care_service_subsidy": "养老服务补贴",
    "nursing_subsidy": "护理补贴",
    "disability_living_subsidy": "困难残疾人生活补贴",
    "disability_nursing_subsidy": "重度残疾人护理补贴",
    "long_term_care": "长期护理保险",
    "minimum_living": "最低生活保障",
    "destitute_dispersed": "分散供养",
    "destitute_central": "集中供养",
    "destitute_insurance": "特困长期医疗护理保险",
    "medical_assistance": "医疗救助",
    "bereaved_parent_aid": "失独特别扶助金",
    "home_care": "政府购买居家养老服务",
    "home_care_bed": "家庭养老床位",
    "home_adaptation": "家庭适老化改造",
    "meal_subsidy": "就餐补贴",
}
"""The programmes of which it is known here who ought to have them, by the names on the roll."""


def programmes(region: Region) -> tuple[str, ...]:
    """Programme ids that the region's benefit roll may hold: those known here, else all of its policy."""
    return tuple(name for name in NAMES if name in region.programmes) or tuple(region.programmes)


def _deserving(region: Region, programme: str) -> pl.Expr:
    age, old = pl.col("age"), pl.col("age") >= 60
    poor, unable = pl.col("hard_up"), pl.col("unable_to_self_care").fill_null(False)
    weak = pl.col("disabled_old").fill_null(False)
    not_destitute = ~pl.col("destitute")
    frail = (age >= 80) | weak | pl.col("has_certificate")
    severe_nursing = pl.col("severely_disabled") & not_destitute & ~pl.col("work_injury_care")
    care = {
        "impaired": old & poor & ~pl.col("on_destitute_central") & weak,
        "frail": old & (pl.col("on_minimum_living") | pl.col("fp_special")) & frail & not_destitute,
        "needy": old & poor & not_destitute,
    }[region.care_subsidy_for]
    return {
        "age_allowance": age >= 80,
        "care_service_subsidy": care,
        "nursing_subsidy": old & poor & not_destitute & unable & ~severe_nursing,
        "disability_living_subsidy": pl.col("has_certificate") & pl.col("on_minimum_living") & not_destitute,
        "disability_nursing_subsidy": severe_nursing,
        "minimum_living": pl.col("on_minimum_living"),
        "destitute_dispersed": pl.col("on_destitute_dispersed"),
        "destitute_central": pl.col("on_destitute_central"),
        "destitute_insurance": old & pl.col("destitute"),
        "home_adaptation": old
        & poor
        & ~pl.col("on_destitute_central")
        & frail
        & (pl.col("true_person") % 3 == 0),
        "meal_subsidy": old & poor & ~pl.col("on_destitute_central") & (pl.col("true_person") % 4 == 0),
        "medical_assistance": pl.col("destitute") | pl.col("on_minimum_living") | pl.col("on_poverty_watch"),
        "bereaved_parent_aid": old & (pl.col("family_planning") == "bereaved"),
        "home_care": old & poor & (weak | (age >= 80)),
        "home_care_bed": old & unable & (pl.col("true_person") % 2 == 0),
        "long_term_care": unable & (pl.col("true_person") % 2 == 0),
    }.get(programme, old & poor)


def _standard(region: Region, programme: str) -> pl.Expr:
    age, unable = pl.col("age"), pl.col("unable_to_self_care").fill_null(False)
    if programme == "age_allowance":
        return pl.when(age >= 100).then(300.0).when(age >= 90).then(100.0).otherwise(50.0)
    if programme == "care_service_subsidy" and region.care_subsidy is not None:
        for_unable, otherwise = region.care_subsidy
        return pl.when(unable).then(float(for_unable)).otherwise(float(otherwise))
    if programme == "bereaved_parent_aid":
        return pl.lit(590.0)
    fixed = {
        "minimum_living": _MINIMUM_LIVING,
        "destitute_dispersed": _DISPERSED,
        "destitute_central": _CENTRAL,
    } | dict(region.standards or _STANDARDS)
    return pl.lit(fixed.get(programme), dtype=pl.Float64)


def benefit_roll(world: World, facts: pl.DataFrame) -> pl.DataFrame:
    """The roll as of the base day: mostly right, some of it wrong in the ways that such rolls are.

    ``why``: what a row is: right, wrong_amount, dead, departed, unqualified, doubled, paused, stopped
    or elsewhere (not registered here).
    """
    rng = world.streams("benefits")
    parts: list[pl.DataFrame] = []
    by_person = facts.select(
        pl.exclude("hardship_rolls", "pension_scheme", "pension_status", "receiving"),
        left=pl.Series(world.array("left") <= world.base),
    )
    for programme in programmes(world.region):
        # The same draws for the same person whatever else happens, so that nights differ only where facts do.
        draw = rng.random(len(by_person))
        kind = rng.random(len(by_person))
        wants = _deserving(world.region, programme)
        drawn = by_person.with_columns(
            draw=pl.Series(draw), kind=pl.Series(kind), standard=_standard(world.region, programme)
        )
        here = pl.col("registered") & pl.col("alive")
        why = (
            pl.when(wants & here & (pl.col("draw") < 0.86))
            .then(
                pl.when(pl.col("kind") < 0.035)
                .then(pl.lit("wrong_amount"))
                .when(pl.col("kind") < 0.06)
                .then(pl.lit("paused"))
                .when(pl.col("kind") < 0.07)
                .then(pl.lit("stopped"))
                .when(pl.col("kind") < 0.078)
                .then(pl.lit("doubled"))
                .otherwise(pl.lit("right"))
            )
            .when(wants & ~pl.col("alive") & pl.col("in_register"))
            .then(
                pl.when(pl.col("draw") < 0.35)
                .then(pl.lit("dead"))
                .when(pl.col("draw") < 0.8)
                .then(pl.lit("stopped"))
            )
            .when(wants & pl.col("left") & (pl.col("draw") < 0.8))
            .then(pl.lit("departed"))
            .when(here & ~wants & (pl.col("age") >= 60) & (pl.col("draw") < 0.0006))
            .then(pl.lit("unqualified"))
            .when(~pl.col("in_register") & (pl.col("age") >= 62) & (pl.col("draw") < 0.004))
            .then(pl.lit("elsewhere"))
        )
        parts.append(_entries(drawn.with_columns(why=why).filter(pl.col("why").is_not_null()), programme))
    roll = pl.concat([*parts, *_never_missing(world, by_person, pl.concat(parts))])
    roll = _turned(roll).sort("person", maintain_order=True)
    roll = pl.concat([roll, roll.filter(pl.col("why") == "doubled")])
    wrong = pl.col("standard") * pl.when(pl.col("spread") < 0.5).then(0.5).otherwise(1.25)
    is_now = pl.col("why")
    started = month_start(world.base - 40 - (roll["spread"].to_numpy() * 1500).astype(np.int64))
    ended = roll["why"].is_in(["paused", "stopped"]).to_numpy()
    last = np.maximum(started, _months_before(world.base, np.where(ended, 4, 0)))
    return roll.select(
        "person",
        "programme",
        "why",
        programme_name=pl.col("programme").replace_strict({**world.region.programmes, **NAMES}),
        monthly_amount=pl.when(is_now == "wrong_amount").then(wrong.round(2)).otherwise("standard"),
        status=pl.when(is_now == "paused").then(2).when(is_now == "stopped").then(3).otherwise(1),
        start_month=days(started),
        last_paid_month=days(last),
        present=pl.lit(True),
    )


def _entries(chosen: pl.DataFrame, programme: str) -> pl.DataFrame:
    spread = (pl.col("kind") * 1_000_003 % 1.0).alias("spread")
    return chosen.select("why", "standard", spread, person="true_person", programme=pl.lit(programme))


def _never_missing(world: World, by_person: pl.DataFrame, roll: pl.DataFrame) -> list[pl.DataFrame]:
    """A dead, a departed and an unqualified payee, for a small world that happens to have none."""
    programme = programmes(world.region)[0]
    unpaid = by_person.join(roll, left_on="true_person", right_on="person", how="anti", maintain_order="left")
    elder = pl.col("age") >= 60
    payees = {
        "dead": ~pl.col("alive") & pl.col("in_register") & elder,
        "departed": pl.col("left") & ~pl.col("registered") & elder,
        "unqualified": pl.col("alive") & pl.col("registered") & elder & ~_deserving(world.region, programme),
    }
    return [
        _entries(
            unpaid.filter(payee.fill_null(False))
            .head(1)
            .with_columns(why=pl.lit(why), standard=_standard(world.region, programme), kind=pl.lit(0.4)),
            programme,
        )
        for why, payee in payees.items()
        if not (roll["why"] == why).any()
    ]


def _turned(roll: pl.DataFrame) -> pl.DataFrame:
    """In a small world, some right rows turned into the rarer kinds, so that none is missing."""
    numbered = roll.with_row_index("i")
    right = numbered.filter((pl.col("why") == "right") & pl.col("standard").is_not_null())["i"].tail(3)
    needed = [kind for kind in ("wrong_amount", "doubled", "paused") if not (roll["why"] == kind).any()]
    turn = dict(zip(right.to_list(), needed, strict=False))
    if not turn:
        return roll
    turned = pl.col("i").replace_strict(turn, default=None, return_dtype=pl.String)
    return numbered.with_columns(why=pl.coalesce(turned, "why")).drop("i")


def _months_before(day: int, months: IntArray) -> IntArray:
    month = np.datetime64(day, "D").astype("datetime64[M]") - months
    return np.asarray(month.astype("datetime64[D]").astype(np.int64))


def outreach_outcome(world: World, facts: pl.DataFrame) -> pl.DataFrame:
    """Contacts about programmes of the region, by name and number: person_ids are not known here."""
    rng = world.streams("outcomes")
    elders = facts.filter(pl.col("alive") & pl.col("registered") & (pl.col("age") >= 60))[
        "true_person"
    ].to_numpy()
    who = rng.permutation(elders)[: max(12, len(elders) // 30)]
    offered = np.array(programmes(world.region), dtype=object)
    results = np.array(
        [
            ContactResult.REFUSED.value,
            ContactResult.AGREED.value,
            ContactResult.NOT_REACHED.value,
            ContactResult.WRONG_DATA.value,
        ],
        dtype=object,
    )
    result = rng.choice(results, len(who), p=[0.4, 0.35, 0.17, 0.08])
    on = world.base - rng.integers(1, 700, len(who))
    edge = np.flatnonzero(result == ContactResult.REFUSED.value)[:2]
    on[edge] = world.base - np.array([365, 366])[: len(edge)]
    soon = rng.random(len(who)) < 0.15
    on = np.where(soon & ~np.isin(np.arange(len(who)), edge), world.base + rng.integers(1, 31, len(who)), on)
    contacts = _contacts(world, rng, who, rng.choice(offered, len(who)), result, on)
    return (
        contacts
        if _PLACE not in world.region.programmes
        else pl.concat([contacts, _places_wanted(world, facts, who)])
    )


_PLACE = "institution_priority"
"""The place in a public institution for which people wait who agreed to it."""


def _places_wanted(world: World, facts: pl.DataFrame, asked: IntArray) -> pl.DataFrame:
    """Elders of special families who were asked and want a place: somebody waits in every region."""
    rng = world.streams("places wanted")
    special = facts.filter(
        pl.col("alive")
        & pl.col("registered")
        & (pl.col("age") >= 60)
        & pl.col("fp_special")
        & ~pl.col("true_person").is_in(asked)
    )["true_person"].to_numpy()
    who = rng.permutation(special)[: max(3, len(special) // 2)]
    agreed = np.array([ContactResult.AGREED.value] * len(who), dtype=object)
    on = world.base - rng.integers(1, 300, len(who))
    return _contacts(world, rng, who, np.array([_PLACE] * len(who), dtype=object), agreed, on)


def _contacts(
    world: World,
    rng: np.random.Generator,
    who: IntArray,
    programme: npt.NDArray[np.object_],
    result: npt.NDArray[np.object_],
    on: IntArray,
) -> pl.DataFrame:
    handlers = np.array(["王主任", "李网格员", "周社工", "陈干事"], dtype=object)
    return pl.DataFrame(
        {
            "person": who,
            "programme": numbers.strings(programme),
            "result": numbers.strings(result),
            "contacted_on": days(on),
            "handler": numbers.strings(rng.choice(handlers, len(who))),
            "note": numbers.strings(rng.choice(_NOTES, len(who), p=[0.6, 0.15, 0.1, 0.1, 0.05])),
            "person_id": pl.Series([None] * len(who), dtype=pl.String),
            "present": on <= world.as_of,
        }
    )


def declined(outcomes: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Columns true_person, programme, declined_on: refusals within 365 days before the as-of date."""
    first = as_of - timedelta(days=365)
    return (
        outcomes.filter(
            (pl.col("result") == ContactResult.REFUSED.value)
            & pl.col("contacted_on").is_between(first, as_of)
        )
        .group_by(true_person="person", programme="programme")
        .agg(declined_on=pl.col("contacted_on").max())
        .sort("true_person", "programme")
    )
