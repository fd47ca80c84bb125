"""How Splink is set up against this project: three models over the same columns and the same blocking.

``standard`` takes the comparisons of Splink's own library, as its documentation does. ``graded`` compares by
the levels this project uses (``name_level`` as a function of the database, the states of a number as SQL).
``graded+household`` also gets, worked out for it, the household to which a row points by its spouse, its
family or its number's holder. Random sampling never sees two people whose numbers differ by one slip, so u of
such levels is set by hand. Blocking is this project's, said as
Splink rules; what rests on links made before (phones and addresses that another extract lends) cannot be
said so and is left out.
"""

from __future__ import annotations

from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator
from splink.blocking_rule_library import CustomRule, block_on

RULES = (
    "l.number18 = r.number18",
    "l.number18 = r.former_number18",
    "right(l.damaged, 12) = substr(r.number, 7, 12)",
    "left(l.damaged, 6) = left(r.number, 6) AND right(l.damaged, 8) = substr(r.number, 11, 8)",
    "left(l.damaged, 10) = left(r.number, 10) AND right(l.damaged, 4) = substr(r.number, 15, 4)",
    "substr(l.damaged, 8, 7) = substr(r.number, 8, 7) AND left(l.name_key, 1) = left(r.name_key, 1)",
    "right(l.damaged, 8) = substr(r.number, 11, 8) AND left(l.name_key, 1) = left(r.name_key, 1)",
    "left(l.damaged, 6) = left(r.number, 6) AND right(l.damaged, 4) = substr(r.number, 15, 4)"
    " AND left(l.name_key, 1) = left(r.name_key, 1)",
    "left(l.damaged, 15) = left(r.number, 15)",
    "left(l.damaged, 14) = left(r.number, 14) AND right(l.damaged, 2) = substr(r.number, 17, 2)",
    "left(l.damaged, 6) = left(r.number, 6) AND substr(l.damaged, 7, 9) = substr(r.number, 9, 9)",
    "l.name_key = r.name_key AND right(l.number, 4) = substr(r.number, 15, 4)",
    "l.name_key = r.name_key AND year(l.any_birth) = year(r.any_birth)",
    "l.name_key = r.name_key AND month(l.any_birth) = month(r.any_birth)"
    " AND day(l.any_birth) = day(r.any_birth)",
    "l.rare_name = r.rare_name",
    "l.rarest_name = r.rarest_name",
    "l.block_birth = r.block_birth AND left(l.name_key, 1) = left(r.name_key, 1)",
    "l.block_birth = r.block_birth AND right(l.name_key, 1) = right(r.name_key, 1)",
    "l.any_birth = r.any_birth AND l.name_key = r.former_name_key",
    "left(l.odd_name, 2) = left(r.odd_name, 2) AND year(l.any_birth) = year(r.any_birth)",
    "right(l.odd_name, 2) = right(r.odd_name, 2) AND year(l.any_birth) = year(r.any_birth)",
    "left(l.odd_name, 1) = left(r.odd_name, 1) AND right(l.odd_name, 1) = right(r.odd_name, 1)"
    " AND year(l.any_birth) = year(r.any_birth)",
    "left(l.odd_name, 1) = left(r.odd_name, 1) AND right(l.odd_name, 1) = right(r.odd_name, 1)"
    " AND month(l.any_birth) = month(r.any_birth) AND day(l.any_birth) = day(r.any_birth)",
    "left(l.odd_name, 2) = left(r.odd_name, 2) AND month(l.any_birth) = month(r.any_birth)"
    " AND day(l.any_birth) = day(r.any_birth)",
    "l.phone_few = r.phone_few",
    "l.phone = r.phone_few AND left(l.name_key, 1) = left(r.name_key, 1)",
    "l.phone = r.phone AND l.name_key = r.name_key",
    "l.address_few = r.address_few",
    "l.address = r.address_few AND left(l.name_key, 1) = left(r.name_key, 1)",
    "l.address = r.address AND l.name_key = r.name_key",
    "l.address_tail = r.address_tail AND left(l.name_key, 1) = left(r.name_key, 1)"
    " AND (ends_with(r.address, l.address) OR ends_with(l.address, r.address))",
    "l.open_address_tail = r.address_tail AND (right(l.name_key, 1) = right(r.name_key, 1)"
    " OR substr(l.name_key, 2, 1) = substr(r.name_key, 2, 1))"
    " AND (ends_with(r.address, l.address) OR ends_with(l.address, r.address))",
    "l.block_birth = r.block_birth AND left(l.name_key, 1) BETWEEN 'A' AND 'Z'",
    "l.household = r.household",
)
"""The keys of ``sql/identity/blocking/block_pair.sql``; l is a department's row, r a register row."""

SAME_NUMBER_AND_NAME = "l.number18 = r.number18 AND l.name_key = r.name_key"
TRAINING_BLOCKS = (
    "l.number18 = r.number18",
    "l.name_key = r.name_key AND l.any_birth = r.any_birth",
    "l.phone = r.phone AND l.name_key = r.name_key",
)


def _standard() -> list[Any]:
    return [
        cl.NameComparison("name_key").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
        cl.DateOfBirthComparison("birth", input_is_string=False),
        cl.ExactMatch("sex"),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        cl.ExactMatch("address").configure(term_frequency_adjustments=True),
    ]


def _level(sql: str, label: str) -> Any:
    return cll.CustomLevel(sql, label)


def _seldom(sql: str, label: str, by_chance: float) -> Any:
    """A level that random sampling misses: ``by_chance`` (u) is how often two people are so alike."""
    return cll.CustomLevel(sql, label).configure(u_probability=by_chance, fix_u_probability=True)


def _number(register_rows: int) -> Any:
    slips = "damerau_levenshtein(number_l, number_r)"
    both_valid = "number18_l IS NOT NULL AND number18_r IS NOT NULL"
    damaged = (
        "(number18_l IS NULL OR number18_r IS NULL) AND length(number_l) >= 12 AND length(number_r) >= 12"
    )
    return cl.CustomComparison(
        output_column_name="number",
        comparison_levels=[
            cll.NullLevel("number"),
            _seldom("number18_l = number18_r", "equal", 1 / (10 * register_rows)),
            _seldom("number18_l = former_number18_r", "former", 1e-8),
            _seldom(f"{damaged} AND {slips} <= 1", "one slip", 3e-8),
            _seldom(f"{damaged} AND left(number_l, 15) = left(number_r, 15)", "first 15", 1e-7),
            _seldom(f"{damaged} AND {slips} = 2", "two slips", 2e-7),
            _seldom(
                "length(number_l) BETWEEN 14 AND 16 AND"
                " damerau_levenshtein(number_l, left(number_r, 6) || substr(number_r, 9, 9)) <= 1",
                "15 digits, one slip",
                3e-8,
            ),
            _seldom(
                f"{both_valid} AND NOT taken_l AND {slips} <= 2 AND left(number_l, 14) <> left(number_r, 14)",
                "near, both valid",
                1e-7,
            ),
            _seldom(
                "number18_l IS NULL AND regexp_matches(number_l, '^[0-9]*[X*#?●■□]{2,}[0-9]{3}[0-9X]$')"
                " AND starts_with(number_r, regexp_extract(number_l, '^[0-9]*'))"
                " AND right(number_l, 4) = right(number_r, 4)",
                "masked",
                1e-4,
            ),
            _level(
                "number_l LIKE '%E+%' AND left(replace(number_l, '.', ''), 4) = left(number_r, 4)",
                "scientific",
            ),
            _level(f"{both_valid} AND taken_l", "held by another"),
            _level(both_valid, "both valid, other"),
            _level(f"{damaged} AND {slips} <= 4", "some slips"),
            cll.ElseLevel(),
        ],
    )


def _name() -> Any:
    # The function costs more than the rest together: it is asked only where an end of the names agrees.
    level = (
        "(left(name_key_l, 1) = left(name_key_r, 1) OR right(name_key_l, 1) = right(name_key_r, 1))"
        " AND name_level(name_key_l, name_key_r)"
    )
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name_key"),
            cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
            _seldom("name_key_l = former_name_key_r", "former", 1e-5),
            _level("reading_l = reading_r", "reading"),
            _level(f"{level} >= 4", "reading or look-alike"),
            _level(f"{level} = 3", "gap"),
            _level(f"{level} = 2", "one differs"),
            _level("left(name_key_l, 1) = left(name_key_r, 1)", "surname"),
            cll.ElseLevel(),
        ],
    )


def _birth() -> Any:
    agreeing = " + ".join(
        f"CAST({part}(birth_l) = {part}(birth_r) AS INTEGER)" for part in ("year", "month", "day")
    )
    same_year = "year(birth_l) = year(birth_r)"
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("birth"),
            cll.ExactMatchLevel("birth"),
            _level(
                f"{same_year} AND month(birth_l) = day(birth_r) AND day(birth_l) = month(birth_r)", "swapped"
            ),
            _level(f"{agreeing} = 2", "one part differs"),
            _level(f"{same_year} AND month(birth_l) = 1 AND day(birth_l) = 1", "year only"),
            _level("abs(datediff('day', birth_l, birth_r)) BETWEEN 17 AND 56", "lunar"),
            cll.ElseLevel(),
        ],
    )


def _address() -> Any:
    return cl.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            cll.NullLevel("address"),
            cll.ExactMatchLevel("address", term_frequency_adjustments=True),
            _level(
                "(address_tail_l = address_tail_r"
                " AND (ends_with(address_r, address_l) OR ends_with(address_l, address_r)))"
                " OR (regexp_replace(address_l, '[^0-9-]', '', 'g')"
                " = regexp_replace(address_r, '[^0-9-]', '', 'g')"
                " AND length(address_l) >= 8 AND damerau_levenshtein(address_l, address_r) <= 3)",
                "in part",
            ),
            cll.ElseLevel(),
        ],
    )


def _graded(register_rows: int) -> list[Any]:
    return [
        _number(register_rows),
        _name(),
        _birth(),
        cl.ExactMatch("sex"),
        cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        _address(),
    ]


def _household(register_rows: int) -> Any:
    return cl.CustomComparison(
        output_column_name="household",
        comparison_levels=[
            cll.NullLevel("household"),
            _seldom("household_l = household_r", "equal", 3 / register_rows),
            cll.ElseLevel(),
        ],
    )


def _comparisons(setup: str, register_rows: int) -> list[Any]:
    if setup == "standard":
        return _standard()
    if setup == "graded":
        return _graded(register_rows)
    if setup == "graded+household":
        return [*_graded(register_rows), _household(register_rows)]
    raise ValueError(f"unknown set-up {setup!r}")


def settings(setup: str, register_rows: int) -> SettingsCreator:
    """The Splink settings of a set-up: its comparisons, and the blocking that all share.

    Raises:
        ValueError: there is no such set-up.
    """
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="unique_id",
        comparisons=_comparisons(setup, register_rows),
        blocking_rules_to_generate_predictions=[
            *(CustomRule(rule) for rule in RULES),
            block_on("number_variants", arrays_to_explode=["number_variants"]),
        ],
        retain_matching_columns=False,
    )
