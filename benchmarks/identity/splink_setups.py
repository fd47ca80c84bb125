"""How Splink is set up against this project: three models over the same columns and the same blocking.

``standard`` takes the comparisons of Splink's own library, as its documentation does. ``graded`` compares by
the levels this project uses: number, birth date and address are written from ``outreach.identity.levels``,
each condition over Splink's columns in place of our features (``FEATURES``), names by the function of the
database. Levels whose features rest on links made before, or on more than the two rows, are left out.
``graded+household`` also gets, worked out for it, the household to which a row points by its spouse, its
family or its number's holder. Random sampling never sees two people whose numbers differ by one slip, so u of
such levels is set by hand. Blocking is this project's, as Splink rules; what rests on links made before
(phones and addresses from another extract) cannot be expressed so and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from inspect import cleandoc
from typing import Any

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator
from splink.blocking_rule_library import CustomRule, block_on

from outreach.engine.thresholds import NamedSet, Threshold, load_sets, load_thresholds, with_thresholds
from outreach.identity.levels import BY_FIELD, Level

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


_SHOWN = (
    "regexp_extract("
    "CASE WHEN number18_l IS NULL AND regexp_matches(number_l, '[*#?●■□]|XX') THEN number_l END,"
    " '^([0-9]*)[X*#?●■□]{2,}([0-9]*[0-9X]?)$', "
)
FEATURES: Mapping[str, Mapping[str, str]] = {
    "number": {
        "left_number": "number_l",
        "right_number": "number_r",
        "left_no": "number18_l",
        "right_no": "number18_r",
        "right_former_no": "former_number18_r",
        "both_valid": "(number18_l IS NOT NULL AND number18_r IS NOT NULL)",
        "other_persons_number": "(number18_l IS NOT NULL AND coalesce(taken_l, FALSE))",
        "number_distance": "CASE WHEN length(number_l) >= 12 AND length(number_r) >= 12"
        " THEN damerau_levenshtein(number_l, number_r) ELSE 99 END",
        "osa_distance": "damerau_levenshtein",
        "id_number_state": "CASE WHEN contains(number_l, 'E+') THEN 'scientific' END",
        "shown_digits.head": f"{_SHOWN}1)",
        "shown_digits.tail": f"{_SHOWN}2)",
        "shown_digits_agree": f"(starts_with(number_r, {_SHOWN}1)) AND ends_with(number_r, {_SHOWN}2)))",
        "doubtful": "FALSE",
    },
    "birth_date": {"left_birth": "birth_l", "right_birth": "birth_r"},
    "address": {"left_address": "address_l", "right_address": "address_r", "osa_distance": "osa_distance"},
}
"""What Splink's columns give of each feature of a condition, by field. Levels that need more are left out."""

_WORD = re.compile(r"'(?:[^']|'')*'|[a-z_][a-z_0-9]*(?:\.[a-z_]+)?(?=(\()?)", re.ASCII)
_FUNCTIONS = {
    *("abs", "contains", "datediff", "day", "ends_with", "left", "length", "month", "regexp_matches"),
    *("regexp_replace", "replace", "right", "starts_with", "substr", "year"),
}


def _over_splink(condition: str, features: Mapping[str, str]) -> str | None:
    """A condition of ours over Splink's columns; None: it needs what these do not give."""
    names: dict[str, Threshold | NamedSet] = {**load_thresholds("identity"), **load_sets("identity")}
    missing = False

    def replaced(found: re.Match[str]) -> str:
        nonlocal missing
        word = found[0]
        if word.startswith("'") or (found[1] and word in _FUNCTIONS and word not in features):
            return word
        missing |= word not in features
        return features.get(word, word)

    written = _WORD.sub(replaced, with_thresholds(cleandoc(condition), names))
    return None if missing else written


def _level(sql: str, label: str, by_chance: float | None = None) -> Any:
    """A level; ``by_chance`` (u): how often two people are so alike, where random sampling misses it."""
    level = cll.CustomLevel(sql, label)
    return level.configure(u_probability=by_chance, fix_u_probability=True) if by_chance else level


def _ladder(field: str, by_chance: Mapping[str, float]) -> Iterator[Any]:
    """The levels of a field as Splink's, in our order, those of equal values and of missing ones excepted.

    ``by_chance``: u of levels that random sampling misses.
    """
    for step in BY_FIELD[field].ladder:
        if step.when is None or step.name == "missing":
            continue
        sql = _over_splink(step.when, FEATURES[field])
        if sql is None or sql == "birth_l = birth_r":
            continue
        label = step.name if isinstance(step, Level) else f"{step.name}, otherwise"
        yield _level(sql, label, by_chance.get(step.name))


def _number(register_rows: int) -> Any:
    by_chance = {
        "equal": 1 / (10 * register_rows),
        "former": 1e-8,
        "letters for digits": 3e-8,
        "one slip": 3e-8,
        "first 15": 1e-7,
        "two slips": 2e-7,
        "near, both valid": 1e-7,
        "masked": 1e-4,
    }
    return cl.CustomComparison(
        output_column_name="number",
        comparison_levels=[cll.NullLevel("number"), *_ladder("number", by_chance), cll.ElseLevel()],
    )


def _name() -> Any:
    # The function costs more than the rest together: it is called only where an end of the names agrees.
    grade = (
        "(left(name_key_l, 1) = left(name_key_r, 1) OR right(name_key_l, 1) = right(name_key_r, 1))"
        " AND name_level(name_key_l, name_key_r)"
    )
    conditions = {
        "former": "name_key_l = former_name_key_r",
        "reading": "reading_l = reading_r",
        "surname": "left(name_key_l, 1) = left(name_key_r, 1)",
    }
    graded = [
        _level(
            conditions.get(level.name, f"{grade} >= {level.grade}"),
            level.name,
            1e-5 if level.name == "former" else None,
        )
        for level in BY_FIELD["name"].levels
        if level.grade and level.name not in ("equal", "of another row")
    ]
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name_key"),
            cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
            *graded,
            cll.ElseLevel(),
        ],
    )


def _birth() -> Any:
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("birth"),
            cll.ExactMatchLevel("birth"),
            *_ladder("birth_date", {}),
            cll.ElseLevel(),
        ],
    )


def _address() -> Any:
    return cl.CustomComparison(
        output_column_name="address",
        comparison_levels=[
            cll.NullLevel("address"),
            cll.ExactMatchLevel("address", term_frequency_adjustments=True),
            *_ladder("address", {}),
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
            _level("household_l = household_r", "equal", 3 / register_rows),
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
