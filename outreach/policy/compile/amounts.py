"""Amounts a month as SQL: parameters become constants, what is not set stays NULL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import sqlglot
from sqlglot import exp

from outreach.policy.compile.effective_date import birthday, since
from outreach.policy.language import model
from outreach.policy.language.policy import Policy, Programme

_SCALE = Decimal("0.000001")


def amount_sql(programme: Programme, policy: Policy) -> exp.Expr:
    """The programme's amount a month over facts, DECIMAL(12,2); NULL where it is not known or not set."""
    amount = programme.rule.amount
    value = exp.null() if amount is None else _value(amount, programme, policy)
    return exp.cast(value, "DECIMAL(12,2)")


def amount_since_sql(programme: Programme, policy: Policy) -> exp.Expr | None:
    """Since when the amount is what it is: its band's birthday, its case's beginning, its parameter's day."""
    amount = programme.rule.amount
    parts = [] if amount is None else _begins(amount, programme, policy)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else exp.Greatest(this=parts[0], expressions=parts[1:])


def _figure(policy: Policy, name: str, times: Fraction | None) -> Decimal | None:
    value = policy.amount(name)
    if value is None or times is None:
        return value
    exact = Fraction(value) * times
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_SCALE)


def _constant(value: Decimal | None) -> exp.Expr:
    if value is None:
        return exp.null()
    return exp.cast(exp.Literal.string(format(value, "f")), "DECIMAL(18,6)")


def _value(amount: model.Amount, programme: Programme, policy: Policy) -> exp.Expr:
    if amount.parameter is not None:
        value = _figure(policy, amount.parameter, amount.times)
        if amount.at_most is not None:
            cap = policy.amount(amount.at_most)
            value = None if cap is None or value is None else min(value, cap)
        return _constant(value)
    if amount.bands:
        case = exp.case()
        for band in amount.bands:
            case = case.when(_in_band(band), _constant(policy.amount(band.parameter)), copy=False)
        return case
    if amount.cases:
        case = exp.case()
        for part in amount.cases:
            when = programme.cases[part.when or ""].tree
            case = case.when(when.copy(), _value(part, programme, policy), copy=False)
            case = case.when(
                exp.Is(this=exp.paren(when.copy()), expression=exp.null()), exp.null(), copy=False
            )
        return case
    if amount.sum:
        total = _value(amount.sum[0], programme, policy)
        for part in amount.sum[1:]:
            total = exp.Add(this=total, expression=_value(part, programme, policy))
        return total
    parts = [_value(part, programme, policy) for part in amount.greatest]
    unknown = exp.or_(*(exp.Is(this=part.copy(), expression=exp.null()) for part in parts))
    return (
        exp.case()
        .when(unknown, exp.null())
        .else_(exp.Greatest(this=parts[0], expressions=parts[1:]), copy=False)
    )


def _in_band(band: model.Band) -> exp.Expr:
    upto = f" AND age <= {band.upto}" if band.upto is not None else ""
    return sqlglot.parse_one(f"age >= {band.from_}{upto}", read="duckdb")


def _begins(amount: model.Amount, programme: Programme, policy: Policy) -> list[exp.Expr]:
    if amount.parameter is not None:
        return _days([policy.values[amount.parameter].from_] if amount.parameter in policy.values else [])
    if amount.bands:
        case = exp.case()
        for band in amount.bands:
            days = _days([policy.values[band.parameter].from_] if band.parameter in policy.values else [])
            begins = birthday(band.from_)
            case = case.when(
                _in_band(band), exp.Greatest(this=begins, expressions=days) if days else begins, copy=False
            )
        return [case]
    if amount.cases:
        case = exp.case()
        for part in amount.cases:
            when = programme.cases[part.when or ""].tree
            found = [b for b in (since(when), *_begins(part, programme, policy)) if b is not None]
            if found:
                first, rest = found[0], found[1:]
                begins = exp.Greatest(this=first, expressions=rest) if rest else first
                case = case.when(when.copy(), begins, copy=False)
        return [case] if case.args.get("ifs") else []
    return [b for part in (*amount.sum, *amount.greatest) for b in _begins(part, programme, policy)]


def _days(days: Sequence[date]) -> list[exp.Expr]:
    return [exp.cast(exp.Literal.string(day.isoformat()), "DATE") for day in days]
