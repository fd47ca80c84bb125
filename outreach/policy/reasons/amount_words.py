"""How an amount a month is made, in words an officer can follow: which part of the rule applies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from outreach.policy.language import model
from outreach.policy.language.policy import Policy, Programme

UNSET = "待地方核定"


def amount_words(
    programme: Programme, policy: Policy, age: int | None, holds: Mapping[str, bool | None]
) -> Iterator[str]:
    """The steps by which the amount comes about, one Chinese line each; none where the rule gives no amount.

    ``holds``: by its text, the value of each case's condition for the person.
    """
    amount = programme.rule.amount
    if amount is None:
        return
    if amount.floor:
        yield "政策写的是“不低于”：实发更高也对"
    yield from _steps(amount, programme, policy, age, holds)


def _steps(
    amount: model.Amount,
    programme: Programme,
    policy: Policy,
    age: int | None,
    holds: Mapping[str, bool | None],
) -> Iterator[str]:
    if amount.parameter is not None:
        yield _figure(amount, policy)
    elif amount.bands:
        yield _band(amount, policy, age)
    elif amount.cases:
        yield from _case(amount, programme, policy, age, holds)
    else:
        parts = amount.sum or amount.greatest
        yield "以下各项相加：" if amount.sum else "以下各项取最高："
        for part in parts:
            for step in _steps(part, programme, policy, age, holds):
                yield f"  {step}"


def _figure(amount: model.Amount, policy: Policy) -> str:
    words = _value(policy, amount.parameter or "")
    if amount.times is not None:
        words += f" × {_share(amount.times)}"
    if amount.at_most is not None:
        words += f"，最高不超过 {_value(policy, amount.at_most)}"
    return words


def _band(amount: model.Amount, policy: Policy, age: int | None) -> str:
    if age is None:
        return "按年龄分档，周岁未知，金额无法确定"
    for band in amount.bands:
        if band.from_ <= age and (band.upto is None or age <= band.upto):
            ages = f"{band.from_}至{band.upto}" if band.upto is not None else f"{band.from_}及以上"
            return f"按年龄分档：{age}周岁在“{ages}周岁”一档：{_value(policy, band.parameter)}"
    return f"按年龄分档：{age}周岁不在任何一档"


def _case(
    amount: model.Amount,
    programme: Programme,
    policy: Policy,
    age: int | None,
    holds: Mapping[str, bool | None],
) -> Iterator[str]:
    for part in amount.cases:
        when = part.when or ""
        label = _case_label(when, policy)
        if holds[when] is None:
            yield f"按情形分档：“{label}”是否成立未知，金额无法确定"
            return
        if holds[when]:
            first, *rest = _steps(part, programme, policy, age, holds)
            yield f"按情形分档：符合“{label}”：{first}"
            yield from rest
            return
    yield "按情形分档：没有一档成立"


def _case_label(when: str, policy: Policy) -> str:
    """A case's condition in words: a term by its label, else as the policy writes it."""
    term = policy.terms.get(when.strip())
    return when if term is None else term.label


def _value(policy: Policy, name: str) -> str:
    parameter = policy.file.parameters[name]
    value = policy.values.get(name)
    if value is None:
        return f"{parameter.label}：{UNSET}"
    origin = f"（{value.source}，自 {value.from_} 起）" if value.source else f"（自 {value.from_} 起）"
    return f"{parameter.label} {_plain(value.value)} {parameter.unit}{origin}"


def _share(share: Fraction) -> str:
    """A share as a decimal figure where it is one, else as a fraction."""
    figure = Decimal(share.numerator) / Decimal(share.denominator)
    return _plain(figure) if Fraction(figure) == share else str(share)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
