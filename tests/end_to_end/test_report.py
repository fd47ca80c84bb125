"""The month's report over two real nights: figures of both, and nobody in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import Night, call


@pytest.fixture(scope="module")
def page(two_nights: Night, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the samples' month."""
    out: Path = tmp_path_factory.mktemp("report")
    ran = call("report", "--region", "yaohai", "--month", "2026-11", "--home", two_nights.home, "--out", out)
    assert ran.status == 0, ran.err
    return (out / "yaohai-2026-11.html").read_text(encoding="utf-8")


def test_both_nights_are_in_it(page: str) -> None:
    assert "数据截至2026-11-21" in page
    assert "夜间比对共2次" in page
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page)
    assert {"2026-11-20", "2026-11-21"} <= set(cells)
    counts = [int(cell) for cell in cells if cell.isdigit()]
    assert counts
    assert [count for count in counts if count < 5 or count % 5] == []


def test_no_personal_data_is_in_it(two_nights: Night, page: str) -> None:
    text = re.sub(r"<[^>]*>", " ", page)  # the paths of charts are full of digits
    assert not re.search(r"\d{15}|1[3-9]\d{9}", text)
    persons = two_nights.query(
        "SELECT DISTINCT unnest([name, id_number, phone, address, household_id, person_id]) FROM mart.person"
    )
    told = [value for (value,) in persons if value and len(value) > 2 and value in page]
    assert told == []
    births = two_nights.query("SELECT DISTINCT birth_date FROM mart.person WHERE birth_date IS NOT NULL")
    assert [born for (born,) in births if born.isoformat() in page] == []
