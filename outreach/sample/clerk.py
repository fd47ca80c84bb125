"""The hand that writes a person's number, name, birth date, sex, door and phone into a department's rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.sample import damage as damaging
from outreach.sample import numbers
from outreach.sample.damage import (
    BIRTH_SHARES,
    NAME_SHARES,
    NUMBER_SHARES,
    SEX_SHARES,
    Damage,
    RowDraws,
    Shares,
    replace_at,
)
from outreach.sample.dates import BoolArray, IntArray
from outreach.sample.desk import World, days

ENOUGH_FOR_ONE_OF_EACH = 150
"""From so many rows on, an extract shows every kind of damage that must not be missing from it."""

_OTHER = "number_other_person"
# A card shows a whole number, so these do not befall it.
_NOT_ON_CARDS = ("number_missing", "number_15_digits", "number_scientific", "number_cut")
_NEIGHBOURS = (-3, -2, -1, 1, 2, 3, 40, 900)


@dataclass(frozen=True)
class Clerk:
    """Writes the rows of one extract (``desk``), damaged by the profile; a row alike from night to night.

    ``factor`` scales the shares of damage. Methods give the texts and the damage kinds (NULL = none).
    """

    world: World
    desk: str
    damage: Damage
    night: int
    factor: float = 1.0

    def _stream(self, purpose: str) -> np.random.Generator:
        return self.world.streams(f"{self.desk}: {purpose}")

    def _draws(self, purpose: str, count: int, at: IntArray) -> RowDraws:
        return RowDraws(self._stream(purpose), count, at)

    def _kinds(self, table: Shares, count: int, leave_out: tuple[str, ...] = ()) -> IntArray:
        return self.damage.draw(
            self._stream(next(iter(table))), count, table, self.night, self.factor, leave_out
        )

    def _befallen(self, kind: str, mask: BoolArray) -> IntArray:
        return np.flatnonzero(self.damage.concerned(self._stream(kind), kind, mask))

    def numbers(
        self, frame: pl.DataFrame, who_column: str, numeric_cells: bool = False
    ) -> tuple[pl.Series, pl.Series]:
        """Identity numbers: own (or ``id_text`` of the frame), former, somebody else's, or damaged."""
        people, who, count = self.world.people, frame[who_column].to_numpy(), frame.height
        kinds = np.full(count, None, dtype=object)
        if "id_text" in frame.columns:
            text = frame["id_text"]
        else:
            text, former = people["id_number"].gather(who), people["former_id"].gather(who)
            at = self._befallen("number_former", former.is_not_null().to_numpy())
            text = replace_at(text, at, former.gather(at))
            kinds[at] = "number_former"
        card = "guardian" in frame.columns
        drawn = self._kinds(NUMBER_SHARES, count, _NOT_ON_CARDS if card else ())
        if card:
            at = np.flatnonzero(frame["guardian_number"].to_numpy())
            text = replace_at(text, at, people["id_number"].gather(frame["guardian"].to_numpy()[at]))
            kinds[at], drawn[at] = "number_guardian", -1
        if count >= ENOUGH_FOR_ONE_OF_EACH:
            drawn[int(self._stream("one of each").integers(0, count))] = list(NUMBER_SHARES).index(_OTHER)
        clean = text
        for index, kind in enumerate(NUMBER_SHARES):
            at = np.flatnonzero(drawn == index)
            if not len(at):
                continue
            draws, own = self._draws(kind, count, at), clean.gather(at)
            values = (
                people["id_number"].gather(self._somebody_near(who[at], draws))
                if kind == _OTHER
                else damaging.damaged_number(kind, own, draws)
            )
            text = replace_at(text, at, values)
            kinds[at[(values.fill_null("") != own).to_numpy()]] = kind
        ends_in_x, untouched = clean.str.ends_with("X").to_numpy(), drawn < 0
        at = self._befallen("number_lower_x", ends_in_x & untouched)
        text = replace_at(text, at, damaging.lower_x(text.gather(at)))
        kinds[at] = np.where(_empty(kinds[at]), "number_lower_x", kinds[at])
        if numeric_cells:
            kinds[self._befallen("number_excel", ~ends_in_x & untouched & _empty(kinds))] = "number_excel"
        return text, numbers.strings(kinds).alias("number_kind")

    def _somebody_near(self, who: IntArray, draws: RowDraws) -> IntArray:
        """A person of the household or the neighbourhood, never oneself."""
        last = self.world.count - 1
        near = np.clip(who + draws.one_of(*_NEIGHBOURS), 0, last)
        return np.where(near == who, np.where(who == last, who - 1, who + 1), near)

    def names(self, who: IntArray, former: bool = True) -> tuple[pl.Series, pl.Series]:
        """Names: as they are, as they were (where ``former``), or damaged."""
        people, count = self.world.people, len(who)
        name, kinds = people["name"].gather(who), np.full(count, None, dtype=object)
        if former:
            earlier = people["former_name"].gather(who)
            at = self._befallen("name_former", earlier.is_not_null().to_numpy())
            name = replace_at(name, at, earlier.gather(at))
            kinds[at] = "name_former"
        drawn = self._kinds(NAME_SHARES, count)
        befallen = {kind: np.flatnonzero(drawn == index) for index, kind in enumerate(NAME_SHARES)}
        for kind, mark in (("name_dot", "dotted"), ("name_rare_lost", "rare")):
            befallen[kind] = self._befallen(kind, people[mark].gather(who).to_numpy() & (drawn < 0))
        for kind, at in befallen.items():
            if not len(at):
                continue
            before = name.gather(at)
            after = damaging.damaged_name(kind, before, self._draws(kind, count, at))
            name = replace_at(name, at, after)
            kinds[at[(before != after).to_numpy()]] = kind
        return name, numbers.strings(kinds).alias("name_kind")

    def births(self, who: IntArray) -> tuple[pl.Series, pl.Series, IntArray, pl.Series]:
        """Birth dates and kinds; then which rows have only the year, and what they contain."""
        true_birth, count = self.world.array("birth")[who], len(who)
        birth, kinds = true_birth.copy(), list(BIRTH_SHARES)
        drawn = self._kinds(BIRTH_SHARES, count)
        for index, kind in enumerate(kinds):
            at = np.flatnonzero(drawn == index)
            if len(at) and kind not in ("birth_missing", "birth_year_only"):
                birth[at] = damaging.damaged_birth(kind, birth[at], self._draws(kind, count, at))
                drawn[at[birth[at] == true_birth[at]]] = -1
        only_year = np.flatnonzero(drawn == kinds.index("birth_year_only"))
        missing = np.isin(drawn, [kinds.index("birth_missing"), kinds.index("birth_year_only")])
        years = pl.Series(numbers.as_ymd(true_birth[only_year]) // 10000).cast(pl.String)
        written = years + self._draws("year", count, only_year).text("", "0000", "年", "-00-00")
        return days(birth, missing), _named(kinds, drawn).alias("birth_kind"), only_year, written

    def sexes(self, who: IntArray) -> list[pl.Series]:
        """Columns ``sex`` (M, F or NULL) and ``sex_kind``."""
        kinds = list(SEX_SHARES)
        drawn = self._kinds(SEX_SHARES, len(who))
        male = self.world.array("male").astype(bool)[who] ^ (drawn == kinds.index("sex_wrong"))
        sex = np.where(male, "M", "F").astype(object)
        sex[drawn == kinds.index("sex_missing")] = None
        return [numbers.strings(sex).alias("sex"), _named(kinds, drawn).alias("sex_kind")]

    def addresses(self, who: IntArray) -> pl.Series:
        """Where the person is known to live: in full, without province, from the town on, or missing."""
        people, rng = self.world.people[who], self._stream("address")
        reported = pl.Series(rng.random(len(who)) < 0.5)
        form = pl.Series(rng.random(len(who)))
        moved = pl.Series(people["moved"].to_numpy() <= self.world.as_of) & reported
        full = pl.when(moved).then("new_address").otherwise("residence_address")
        return people.select(
            pl.when(form < 0.55)
            .then(full)
            .when(form < 0.75)
            .then(full.str.replace(r"^.{2,3}省", ""))
            .when(form < 0.93)
            .then(full.str.replace(r"^.{2,3}省.{2,3}市.{1,3}[区县市]", ""))
            .alias("address")
        )["address"]

    def phones(self, who: IntArray) -> pl.Series:
        """The phone as of the as-of day; one row in ten has none."""
        lost = pl.Series(self._stream("phone").random(len(who)) < 0.1)
        return pl.DataFrame({"phone": self.world.phones.gather(who)}).select(pl.when(~lost).then("phone"))[
            "phone"
        ]


def _empty(kinds: npt.NDArray[np.object_]) -> BoolArray:
    return np.asarray(kinds == None, dtype=bool)  # noqa: E711 - by element


def _named(kinds: list[str], drawn: IntArray) -> pl.Series:
    return numbers.strings(np.array([*kinds, None], dtype=object)[drawn])
