"""What public security, marriage registration and the funeral service wrote down (see ``desk``)."""

from __future__ import annotations

import numpy as np
import polars as pl

from outreach.sample import numbers
from outreach.sample.dates import NEVER, YEAR
from outreach.sample.desk import World, days, visible
from outreach.sample.families import HEAD


def household_register(world: World) -> pl.DataFrame:
    """One row a registered person, and a second one for those who are in it twice."""
    rng = world.streams("register")
    people = world.people.filter("registered")
    count = people.height
    died, left = people["died"].to_numpy(), people["left"].to_numpy()
    reported = died + rng.integers(3, 60, count)
    death_known = (rng.random(count) < 0.75) & (reported <= world.as_of)
    other = rng.random(count) < 0.0015
    gone = left <= world.as_of
    status = np.select([death_known, gone, other], [2, 3, 4], 1)
    status_day = np.select(
        [death_known, gone, other], [reported, left, world.base - rng.integers(30, 3000, count)], 0
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
    renumbered = people["former_id"].is_not_null() & (draw < 0.4)
    again = (renumbered | (people["former_id"].is_null() & (draw < 0.003))).to_numpy()
    if not renumbered.any() and count:
        again[np.flatnonzero(people["former_id"].is_not_null().to_numpy())[:1]] = True
    chosen = np.flatnonzero(again)
    if len(chosen) < 2:
        chosen = np.union1d(chosen, np.arange(min(2, count)))
    older = people[chosen]
    both = older["former_id"].is_not_null().to_numpy() & (rng.random(len(chosen)) < 0.7)
    earlier = world.base - rng.integers(200, 4000, len(chosen))
    # A third are in it twice at the same door; the others moved within the region.
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
    on = np.maximum(birth[husbands], birth[wives]) + (20.5 * YEAR + rng.gamma(2, 900, len(husbands))).astype(
        np.int64
    )
    on = np.minimum(on, world.base - rng.integers(10, 400, len(on)))

    # Single adults of today who were married to each other, and some who married somebody from elsewhere.
    single = np.flatnonzero((partner < 0) & (world.age > 30) & (world.array("slot") == HEAD))
    men, women = single[male[single]], single[~male[single]]
    take = min(len(men), len(women))
    take = max(min(take, 3), int(take * 0.15))
    men, women = rng.permutation(men)[:take], rng.permutation(women)[:take]
    first = np.maximum(birth[men], birth[women]) + int(21 * YEAR) + rng.integers(0, 2500, take)
    first = np.minimum(first, world.base - 800)
    last = np.minimum(first + rng.integers(300, 7000, take), world.base + 20 - rng.integers(0, 700, take))
    ends = rng.random(take) < 0.75
    return visible(
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
