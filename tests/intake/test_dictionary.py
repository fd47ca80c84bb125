"""The data dictionary in ``docs`` is what the contracts say; tables are what the steps agreed on."""

from __future__ import annotations

from contracts.extracts import EXTRACTS


def test_extracts_are_distinct_by_name_and_by_number() -> None:
    assert len(EXTRACTS) == len({e.name for e in EXTRACTS}) == len({e.number for e in EXTRACTS})


def test_numbers_of_extracts_never_change() -> None:
    """Keys and fingerprints of rows, and models that name an extract by its number, rest on them."""
    numbers = {extract.number: extract.name for extract in EXTRACTS}
    assert (numbers[1], numbers[2], numbers[5]) == ("household_register", "marriage_register", "benefit_roll")
    assert sorted(numbers) == list(range(1, len(EXTRACTS) + 1))


def test_every_extract_has_a_name_or_a_number() -> None:
    for extract in EXTRACTS:
        assert any(name.endswith("_state") for name in extract.table)
        assert any(column.required_header for column in extract.columns)
