"""``outreach doctor``: is this machine and home fit to run? Each finding with what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rich.markup import escape

from outreach.deployment import Deployment, existing_ancestor, unwritable
from outreach.settings import Settings, SettingsError, load_settings
from pipelines.console import FAILED, OK, out
from pipelines.doctor_nights import Finding, dagster_findings, night_findings

PACKAGES = ("dagster", "duckdb", "polars", "pandera", "rapidfuzz", "sqlglot", "xlsxwriter")
MEMORY_BESIDE_ENGINE_GIB = 2.0
"""What polars, the workbooks and Python need in addition to DuckDB's own limit."""
MARKS = {True: "[green]✓[/]", False: "[red]✗[/]", None: "–"}


def examine(deployment: Deployment) -> int:
    """Print all findings.

    Returns:
        0 when everything is fit, 1 where something must be done (a line marked ✗). What is only worth knowing
        (–) changes nothing.
    """
    found = list(findings(deployment))
    for finding in found:
        out.print(f"{MARKS[finding.fit]} {escape(finding.what)}：{escape(finding.found)}")
        if finding.advice and not finding.fit:
            # on a line of its own, unbroken: it is to be copied
            out.print(f"    {finding.advice}", markup=False)
    unfit = sum(finding.fit is False for finding in found)
    out.print(f"\n{unfit} 项需要处理。" if unfit else "\n可以运行。")
    return FAILED if unfit else OK


def findings(deployment: Deployment) -> Iterator[Finding]:
    """Look at everything a night needs, and at how the last nights ended; nothing is left behind."""
    try:
        settings = load_settings(deployment.home)
        written = (deployment.home / "settings.yaml").exists()
        yield Finding(
            "设置文件",
            True if written else None,
            str(deployment.home / "settings.yaml") if written else "没有 settings.yaml，全部使用默认值",
        )
    except (SettingsError, OSError) as error:
        settings = Settings()
        yield Finding("设置文件", False, str(error), "改正或删除 settings.yaml 中的这一项")
    yield _python()
    yield from _packages()
    yield _home(deployment.home)
    yield _disk(deployment.home, settings)
    yield _guarded("内存", lambda: _memory(settings))
    yield _attempt(
        "政策文件", lambda: _policies(deployment), "改正所指的政策文件，或用 --policies 指向正确的目录"
    )
    yield _landing(deployment)
    yield _attempt("时区数据", _timezone, "安装 tzdata：pip install tzdata")
    yield _attempt("DuckDB 读写", lambda: _duckdb(deployment.home), "检查部署目录是否可写、磁盘是否已满")
    yield from night_findings(deployment, settings)
    yield from dagster_findings()


def _attempt(what: str, look: Callable[[], str], advice: str) -> Finding:
    try:
        return Finding(what, True, look())
    except Exception as error:
        return Finding(what, False, f"{type(error).__name__}: {error}", advice)


def _guarded(what: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Exception as error:
        return Finding(what, False, f"{type(error).__name__}: {error}", "改正 settings.yaml 中的相应设置")


def _python() -> Finding:
    fit = sys.version_info >= (3, 11)
    return Finding("Python", fit, platform.python_version(), "需要 Python 3.11 或更新版本")


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(name, True, version(name))
        except PackageNotFoundError:
            yield Finding(name, False, "未安装", "运行 make install")


def _home(home: Path) -> Finding:
    blocked = unwritable(home)
    return Finding("部署目录", blocked is None, blocked or str(home), "换一个目录（--home），或修正其权限")


def _disk(home: Path, settings: Settings) -> Finding:
    free = shutil.disk_usage(existing_ancestor(home)).free / 2**30
    need = settings.release.min_free_gib
    return Finding(
        "磁盘空间",
        free >= need,
        f"可用 {free:.1f} GiB（至少 {need:g} GiB）",
        "清理磁盘，或调整 settings.yaml 的 release.min_free_gib",
    )


def _memory(settings: Settings) -> Finding:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    need = _gib(settings.engine.memory_limit) + MEMORY_BESIDE_ENGINE_GIB
    return Finding(
        "内存",
        total >= need,
        f"{total:.1f} GiB（引擎上限 {settings.engine.memory_limit}，建议至少 {need:.1f} GiB）",
        "换用内存更大的机器，或调低 settings.yaml 的 engine.memory_limit",
    )


def _gib(limit: str) -> float:
    """A DuckDB memory limit such as ``2GB`` or ``512MiB`` in GiB."""
    units = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
    text = limit.strip().upper().removesuffix("IB").removesuffix("B")
    return float(text[:-1]) * units[text[-1]] / 2**30


def _policies(deployment: Deployment) -> str:
    from outreach.policy import load_policy, regions
    from pipelines.partitions import today

    names = regions(deployment.policies)
    for name in names:
        load_policy(name, deployment.policies, deployment.parameters(name), as_of=today())
    return "、".join(names)


def _landing(deployment: Deployment) -> Finding:
    landing = deployment.landing
    if not landing.exists() and landing == deployment.home / "landing":
        advice = "放入批次前建立该目录，或用 --landing 指明别处"
        return Finding("收件目录", None, f"{landing} 尚不存在", advice)
    fit = landing.is_dir() and os.access(landing, os.R_OK | os.X_OK)
    return Finding("收件目录", fit, str(landing), "建立该目录并放入批次，或用 --landing 指明")


def _timezone() -> str:
    from pipelines.partitions import TIMEZONE, today

    return f"{TIMEZONE}，今天 {today()}"


def _duckdb(home: Path) -> str:
    import duckdb

    with tempfile.TemporaryDirectory(dir=existing_ancestor(home)) as folder:
        path = Path(folder) / "probe.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute("CREATE TABLE t AS SELECT 1 AS x")
        with duckdb.connect(str(path), read_only=True) as con:
            if con.execute("SELECT x FROM t").fetchone() != (1,):
                raise OSError("what was written is not what is read")
    return duckdb.__version__
