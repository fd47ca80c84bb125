"""An invented population: families with numbers, names, doors and fates, and people passing through.

One row of the frame is a true person; everything the departments write down is drawn from it.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.sample import names, numbers
from outreach.sample.dates import NEVER, YEAR, BoolArray, IntArray, Streams, epoch_days
from outreach.sample.families import (
    CHILD,
    CHILD_SPOUSE,
    FATHER,
    GRANDCHILD,
    HEAD,
    LONELY_FORMS,
    MOTHER,
    SECOND_CHILD,
    SPOUSE,
    make_families,
)
from outreach.sample.places import ELSEWHERE, ROADS, Communities, communities_for
from outreach.sample.regions import Region

_FAR_AWAY = ["上海市浦东新区川沙新镇", "广东省东莞市长安镇", "江苏省昆山市花桥镇", "北京市昌平区回龙观街道"]


def make_people(streams: Streams, region: Region, people: int, base: date) -> pl.DataFrame:
    """``people`` registered persons and 3 % more who only pass through, as of ``base``.

    Columns: person, household, form, slot, relation, male, birth (days), name, dotted, rare, ethnicity,
    id_number, former_id, former_name, area_code, rural, community, registered_address, residence_address,
    new_address, new_area_code, phone, new_phone, registered, partner (-1 = none); days: died, left, moved,
    phone_renewed.
    """
    today = epoch_days(base)
    families = make_families(streams, people, base)
    communities = communities_for(region, people)
    at = np.sort(streams("places").integers(0, len(communities.code), families.households))

    visitors = max(8, round(people * 0.03))
    everyone = people + visitors
    stream = streams("visitors")
    male = np.concatenate([families.male, stream.random(visitors) < 0.5])
    visitor_age = np.where(
        stream.random(visitors) < 0.7, 60 + stream.gamma(1.3, 7, visitors), 20 + 35 * stream.random(visitors)
    )
    birth = np.concatenate([families.birth, (today - visitor_age * YEAR).astype(np.int64)])
    slot = np.concatenate([families.slot, np.zeros(visitors, dtype=np.int64)])
    form_of_person = np.concatenate([families.form, np.full(visitors, 8)])
    household = np.concatenate([families.household, families.households + np.arange(visitors)])
    partner = np.concatenate([families.partner, np.full(visitors, -1)])
    community = np.concatenate([at[families.household], stream.integers(0, len(communities.code), visitors)])
    turning = np.concatenate([families.turning, np.zeros(visitors, dtype=bool)])
    registered = np.arange(everyone) < people

    name, dotted, surname_source = _names(streams("names"), household, slot, male, birth)
    name, birth, surname_source = _namesakes(
        streams("namesakes"),
        name,
        male,
        birth,
        community,
        registered & np.isin(form_of_person, LONELY_FORMS) & ~dotted & ~turning,
        surname_source,
    )
    id_number, former_id = _numbers(
        streams("numbers"), birth, male, communities.county[community], registered
    )
    ethnicity = _ethnicities(streams("ethnicity"), region, household, dotted)
    places = _doors(streams("doors"), communities, community, household)
    frame = pl.DataFrame(
        {
            "person": np.arange(everyone),
            "household": household,
            "form": form_of_person,
            "slot": slot,
            "male": male,
            "birth": birth,
            "name": numbers.strings(name),
            "dotted": dotted,
            "ethnicity": numbers.strings(ethnicity),
            "id_number": id_number,
            "former_id": former_id,
            "former_name": _former_names(streams("former names"), name, male, birth, surname_source),
            "registered": registered,
            "partner": partner,
            "community": community,
            "area_code": numbers.to_series(numbers.digits(communities.code[community], 12)),
            "rural": communities.rural[community],
            "phone": _phones(streams("phones"), household, slot, community, birth, today),
        }
    ).hstack(places)
    frame = frame.with_columns(
        pl.col("name").str.contains(f"[{''.join(names.RARE)}]").alias("rare"), _relation()
    )
    return frame.hstack(_fates(streams("fates"), birth, registered, household, today))


def _names(
    rng: np.random.Generator, household: IntArray, slot: IntArray, male: BoolArray, birth: IntArray
) -> tuple[npt.NDArray[np.object_], BoolArray, npt.NDArray[np.object_]]:
    """Whole names (children have their father's surname), who has a dotted one, and the surnames."""
    households = int(household.max()) + 1
    own, spouse, in_law, grandmother = (names.draw_surnames(rng, households) for _ in range(4))
    head_male = np.zeros(households, dtype=bool)
    head_male[household[slot == HEAD]] = male[slot == HEAD]
    has_spouse = np.zeros(households, dtype=bool)
    has_spouse[household[slot == SPOUSE]] = True
    child_male = np.ones(households, dtype=bool)
    child_male[household[slot == CHILD]] = male[slot == CHILD]
    line = np.where(head_male | ~has_spouse, own, spouse)
    by_slot = np.stack(
        [own, spouse, own, grandmother, line, in_law, np.where(child_male, line, in_law), line]
    )
    surname = by_slot[slot, household]
    year = numbers.as_ymd(birth) // 10000
    given = names.draw_given(rng, male, year)
    later = np.flatnonzero(slot == SECOND_CHILD)
    later = later[birth[later] == birth[later - 1]]
    given[later] = _twin_names(given[later - 1], given[later])
    name = surname + given
    dotted = (rng.random(households) < 0.004)[household]
    name = np.where(dotted, names.draw_dotted(rng, len(name)), name)
    return name, dotted, surname


def _twin_names(elder: npt.NDArray[np.object_], younger: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Names of two characters that share the first with the elder twin's."""
    pairs = zip(elder.tolist(), younger.tolist(), strict=True)
    return np.array([a[0] + (b[-1] if b[-1] != a[-1] else "双") for a, b in pairs], dtype=object)


def _namesakes(
    rng: np.random.Generator,
    name: npt.NDArray[np.object_],
    male: BoolArray,
    birth: IntArray,
    community: IntArray,
    free: BoolArray,
    surname: npt.NDArray[np.object_],
) -> tuple[npt.NDArray[np.object_], IntArray, npt.NDArray[np.object_]]:
    """Pairs of one community with the same name, sex and birth date; and grown twins in two households."""
    order = np.lexsort((birth, male, community))
    order = order[free[order]]
    left, right = order[:-1:2], order[1::2]
    left = left[: len(right)]
    close = (
        (community[left] == community[right])
        & (male[left] == male[right])
        & (np.abs(birth[left] - birth[right]) < 900)
    )
    pairs = np.flatnonzero(close)
    draw = rng.random(len(pairs))
    share = max(0.012, 3 / max(1, len(pairs)))
    same, twin = pairs[draw < share], pairs[(draw >= share) & (draw < 2 * share)]
    name, birth, surname = name.copy(), birth.copy(), surname.copy()
    name[right[same]] = name[left[same]]
    birth[right[same]] = birth[left[same]]
    surname[right[same]] = surname[left[same]]
    birth[right[twin]] = birth[left[twin]]
    surname[right[twin]] = surname[left[twin]]
    givens = names.draw_given(rng, male[right[twin]], numbers.as_ymd(birth[right[twin]]) // 10000)
    first = np.array([text[-1] for text in givens], dtype=object) if len(givens) else givens
    middle = np.array(
        [
            text[len(head) : len(head) + 1]
            for text, head in zip(name[left[twin]], surname[left[twin]], strict=True)
        ],
        dtype=object,
    )
    if len(middle):
        name[right[twin]] = surname[left[twin]] + middle + first
    return name, birth, surname


def _numbers(
    rng: np.random.Generator, birth: IntArray, male: BoolArray, county: IntArray, registered: BoolArray
) -> tuple[pl.Series, pl.Series]:
    """Each one's number, and for 0.8 % the valid one of before (with another date or place in it)."""
    count = len(birth)
    far = rng.choice(ELSEWHERE, count)
    area = np.where(registered & (rng.random(count) < 0.9), county, far)
    with_former = np.flatnonzero(registered & (rng.random(count) < 0.008))
    if not len(with_former):
        with_former = np.flatnonzero(registered)[:1]
    shift = rng.choice(np.array([-730, -365, -31, -10, -1, 1, 9, 30, 365, 1096]), len(with_former))
    old_birth = np.where(rng.random(len(with_former)) < 0.6, birth[with_former] + shift, birth[with_former])
    all_area = np.concatenate([area, far[with_former]])
    all_birth = np.concatenate([birth, old_birth])
    all_male = np.concatenate([male, male[with_former]])
    sequence = numbers.sequences(all_area, all_birth, all_male)
    text = numbers.to_series(numbers.compose(all_area, numbers.as_ymd(all_birth), sequence))
    former = pl.DataFrame({"person": with_former, "former_id": text[count:]})
    joined = pl.DataFrame({"person": np.arange(count)}).join(
        former, on="person", how="left", maintain_order="left"
    )
    return text[:count].alias("id_number"), joined["former_id"]


def _ethnicities(
    rng: np.random.Generator, region: Region, household: IntArray, dotted: BoolArray
) -> npt.NDArray[np.object_]:
    households = int(household.max()) + 1
    drawn = rng.choice(np.array(region.minorities, dtype=object), households)
    own = np.where(rng.random(households) < region.minority_share, drawn, "汉族")
    return np.asarray(np.where(dotted, "维吾尔族", own[household]), dtype=object)


def _doors(
    rng: np.random.Generator, communities: Communities, community: IntArray, household: IntArray
) -> pl.DataFrame:
    """Columns registered_address, residence_address, new_address, new_area_code, by household."""
    households = int(household.max()) + 1
    first = np.zeros(households, dtype=np.int64)
    first[household] = community
    other = rng.integers(0, len(communities.code), households)

    def address(at: IntArray) -> pl.Series:
        label = communities.label.gather(at)
        parts = pl.DataFrame(
            {
                "label": label,
                "rural": communities.rural[at],
                "road": numbers.strings(rng.choice(np.array(ROADS, dtype=object), households)),
                "no": rng.integers(1, 199, households),
                "building": rng.integers(1, 31, households),
                "unit": rng.integers(1, 5, households),
                "room": rng.integers(1, 29, households) * 100 + rng.integers(1, 5, households),
                "group": rng.integers(1, 13, households),
            }
        )
        return parts.select(
            (
                pl.when("rural")
                .then(pl.format("{}{}组{}号", "label", "group", "no"))
                .otherwise(
                    pl.format("{}{}{}号{}栋{}单元{}室", "label", "road", "no", "building", "unit", "room")
                )
                # A separator inside a field now and then, as people write them.
                + pl.when(pl.col("no") % 60 == 7).then(pl.lit("(原粮站,后院)")).otherwise(pl.lit(""))
            ).alias("address")
        )["address"]

    registered = address(first)
    away = address(other)
    draw = pl.Series(rng.random(households))
    far = numbers.strings(rng.choice(np.array(_FAR_AWAY, dtype=object), households))
    frame = pl.DataFrame({"r": registered, "a": away, "d": draw, "f": far})
    residence = frame.select(
        pl.when(pl.col("d") < 0.05)
        .then("a")
        .when(pl.col("d") < 0.08)
        .then("f")
        .otherwise("r")
        .alias("residence_address")
    )
    doors = (
        pl.DataFrame({"registered_address": registered})
        .hstack(residence)
        .with_columns(
            address(other).alias("new_address"),
            numbers.to_series(numbers.digits(communities.code[other], 12)).alias("new_area_code"),
        )
    )
    return doors[household]


def _phones(
    rng: np.random.Generator,
    household: IntArray,
    slot: IntArray,
    community: IntArray,
    birth: IntArray,
    today: int,
) -> pl.Series:
    """Own phone, the household's, or the village officer's who answers for many; some have none."""
    count = len(household)
    own = rng.integers(13_000_000_000, 19_999_999_999, count)
    households = int(household.max()) + 1
    shared = np.zeros(households, dtype=np.int64)
    shared[household[slot == HEAD]] = own[slot == HEAD]
    officer = rng.integers(13_000_000_000, 19_999_999_999, int(community.max()) + 1)
    draw = rng.random(count)
    age = (today - birth) / YEAR
    uses_family = (draw < 0.45) & (age >= 70) | (age < 16)
    phone = np.where(uses_family, shared[household], own)
    phone = np.where((age >= 70) & (draw > 0.95), officer[community], phone)
    text = numbers.to_series(numbers.digits(phone, 11))
    return pl.DataFrame({"phone": text, "none": rng.random(count) < 0.08}).select(
        pl.when(~pl.col("none")).then("phone").alias("phone")
    )["phone"]


def _former_names(
    rng: np.random.Generator,
    name: npt.NDArray[np.object_],
    male: BoolArray,
    birth: IntArray,
    surname: npt.NDArray[np.object_],
) -> pl.Series:
    given = names.draw_given(rng, male, numbers.as_ymd(birth) // 10000)
    has = (rng.random(len(name)) < 0.012) & (np.char.find(name.astype(str), "·") < 0)
    former = surname + given
    former[~has | (former == name)] = None
    return numbers.strings(former)


def _relation() -> pl.Expr:
    male = pl.col("male")
    labels: dict[int, tuple[str, str]] = {
        HEAD: ("户主", "户主"),
        SPOUSE: ("配偶", "配偶"),
        FATHER: ("父亲", "父亲"),
        MOTHER: ("母亲", "母亲"),
        CHILD: ("长子", "长女"),
        CHILD_SPOUSE: ("女婿", "儿媳"),
        GRANDCHILD: ("孙子", "孙女"),
        SECOND_CHILD: ("次子", "次女"),
    }
    expression = pl.lit(None, dtype=pl.String)
    for slot, (man, woman) in labels.items():
        here = pl.when(male).then(pl.lit(man)).otherwise(pl.lit(woman))
        expression = pl.when(pl.col("slot") == slot).then(here).otherwise(expression)
    return expression.alias("relation")


def _fates(
    rng: np.random.Generator, birth: IntArray, registered: BoolArray, household: IntArray, today: int
) -> pl.DataFrame:
    """Days of death, leaving, moving, a new phone: some past, some of the next 30 days."""
    count = len(birth)
    age = (today - birth) / YEAR
    old = age >= 60
    draw = rng.random(count)
    past = today - rng.integers(0, 1100, count)
    soon = today + rng.integers(1, 31, count)
    dead = np.where(old, 0.012 + np.clip(age - 60, 0, 40) * 0.0025, 0.002) * (2.5 if count < 1000 else 1.0)
    dying = np.where(old, 0.006, 0.0004)
    died = np.select([draw < dead, draw < dead + dying], [past, soon], NEVER)
    boundary = np.flatnonzero((died <= today) & registered)
    if len(boundary):
        died[boundary[0]] = today
    draw = rng.random(count)
    left = np.select([draw < 0.018, draw < 0.0195], [today - rng.integers(1, 1800, count), soon], NEVER)
    left = np.where(registered & (died == NEVER), left, NEVER)
    households = int(household.max()) + 1
    moving = rng.random(households) < 0.03
    moved = np.where(moving, today + rng.integers(1, 31, households), NEVER)[household]
    renewing = rng.random(count) < 0.25
    phone_renewed = np.where(renewing, today + rng.integers(1, 31, count), NEVER)
    new_phone = numbers.to_series(numbers.digits(rng.integers(13_000_000_000, 19_999_999_999, count), 11))
    return pl.DataFrame(
        {"died": died, "left": left, "moved": moved, "phone_renewed": phone_renewed, "new_phone": new_phone}
    )
