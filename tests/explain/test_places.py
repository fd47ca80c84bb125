"""The place of a source row in the delivered files, and what of a number may be seen."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from outreach.explain.masking import masked_date, masked_number
from outreach.explain.release_reader import ExplainError, Release


@pytest.fixture
def release(tmp_path: Path) -> Iterator[Release]:
    """A release of which three parts of one extract, and an absent extract, are known."""
    path = tmp_path / "night.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute("CREATE SCHEMA mart")
        con.execute(
            "CREATE TABLE mart.delivery AS FROM (VALUES "
            "('pension_roll', 'pension_roll.part02.csv', 45, 'accepted'), "
            "('pension_roll', 'pension_roll.part01.csv', 40, 'accepted_with_quarantine'), "
            "('pension_roll', 'pension_roll.part03.csv', 5, 'accepted'), "
            "('visit_log', NULL, NULL, 'absent'), "
            "('death_record', 'death_record.csv', 3, 'refused')) AS t (extract, file, rows_read, status)"
        )
    with Release(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("row_number", "file", "file_row"),
    [
        (1, "pension_roll.part01.csv", 1),
        (40, "pension_roll.part01.csv", 40),
        (41, "pension_roll.part02.csv", 1),
        (86, "pension_roll.part03.csv", 1),
    ],
)
def test_a_row_is_found_in_its_part(release: Release, row_number: int, file: str, file_row: int) -> None:
    place = release.place("pension_roll", row_number)
    assert (place.title, place.file, place.file_row) == ("养老保险待遇", file, file_row)


def test_only_accepted_extracts_count_as_available(release: Release) -> None:
    available = {
        name: release.delivered(name)
        for name in ("pension_roll", "visit_log", "death_record", "rescue_register")
    }
    assert available == {
        "pension_roll": True,
        "visit_log": False,
        "death_record": False,
        "rescue_register": False,
    }


def test_a_release_without_the_tables_is_an_error_with_what_to_do(release: Release) -> None:
    with pytest.raises(ExplainError, match="重跑"):
        release.rows("link", person_id="p1")


@pytest.mark.parametrize(
    ("number", "seen"),
    [
        ("340102194103121222", "340102********1222"),
        ("340102410312122", "340102*****2122"),
        ("3.40102E+17", "***********"),
        (None, None),
    ],
)
def test_of_a_number_a_list_shows_no_more(number: str | None, seen: str | None) -> None:
    assert masked_number(number) == seen


def test_of_a_birth_date_the_year_is_seen() -> None:
    assert masked_date(dt.date(1941, 3, 12)) == "1941-**-**"
    assert masked_date(None) is None
