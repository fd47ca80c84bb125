"""A landing zone for one batch, and the intake of its files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import raw_workbook as raw

from contracts.extracts import EXTRACT_BY_NAME
from outreach.engine import Warehouse
from outreach.intake import Delivery, check_conservation, intake_extract, open_batch

AS_OF = dt.date(2026, 11, 20)
PROGRAMMES = {"age_allowance": {"高龄津贴"}, "visit": {"探访服务"}}
VALID = "11010519491231002X"

ROW = {
    "户号": "H1",
    "公民身份号码": VALID,
    "姓名": "王秀英",
    "性别": "女",
    "出生日期": "1949-12-31",
    "与户主关系": "户主",
    "户籍地址": "胜利路1号",
    "行政区划代码": "340102001001",
    "人员状态": "正常",
}
HEADER = list(ROW)
HEAD = raw.row(1, HEADER)
GOOD = raw.row(2, list(ROW.values()))
"""Header and a row of a workbook, as XML."""


def line(delimiter: str = ",", **changes: str) -> str:
    """A register line, with some cells changed by header."""
    return delimiter.join(str(value) for value in (ROW | changes).values())


@dataclass
class Landing:
    """Files of one batch; :meth:`take` runs the intake of an extract on them."""

    folder: Path
    warehouse: Warehouse
    last: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, content: bytes | str | Sequence[str], encoding: str = "utf-8") -> Path:
        """Write a file: bytes as they are, text encoded, lines joined."""
        if not isinstance(content, (bytes, str)):
            content = "\n".join(content) + "\n"
        data = content if isinstance(content, bytes) else content.encode(encoding)
        path = self.folder / name
        path.write_bytes(data)
        return path

    def register(self, *lines: str, encoding: str = "utf-8", name: str = "household_register.csv") -> Path:
        """Write a register with the usual header."""
        return self.put(name, [",".join(HEADER), *lines], encoding)

    def take(
        self,
        extract: str = "household_register",
        earlier: Sequence[int] = (),
        allowed: Sequence[str] = (),
        regions: Mapping[str, str] | None = None,
    ) -> Delivery:
        """Take an extract in, and see that every row is accounted for."""
        batch = open_batch(self.folder.parent.parent, "yaohai", AS_OF)
        delivery = intake_extract(
            self.warehouse,
            batch,
            extract,
            as_of=AS_OF,
            earlier_rows=earlier,
            allowed=frozenset(allowed),
            programmes=PROGRAMMES,
            regions=regions,
        )
        assert all(account.holds for account in check_conservation(self.warehouse))
        columns = self.warehouse.con.sql(f"FROM intake.{extract}").columns
        assert columns == [*EXTRACT_BY_NAME[extract].table, "content"]
        return delivery

    def rows(self, columns: str = "*", extract: str = "household_register") -> list[tuple[Any, ...]]:
        """Accepted rows, by row number."""
        return self.warehouse.con.sql(
            f"SELECT {columns} FROM intake.{extract} ORDER BY row_number"
        ).fetchall()

    def numbers(self, extract: str = "household_register") -> list[int]:
        return [row[0] for row in self.rows("row_number", extract)]

    def quarantine(self) -> list[tuple[int, str, str, str | None]]:
        """(row_number, severity, rule, column_name), by row number."""
        return self.warehouse.con.sql(
            "SELECT row_number, severity, rule, column_name FROM run.quarantine ORDER BY ALL"
        ).fetchall()
