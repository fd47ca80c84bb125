"""What ``outreach explain`` prints of one person: the whole case, or the paragraph to read out, or JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import typer
from rich.box import SIMPLE
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from contracts.vocabulary import Grade, Sex, StopEvidence, Truth
from outreach.deployment import Deployment
from outreach.explain import ExplainError, Explanation, UnknownProgrammeError, explain, find_bearers, spoken
from outreach.explain.case import Bearer, Made, Who
from outreach.policy import Policy, PolicyError, load_policy
from pipelines.case_report.facts import facts_table
from pipelines.case_report.identity import identity_sections
from pipelines.case_report.programmes import has_details, overview, programme_section, urgency
from pipelines.case_report.texts import visible
from pipelines.console import FAILED, OK, USAGE, err, out


def explain_by_number(deployment: Deployment, snapshot: Path, number: str, **options: Any) -> int:
    """Explain the person with the number; where there are several, list them. The number itself is repeated
    nowhere.

    Returns:
        The exit status.
    """
    try:
        bearers = find_bearers(snapshot, number, full=options["full"])
    except ExplainError as error:
        return _refused(str(error))
    if not bearers:
        return _refused(
            "发布结果中没有人使用这个号码（按有效号码和曾用号码查找）。"
            "请核对号码，或用 --person 按人员编号查询。"
        )
    if len(bearers) == 1:
        return explain_person(deployment, snapshot, bearers[0].person_id, **options)
    if options["as_json"]:
        _print_json({"bearers": [asdict(bearer) for bearer in bearers]})
    else:
        _print(_bearers(bearers))
    err.print("outreach: 这个号码对应多人，请用 --person 指定其中一人。", markup=False)
    return USAGE


def explain_person(
    deployment: Deployment,
    snapshot: Path,
    person_id: str,
    *,
    programme: str | None,
    full: bool,
    everything: bool,
    as_json: bool,
    say: bool = False,
) -> int:
    """Explain one person's case; with ``say`` in one paragraph to read out.

    Returns:
        The exit status.
    """
    try:
        case = explain(
            snapshot,
            person_id,
            _policy_of(deployment, snapshot),
            programme=programme,
            full=full,
            all_facts=everything,
        )
    except UnknownProgrammeError as error:
        return _refused(str(error), USAGE)
    except ExplainError as error:
        return _refused(str(error))
    if say:
        typer.echo(spoken(case))
    elif as_json:
        _print_json(asdict(case))
    else:
        _print_case(case, everything or programme is not None, full)
    return OK


def _refused(sentence: str, status: int = FAILED) -> int:
    err.print(f"outreach: {sentence}", markup=False)
    return status


def _policy_of(deployment: Deployment, snapshot: Path) -> Policy | str:
    """The policy of the release's region and date as the files at hand have it; else why there is none."""
    with duckdb.connect(str(snapshot), read_only=True) as con:
        region, as_of = con.execute("SELECT region, as_of FROM mart.run").fetchall()[0]
    try:
        return load_policy(region, deployment.policies, deployment.parameters(region), as_of=as_of)
    except PolicyError as error:
        return str(error)


def _print(*things: Any) -> None:
    for thing in things:
        out.print(thing, soft_wrap=False, markup=False)


def _print_json(content: Any) -> None:
    def plain(value: Any) -> str:
        if isinstance(value, dt.date | Decimal):
            return str(value)
        raise TypeError(f"{type(value).__name__} has no form in JSON")

    typer.echo(json.dumps(content, ensure_ascii=False, indent=2, default=plain))


def _print_case(case: Explanation, details: bool, full: bool) -> None:
    _print(_header(case.region_name, case.made, case.who))
    if case.policy_note:
        _print(Text(case.policy_note, style="yellow"))
    if len(case.programmes) > 1:
        _print(Rule("结论", align="left"), overview(case.programmes))
    _print("", Rule("各项目为什么这样判定", align="left"))
    facts = {fact.name: fact for fact in case.facts}
    shown = [p for p in sorted(case.programmes, key=urgency) if details or has_details(p)]
    for programme in shown:
        _print(*programme_section(programme, facts))
    if not shown:
        _print(Text("没有一个项目有名单行、在享受，或无法判定；原因见上表。"))
    _print("", Rule("依据的事实和它们的来源行", align="left"), facts_table(case.facts))
    _print("", Rule("身份依据：哪些行是此人的，凭什么", align="left"), *identity_sections(case.identity))
    if not full:
        _print(Text("\n号码和出生日期只显示一部分，电话、地址不显示；要看完整的，加 --full。", style="dim"))
    if not details:
        _print(Text("其余项目的条件和全部事实：加 --all；只看一个项目：加 --programme。", style="dim"))


def _header(region: str, made: Made, who: Who) -> Panel:
    life = "在世" if who.alive else "已去世"
    if who.died_on:
        life += f"（{who.died_on}，{StopEvidence(who.death_evidence or StopEvidence.ONE_SOURCE).chinese}）"
    place = "本地户籍" if who.registered else "不在本地户籍" if who.in_register else "户籍登记中没有此人"
    sex = Sex(who.sex).chinese if who.sex else "性别未知"
    age = "周岁未知" if who.age is None else f"{who.age}周岁"
    lines = [
        f"{who.name or '（姓名缺失）'}  {sex}  {age}  {life}  {place}",
        f"人员编号 {who.person_id}    身份号码 {who.id_number or '缺失'}    "
        f"出生日期 {who.birth_date or '未知'}",
        f"区划 {who.area_code or '未知'}    身份把握：{Grade(who.identity_grade).chinese}"
        "（所依据的数据行里把握最小的）",
    ]
    if who.phone or who.address:
        lines.append(f"电话 {who.phone or '无'}    住址 {who.address or '无'}")
    return Panel(
        Text("\n".join(map(visible, lines))),
        title=Text(f"{region} {made.as_of} 个人情况说明"),
        subtitle=Text(f"政策 {made.policy_version} {made.policy_sha256[:12]}  版本 {made.run_id[:8]}"),
        title_align="left",
        subtitle_align="left",
    )


def _bearers(bearers: Sequence[Bearer]) -> Table:
    table = Table("人员编号", "姓名", "身份号码", "性别", "周岁", "在世", "本地户籍", box=SIMPLE)
    for bearer in bearers:
        age = "" if bearer.age is None else str(bearer.age)
        table.add_row(
            bearer.person_id,
            Text(visible(bearer.name or "")),
            Text(visible(bearer.id_number or "")),
            Sex(bearer.sex).chinese if bearer.sex else "",
            age,
            Truth.of(bearer.alive).chinese,
            Truth.of(bearer.registered).chinese,
        )
    return table
