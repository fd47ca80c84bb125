"""Match weights: how much each comparison level speaks for, or against, one and the same person.

A weight is log2(m/u): m, how often the level is seen on rows of one person; u, on two people taken at
random. These are the shipped priors, versioned; a night does not move them.
"""

from __future__ import annotations

from collections.abc import Mapping

VERSION = "priors-5"

PRIORS: Mapping[str, Mapping[str, tuple[float, str]]] = {
    "number": {
        "equal": (11.5, "一致"),
        "former": (8.0, "与曾用号码一致"),
        "letters for digits": (22.0, "字母代数字"),
        "one slip": (18.0, "一处之差"),
        "first 15": (15.0, "前15位一致"),
        "two slips": (14.0, "两处之差"),
        "near, both valid": (13.0, "两处之差（均有效）"),
        "some slips": (3.0, "数处之差"),
        "scientific": (1.0, "仅余开头数位"),
        "missing": (0.0, "缺失"),
        "held by another": (0.0, "属于他人"),
        "unreadable": (-1.0, "不可辨认"),
        "other, damaged": (-10.0, "不一致（已损）"),
        "other, both valid": (-9.0, "不一致（均有效）"),
    },
    "name": {
        "equal": (18.0, "一致"),
        "former": (15.0, "与曾用名一致"),
        "reading": (9.0, "同音"),
        "look-alike": (9.0, "形近"),
        "gap": (7.0, "缺一字"),
        "one differs": (0.0, "差一字"),
        "surname": (-6.0, "仅姓氏一致"),
        "different": (-11.0, "不一致"),
        "missing": (0.0, "缺失"),
    },
    "birth": {
        "equal": (14.0, "一致"),
        "swapped": (8.0, "月日颠倒"),
        "one part differs": (3.0, "年月日差一项"),
        "year only": (3.0, "仅年份一致"),
        "lunar": (4.0, "相差如农历"),
        "differs": (-7.0, "不一致"),
        "missing": (0.0, "缺失"),
    },
    "sex": {"equal": (1.0, "一致"), "differs": (-5.0, "不一致"), "missing": (0.0, "缺失")},
    "phone": {"equal": (14.0, "一致"), "differs": (-0.5, "不一致"), "missing": (0.0, "缺失")},
    "address": {"equal": (10.0, "一致"), "differs": (-0.5, "不一致"), "missing": (0.0, "缺失")},
    "relation": {
        "spouse on the row": (-2.5, "与配偶同户"),
        "family on the roll": (-2.5, "与同一救助家庭成员同户"),
        "holder of the number": (-1.6, "与号码持有人同户"),
        "companion's name": (9.0, "同户有配偶或监护人姓名"),
        "not of the spouse's household": (-1.5, "与配偶不同户"),
        "none": (0.0, ""),
    },
}
"""Weight (log2) and Chinese label by field and level.

An equal number is compared here only where the name speaks against its holder; one row in some 3,000 bears
another's number, so against "somebody else's row" an equal number is worth log2(N) + log2(3000). It and the
relations by household are relative to log2 of the register's size, which the score adds.
"""

STRONG_PROBABILITY = 0.9995
STRONG_MARGIN = 8.0
REVIEW_PROBABILITY = 0.25
TAKEN_REVIEW_PROBABILITY = 0.05
"""A row under another's valid number goes to a clerk unless the evidence itself rejects everybody."""
