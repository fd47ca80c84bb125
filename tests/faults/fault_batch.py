"""A batch of many people, each with one fault or its neighbour, and what a night made of them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from command import Night, run_night
from small_world import AREA, Rows, deliver, number, person

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻"
GIVEN = "春夏秋冬梅兰竹菊东南西北山水云海天月"

EMPTY_ROLLS = {
    "pension_roll": "社会保障号码,姓名,险种,待遇状态",
    "long_term_care": "姓名,身份证号,待遇状态",
}
"""Rolls that name nobody of a batch: who is on neither is known."""

Person = tuple[str, str]
_made: list[Person] = []


def somebody(birth: str = "19500101") -> Person:
    """A new man, born on a day; no two of a batch have one name or one number."""
    n = len(_made)
    name = SURNAMES[n % len(SURNAMES)] + GIVEN[n // len(SURNAMES) % len(GIVEN)] + GIVEN[n % len(GIVEN)]
    _made.append((name, number(birth, 101 + 2 * n)))
    return _made[-1]


def registered(who: Person, place: int, **more: str) -> dict[str, str]:
    """A register row: alone in a household and at an address of its own."""
    return {
        "户号": f"34010207{place:05}",
        "公民身份号码": who[1],
        "姓名": who[0],
        "性别": "男",
        "出生日期": who[1][6:14],
        "与户主关系": "户主",
        "户籍地址": f"长淮镇香江村{place}号",
        "行政区划代码": AREA,
        "人员状态": "正常",
        "状态变更日期": "",
        **more,
    }


def relief(who: Person, **more: str) -> dict[str, str]:
    """A row of the roll of minimum living."""
    return {
        "家庭编号": f"J{who[1]}",
        **person(who, 救助类别="11", 认定日期="2024-01-01", 终止日期=""),
        **more,
    }


def certificate(who: Person, **more: str) -> dict[str, str]:
    """A certificate of a severe disability."""
    return {
        "残疾人证号": f"{who[1]}41",
        "姓名": who[0],
        "残疾类别": "4",
        "残疾等级": "1",
        "发证日期": "2024-01-01",
        "有效期至": "",
        "证件状态": "有效",
        **more,
    }


def assessment(who: Person, **more: str) -> dict[str, str]:
    """An assessment: unable to care for oneself."""
    return person(who, 评估日期="2026-01-01", 能力等级="3", 有效期至="", **more)


def paid(who: Person, programme: str, amount: str = "100") -> dict[str, str]:
    """A benefit being paid."""
    return person(
        who, 项目编码=programme, 月标准=amount, 起发年月="2024-01", 最近发放年月="2026-11", 发放状态="发放中"
    )


class Batch:
    """A batch under way: rows by extract, and who is who."""

    def __init__(self) -> None:
        # The sequences of numbers end at 999: each batch starts counting again.
        _made.clear()
        self.rows: dict[str, Rows] = {}
        self.who: dict[tuple[str, str], Person] = {}

    def add(self, extract: str, row: dict[str, str]) -> None:
        """Put a row into an extract."""
        self.rows.setdefault(extract, []).append(row)

    def register(self, kind: str, case: str, who: Person, **more: str) -> Person:
        """Register somebody, to be found again by kind and case."""
        self.who[kind, case] = who
        self.add("household_register", registered(who, len(self.rows.get("household_register", ())), **more))
        return who

    def row(self, extract: str, kind: str, case: str) -> int:
        """The row number of somebody's only row."""
        name = self.who[kind, case][0]
        (place,) = [n for n, row in enumerate(self.rows[extract], 1) if row["姓名"] == name]
        return place

    def run(self, root: Path) -> Night:
        """The night of the batch."""
        deliver(root / "landing", self.rows, headers=EMPTY_ROLLS)
        return run_night(root / "home", root / "landing")


def fact(night: Night, batch: Batch, kind: str, case: str, columns: str) -> tuple[object, ...]:
    """Columns of the one published person who has somebody's number."""
    (row,) = night.query(f"SELECT {columns} FROM mart.person WHERE id_number = '{batch.who[kind, case][1]}'")
    return row


def line(night: Night, batch: Batch, kind: str, case: str, programme: str, columns: str = "action") -> Any:
    """Columns of somebody's line for a programme: one value, a tuple of several, or None for no line."""
    rows = night.query(
        f"SELECT {columns} FROM mart.candidate WHERE programme = '{programme}' "
        f"AND id_number = '{batch.who[kind, case][1]}'"
    )
    assert len(rows) <= 1
    return None if not rows else rows[0][0] if len(rows[0]) == 1 else rows[0]


def reported(night: Night, extract: str, row: int) -> list[tuple[object, ...]]:
    """Severity and column of what the quarantine says of a row."""
    return night.query(
        "SELECT severity, column_name FROM mart.quarantine "
        f"WHERE extract = '{extract}' AND row_number = {row}"
    )


def corrections(night: Night) -> dict[tuple[str, int], str]:
    """The questions to departments, by extract and row number."""
    questions: dict[tuple[str, int], str] = {}
    for path in (night.home / "lists" / night.region / night.day / "corrections").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                key = row["数据表代码"], int(row["行号"])
                questions[key] = questions.get(key, "") + row["问题"] + row["不一致之处"]
    return questions


def person_of(night: Night, batch: Batch, kind: str, case: str) -> object:
    """The published id of the person who has somebody's number."""
    return fact(night, batch, kind, case, "person_id")[0]
