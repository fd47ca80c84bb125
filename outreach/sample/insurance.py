"""What the federation, insurance, health and veterans affairs wrote down (see ``desk``)."""

from __future__ import annotations

import numpy as np
import polars as pl

from outreach.sample import numbers
from outreach.sample.dates import birthday
from outreach.sample.desk import World, days, month_start, nullable, pick, visible
from outreach.sample.families import CHILD, GRANDCHILD, HEAD, SECOND_CHILD


def disability_certificate(world: World) -> pl.DataFrame:
    """Certificates, first-issue and re-issued, valid, run out, cancelled; some on a guardian's number."""
    rng = world.streams("disability")
    chance = np.select([world.age >= 60, world.age < 18], [0.09, 0.02], 0.03)
    still = (world.array("left") > world.base) | (rng.random(world.count) < 0.6)
    here = (world.registered & still) | (rng.random(world.count) < 0.01)
    who = np.flatnonzero((rng.random(world.count) < chance * world.often) & here)
    children = np.flatnonzero(
        (world.age < 16) & world.registered & np.isin(world.array("slot"), [CHILD, SECOND_CHILD, GRANDCHILD])
    )
    who = np.union1d(who, children[:2])
    kind = pick(rng, [1, 2, 3, 4, 5, 6, 7], [12, 10, 3, 48, 9, 12, 6], len(who))
    grade = pick(rng, [1, 2, 3, 4], [14, 26, 28, 32], len(who))
    issued = world.base - rng.integers(20, 3900, len(who))
    issued = np.maximum(issued, world.array("birth")[who] + 200)
    issued = np.minimum(issued, world.base - 1)
    status = pick(rng, [1, 2, 3], [94, 4, 2], len(who))
    twice = rng.random(len(who)) < 0.1
    person = np.concatenate([who, who[twice]])
    both_kind = np.concatenate([kind, kind[twice]])
    both_grade = np.concatenate([grade, np.clip(grade[twice] + rng.integers(-1, 2, int(twice.sum())), 1, 4)])
    both_issued = np.concatenate([issued, issued[twice] - rng.integers(300, 3000, int(twice.sum()))])
    both_status = np.concatenate([status, pick(rng, [1, 2], [4, 6], int(twice.sum()))])
    reissue = np.concatenate(
        [
            np.where(twice, rng.integers(1, 3, len(who)), np.where(rng.random(len(who)) < 0.08, 1, 0)),
            np.zeros(int(twice.sum()), dtype=np.int64),
        ]
    )
    until = np.where(rng.random(len(person)) < 0.85, birthday(both_issued, 10), 0)
    edge = np.flatnonzero(until > 0)[:6]
    until[edge[::2]] = world.base
    until[edge[1::2]] = world.base - 1
    partner = world.array("partner")
    slot, household = world.array("slot"), world.array("household")
    head = np.zeros(int(household.max()) + 1, dtype=np.int64)
    head[household[slot == HEAD]] = np.flatnonzero(slot == HEAD)
    minor = (world.age[person] < 18) & np.isin(slot[person], [CHILD, SECOND_CHILD, GRANDCHILD])
    guarded = minor | (np.isin(both_kind, [5, 6]) & (partner[person] >= 0) & (rng.random(len(person)) < 0.6))
    guardian = np.where(minor, head[household[person]], partner[person])
    guardian = np.where(guarded, guardian, -1)
    first_minor = np.flatnonzero(minor)[:1]
    borrowed = minor & (rng.random(len(person)) < 0.25)
    borrowed[first_minor] = True
    return pl.DataFrame(
        {
            "person": person,
            "category": both_kind,
            "grade": both_grade,
            "issued_on": days(both_issued),
            "valid_until": days(until, until == 0),
            "status": both_status,
            "guardian": guardian,
            "guardian_number": borrowed,
            "reissue": reissue,
            "present": np.ones(len(person), dtype=bool),
        }
    )


def pension_roll(world: World) -> pl.DataFrame:
    """Members of the three schemes: drawing, waiting, paused, ended; some in two, some paid after death."""
    rng = world.streams("pension")
    chance = np.select([world.age >= 60, world.age >= 50, world.age >= 18], [0.86, 0.45, 0.07], 0.0)
    chance = np.where(world.registered, chance, 0.3 * (world.age >= 60))
    who = np.flatnonzero(rng.random(world.count) < chance)
    rural = world.array("rural").astype(bool)[who]
    draw = rng.random(len(who))
    scheme = np.where(
        rural,
        np.where(draw < 0.85, 170, np.where(draw < 0.96, 110, 120)),
        np.where(draw < 0.5, 110, np.where(draw < 0.68, 120, 170)),
    )
    second = rng.random(len(who)) < 0.015
    person = np.concatenate([who, who[second]])
    scheme = np.concatenate([scheme, np.where(scheme[second] == 170, 110, 170)])
    old = world.age[person] >= np.where(scheme == 170, 60, 61.5)
    fit = rng.random(len(person))
    dead = ~world.alive[person]
    status = np.select(
        [
            dead & (fit < 0.8),
            dead,
            ~old & (fit < 0.97),
            ~old,
            fit < 0.93,
            fit < 0.965,
            fit < 0.985,
            fit < 0.995,
        ],
        [5, 2, 1, 4, 2, 3, 4, 1],
        5,
    )
    start = month_start(np.minimum(birthday(world.array("birth")[person], 60) + 20, world.base))
    amount = np.where(
        scheme == 170, rng.integers(110, 260, len(person)), rng.integers(1800, 6200, len(person))
    ) + rng.random(len(person)).round(2)
    drawing = np.isin(status, [2, 4, 5])
    return pl.DataFrame(
        {
            "person": person,
            "scheme": scheme,
            "status": status,
            "monthly_pension": nullable(amount.round(2), ~drawing),
            "first_month": days(start, ~drawing),
            "work_injury_care": nullable(rng.random(len(person)) < 0.003, rng.random(len(person)) < 0.04),
            "present": np.ones(len(person), dtype=bool),
        }
    )


def long_term_care(world: World, ability: pl.DataFrame) -> pl.DataFrame:
    """Beneficiaries among those assessed as unable to care for themselves, and a few others."""
    rng = world.streams("long-term care")
    unable = ability.filter(pl.col("level") >= 3)["person"].unique().sort().to_numpy()
    who = np.union1d(
        unable[rng.random(len(unable)) < 0.3],
        np.flatnonzero((rng.random(world.count) < 0.0008) & (world.age > 55)),
    )
    if len(who) < 2:
        who = np.flatnonzero(world.age > 75)[:3]
    levels = np.array(["重度失能一级", "重度失能二级", "重度失能三级"], dtype=object)
    return pl.DataFrame(
        {
            "person": who,
            "status": pick(rng, [1, 2, 3], [82, 8, 10], len(who)),
            "level": numbers.strings(rng.choice(levels, len(who))),
            "first_month": days(month_start(world.base - rng.integers(30, 1500, len(who)))),
            "present": np.ones(len(who), dtype=bool),
        }
    )


def family_planning(world: World) -> pl.DataFrame:
    """Parents supported by family planning; a few are in it twice."""
    rng = world.streams("family planning")
    who = np.flatnonzero(
        (rng.random(world.count) < np.where(world.age >= 60, 0.06, 0.012) * world.often) & (world.age >= 49)
    )
    twice = who[rng.random(len(who)) < 0.03]
    person = np.concatenate([who, twice])
    category = np.concatenate([pick(rng, [1, 2, 3], [12, 10, 78], len(who)), np.full(len(twice), 3)])
    since = world.base - rng.integers(30, 4000, len(person))
    return pl.DataFrame(
        {
            "person": person,
            "category": category,
            "recognised_on": days(since, rng.random(len(person)) < 0.1),
            "present": np.ones(len(person), dtype=bool),
        }
    )


def health_management(world: World) -> pl.DataFrame:
    """Yearly checks at 65 and later: this year's, last year's, or none."""
    rng = world.streams("health")
    old = (world.age >= 64) & world.alive
    this_year = (
        np.datetime64(world.base, "D").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    )
    now = np.flatnonzero(old & (rng.random(world.count) < 0.5))
    before = np.flatnonzero(old & (rng.random(world.count) < 0.12))
    soon = np.flatnonzero(old & (rng.random(world.count) < 0.006))
    span = max(1, world.base - int(this_year) + 1)
    day = np.concatenate(
        [
            int(this_year) + rng.integers(0, span, len(now)),
            int(this_year) - 1 - rng.integers(0, 365, len(before)),
            world.base + rng.integers(1, 31, len(soon)),
        ]
    )
    day[: min(2, len(now))] = int(this_year)
    day[len(now) : len(now) + 2] = int(this_year) - 1
    person = np.concatenate([now, before, soon])
    clinics = np.array(
        ["第一社区卫生服务中心", "镇卫生院", "城关卫生院", "第二社区卫生服务中心"], dtype=object
    )
    frame = pl.DataFrame(
        {
            "person": person,
            "managed_on": days(day),
            "institution": numbers.strings(rng.choice(clinics, len(person))),
        }
    )
    return visible(frame, world, "managed_on")


def preferential_treatment(world: World) -> pl.DataFrame:
    """Veterans and the families of those who died; a few are in it under two categories."""
    rng = world.streams("veterans")
    male = world.array("male").astype(bool)
    who = np.flatnonzero(
        (rng.random(world.count) < np.where(male, 0.03, 0.012) * world.often) & (world.age >= 55)
    )
    if len(who) < 3:
        who = np.flatnonzero(world.age >= 62)[:5]
    twice = who[rng.random(len(who)) < 0.03]
    person = np.concatenate([who, twice])
    return pl.DataFrame(
        {
            "person": person,
            "category": pick(rng, [1, 2, 3, 4, 5, 6], [12, 5, 8, 15, 20, 40], len(person)),
            "periodic_pension": nullable(rng.random(len(person)) < 0.55, rng.random(len(person)) < 0.03),
            "present": np.ones(len(person), dtype=bool),
        }
    )
