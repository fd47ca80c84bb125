"""``outreach policies``: the set checked by proof, a region's programmes shown, two lists compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from outreach.policy import Policy, PolicyError, load_policy
from outreach.policy.check import check
from outreach.policy.compare import compare
from pipelines.console import FAILED, OK, out, refuse

MODE = {"auto": "免申即享", "confirm": "征得同意", "due": "定期服务", "universal": "按龄普惠"}
OUTCOME = {"covered": "已覆盖", "missing": "缺项", "narrower": "对象更窄", "lower amount": "标准更低"}


def check_policies(policies: Path, as_of: dt.date) -> int:
    """Print every finding of the set.

    Returns:
        0 when there is no error among them, else 1.
    """
    try:
        findings = check(policies, as_of=as_of)
    except PolicyError as error:
        refuse(str(error), FAILED)
    for finding in findings:
        mark = "✗" if finding.severity == "error" else "·"
        where = f"{finding.region} {finding.programme or ''}".strip()
        out.print(f"{mark} {where}：{finding.message}", markup=False)
        if finding.person:
            out.print(f"    例如：{_example(finding.person)}", markup=False)
    errors = sum(finding.severity == "error" for finding in findings)
    out.print(f"{errors} 处错误，{len(findings) - errors} 处提示（{as_of} 有效的政策）", markup=False)
    return FAILED if errors else OK


def show_policy(policies: Path, region: str, as_of: dt.date) -> int:
    """Print a region's programmes in force.

    Returns:
        The exit status.
    """
    policy = _load(policies, region, as_of)
    table = Table("项", "项目", "标识", "方式", box=SIMPLE, title_justify="left")
    table.add_column("依据", overflow="fold")
    table.title = f"{policy.name}　{policy.version}　{policy.sha256[:12]}"
    for programme in policy.programmes:
        rule = programme.rule
        table.add_row(
            str(rule.item), rule.name, programme.id, MODE[rule.mode], escape(programme.citation_short)
        )
    out.print(table)
    return OK


def compare_policies(policies: Path, upper: str, lower: str, as_of: dt.date) -> int:
    """Print, item by item, whether ``lower`` covers ``upper``.

    Returns:
        0 when it covers every item, else 1.
    """
    compared = compare(_load(policies, upper, as_of), _load(policies, lower, as_of))
    for item in compared:
        mark = "✓" if item.outcome == "covered" else "✗"
        out.print(f"{mark} {item.name}（{item.programme}）：{OUTCOME[item.outcome]}", markup=False)
        if item.person:
            out.print(f"    例如：{_example(item.person)}", markup=False)
    return OK if all(item.outcome == "covered" for item in compared) else FAILED


def _load(policies: Path, region: str, as_of: dt.date) -> Policy:
    try:
        return load_policy(region, policies, as_of=as_of)
    except PolicyError as error:
        refuse(str(error))


def _example(person: Mapping[str, Any]) -> str:
    return "，".join(f"{fact} = {value}" for fact, value in person.items())
