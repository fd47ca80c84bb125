"""What holds between a person and a programme, as indicators may name it with the facts of the person.

Rows of ``indicators.entitlement`` hold them all. Like the facts of ``contracts.facts`` they are NULL where
it is not known from the data.
"""

from __future__ import annotations

from contracts.facts import Fact

_ROLL = ("benefit_roll",)

ENTITLEMENT_FACTS: tuple[Fact, ...] = (
    Fact(
        "eligible",
        "BOOLEAN",
        "符合条件",
        (),
        "the decision about the programme; NULL = unknown; rests on the extracts of its conditions",
    ),
    Fact("receiving", "BOOLEAN", "正在享受", _ROLL, "on the benefit roll in status 发放中"),
    Fact(
        "payment_due",
        "BOOLEAN",
        "已到应发月份",
        _ROLL,
        "the first month to be paid (of a payee 起发年月) is not after the month before the as-of date",
    ),
    Fact(
        "paid_on_time",
        "BOOLEAN",
        "按时发放",
        _ROLL,
        "received, and paid up to the month before the as-of date (最近发放年月), or nothing is due yet; "
        "NULL = 最近发放年月 missing",
    ),
    Fact(
        "paid_in_full",
        "BOOLEAN",
        "足额发放",
        _ROLL,
        "received, and 月标准 is not below the rule's amount; NULL = one of the two is not known",
    ),
)

ENTITLEMENT_FACT_BY_NAME = {fact.name: fact for fact in ENTITLEMENT_FACTS}
