"""A batch: the files of a region's landing folder for one date, and its manifest."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contracts.extracts import EXTRACT_BY_NAME
from outreach.errors import OutreachError
from outreach.standards.characters import visible

SUCCESS = "_SUCCESS"
FORMS = ("csv", "xlsx", "parquet")

_DELIVERY = re.compile(r"^(?P<extract>[a-z_]+)(?:\.part(?P<part>\d+))?\.(?P<form>[A-Za-z0-9]+)$")
_PASSING = frozenset({"tmp", "part", "filepart", "crdownload", "swp", "bak", "crc", "md5", "sha256", "lock"})
"""Endings of what a transfer leaves next to a file: never a delivery."""

_LONGEST_NAME = 60


class BatchError(OutreachError):
    """The batch cannot be used at all; the message names the reason and what to do (Chinese, one
    sentence)."""


@dataclass(frozen=True)
class ManifestEntry:
    """The manifest's entry for a file; ``fault`` where the entry itself cannot be read."""

    rows: int | None = None
    sha256: str | None = None
    fault: str | None = None


@dataclass(frozen=True)
class Part:
    """A file of an extract: ``number`` is its part number, None for an extract in one file."""

    path: Path
    form: str
    number: int | None

    @property
    def name(self) -> str:
        return self.path.name


@dataclass(frozen=True)
class Batch:
    """The files of one region and date.

    ``parts``: for each delivered extract its files in name order (the order in which rows are counted).
    ``faults``: extracts whose set of files is not whole or not clear, with the reason.
    ``manifest``: entries by file name, empty where ``_SUCCESS`` is absent or an empty file.
    ``unknown``: names of files that are no extract. ``complete``: whether ``_SUCCESS`` is there.
    """

    folder: Path
    region: str
    date: dt.date
    complete: bool
    parts: dict[str, tuple[Part, ...]] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    manifest: dict[str, ManifestEntry] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


def open_batch(landing: Path, region: str, date: dt.date) -> Batch:
    """Look at ``landing/<region>/<date>`` without reading any row.

    Raises:
        BatchError: the folder is missing, holds no extract, cannot be listed, or has a manifest that is
            neither empty nor readable (a manifest cut short means files may be, too).
    """
    folder = landing / region / date.isoformat()
    success = folder / SUCCESS
    try:
        if not folder.is_dir():
            raise BatchError(_no_folder(folder, region, date))
        entries = sorted(folder.iterdir())
        complete = success.is_file()
    except OSError as error:
        raise BatchError(f"批次目录 {folder} 无法读取（{error.strerror}），请检查目录权限。") from error
    manifest = _read_manifest(success) if complete else {}
    found: dict[str, list[Part]] = {}
    unreadable: dict[str, str] = {}
    unknown: list[str] = []
    for path in entries:
        part = _as_part(path)
        if part is not None:
            parts_of = found.setdefault(part[0], [])
            no_file = _no_file(path)
            if no_file is None:
                parts_of.append(part[1])
            else:
                unreadable[part[0]] = f"{path.name} {no_file}，请重新送达该文件"
        elif path.name != SUCCESS:
            unknown.append(_shown(path.name))
    for name in manifest:
        listed = _as_part(folder / name)
        if listed is not None:
            found.setdefault(listed[0], [])
    if not any(found.values()) and not unreadable:
        raise BatchError(f"批次目录 {folder} 中没有任何部门数据文件。请确认数据已送达且文件名符合约定。")
    parts = {name: tuple(sorted(items, key=lambda part: part.name)) for name, items in found.items()}
    faults = {name: fault for name, items in parts.items() if (fault := _fault(name, items, manifest))}
    faults |= unreadable
    return Batch(folder, region, date, complete, parts, faults, manifest, tuple(sorted(unknown)))


def _no_folder(folder: Path, region: str, date: dt.date) -> str:
    if os.path.lexists(folder):
        return f"{folder} 不是文件夹，或是指向不存在位置的链接。请检查共享目录是否已挂载。"
    return f"没有找到 {region} {date} 的批次目录：{folder}。请确认各部门数据已送达该目录。"


def _shown(name: str) -> str:
    """A file's name as text that can be printed and stored, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def shown_name(name: str, digits: int = 6) -> str:
    """A file's name as it may be shown: short, on one line, without numbers that may be a person's.

    ``digits``: how long a number is that is not shown; those of our own files are area codes, up to 12.
    """
    short = re.sub(rf"\d{{{digits},}}", "***", re.sub(r"\s+", " ", visible(name)))
    return short if len(short) <= _LONGEST_NAME else f"{short[:_LONGEST_NAME]}…"


def _as_part(path: Path) -> tuple[str, Part] | None:
    match = _DELIVERY.match(path.name)
    if match is None or match["extract"] not in EXTRACT_BY_NAME or match["form"].lower() in _PASSING:
        return None
    number = None if match["part"] is None else int(match["part"])
    return match["extract"], Part(path, match["form"].lower(), number)


def _no_file(path: Path) -> str | None:
    """What is in the folder under an extract's name, if it is nothing that can be read to its end."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return f"是失效的链接（{error.strerror}）" if path.is_symlink() else f"无法读取（{error.strerror}）"
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return "是文件夹，不是文件"
    return "是管道、套接字或设备，不是文件"


def _fault(extract: str, parts: tuple[Part, ...], manifest: dict[str, ManifestEntry]) -> str | None:
    """Why the files of an extract cannot be taken as one whole snapshot, or None."""
    present = {part.name for part in parts}
    for name in manifest:
        listed = _as_part(Path(name))
        if listed is not None and listed[0] == extract and name not in present:
            return f"清单 {SUCCESS} 列出的文件 {shown_name(name)} 没有送达"
    for part in parts:
        if part.form not in FORMS:
            return f"文件 {shown_name(part.name)} 的格式不受支持，请改为 csv、xlsx 或 parquet"
    numbers = sorted(part.number for part in parts if part.number is not None)
    if len(numbers) < len(parts) and len(parts) > 1:
        return f"同一数据有多个文件，不能确定以哪个为准：{'、'.join(part.name for part in parts)}"
    if len(set(numbers)) < len(numbers):
        return f"分片编号重复：{'、'.join(part.name for part in parts)}"
    if not numbers:
        return None
    # Parts count from 1 (or 0): the first number that is not where it should be follows a gap.
    for expected, number in enumerate(numbers, min(numbers[0], 1)):
        if number != expected:
            return f"缺少分片：第 {expected} 片"
    return None


def _read_manifest(path: Path) -> dict[str, ManifestEntry]:
    try:
        text = path.read_bytes().decode("utf-8-sig").strip()
        content: Any = json.loads(text) if text else {}
    except (OSError, ValueError, RecursionError) as error:
        raise BatchError(f"清单 {path} 无法读取（既不是空文件也不是完整的 JSON），请重新送达。") from error
    if not isinstance(content, dict):
        raise BatchError(f"清单 {path} 的内容不是“文件名: 行数与校验值”的形式，请重新送达。")
    return {str(name).removeprefix("./"): _entry(value) for name, value in content.items()}


def _entry(value: Any) -> ManifestEntry:
    if not isinstance(value, dict):
        return ManifestEntry(fault="清单中该文件的条目无法读取")
    rows, sha256 = value.get("rows"), value.get("sha256")
    if rows is not None and (isinstance(rows, bool) or not isinstance(rows, int) or rows < 0):
        return ManifestEntry(fault="清单中该文件的行数无法读取")
    if sha256 is not None and not re.fullmatch(r"[0-9A-Fa-f]{64}", str(sha256)):
        return ManifestEntry(fault="清单中该文件的校验值无法读取")
    return ManifestEntry(rows, None if sha256 is None else str(sha256).lower())
