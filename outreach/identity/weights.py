"""Match weights: how much each comparison level proves for, or against, one and the same person.

A weight is log2(m/u): m, how often the level is seen on rows of one person; u, on two people taken at
random (Fellegi and Sunter, 1969). These are the shipped priors, versioned; a region's own weights are learned
from them (``learning.py``) and then stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import pyarrow as pa

VERSION = "priors-12"


@dataclass(frozen=True)
class Level:
    """A comparison level.

    ``weight`` in bits; ``label``: as a clerk reads it; ``share``: m, the share of rows of one person that
    are at this level where the field is filled on both sides, as seen on samples, or None where it is not
    learned; ``of_size``: the weight is relative to log2 of the register's size.
    """

    weight: float
    label: str
    share: float | None = None
    of_size: bool = False

    def bits(self, size: float) -> float:
        """The weight in a register of 2 to the power of ``size`` rows."""
        return self.weight + size if self.of_size else self.weight


Weights = Mapping[str, Mapping[str, Level]]

PRIORS: Weights = {
    "number": {
        "equal": Level(11.5, "一致", of_size=True),
        "former": Level(8.0, "与曾用号码一致", of_size=True),
        "letters for digits": Level(22.0, "更正字符后一致", 0.15),
        "one slip": Level(18.0, "一处之差", 0.38),
        "first 15": Level(15.0, "前15位一致", 0.12),
        "two slips": Level(14.0, "两处之差", 0.13),
        "near, both valid": Level(13.0, "两处之差（均有效）", 0.07),
        "masked": Level(10.0, "隐去数位，其余一致"),
        "some slips": Level(3.0, "数处之差", 0.02),
        "scientific": Level(1.0, "仅余开头数位", 0.12),
        "missing": Level(0.0, "缺失"),
        "held by another": Level(0.0, "属于他人"),
        "unreadable": Level(-1.0, "不可辨认", 0.01),
        "other, damaged": Level(-10.0, "不一致（已损）"),
        "other, both valid": Level(-9.0, "不一致（均有效）"),
    },
    "name": {
        "equal": Level(18.0, "一致", 0.93),
        "former": Level(15.0, "与曾用名一致", 0.005),
        "of another row": Level(12.0, "与其他数据中本人姓名一致"),
        "reading": Level(9.0, "同音", 0.03),
        "look-alike": Level(9.0, "形近", 0.005),
        "gap": Level(7.0, "缺字或倒字", 0.03),
        "surname shown": Level(8.0, "仅见姓氏"),
        "one differs": Level(0.0, "差一字"),
        "surname": Level(-6.0, "仅姓氏一致"),
        "different": Level(-16.0, "不一致"),
        "missing": Level(0.0, "缺失"),
    },
    "birth_date": {
        "equal": Level(14.0, "一致", 0.9),
        "in the number": Level(1.0, "一致（号码已含）"),
        "swapped": Level(8.0, "月日颠倒", 0.015),
        "one part differs": Level(3.0, "年月日差一项", 0.05),
        "year only": Level(3.0, "仅年份一致", 0.01),
        "lunar": Level(9.0, "农历同日", 0.02),
        "about a lunar month": Level(2.5, "相差如农历", 0.005),
        "differs": Level(-7.0, "不一致"),
        "too young": Level(-14.0, "登记婚姻时不满15周岁"),
        "missing": Level(0.0, "缺失"),
    },
    "sex": {"equal": Level(1.0, "一致"), "differs": Level(-5.0, "不一致"), "missing": Level(0.0, "缺失")},
    "phone": {
        "equal": Level(14.0, "一致", 0.62),
        "of the household": Level(8.0, "同户人员所有", 0.03),
        "differs": Level(-1.5, "不一致", 0.35),
        "missing": Level(0.0, "缺失"),
    },
    "address": {
        "equal": Level(10.0, "一致", 0.5),
        "of the household": Level(8.0, "同户人员所有", 0.02),
        "in part": Level(7.0, "部分一致", 0.06),
        "same street": Level(3.0, "同村同路", 0.07),
        "differs": Level(-1.5, "不一致", 0.35),
        "missing": Level(0.0, "缺失"),
    },
    "relation": {
        "spouse on the row": Level(-2.5, "与配偶同户", of_size=True),
        "a generation from the spouse": Level(-9.0, "与配偶同户而年龄差一代", of_size=True),
        "family on the roll": Level(-2.5, "与同一救助家庭成员同户", of_size=True),
        "holder of the number": Level(-1.6, "与号码持有人同户", of_size=True),
        "companion's name": Level(9.0, "同户有配偶或监护人姓名"),
        "not of the spouse's household": Level(-1.5, "与配偶不同户"),
        "none": Level(0.0, ""),
    },
}
"""An equal number is compared here only where the name contradicts its holder; one row in some 3,000 has
another's number, so against "somebody else's row" an equal number is worth log2(N) + log2(3000)."""

NO_MATCH = (0.03, 1.0)
"""Odds that a row is about nobody in the register, before its evidence: of a row without a readable number
(or with another's), and of one whose own valid number nobody here has. Learned, too."""

_COLUMNS = pa.schema(
    [
        ("field", pa.string()),
        ("level", pa.string()),
        ("weight", pa.float64()),
        ("label", pa.string()),
        ("code", pa.int8()),
        ("shipped_weight", pa.float64()),
        ("seen", pa.float64()),
    ]
)


def register_size(con: duckdb.DuckDBPyConnection) -> float:
    """log2 of ``identity.register_size``: what one of its rows means before any evidence."""
    ((people,),) = con.execute("SELECT people FROM identity.register_size").fetchall()
    return math.log2(people)


def load(
    con: duckdb.DuckDBPyConnection,
    weights: Weights,
    seen: Mapping[str, Mapping[str, float]] | None = None,
    no_match: tuple[float, float] = NO_MATCH,
) -> None:
    """Make ``identity.weight`` and ``identity.no_match_odds`` for the models.

    ``identity.weight``: field, level, weight, label, code, shipped_weight, and how many rows of one person
    were ``seen`` at the level when the weights were learned.

    Needs ``identity.register_size``: weights relative to the register's size are made absolute.
    """
    size = register_size(con)
    rows = [
        {
            "field": field,
            "level": name,
            "weight": level.bits(size),
            "label": level.label,
            "code": code,
            "shipped_weight": PRIORS[field][name].bits(size),
            "seen": (seen or {}).get(field, {}).get(name),
        }
        for field, levels in weights.items()
        for code, (name, level) in enumerate(levels.items())
    ]
    con.register("loaded_weight", pa.Table.from_pylist(rows, schema=_COLUMNS))
    con.execute("CREATE OR REPLACE TABLE identity.weight AS SELECT * FROM loaded_weight")
    con.unregister("loaded_weight")
    con.execute(
        "CREATE OR REPLACE TABLE identity.no_match_odds AS"
        " SELECT CAST($usual AS DOUBLE) AS usual, CAST($unregistered AS DOUBLE) AS number_unregistered",
        {"usual": no_match[0], "unregistered": no_match[1]},
    )
