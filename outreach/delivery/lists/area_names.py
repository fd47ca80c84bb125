"""What towns and communities are called on the lists: by name where it is known, else by code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

UNASSIGNED = "unassigned"
"""The folder, and the file, of who has no town or no community."""
_NO_AREA = "未落实区划"


@dataclass(frozen=True)
class AreaNames:
    """The region by name, the night, and the names of areas by code (9 digits a town, 12 a community)."""

    region: str
    night: dt.date
    names: Mapping[str, str]

    def name(self, code: str) -> str:
        """The name of an area; its code where nobody named it."""
        return _NO_AREA if code == UNASSIGNED else self.names.get(code, code)

    def town(self, code: str) -> str:
        """The name of a town; a bare code is preceded by 乡镇街道."""
        name = self.name(code)
        return f"乡镇街道{name}" if name.isdigit() else name

    def walkers(self, town: str) -> str:
        """Who walks with the lists of a town."""
        return "由区（县）指定" if town == UNASSIGNED else f"{self.town(town)}及所辖社区（村）走访人员"

    def community(self, code: str) -> str:
        """The name of a community; a bare code is preceded by 社区（村）."""
        name = self.name(code)
        return f"社区（村）{name}" if name.isdigit() else name


def read_area_names(con: duckdb.DuckDBPyConnection, night: dt.date) -> AreaNames:
    """The names from ``run.provenance`` and ``mart.area``."""
    # No cursor: it would not have the search path of `read_mart`.
    ((region,),) = con.execute("SELECT region_name FROM run.provenance").fetchall()
    names = dict(con.execute("SELECT area_code, name FROM mart.area").fetchall())
    return AreaNames(str(region), night, names)
