"""``index.csv``: every file of the lists with its town, community, programme, action, lines and digest."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import polars as pl

from contracts.vocabulary import Action, ListKind
from outreach.delivery.lists.area_names import UNASSIGNED, AreaNames
from outreach.delivery.lists.list_files import ListFile, csv_bytes

KIND, PROGRAMME, ACTION, LINES, FILE, DIGEST = "类别", "项目编码", "事项代码", "条数", "文件", "SHA-256"
"""Headers by which the release's checks read it."""


def index_bytes(con: duckdb.DuckDBPyConnection, files: Sequence[ListFile], areas: AreaNames) -> bytes:
    """The index as CSV with Chinese headers, in the order of ``files``; a name column for every code."""
    programmes = dict(
        con.cursor().execute("SELECT programme, programme_name FROM decisions.programme").fetchall()
    )
    actions = Action.names()
    rows = []
    for file in files:
        town = file.path.partition("/")[0] if "/" in file.path and file.area_code else ""
        community = (
            file.path.rpartition("/")[2].partition(".")[0] if file.kind == ListKind.BY_HOUSEHOLD else ""
        )
        rows.append(
            {
                KIND: ListKind(file.kind).chinese,
                "乡镇街道": areas.name(town) if town else "",
                "乡镇街道代码": "" if town == UNASSIGNED else town,
                "社区": areas.name(community) if community else "",
                "社区代码": "" if community == UNASSIGNED else community,
                "项目": programmes.get(file.programme, file.programme) if file.programme else "",
                PROGRAMME: file.programme or "",
                "事项": actions[file.action] if file.action else "",
                ACTION: file.action or "",
                LINES: file.rows,
                FILE: file.path,
                DIGEST: file.sha256,
            }
        )
    headers = [
        KIND,
        "乡镇街道",
        "乡镇街道代码",
        "社区",
        "社区代码",
        "项目",
        PROGRAMME,
        "事项",
        ACTION,
        LINES,
        FILE,
        DIGEST,
    ]
    schema = {header: pl.Int64 if header == LINES else pl.String for header in headers}
    return csv_bytes(pl.DataFrame(rows, schema=schema))
