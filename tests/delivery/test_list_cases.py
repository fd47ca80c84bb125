"""What the lists show, on small tables; the cases are data (see ``tests/sql_cases.py``)."""

from pathlib import Path

import pytest
from sql_cases import Case, check, load_cases

CASES = load_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    check(case)
