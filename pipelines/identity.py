"""``outreach identity``: a clerk's word on a pair, and the match weights in force."""

from __future__ import annotations

from pathlib import Path

import duckdb
from rich.table import Column, Table

from contracts.extracts.registry import EXTRACT_BY_NAME
from outreach.delivery import built_at, damage_of, list_releases, registry_copy
from outreach.explain.identity_evidence import FIELDS
from outreach.identity import RegistryError, Released, clerical, learning, rebuild
from outreach.settings import SettingsError, load_settings
from pipelines.console import FAILED, OK, err, out, refuse


def _state(home: Path, region: str) -> Path:
    return home / "state" / region


def _latest(home: Path, region: str) -> duckdb.DuckDBPyConnection:
    snapshot = home / "warehouse" / region / "latest.duckdb"
    if not snapshot.exists():
        refuse(f"{region} 还没有发布过（{snapshot} 不存在）。")
    return duckdb.connect(str(snapshot.resolve()), read_only=True)


def list_review(home: Path, region: str | None) -> int:
    """Print the pairs that wait for a clerk: id, where both records are, what agrees and what does not.

    Nothing of the records themselves is shown; ``outreach explain`` shows the person. ``region`` None: of
    every region that has a published night.

    Returns:
        The exit status.
    """
    published = sorted(path.parent.name for path in (home / "warehouse").glob("*/latest.duckdb"))
    if region is None and not published:
        refuse(f"{home} 还没有发布过任何地区。")
    for each in published if region is None else [region]:
        _list_review(home, each)
    return OK


def _list_review(home: Path, region: str) -> None:
    with _latest(home, region) as con:
        rows = con.execute(
            "SELECT pair_id, left_extract, left_row_number, right_row_number, score, comparison "
            "FROM mart.identity_review "
            "ORDER BY score DESC NULLS LAST, left_extract, left_row_number, right_row_number"
        ).fetchall()
        ((as_of,),) = con.execute("SELECT as_of FROM mart.run").fetchall()
    table = Table(Column("编号", no_wrap=True), "数据表", "行号", "户籍行号", "可能性", "比对")
    for pair, extract, row, register_row, score, compared in rows:
        table.add_row(
            pair,
            EXTRACT_BY_NAME[extract].title,
            str(row),
            str(register_row),
            "" if score is None else f"{score:.2f}",
            "；".join(f"{FIELDS[level['field']]}{level['label']}" for level in compared),
        )
    out.print(table)
    out.print(
        f"{region} {as_of} 待核对 {len(rows)} 对；记下结论："
        f"outreach identity decide --region {region} --pair 编号 --same（或 --different） --by 核对人",
        markup=False,
    )


def record_decision(home: Path, region: str, pair: str, same: bool, by: str) -> int:
    """Append a clerk's decision on a pair of the latest published review to the region's state.

    Returns:
        The exit status.
    """
    with _latest(home, region) as con:
        found = con.execute(
            "SELECT subject, other_subject, proposed_person_id FROM mart.identity_review WHERE pair_id = ?",
            [pair],
        ).fetchall()
    if not found:
        refuse(
            f"最新发布的待核对记录中没有编号 {pair}：可能已有结论，或该行已更正。"
            f"请先运行 outreach identity review list --region {region}。"
        )
    keys = ("subject", "other_subject", "proposed_person_id")
    clerical.decide_pair(home, region, dict(zip(keys, found[0], strict=True)), same=same, by=by)
    word = "是同一人" if same else "不是同一人"
    out.print(f"已记下：{pair} {word}（{by}），从下一晚起生效。", markup=False)
    return OK


def show_weights(home: Path, region: str, learn: bool) -> int:
    """Print the latest night's weights and the shipped ones; with ``learn`` request new ones.

    Returns:
        The exit status.
    """
    with _latest(home, region) as con:
        rows = con.execute(
            "SELECT field, label, weight, shipped_weight, seen FROM mart.identity_weight WHERE label <> ''"
        ).fetchall()
    table = Table("字段", "比对结果", "权重", "随附权重", "学习时所见行数")
    for field, label, weight, shipped, seen in rows:
        table.add_row(
            field, label, f"{weight:+.1f}", f"{shipped:+.1f}", "" if seen is None else f"{seen:.0f}"
        )
    out.print(table)
    if learn:
        learning.request_retraining(_state(home, region) / learning.FILE_NAME)
        out.print("下一晚将重新学习权重。")
    return OK


def rebuild_registry(home: Path, region: str) -> int:
    """Make the region's registry of person ids again from its releases; what is there is set aside.

    Returns:
        The exit status.
    """
    found = list_releases(home, region)
    releases = sorted(
        (release for release in found if release.status != "abandoned"), key=lambda r: built_at(r.directory)
    )
    if not releases:
        refuse(f"{region} 没有任何版本（{home / 'releases' / region}），无从重建人员编号登记册。", FAILED)
    sources, damaged = [], []
    for release in releases:
        copy = registry_copy(release.directory)
        why = damage_of(release.directory)
        if why is None or copy is not None:
            sources.append(Released(release.as_of, release.run_id, release.directory / "mart.duckdb", copy))
        if why is not None:
            damaged.append(f"{release.as_of} 版本 {release.run_id}（{why}）")
    try:
        wait = load_settings(home).locks.wait_seconds
        made = rebuild(_state(home, region) / "registry.duckdb", sources, wait)
    except SettingsError as error:
        refuse(str(error))
    except RegistryError as error:
        refuse(str(error), FAILED)
    if made.base:
        out.print(f"以 {made.base.as_of} 版本 {made.base.run_id} 所附的登记册为底本。", markup=False)
    for added in made.added_from:
        out.print(f"补入 {added.as_of} 版本 {added.run_id} 发布的人员编号。", markup=False)
    for words in damaged:
        err.print(f"警告：{words} 已损坏，未采用其结果表。", markup=False)
    for run_id in made.unread:
        err.print(f"警告：版本 {run_id} 无法读取，未采用。", markup=False)
    if made.unsure:
        err.print(
            f"警告：有 {made.unsure} 个未登记且没有有效号码的人，发布的版本中没有识别他们的依据，"
            "下一晚可能得到新编号。",
            markup=False,
        )
    if made.aside:
        out.print(f"原登记册改名为 {made.aside.name}，确认无误后请删除（内含个人信息）。", markup=False)
    out.print(f"已重建 {region} 的人员编号登记册：{made.ids:,} 个编号。现在可以重跑本日。", markup=False)
    return OK
