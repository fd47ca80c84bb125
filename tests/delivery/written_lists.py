"""Lists that were written for a night, read back as an officer's programs read them."""

from __future__ import annotations

import csv
from pathlib import Path

from python_calamine import CalamineWorkbook

from delivery.world import AS_OF
from outreach.delivery import plan_release, write_lists
from outreach.engine import Warehouse, build
from outreach.outcomes import ask_departments

Rows = list[list[str]]


def write(night: Warehouse, home: Path, run_id: str = "run-1") -> Path:
    """Write the lists of the night; their folder."""
    build(night.con, "mart", only=["candidate", "person"])
    ask_departments(night, {}, 15)
    paths = plan_release(home, "yaohai", AS_OF, run_id)
    write_lists(night, paths)
    return paths.lists


def read_csv(path: Path) -> Rows:
    """The lines of a CSV file, which begins with a byte order mark."""
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


def read_xlsx(path: Path) -> Rows:
    """The cells of the first sheet as texts."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def table_of(path: Path) -> list[dict[str, str]]:
    """The lines of a workbook below its header, by header; titles of its parts are left out."""
    rows = read_xlsx(path)
    header = next(number for number, row in enumerate(rows) if "人员编号" in row)
    place = rows[header].index("人员编号")
    return [dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :] if row[place]]


def line_of(folder: Path, person_id: str, action: str = "visit.due") -> dict[str, str]:
    """The CSV line of a person on a list, by header."""
    for path in folder.glob(f"*/{action}.csv"):
        header, *rows = read_csv(path)
        for row in rows:
            line = dict(zip(header, row, strict=True))
            if line["人员编号"] == person_id:
                return line
    raise AssertionError(f"{person_id} is on no list of {action}")


def change(night: Warehouse, key: int, **values: str | None) -> None:
    """Change what is known of a person."""
    for name, value in values.items():
        night.con.execute(f"UPDATE facts.person SET {name} = ? WHERE person_key = ?", [value, key])
