"""Households: who lives with whom, of which sex and age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from outreach.sample.dates import YEAR, BoolArray, IntArray, Streams, epoch_days

HEAD, SPOUSE, FATHER, MOTHER, CHILD, CHILD_SPOUSE, GRANDCHILD, SECOND_CHILD = range(8)

# Years to add to the anchor age of the household (the head's), by slot.
_OLDER = np.array([0.0, -1.5, 26.0, 24.5, -26.0, -27.0, -51.5, -29.5])

_PARTNER = {
    HEAD: SPOUSE,
    SPOUSE: HEAD,
    FATHER: MOTHER,
    MOTHER: FATHER,
    CHILD: CHILD_SPOUSE,
    CHILD_SPOUSE: CHILD,
}

# Household forms: share, youngest and oldest anchor age (the old ones fall off with age), slots.
_FORMS: tuple[tuple[float, str, tuple[int, ...]], ...] = (
    (0.100, "old", (HEAD, SPOUSE)),
    (0.075, "old", (HEAD,)),
    (0.240, "middle", (HEAD, SPOUSE, CHILD)),
    (0.110, "middle", (HEAD, SPOUSE, CHILD, SECOND_CHILD)),
    (0.055, "old", (HEAD, SPOUSE, CHILD, CHILD_SPOUSE, GRANDCHILD)),
    (0.110, "middle", (HEAD, SPOUSE, FATHER, MOTHER, CHILD)),
    (0.045, "middle", (HEAD, SPOUSE, MOTHER, CHILD, SECOND_CHILD)),
    (0.055, "old", (HEAD, CHILD)),
    (0.150, "adult", (HEAD,)),
    (0.060, "adult", (HEAD, SPOUSE)),
)

LONELY_FORMS = (0, 1, 8, 9)  # nobody's age depends on a child's or a parent's here


@dataclass(frozen=True)
class Families:
    """People in households, as arrays with one element a person.

    ``form`` is the household's form, ``slot`` the place in it, ``birth`` a day, ``partner`` the index of
    husband or wife (-1 = none), ``turning`` whether the birth date is one on which rules turn.
    """

    household: IntArray
    form: IntArray
    slot: IntArray
    male: BoolArray
    birth: IntArray
    partner: IntArray
    turning: BoolArray

    @property
    def households(self) -> int:
        """How many households there are."""
        return int(self.household[-1]) + 1


def make_families(streams: Streams, people: int, base: date) -> Families:
    """Exactly ``people`` in households of one to three generations, with ages as of ``base``."""
    today = epoch_days(base)
    rng = streams("households")
    form, size = _households(rng, people)
    households = len(form)
    household = np.repeat(np.arange(households), size)
    start = np.cumsum(size) - size
    offset = np.arange(people) - start[household]
    template = np.full((len(_FORMS), 5), -1)
    partner_offset = np.zeros((len(_FORMS), 5), dtype=np.int64)
    for index, (_, _, slots) in enumerate(_FORMS):
        template[index, : len(slots)] = slots
        for place, own in enumerate(slots):
            other = _PARTNER.get(own, -1)
            if other in slots:
                partner_offset[index, place] = slots.index(other) - place
    slot = template[form[household], offset]
    step = partner_offset[form[household], offset]
    partner = np.where(step == 0, -1, np.arange(people) + step)

    kinds = np.array([kind for _, kind, _ in _FORMS])[form]
    anchor = _anchor_ages(rng, kinds)
    head_male = rng.random(households) < np.where(form == 1, 0.38, 0.7)
    coin = rng.random(people) < 0.52
    child_male = np.zeros(households, dtype=bool)
    child_male[household[slot == CHILD]] = coin[slot == CHILD]
    male = np.select(
        [slot == HEAD, slot == SPOUSE, slot == FATHER, slot == MOTHER, slot == CHILD_SPOUSE],
        [head_male[household], ~head_male[household], True, False, ~child_male[household]],
        coin,
    ).astype(bool)
    age = anchor[household] + _OLDER[slot] + np.clip(rng.normal(0, 1.6, people), -2.9, 2.9)
    age = np.maximum(age, rng.random(people) * 2)
    birth = (today - age * YEAR).astype(np.int64)
    birth = _twin_children(streams("twins"), slot, birth, today)
    birth, turning = _boundary_births(birth, form[household], slot, base)
    return Families(household, form[household], slot, male, birth, partner, turning)


def _anchor_ages(rng: np.random.Generator, kind: npt.NDArray[np.str_]) -> npt.NDArray[np.float64]:
    count = len(kind)
    beyond = rng.gamma(1.25, 8.6, count)
    old = 60 + np.where(beyond > 46, beyond % 40, beyond)
    middle = 27.5 + 32 * rng.beta(1.5, 1.3, count)
    adult = 19 + 40 * rng.random(count)
    return np.asarray(np.select([kind == "old", kind == "middle"], [old, middle], adult))


def _households(rng: np.random.Generator, people: int) -> tuple[IntArray, IntArray]:
    """Form and size of households that hold exactly ``people`` (single ones fill the rest)."""
    shares = np.array([share for share, _, _ in _FORMS])
    sizes = np.array([len(slots) for _, _, slots in _FORMS])
    form = rng.choice(len(_FORMS), people, p=shares / shares.sum())
    form = form[: int(np.searchsorted(np.cumsum(sizes[form]), people, side="right"))]
    missing = people - int(sizes[form].sum())
    form = np.concatenate([form, np.full(missing, 8)])
    return form, sizes[form]


def _twin_children(rng: np.random.Generator, slot: IntArray, birth: IntArray, today: int) -> IntArray:
    """Birth dates with some second children twins of the first, the others ten months younger or more."""
    second = np.flatnonzero(slot == SECOND_CHILD)
    chosen = second[rng.random(len(second)) < 0.03]
    if len(second):
        chosen = np.union1d(chosen, second[:1])
    birth = birth.copy()
    # The first child is just before.
    birth[second] = np.maximum(birth[second], birth[second - 1] + 300)
    birth[chosen] = birth[chosen - 1]
    return np.minimum(birth, today - 1)


def _boundary_births(
    birth: IntArray, form: IntArray, slot: IntArray, base: date
) -> tuple[IntArray, BoolArray]:
    """Give a few people (on whose age no other person's depends) birth dates on which rules turn; return who.

    A birthday of 60, 65, 70, 80 or 90 on the as-of date, 30 and 31 days before it, 60 and 61 days after
    it, and 29 February.
    """
    chosen = np.zeros(len(birth), dtype=bool)
    birth = birth.copy()
    today = epoch_days(base)
    wanted: list[int] = []
    for shift in (0, -30, -31, 60, 61, 1):
        turning = date.fromordinal(base.toordinal() + shift)
        for years in (80, 60, 90, 65, 70):
            month, day = (3, 1) if (turning.month, turning.day) == (2, 29) else (turning.month, turning.day)
            wanted.append(epoch_days(date(turning.year - years, month, day)))
    wanted += [epoch_days(date(year, 2, 29)) for year in (1944, 1956, 1936, 1960, 1964)]
    free = np.flatnonzero(np.isin(form, LONELY_FORMS) & (slot <= SPOUSE) & (birth < today - 56 * YEAR))
    share = max(1, len(birth) // 50_000)
    for target in wanted[: max(4, len(free) // 3)] * share:
        if not len(free):
            break
        nearest = int(np.argmin(np.abs(birth[free] - target)))
        birth[free[nearest]] = target
        chosen[free[nearest]] = True
        free = np.delete(free, nearest)
    return birth, chosen
