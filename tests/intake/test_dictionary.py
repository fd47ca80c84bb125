"""The data dictionary in ``docs`` is what the contracts say; tables are what the steps agreed on."""

from __future__ import annotations

import re

import pytest

from contracts.extracts import EXTRACTS, Extract
from contracts.generate import ROOT

TABLES = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("extract", EXTRACTS, ids=lambda e: e.name)
def test_delivered_columns_are_those_of_the_tables_page(extract: Extract) -> None:
    row = re.search(rf"\| {extract.name} \| (.*?) \|", TABLES)
    assert row is not None
    agreed = re.sub(r"\([^)]*\)", "", row[1]).replace(" ", "").split(",")
    names = [name for name in extract.table if not re.search(r"18$|_state$|_key$|^row_number$", name)]
    assert names == agreed
    assert next(iter(extract.table)) == "row_number"


def test_sixteen_extracts_with_a_name_or_a_number_each() -> None:
    assert len(EXTRACTS) == len({extract.name for extract in EXTRACTS}) == 16
    for extract in EXTRACTS:
        assert any(name.endswith("_state") for name in extract.table)
        assert any(column.required_header for column in extract.columns)
