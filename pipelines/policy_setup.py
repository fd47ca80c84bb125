"""``outreach policies setup``: what a locality has to settle, tried on the last night, and its files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from contracts.vocabulary import Impact
from outreach.deployment import Deployment
from outreach.engine.folders import OPEN, make_folder
from outreach.policy import Policy, PolicyError, load_policy
from outreach.policy.language import local_file
from outreach.policy.language.local_file import Setting
from outreach.policy.proofs.check import check_policy
from outreach.policy.simulation.setup import Choice, open_choices
from pipelines.console import err, out

_HEADINGS = {
    "amount": "待地方核定的金额",
    "switch": "未打开的开关",
    "working setting": "未设定的工作设置",
    "list": "空的名单",
}
_AREA_HEADER = ("行政区划代码", "名称")


def set_up(
    deployment: Deployment,
    policy: Policy,
    settings: Sequence[str],
    since: dt.date,
    source: str,
    *,
    dry_run: bool,
) -> int:
    """Put ``settings`` into the region's parameters file, list what is still open, and write both files.

    What is set is never overwritten. ``settings`` name known parameters and switches.

    Returns:
        The exit status: 0; 1 where a setting was refused, and then nothing is written.
    """
    path = deployment.parameters(policy.region)
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        text = local_file.with_settings(text, [_setting(given, since, source) for given in settings])
        with TemporaryDirectory() as folder:
            tried = Path(folder) / "parameters" / path.name
            tried.parent.mkdir()
            tried.write_text(text, encoding="utf-8")
            policy = _checked(deployment, policy, tried)
            choices = open_choices(
                policy,
                lambda change: load_policy(
                    policy.region, deployment.policies, tried, as_of=policy.as_of, changes=[change]
                ),
                _snapshot(deployment, policy.region),
            )
    except PolicyError as error:
        err.print(str(error), markup=False)
        return 1
    night = _snapshot(deployment, policy.region)
    lines = list(_shown(choices, night))
    out.print("\n".join(lines) or "没有待定的金额、开关、工作设置和名单。", markup=False)
    areas = deployment.home / "areas" / f"{policy.region}.csv"
    unnamed = _unnamed_areas(night, areas)
    if unnamed:
        out.print(f"\n没有名称的乡镇街道和社区：{len(unnamed)} 个（{areas}）", markup=False)
    if dry_run:
        out.print("\n没有写任何文件。", markup=False)
        return 0
    make_folder(deployment.home, OPEN)
    for file, content in (
        (path, local_file.with_notes(text, _notes(choices))),
        (areas, _named(areas, unnamed)),
    ):
        if content is not None:
            make_folder(file.parent, OPEN)
            file.write_text(content, encoding="utf-8-sig" if file.suffix == ".csv" else "utf-8")
            out.print(f"已写 {file}", markup=False)
    return 0


def _setting(given: str, since: dt.date, source: str) -> Setting:
    name, _, value = (part.strip() for part in given.partition("="))
    if value in ("on", "off"):
        return Setting(name, value == "on")
    return Setting(name, Decimal(value), since, source)


def _checked(deployment: Deployment, policy: Policy, tried: Path) -> Policy:
    """The policy with the tried parameters file.

    Raises:
        PolicyError: the file cannot be used, or a figure of it is below the least or above the most allowed.
    """
    made = load_policy(policy.region, deployment.policies, tried, as_of=policy.as_of)
    before = {(finding.programme, finding.message) for finding in check_policy(policy)}
    found = [
        f for f in check_policy(made) if f.severity == "error" and (f.programme, f.message) not in before
    ]
    if found:
        raise PolicyError("\n".join(finding.message for finding in found))
    return made


def _snapshot(deployment: Deployment, region: str) -> Path | None:
    latest = deployment.home / "warehouse" / region / "latest.duckdb"
    return latest.resolve() if latest.exists() else None


def _shown(choices: Sequence[Choice], night: Path | None) -> Iterator[str]:
    """The open choices in words, by kind, each with what it would change for the people of the night."""
    if night is None and choices:
        yield "本地区还没有发布的结果，暂不能说各项会改变多少人。"
    for kind, heading in _HEADINGS.items():
        own = [choice for choice in choices if choice.kind == kind]
        if own:
            yield f"\n{heading}（{len(own)}）"
        for choice in own:
            unit = f"（{choice.unit}）" if choice.unit else ""
            yield f"  {choice.name}  {choice.label}{unit}"
            yield f"      用于：{'、'.join(choice.programmes) or '没有项目'}{_effect(choice)}"


def _effect(choice: Choice) -> str:
    parts = []
    if choice.waiting is not None:
        parts.append(f"符合而金额待定的 {choice.waiting:,} 人次")
    if choice.kind == "amount" and choice.moves is not None:
        alone = choice.moves.get(Impact.AMOUNT_SET, 0)
        parts.append(f"定下本项即可算出金额的 {alone:,} 人次")
    if choice.kind == "switch" and choice.moves is not None:
        moved = [f"{kind.chinese} {choice.moves[kind]:,} 人次" for kind in Impact if choice.moves.get(kind)]
        parts.append("打开后" + ("，".join(moved) if moved else "按现有数据不改变任何人"))
    if choice.permitted:
        parts.append(f"现有 {choice.permitted:,} 人只凭此在享受，打开前不作判定、不停发")
    return "；" + "；".join(parts) if parts else ""


def _notes(choices: Sequence[Choice]) -> Iterator[str]:
    """The open choices as lines that can be taken into the file, each with what it is for."""
    forms = {
        "amount": ("parameters", "  {name}:", "    - {{from: 2027-01-01, value: , source: }}"),
        "working setting": ("parameters", "  {name}:", "    - {{from: 2027-01-01, value: , source: }}"),
        "switch": ("switches", "  {name}: true"),
        "list": ("lists", "  {name}:", "    - {{from: 2027-01-01, names: []}}"),
    }
    for kind, heading in _HEADINGS.items():
        own = [choice for choice in choices if choice.kind == kind]
        if not own:
            continue
        section, *form = forms[kind]
        yield ""
        yield f"{heading}，写在 {section}: 之下（去掉行首的 #，填上数值）"
        for choice in own:
            unit = f"，{choice.unit}" if choice.unit else ""
            yield f"  # {choice.label}{unit}；用于{'、'.join(choice.programmes)}"
            yield from (line.format(name=choice.name) for line in form)


def _unnamed_areas(night: Path | None, areas: Path) -> list[str]:
    """Codes of towns (9 digits) and communities (12) where somebody is registered and that have no name."""
    if night is None:
        return []
    with duckdb.connect(str(night), read_only=True) as con:
        found = con.execute(
            "SELECT DISTINCT unnest([substr(area_code, 1, 9), area_code]) AS code FROM mart.person "
            "WHERE registered AND regexp_matches(area_code, '^[0-9]{12}$') ORDER BY 1"
        ).fetchall()
    named = {code for code, name in _areas(areas) if name}
    return [code for (code,) in found if code not in named]


def _areas(areas: Path) -> list[tuple[str, str]]:
    if not areas.exists():
        return []
    with areas.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if row and row[0].strip().isdigit()]
    return [(row[0].strip(), row[1].strip() if len(row) > 1 else "") for row in rows]


def _named(areas: Path, unnamed: Sequence[str]) -> str | None:
    """The file of area names with a line for each code that has none yet; None: there is nothing to write."""
    known = _areas(areas)
    new = [code for code in unnamed if code not in dict(known)]
    if not new:
        return None
    written = io.StringIO()
    writer = csv.writer(written)
    if areas.exists():
        written.write(areas.read_text(encoding="utf-8-sig").rstrip("\n") + "\n")
    else:
        writer.writerow(_AREA_HEADER)
    writer.writerows((code, "") for code in new)
    return written.getvalue()
