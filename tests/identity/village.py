"""A village that lives on from night to night: people, their families, and damaged rows about them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from identity_nights import Rows, number

Row = dict[str, Any]

_SURNAMES = "张王李"
_GIVEN = "伟芳国强秀英建军"
_ROLLS = (
    "ability_assessment",
    "benefit_roll",
    "death_record",
    "visit_log",
    "care_survey",
    "disability_certificate",
    "pension_roll",
)


class Village:
    """Register and rolls as lists of rows that :meth:`live` changes a little."""

    def __init__(self, seed: int, people: int = 45) -> None:
        self.chance = random.Random(seed)
        self.register: Rows = []
        self.rolls: dict[str, Rows] = {roll: [] for roll in (*_ROLLS, "hardship_roll", "marriage_register")}
        self.refused: str | None = None
        while len(self.register) < people:
            self._move_in()
        for _ in range(people * 2):
            self._write_row()
        for _ in range(5):
            self._marry()

    def extracts(self) -> dict[str, Rows]:
        """Tonight's rows, as ``land`` takes them."""
        rolls = {roll: rows for roll, rows in self.rolls.items() if roll != self.refused}
        return {"household_register": self.register, **rolls}

    def live(self, changes: int) -> None:
        """A day on which so many things happen."""
        self.refused = None
        happenings: list[Callable[[], None]] = [
            self._correct_number,
            self._change_name,
            self._move,
            self._die_and_be_born,
            self._swap_households,
            self._change_phone,
            self._copy_a_register_row,
            self._write_row,
            self._write_row,
            self._lose_a_row,
            self._rewrite_a_row,
            self._reorder,
            self._refuse,
            self._marry,
        ]
        for _ in range(changes):
            self.chance.choice(happenings)()

    def _name(self, surname: str | None = None) -> str:
        given = "".join(self.chance.sample(_GIVEN, self.chance.choice((1, 1, 2))))
        return (surname or self.chance.choice(_SURNAMES)) + given

    def _resident(self, household: str, surname: str, address: str, phone: str) -> Row:
        birth = f"{self.chance.randint(1938, 1962)}0{self.chance.randint(1, 3)}{self.chance.randint(10, 14)}"
        sequence = self.chance.randint(100, 160)
        return {
            "household_no": household,
            "id_number": None if self.chance.random() < 0.08 else number(birth, sequence),
            "name": self._name(surname),
            "sex": "M" if sequence % 2 else "F",
            "birth_date": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
            "registered_address": address,
            "residence_address": address,
            "area_code": f"34010200100{self.chance.randint(1, 2)}",
            "status": "1",
            "phone": phone if self.chance.random() < 0.7 else None,
        }

    def _move_in(self) -> None:
        household = f"H{self.chance.randint(1, 10**6)}"
        address = f"青山镇大柳村{self.chance.randint(1, 40)}号"
        phone = f"1380000{self.chance.randint(1000, 1060)}"
        surname = self.chance.choice(_SURNAMES)
        for _ in range(self.chance.randint(1, 4)):
            self.register.append(self._resident(household, surname, address, phone))

    def _someone(self) -> Row:
        return self.chance.choice(self.register)

    def _namesake(self, person: Row) -> Row:
        """Somebody of the name, or herself: whose number is found by looking the name up."""
        return self.chance.choice([row for row in self.register if row["name"] == person["name"]] or [person])

    def _damaged(self, text: str | None) -> str | None:
        if not text:
            return text
        at = self.chance.randrange(len(text))
        slips = [
            text[:at] + self.chance.choice("0123456789") + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :] if at else text,
            None,
        ]
        return self.chance.choice(slips)

    def _row_about(self, person: Row) -> Row:
        row = {key: person.get(key) for key in ("id_number", "name", "sex", "birth_date", "phone")} | {
            "address": person["residence_address"]
        }
        row["programme"] = self.chance.choice(("a", "b"))
        kind = self.chance.random()
        if kind < 0.1:
            row["id_number"] = self._namesake(person)["id_number"]
        if kind < 0.35:
            return row
        if kind < 0.6:
            row["id_number"] = self._damaged(row["id_number"])
        if kind > 0.5:
            row["name"] = self.chance.choice(
                (
                    row["name"][:2],
                    row["name"] + self.chance.choice(_GIVEN),
                    self._name(row["name"][0]),
                    row["name"][0] + "某某",
                )
            )
        if kind > 0.8:
            row["id_number"] = self.chance.choice((None, self._someone()["id_number"]))
        if self.chance.random() < 0.1:
            row["birth_date"] = self._someone()["birth_date"]
        for column in ("birth_date", "phone", "address", "sex"):
            if self.chance.random() < 0.4:
                row[column] = None
        if row["address"] and self.chance.random() < 0.4:
            row["address"] = row["address"].removeprefix("青山镇")
        return row

    def _write_row(self) -> None:
        roll = self.chance.choice((*_ROLLS, "hardship_roll"))
        row = self._row_about(self._someone())
        if roll == "hardship_roll":
            row["family_no"] = f"F{self.chance.randint(1, 6)}"
        if roll == "disability_certificate" and self.chance.random() < 0.5:
            row["guardian_name"] = self._someone()["name"]
        self.rolls[roll].append(row)

    def _marry(self) -> None:
        husband, wife = self._row_about(self._someone()), self._row_about(self._someone())
        self.rolls["marriage_register"].append(
            {
                "husband_name": husband["name"],
                "husband_id_number": husband["id_number"],
                "wife_name": wife["name"],
                "wife_id_number": wife["id_number"],
                "event": "1",
                "event_date": f"{self.chance.randint(1955, 1985)}-01-01",
            }
        )

    def _correct_number(self) -> None:
        person = self._someone()
        before = person["id_number"]
        birth = person["birth_date"].replace("-", "")
        person["id_number"] = number(birth, self.chance.randint(100, 160))
        if self.chance.random() < 0.5:
            person["former_id_number"] = before

    def _change_name(self) -> None:
        person = self._someone()
        before = person["name"]
        person["name"] = self._name(before[0])
        if self.chance.random() < 0.5:
            person["former_name"] = before

    def _move(self) -> None:
        address = f"青山镇大柳村{self.chance.randint(1, 40)}号"
        person = self._someone()
        person |= {"residence_address": address, "household_no": f"H{self.chance.randint(1, 10**6)}"}

    def _die_and_be_born(self) -> None:
        self.register.remove(self._someone())
        parent = self._someone()
        child = self._resident(
            parent["household_no"], parent["name"][0], parent["residence_address"], parent["phone"] or "13"
        )
        self.register.insert(self.chance.randrange(len(self.register)), child)

    def _swap_households(self) -> None:
        a, b = self._someone(), self._someone()
        a["household_no"], b["household_no"] = b["household_no"], a["household_no"]

    def _change_phone(self) -> None:
        self._someone()["phone"] = f"1380000{self.chance.randint(1000, 1060)}"

    def _copy_a_register_row(self) -> None:
        copy = dict(self._someone())
        if self.chance.random() < 0.6:
            copy["name"] = self._name(copy["name"][0])
        self.register[self.chance.randrange(len(self.register))] = copy

    def _lose_a_row(self) -> None:
        rows = self.chance.choice([rows for rows in self.rolls.values() if rows])
        rows.remove(self.chance.choice(rows))

    def _rewrite_a_row(self) -> None:
        rows = self.rolls[self.chance.choice(_ROLLS)]
        if rows:
            rows[self.chance.randrange(len(rows))] = self._row_about(self._someone())

    def _reorder(self) -> None:
        self.chance.shuffle(self.register)
        for rows in self.rolls.values():
            self.chance.shuffle(rows)

    def _refuse(self) -> None:
        self.refused = self.chance.choice(list(self.rolls))
