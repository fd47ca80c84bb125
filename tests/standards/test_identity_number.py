"""Identity numbers against a plain reading of GB 11643-1999, one number at a time."""

from __future__ import annotations

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.standards import identity_number

AS_OF = dt.date(2026, 11, 20)
DIGITS = "0123456789"


def check_character(first17: str) -> str:
    weights = [2 ** (17 - i) % 11 for i in range(17)]
    return "10X98765432"[sum(int(c) * w for c, w in zip(first17, weights, strict=True)) % 11]


def examine(*numbers: str | None) -> list[tuple[str | None, str]]:
    frame = identity_number.examine(pl.Series(list(numbers), dtype=pl.String), AS_OF)
    return list(frame.iter_rows())


births = st.dates(dt.date(1880, 1, 1), AS_OF)
areas = st.integers(110000, 659999).map(str)
sequences = st.integers(0, 999).map(lambda n: f"{n:03}")


@settings(max_examples=30, deadline=None)
@given(areas, births, sequences)
def test_an_issued_number_is_valid_and_encodes_birth_and_sex(
    area: str, birth: dt.date, sequence: str
) -> None:
    first17 = f"{area}{birth:%Y%m%d}{sequence}"
    number = first17 + check_character(first17)
    assert examine(number) == [(number, "valid")]
    examined = pl.DataFrame({"n": [number]}).select(
        identity_number.birth_date(pl.col("n")).alias("b"),
        identity_number.sex(pl.col("n")).alias("s"),
        identity_number.check_character(pl.col("n").str.slice(0, 17)).alias("c"),
    )
    assert examined.row(0) == (birth, "M" if int(sequence) % 2 else "F", number[-1])


@settings(max_examples=30, deadline=None)
@given(areas, births, sequences, st.integers(0, 17), st.sampled_from(DIGITS))
def test_one_wrong_digit_never_passes(
    area: str, birth: dt.date, sequence: str, place: int, digit: str
) -> None:
    first17 = f"{area}{birth:%Y%m%d}{sequence}"
    number = first17 + check_character(first17)
    damaged = number[:place] + digit + number[place + 1 :]
    ((number18, state),) = examine(damaged)
    if damaged == number:
        assert state == "valid"
    else:
        assert number18 is None
        assert state in {"checksum", "malformed"}


@settings(max_examples=30, deadline=None)
@given(areas, st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)), sequences)
def test_an_old_number_gets_its_century_and_check_character(area: str, birth: dt.date, sequence: str) -> None:
    first17 = f"{area}{birth:%Y%m%d}{sequence}"
    old = area + f"{birth:%y%m%d}" + sequence
    number = first17 + check_character(first17)
    assert examine(old) == [(number, "valid15")]
    assert pl.DataFrame({"n": [old]}).select(identity_number.to_18(pl.col("n"))).item() == number


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=24))
def test_any_text_has_a_state_and_only_valid_ones_a_number(text: str) -> None:
    ((number18, state),) = examine(text)
    assert (number18 is not None) == (state in {"valid", "valid15"})


def test_states_that_are_not_valid() -> None:
    first17 = "34010219460229001"
    assert [
        state
        for _, state in examine(
            None,
            "3.40102E+17",
            "3.40102194503121E+17",
            "34010219450312123O",
            first17 + check_character(first17),
            "340102203001010014",
            "",
        )
    ] == ["missing", "scientific", "scientific", "malformed", "malformed", "malformed", "malformed"]
