"""A programme in words, for who reads the policy: on the command line and on the page."""

from __future__ import annotations

from collections.abc import Iterator

from outreach.policy.language.policy import Policy, Programme


def programme_lines(programme: Programme, policy: Policy) -> Iterator[str]:
    """A programme in words: its clauses, who leads and pays, conditions, amounts, what a switch could add."""
    rule = programme.rule
    yield programme.citation.full
    for expression, citation in programme.grounds:
        if citation != programme.citation:
            yield f"另据（{expression.sql()}）：{citation.full}"
    about = (("牵头部门", rule.lead), ("支出责任", rule.funding), ("服务类型", "、".join(rule.kind)))
    yield from (f"{name}：{value}" for name, value in about if value)
    for condition in programme.conditions:
        words = "没有数据说明，需询问" if condition.has_no_data else condition.expression.sql()
        yield f"- {condition.label}：{words}"
    for name in rule.amount.parameters() if rule.amount else ():
        value, parameter = policy.amount(name), policy.file.parameters[name]
        figure = "待地方核定" if value is None else f"{value} {parameter.unit}"
        bound = "不低于 " if rule.amount and rule.amount.floor else ""
        bound = "不超过 " if rule.amount and rule.amount.ceiling else bound
        yield f"· {parameter.label}：{bound if value is not None else ''}{figure}"
    for switch, _ in programme.off:
        yield f"可由开关 {switch} 扩大（现未打开）：{policy.file.switches[switch]}"
    if rule.no_data:
        yield f"文件还写到{rule.no_data}"
