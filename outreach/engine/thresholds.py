"""Thresholds and sets of a step of ``sql/``: values on which models decide, each with a name and a reason.

``sql/<step>/thresholds.toml`` has one table a threshold, with ``value`` and ``reason``. A model writes
``$name``, a named parameter in DuckDB and, transpiled, in Spark; it is replaced by the value before the
engine sees it, so that a threshold costs no more than a number and may be used in a view. A set of texts is
named in the same way, in ``sql/<step>/sets.toml`` with ``values`` and ``reason``: ``level IN ($near)``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from outreach.shipped import shipped

FILE_NAME = "thresholds.toml"
SETS_NAME = "sets.toml"
_TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|\$(?P<name>[a-z][a-z_0-9]*)")


@dataclass(frozen=True)
class Threshold:
    """A number, or a day, on which models decide."""

    name: str
    value: int | float | date
    reason: str

    @property
    def sql(self) -> str:
        """The value as it is written in SQL."""
        if isinstance(self.value, date):
            return f"DATE '{self.value.isoformat()}'"
        if isinstance(self.value, float):
            return f"CAST({self.value!r} AS DOUBLE)"
        return str(self.value)


@dataclass(frozen=True)
class NamedSet:
    """Texts on which models decide together."""

    name: str
    values: tuple[str, ...]
    reason: str

    @property
    def sql(self) -> str:
        """The texts as they are written within the brackets of ``IN (…)``."""
        return ", ".join("'" + value.replace("'", "''") + "'" for value in self.values)


@cache
def load_thresholds(step: str, sql_dir: Path | None = None) -> Mapping[str, Threshold]:
    """The thresholds of a step by name, in the order of the file; empty where it has none.

    Raises:
        ValueError: the file is no TOML, or a threshold lacks value or reason.
    """
    path = (sql_dir or shipped("sql")) / step / FILE_NAME
    if not path.is_file():
        return {}
    found = {}
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if set(entry) != {"value", "reason"} or not isinstance(entry["value"], int | float | date):
            raise ValueError(f"{path}: [{name}] needs a value (a number or a day) and a reason")
        found[name] = Threshold(name, entry["value"], entry["reason"])
    return found


@cache
def load_sets(step: str, sql_dir: Path | None = None) -> Mapping[str, NamedSet]:
    """The named sets of a step by name, in the order of the file; empty where it has none.

    Raises:
        ValueError: the file is no TOML, or a set has no texts or no reason.
    """
    path = (sql_dir or shipped("sql")) / step / SETS_NAME
    if not path.is_file():
        return {}
    found = {}
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if set(entry) != {"values", "reason"} or not entry["values"]:
            raise ValueError(f"{path}: [{name}] needs values (texts) and a reason")
        found[name] = NamedSet(name, tuple(entry["values"]), entry["reason"])
    return found


def used_thresholds(sql: str) -> frozenset[str]:
    """The names that a model writes as ``$name``, outside of texts and comments."""
    return frozenset(found["name"] for found in _TOKEN.finditer(sql) if found["name"])


def with_thresholds(sql: str, thresholds: Mapping[str, Threshold | NamedSet]) -> str:
    """``sql`` with every ``$name`` replaced by its value, or by the texts of its set.

    Raises:
        KeyError: no such threshold or set.
    """
    return _TOKEN.sub(lambda found: thresholds[found["name"]].sql if found["name"] else found[0], sql)
