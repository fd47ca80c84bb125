"""What a programme's lines rest on, part by part, and which facts decide each part."""

from __future__ import annotations

from collections.abc import Iterator

from contracts.facts import FACT_BY_NAME
from contracts.vocabulary import Mode, Truth
from outreach.policy.language import model
from outreach.policy.language.policy import Policy, Programme


def rule_parts(programme: Programme, policy: Policy) -> Iterator[tuple[str, str, str]]:
    """All that a programme's lines rest on: part, its Chinese label, its words.

    Two policies decide alike where these are alike; where one differs, its words name what was changed.
    """
    rule = programme.rule
    yield "mode", "享受方式", Mode(rule.mode).chinese
    for condition in programme.conditions:
        yield f"condition {condition.name}", condition.label, condition.expression.sql()
    if programme.applicability is not None:
        yield "audience", "适用对象", programme.applicability.sql()
    if programme.due_when is not None and rule.due_when is not None:
        yield "due_when", rule.due_when.label, programme.due_when.sql()
    if rule.amount is not None:
        for when, case in programme.cases.items():
            yield f"case {when}", f"分档条件 {when}", case.sql()
        yield "amount", "金额算法", rule.amount.model_dump_json(exclude_defaults=True, by_alias=True)
        for name in rule.amount.parameters():
            parameter, value = policy.file.parameters[name], policy.amount(name)
            figure = "待地方核定" if value is None else f"{value:f}{parameter.unit}"
            yield f"parameter {name}", parameter.label, figure
    if programme.group is not None:
        yield "group", "择高项目组", f"{programme.group} {programme.group_order}"
    yield "household", "每户一份", Truth.of(rule.household).chinese
    if rule.household_receipt:
        yield "household_receipt", "同户成员享受视同本人享受", Truth.TRUE.chinese
    if rule.renew_after is not None:
        value = policy.amount(rule.renew_after)
        yield "renew_after", policy.file.parameters[rule.renew_after].label, str(value or "待地方核定")
    if rule.life_proof is not None:
        days = policy.amount(rule.life_proof)
        yield "life_proof", policy.file.parameters[rule.life_proof].label, str(days or "未启用")
    yield "months", "起发与停发月份", f"{rule.starts} {rule.stops}"
    if rule.received_fact is not None:
        yield "received_fact", "视同享受", FACT_BY_NAME[rule.received_fact].label
    if programme.starts_from is not None:
        yield "starts_from", "施行日期", programme.starts_from.isoformat()


def uses_of(programme: Programme) -> Iterator[tuple[str, str]]:
    """(condition, fact) of every part of a rule that facts decide; parts that are no conditions have a #."""
    parts = [(c.name, c.expression) for c in programme.conditions]
    parts += [("#amount", case) for case in programme.cases.values()]
    if programme.due_when is not None:
        parts.append(("#due", programme.due_when))
    if programme.applicability is not None:
        parts.append(("#applicability", programme.applicability))
    for name, expression in parts:
        for fact in expression.facts:
            yield name, fact
    if programme.rule.amount is not None and _has_bands(programme.rule.amount):
        yield "#amount", "age"


def _has_bands(amount: model.Amount) -> bool:
    return bool(amount.bands) or any(map(_has_bands, (*amount.cases, *amount.sum, *amount.greatest)))
