"""What each department wrote down about the invented people, before anything goes wrong on the way.

Every function makes one extract as a typed frame: the columns of the intake tables that are not about who
the person is, ``person`` (the true person; a marriage row has ``husband`` and ``wife``) and ``present``
(whether the row is there on the as-of day). Rows keep their order from night to night.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.sample import numbers
from outreach.sample.population import (
    CHILD,
    GRANDCHILD,
    HEAD,
    NEVER,
    SECOND_CHILD,
    BoolArray,
    IntArray,
    Streams,
    birthday,
)

FloatArray = npt.NDArray[np.float64]
_YEAR = 365.2425


@dataclass(frozen=True)
class World:
    """True persons and two days: ``base``, on which the world was made, and ``as_of`` of this night."""

    region: str
    people: pl.DataFrame
    base: int
    as_of: int
    streams: Streams

    @cached_property
    def count(self) -> int:
        return self.people.height

    def array(self, column: str) -> npt.NDArray[np.int64]:
        """A column of the people as an array."""
        return np.asarray(self.people[column].to_numpy())

    @cached_property
    def often(self) -> float:
        """How much more often things happen in a small world, so that a few hundred people show all of it."""
        return float(np.clip(np.sqrt(2000 / self.count), 1.0, 2.5))

    @cached_property
    def age(self) -> FloatArray:
        """Age in years on the base day, with fraction."""
        return np.asarray((self.base - self.array("birth")) / _YEAR, dtype=np.float64)

    @cached_property
    def phones(self) -> pl.Series:
        """Everyone's phone as of the as-of day."""
        renewed = pl.Series(self.array("phone_renewed") <= self.as_of)
        return self.people.select(pl.when(renewed).then("new_phone").otherwise("phone").alias("phone"))[
            "phone"
        ]

    @cached_property
    def registered(self) -> BoolArray:
        return np.asarray(self.people["registered"].to_numpy())

    @cached_property
    def alive(self) -> BoolArray:
        """Alive on the base day: who has died is not surveyed, visited or checked afterwards."""
        return np.asarray(self.array("died") > self.base)


def days(values: IntArray, missing: BoolArray | None = None) -> pl.Series:
    """Days since 1970-01-01 as dates, NULL where ``missing``."""
    series = pl.Series(values.astype(np.int32)).cast(pl.Date)
    if missing is None:
        return series
    return pl.DataFrame({"d": series, "m": missing}).select(pl.when(~pl.col("m")).then("d"))["d"]


def month_start(values: IntArray) -> IntArray:
    """The first day of the month of each day."""
    return np.asarray(
        values.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    )


def _pick(rng: np.random.Generator, options: list[int], shares: list[float], count: int) -> IntArray:
    return np.asarray(rng.choice(np.array(options), count, p=np.array(shares) / sum(shares)), dtype=np.int64)


def _nullable(values: npt.NDArray[np.generic], missing: BoolArray) -> pl.Series:
    return pl.DataFrame({"v": values, "m": missing}).select(pl.when(~pl.col("m")).then("v"))["v"]


def _visible(frame: pl.DataFrame, world: World, column: str) -> pl.DataFrame:
    """Add ``present``: not dated after the as-of day."""
    as_of = pl.lit(world.as_of).cast(pl.Int32).cast(pl.Date)
    return frame.with_columns((pl.col(column) <= as_of).alias("present"))


def household_register(world: World) -> pl.DataFrame:
    """One row a registered person, and a second one for those who stand in it twice."""
    rng = world.streams("register")
    people = world.people.filter("registered")
    count = people.height
    died, left = people["died"].to_numpy(), people["left"].to_numpy()
    told = died + rng.integers(3, 60, count)
    death_known = (rng.random(count) < 0.75) & (told <= world.as_of)
    other = rng.random(count) < 0.0015
    gone = left <= world.as_of
    status = np.select([death_known, gone, other], [2, 3, 4], 1)
    status_day = np.select(
        [death_known, gone, other], [told, left, world.base - rng.integers(30, 3000, count)], 0
    )
    moved = people["moved"].to_numpy() <= world.as_of
    status_day = np.where(moved & (status == 1), people["moved"].to_numpy(), status_day)
    county = people["area_code"].str.slice(0, 6).cast(pl.Int64).to_numpy()
    number = numbers.to_series(numbers.digits(county * 10_000_000 + people["household"].to_numpy(), 13))
    rows = people.select(
        "person",
        household_no=number,
        id_text="id_number",
        ethnicity="ethnicity",
        relation_to_head="relation",
        registered_address=pl.when(pl.lit(pl.Series(moved)))
        .then("new_address")
        .otherwise("registered_address"),
        residence_address=pl.when(pl.lit(pl.Series(moved)))
        .then("new_address")
        .otherwise("residence_address"),
        area_code=pl.when(pl.lit(pl.Series(moved))).then("new_area_code").otherwise("area_code"),
        status=pl.Series(status),
        status_date=days(status_day, status_day == 0),
        phone=world.phones.filter(world.people["registered"]),
        former_name="former_name",
        former_id_number="former_id",
        second=pl.lit(False),
        place=pl.int_range(pl.len()).cast(pl.Float64),
    )
    draw = pl.Series(rng.random(count))
    tied = people["former_id"].is_not_null() & (draw < 0.4)
    again = (tied | (people["former_id"].is_null() & (draw < 0.003))).to_numpy()
    if not tied.any() and count:
        again[np.flatnonzero(people["former_id"].is_not_null().to_numpy())[:1]] = True
    chosen = np.flatnonzero(again)
    if len(chosen) < 2:
        chosen = np.union1d(chosen, np.arange(min(2, count)))
    older = people[chosen]
    both = older["former_id"].is_not_null().to_numpy() & (rng.random(len(chosen)) < 0.7)
    earlier = world.base - rng.integers(200, 4000, len(chosen))
    # A third stand in it twice at the same door; the others moved within the region.
    same_door = pl.Series(rng.random(len(chosen)) < 0.3)
    first_row = rows[chosen]
    old_county = older["new_area_code"].str.slice(0, 6).cast(pl.Int64).to_numpy()
    old_number = numbers.to_series(numbers.digits(old_county * 10_000_000 + 9_000_000 + chosen, 13))
    second = older.select(
        "person",
        household_no=pl.when(same_door).then(first_row["household_no"]).otherwise(old_number),
        id_text=pl.coalesce("former_id", "id_number"),
        ethnicity="ethnicity",
        relation_to_head=pl.lit("户主"),
        registered_address=pl.when(same_door).then(first_row["registered_address"]).otherwise("new_address"),
        residence_address=pl.when(same_door).then(first_row["residence_address"]).otherwise("new_address"),
        area_code=pl.when(same_door).then(first_row["area_code"]).otherwise("new_area_code"),
        status=pl.Series(np.where(both, 1, np.where(rng.random(len(chosen)) < 0.7, 3, 4))),
        status_date=days(earlier, both & (rng.random(len(chosen)) < 0.5)),
        phone="phone",
        former_name=pl.lit(None, dtype=pl.String),
        former_id_number=pl.lit(None, dtype=pl.String),
        second=pl.lit(True),
        place=pl.Series(rng.random(len(chosen)) * count),
    )
    return pl.concat([rows, second], how="vertical_relaxed").sort("place", maintain_order=True).drop("place")


def marriage_register(world: World) -> pl.DataFrame:
    """Half the couples of the households (the others were never entered), and marriages that ended."""
    rng = world.streams("marriages")
    partner, male = world.array("partner"), world.array("male").astype(bool)
    birth = world.array("birth")
    husbands = np.flatnonzero(male & (partner >= 0))
    husbands = husbands[rng.random(len(husbands)) < 0.5]
    wives = partner[husbands]
    on = np.maximum(birth[husbands], birth[wives]) + (20.5 * _YEAR + rng.gamma(2, 900, len(husbands))).astype(
        np.int64
    )
    on = np.minimum(on, world.base - rng.integers(10, 400, len(on)))

    # Single adults of today who were married to each other, and some who married somebody from elsewhere.
    single = np.flatnonzero((partner < 0) & (world.age > 30) & (world.array("slot") == HEAD))
    men, women = single[male[single]], single[~male[single]]
    take = min(len(men), len(women))
    take = max(min(take, 3), int(take * 0.15))
    men, women = rng.permutation(men)[:take], rng.permutation(women)[:take]
    first = np.maximum(birth[men], birth[women]) + int(21 * _YEAR) + rng.integers(0, 2500, take)
    first = np.minimum(first, world.base - 800)
    last = np.minimum(first + rng.integers(300, 7000, take), world.base + 20 - rng.integers(0, 700, take))
    ends = rng.random(take) < 0.75
    return _visible(
        pl.DataFrame(
            {
                "husband": np.concatenate([husbands, men, men[ends]]),
                "wife": np.concatenate([wives, women, women[ends]]),
                "event": np.concatenate(
                    [
                        np.ones(len(husbands) + take, dtype=np.int64),
                        np.where(rng.random(int(ends.sum())) < 0.06, 3, 2),
                    ]
                ),
                "event_date": days(np.concatenate([on, first, last[ends]])),
            }
        )
        .sort("event_date", maintain_order=True)
        .with_columns(
            certificate_no=pl.format("J{}-{}", pl.col("event_date").dt.year(), pl.int_range(pl.len()) + 1)
        ),
        world,
        "event_date",
    )


def hardship_roll(world: World) -> pl.DataFrame:
    """Families on the low-income rolls, a row a member; single elders in destitute support; ended ones."""
    rng = world.streams("hardship")
    household, form = world.array("household"), world.array("form")
    households = int(household.max()) + 1
    form_of = np.zeros(households, dtype=np.int64)
    form_of[household] = form
    chance = np.array([0.08, 0.14, 0.03, 0.03, 0.03, 0.03, 0.05, 0.09, 0.03, 0.03])[form_of]
    poor = rng.random(households) < chance * world.often
    category = _pick(rng, [11, 21, 22, 31], [0.6, 0.18, 0.08, 0.14], households)
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
    return _visible(frame, world, "recognised_on")


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
    frame = _visible(frame, world, "assessed_on")
    return frame.with_columns(
        present=pl.col("present")
        | (pl.col("assessed_on") == pl.lit(world.base + 400).cast(pl.Int32).cast(pl.Date))
    )


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
    kind = _pick(rng, [1, 2, 3, 4, 5, 6, 7], [12, 10, 3, 48, 9, 12, 6], len(who))
    grade = _pick(rng, [1, 2, 3, 4], [14, 26, 28, 32], len(who))
    issued = world.base - rng.integers(20, 3900, len(who))
    issued = np.maximum(issued, world.array("birth")[who] + 200)
    issued = np.minimum(issued, world.base - 1)
    status = _pick(rng, [1, 2, 3], [94, 4, 2], len(who))
    twice = rng.random(len(who)) < 0.1
    person = np.concatenate([who, who[twice]])
    both_kind = np.concatenate([kind, kind[twice]])
    both_grade = np.concatenate([grade, np.clip(grade[twice] + rng.integers(-1, 2, int(twice.sum())), 1, 4)])
    both_issued = np.concatenate([issued, issued[twice] - rng.integers(300, 3000, int(twice.sum()))])
    both_status = np.concatenate([status, _pick(rng, [1, 2], [4, 6], int(twice.sum()))])
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
            "monthly_pension": _nullable(amount.round(2), ~drawing),
            "first_month": days(start, ~drawing),
            "work_injury_care": _nullable(rng.random(len(person)) < 0.003, rng.random(len(person)) < 0.04),
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
            "status": _pick(rng, [1, 2, 3], [82, 8, 10], len(who)),
            "level": numbers.strings(rng.choice(levels, len(who))),
            "first_month": days(month_start(world.base - rng.integers(30, 1500, len(who)))),
            "present": np.ones(len(who), dtype=bool),
        }
    )


def family_planning(world: World) -> pl.DataFrame:
    """Parents supported by family planning; a few stand in it twice."""
    rng = world.streams("family planning")
    who = np.flatnonzero(
        (rng.random(world.count) < np.where(world.age >= 60, 0.06, 0.012) * world.often) & (world.age >= 49)
    )
    twice = who[rng.random(len(who)) < 0.03]
    person = np.concatenate([who, twice])
    category = np.concatenate([_pick(rng, [1, 2, 3], [12, 10, 78], len(who)), np.full(len(twice), 3)])
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
    return _visible(frame, world, "managed_on")


def preferential_treatment(world: World) -> pl.DataFrame:
    """Veterans and the families of those who died; a few stand in it under two categories."""
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
            "category": _pick(rng, [1, 2, 3, 4, 5, 6], [12, 5, 8, 15, 20, 40], len(person)),
            "periodic_pension": _nullable(rng.random(len(person)) < 0.55, rng.random(len(person)) < 0.03),
            "present": np.ones(len(person), dtype=bool),
        }
    )


def death_record(world: World) -> pl.DataFrame:
    """Deaths that the funeral service knows; the register may not (and the other way round)."""
    rng = world.streams("deaths")
    died = world.array("died")
    who = np.flatnonzero((died < NEVER) & (rng.random(world.count) < 0.87))
    lag = np.where(died[who] == world.base, 0, rng.integers(0, 12, len(who)))
    cremated = died[who] + rng.integers(1, 5, len(who))
    return pl.DataFrame(
        {
            "person": who,
            "died_on": days(died[who]),
            "cremated_on": days(cremated, (rng.random(len(who)) < 0.25) | (cremated > world.as_of)),
            "present": died[who] + lag <= world.as_of,
        }
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
    return _visible(frame, world, "visited_on")


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
            "lives_alone": _nullable(alone, rng.random(count) < 0.02),
            "empty_nest": _nullable(nest, rng.random(count) < 0.02),
            "left_behind": _nullable(behind, rng.random(count) < 0.02),
            "has_supporter": _nullable(supporter, rng.random(count) < 0.06),
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
