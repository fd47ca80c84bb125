"""A landing batch written by hand: a few people of yaohai, about whom the right answers are known.

Tests that write rows of their own deliver them by :func:`deliver`; ``fault_batch.Batch``, which keeps
many people of one fault each apart, does so, too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

DAY = "2026-11-20"
REGION = "yaohai"
AREA = "340102001001"

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643-1999; written out here so that the tests do not depend on the code they test."""


def number(birth: str, sequence: int) -> str:
    """A valid identity number: birth date as YYYYMMDD, an odd sequence for men."""
    first17 = f"340102{birth}{sequence:03d}"
    return first17 + "10X98765432"[sum(w * int(c) for w, c in zip(WEIGHTS, first17, strict=True)) % 11]


GRANDMOTHER = ("王秀英", number("19410312", 122))
"""85, on the minimum living allowance, blind; receives what is due."""
FORMULA = ("=cmd|' /C calc'!A0", number("19460520", 223))
"""80, whose name somebody typed as a formula."""
WIDOWER = ("李建国", number("19500101", 311))
"""76, disabled by certificate, on no roll."""
NEIGHBOUR = ("赵玉兰", number("19560707", 422))
"""70, in good health."""
SON = ("周志强", number("19800808", 515))
"""46."""
FILLERS = [(f"陈{name}", number("19700115", 600 + 2 * i)) for i, name in enumerate("春夏秋冬梅兰竹菊")]
PEOPLE = [GRANDMOTHER, FORMULA, WIDOWER, NEIGHBOUR, SON, *FILLERS]

Rows = list[dict[str, str]]


def register() -> Rows:
    """The register of the small world: everybody 正常, each in a household of one."""
    return [
        {
            "户号": f"H{i}",
            "公民身份号码": id_number,
            "姓名": name,
            "性别": "男" if int(id_number[16]) % 2 else "女",
            "出生日期": id_number[6:14],
            "与户主关系": "户主",
            "户籍地址": f"香江社区{i}号",
            "行政区划代码": AREA,
            "人员状态": "正常",
        }
        for i, (name, id_number) in enumerate(PEOPLE)
    ]


def person(who: tuple[str, str], **more: str) -> dict[str, str]:
    """A department's row about somebody."""
    return {"姓名": who[0], "身份证号": who[1], **more}


def certificate(who: tuple[str, str], category: int, grade: int) -> dict[str, str]:
    """A valid disability certificate."""
    return {
        "残疾人证号": f"{who[1]}{category}{grade}",
        "姓名": who[0],
        "残疾类别": str(category),
        "残疾等级": str(grade),
        "发证日期": "2020-05-01",
        "有效期至": "2030-04-30",
        "证件状态": "有效",
    }


def benefit(who: tuple[str, str], programme: str, amount: str) -> dict[str, str]:
    """A benefit being paid."""
    return person(who, 项目编码=programme, 月标准=amount, 起发年月="2021-05", 发放状态="发放中")


def text(rows: Rows) -> str:
    """The rows as CSV text with a header line; a column that a row does not have is empty in it."""
    stream = io.StringIO()
    headers = dict.fromkeys(header for row in rows for header in row)
    writer = csv.DictWriter(stream, list(headers), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def world() -> dict[str, Rows]:
    """The extracts of the small world, all in order."""
    return {
        "household_register": register(),
        "hardship_roll": [
            {
                "家庭编号": "F1",
                **person(GRANDMOTHER, 救助类别="11", 认定日期="2015-01-01"),
            }
        ],
        "disability_certificate": [certificate(GRANDMOTHER, 1, 1), certificate(WIDOWER, 4, 3)],
        "benefit_roll": [
            benefit(GRANDMOTHER, "age_allowance", "100"),
            benefit(GRANDMOTHER, "disability_nursing_subsidy", "80"),
            benefit(GRANDMOTHER, "disability_living_subsidy", "70"),
        ],
        "death_record": [person(NEIGHBOUR, 死亡日期="2099-01-01")],
        "care_survey": [person(WIDOWER, 独居="是", 空巢="否", 留守="否")],
        "visit_log": [person(WIDOWER, 探访日期="2026-11-18")],
    }


def deliver(
    landing: Path,
    extracts: dict[str, Rows],
    day: str = DAY,
    headers: Mapping[str, str] | None = None,
    name: str = "{}.csv",
) -> Path:
    """Write the extracts as UTF-8 CSV and close the batch; returns its folder.

    ``headers``: the header line of extracts that are delivered without a row.
    """
    folder = landing / REGION / day
    folder.mkdir(parents=True)
    for extract, rows in extracts.items():
        (folder / name.format(extract)).write_text(text(rows), encoding="utf-8")
    for extract, header in (headers or {}).items():
        (folder / name.format(extract)).write_text(header + "\n", encoding="utf-8")
    (folder / "_SUCCESS").touch()
    return folder
