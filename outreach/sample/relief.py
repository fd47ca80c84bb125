"""What civil affairs wrote down: rolls, assessments, surveys, visits, rescues (see ``desk``)."""

from __future__ import annotations

import numpy as np
import polars as pl

from outreach.sample import numbers
from outreach.sample.dates import IntArray, birthday
from outreach.sample.desk import FloatArray, World, days, nullable, pick, visible


def hardship_roll(world: World) -> pl.DataFrame:
    """Families on the low-income rolls, a row a member; single elders in destitute support; ended ones."""
    rng = world.streams("hardship")
    household, form = world.array("household"), world.array("form")
    households = int(household.max()) + 1
    form_of = np.zeros(households, dtype=np.int64)
    form_of[household] = form
    chance = np.array([0.08, 0.14, 0.03, 0.03, 0.03, 0.03, 0.05, 0.09, 0.03, 0.03])[form_of]
    poor = rng.random(households) < chance * world.often
    category = pick(rng, [11, 21, 22, 31], [0.6, 0.18, 0.08, 0.14], households)
    elder_alone = form_of == 1
    kind = rng.random(households)
    category = np.where(elder_alone & (kind < 0.3), np.where(kind < 0.2, 12, 13), category)
    ended = rng.random(households) < 0.12
    recognised = world.base - rng.integers(40, 2200, households)
    until_kind = rng.random(households)
    until = np.select(
        [ended, until_kind < 0.45],
        [world.base - rng.integers(1, 900, households), world.base + rng.integers(1, 500, households)],
        0,
    )
    until = np.where(ended & (until <= recognised), recognised + 30, until)
    income = rng.integers(150, 1150, households) + rng.random(households).round(2)
    here = world.registered & world.alive | (rng.random(world.count) < 0.25) & world.registered
    members = np.flatnonzero(poor[household] & here & (world.array("left") > world.base))
    edge = members[: max(2, len(members) // 400)]
    until[household[edge[::2]]] = world.base  # the last day still counts
    until[household[edge[1::2]]] = world.base - 1

    def rows(who: IntArray, categories: IntArray, since: IntArray, end: IntArray) -> pl.DataFrame:
        home = household[who]
        return pl.DataFrame(
            {
                "person": who,
                "family_no": numbers.to_series(numbers.digits(6_000_000_000 + home, 10)),
                "category": categories,
                "recognised_on": days(since),
                "ended_on": days(end, end == 0),
                "income_per_head": income[home].round(2),
            }
        )

    also = members[(rng.random(len(members)) < 0.06) & np.isin(category[household[members]], [11, 21])]
    back = members[
        (until[household[members]] < world.base)
        & (until[household[members]] > 0)
        & (rng.random(len(members)) < 0.3)
    ]
    new = np.flatnonzero(
        (~poor[household]) & world.registered & world.alive & (rng.random(world.count) < 0.002)
    )
    visitors = np.flatnonzero(~world.registered & (rng.random(world.count) < 0.02))
    open_end = np.zeros(world.count, dtype=np.int64)
    frame = pl.concat(
        [
            rows(
                members,
                category[household[members]],
                recognised[household[members]],
                until[household[members]],
            ),
            rows(also, np.full(len(also), 31), recognised[household[also]] + 15, open_end[also]),
            rows(back, category[household[back]], until[household[back]] + 1, open_end[back]),
            rows(new, np.full(len(new), 11), world.base + rng.integers(1, 31, len(new)), open_end[new]),
            rows(
                visitors,
                np.full(len(visitors), 11),
                world.base - rng.integers(40, 900, len(visitors)),
                open_end[visitors],
            ),
        ]
    )
    return visible(frame, world, "recognised_on")


def _ability_levels(rng: np.random.Generator, age: FloatArray) -> IntArray:
    frail = np.clip((age - 60) / 45, 0, 1)
    draw = rng.random(len(age)) - frail * 0.35
    return np.asarray(
        np.select([draw > 0.62, draw > 0.4, draw > 0.22, draw > 0.05], [0, 1, 2, 3], 4), dtype=np.int64
    )


def ability_assessment(world: World) -> pl.DataFrame:
    """Assessments of elders (the older the likelier), some twice, some run out, some dated ahead."""
    rng = world.streams("ability")
    chance = np.clip(0.1 + (world.age - 60) * 0.012, 0.1, 0.6) * (world.age >= 60) + 0.004 * (world.age < 60)
    who = np.flatnonzero((rng.random(world.count) < chance * world.often) & world.alive & world.registered)
    on = world.base - rng.integers(1, 1000, len(who))
    level = _ability_levels(rng, world.age[who])
    again = rng.random(len(who)) < 0.12
    earlier = np.clip(level[again] + rng.integers(-2, 1, int(again.sum())), 0, 4)
    new = np.flatnonzero(
        (rng.random(world.count) < 0.004) & (world.age >= 60) & world.alive & world.registered
    )
    ahead = rng.random(len(who)) < 0.002
    person = np.concatenate([who, who[again], new, who[ahead]])
    day = np.concatenate(
        [
            on,
            on[again] - rng.integers(200, 900, int(again.sum())),
            world.base + rng.integers(1, 31, len(new)),
            np.full(int(ahead.sum()), world.base + 400),
        ]
    )
    levels = np.concatenate(
        [level, earlier, _ability_levels(rng, world.age[new]), np.minimum(level[ahead] + 1, 4)]
    )
    kind = rng.random(len(person))
    years = np.select([kind < 0.35, kind < 0.5, kind < 0.6], [2, 1, 3], 0)
    until = np.where(years > 0, birthday(day, years), 0)
    edge = np.flatnonzero(until > 0)[:4]
    until[edge[::2]] = world.base
    until[edge[1::2]] = world.base - 1
    agencies = np.array(
        ["康宁评估中心", "民安养老评估所", "颐和社会工作服务中心", "仁和评估有限公司"], dtype=object
    )
    frame = pl.DataFrame(
        {
            "person": person,
            "assessed_on": days(day),
            "level": levels,
            "valid_until": days(until, until == 0),
            "institution": numbers.strings(rng.choice(agencies, len(person))),
        }
    ).with_columns(
        assessment_no=pl.format("PG{}{}", pl.col("assessed_on").dt.year(), (pl.int_range(pl.len()) + 100001))
    )
    frame = visible(frame, world, "assessed_on")
    return frame.with_columns(
        present=pl.col("present")
        | (pl.col("assessed_on") == pl.lit(world.base + 400).cast(pl.Int32).cast(pl.Date))
    )


def visit_log(world: World) -> pl.DataFrame:
    """Visits to elders: recent and old ones, and those of the coming nights."""
    rng = world.streams("visits")
    old = np.flatnonzero(
        (world.age >= 62) & world.alive & (rng.random(world.count) < np.clip((world.age - 55) / 70, 0, 0.6))
    )
    times = 1 + (rng.random(len(old)) < 0.25)
    person = np.repeat(old, times)
    day = world.base - np.minimum(rng.gamma(1.3, 22, len(person)).astype(np.int64), 700)
    boundary = [0, 6, 7, 8, 30, 31, 32]
    day[: len(boundary)] = world.base - np.array(boundary)[: len(day)]
    soon = rng.permutation(old)[: int(len(old) * 0.2)]
    person = np.concatenate([person, soon])
    day = np.concatenate([day, world.base + rng.integers(1, 31, len(soon))])
    methods = np.array(["上门", "电话", "视频"], dtype=object)
    results = np.array(["正常", "需关注", "身体不适", "不在家"], dtype=object)
    frame = pl.DataFrame(
        {
            "person": person,
            "visited_on": days(day),
            "method": numbers.strings(rng.choice(methods, len(person), p=[0.6, 0.3, 0.1])),
            "result": numbers.strings(rng.choice(results, len(person), p=[0.8, 0.1, 0.05, 0.05])),
        }
    )
    return visible(frame, world, "visited_on")


def care_survey(world: World) -> pl.DataFrame:
    """The grid survey: who lives alone, in an empty nest, left behind; whether there is a supporter."""
    rng = world.streams("survey")
    who = np.flatnonzero(
        world.alive & (world.age >= 60) & (rng.random(world.count) < np.where(world.age >= 70, 0.62, 0.3))
    )
    form = world.array("form")[who]
    count = len(who)
    alone = np.where(np.isin(form, [1, 8]), rng.random(count) < 0.9, rng.random(count) < 0.02)
    nest = np.where(np.isin(form, [0, 1, 8, 9]), rng.random(count) < 0.7, rng.random(count) < 0.02)
    behind = (rng.random(count) < 0.12) & world.array("rural").astype(bool)[who]
    supporter = rng.random(count) < np.where(form == 1, 0.8, 0.96)
    return pl.DataFrame(
        {
            "person": who,
            "lives_alone": nullable(alone, rng.random(count) < 0.02),
            "empty_nest": nullable(nest, rng.random(count) < 0.02),
            "left_behind": nullable(behind, rng.random(count) < 0.02),
            "has_supporter": nullable(supporter, rng.random(count) < 0.06),
            "surveyed_on": days(world.base - rng.integers(5, 500, count), rng.random(count) < 0.03),
            "present": np.ones(count, dtype=bool),
        }
    )


def rescue_register(world: World) -> pl.DataFrame:
    """Rescued people, most registered elsewhere; one on the last day that counts, one a day earlier."""
    rng = world.streams("rescue")
    outsiders = np.flatnonzero(~world.registered & (rng.random(world.count) < 0.06))
    if len(outsiders) < 3:
        outsiders = np.flatnonzero(~world.registered)[:4]
    locals_ = np.flatnonzero(world.registered & (rng.random(world.count) < 0.0004) & (world.age > 30))
    person = np.concatenate([outsiders, locals_])
    day = world.base - rng.integers(1, 420, len(person))
    day[:2] = world.base - np.array([180, 181])
    stations = np.array(["市救助管理站", "县救助管理站"], dtype=object)
    return pl.DataFrame(
        {
            "person": person,
            "rescued_on": days(day),
            "station": numbers.strings(rng.choice(stations, len(person))),
            "present": np.ones(len(person), dtype=bool),
        }
    )
