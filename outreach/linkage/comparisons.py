"""Comparison levels as data: of each kind of column, in what ways two values can agree.

A level holds where its condition is the first that is true. ``chance``: the share of it expected among two
people taken at random, which counts for few pairs and gives way to what the tables show. The first level of
every comparison is *missing* (a value is not there; it is no evidence), the last is what else there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from outreach.identity import names
from outreach.linkage.settings import LinkSettings

Features = Mapping[str, pl.Series]
Pairs = tuple[pl.DataFrame, pl.DataFrame]
"""The compared columns of the left and of the right row of each pair."""


@dataclass(frozen=True)
class Level:
    """A way to agree: ``label`` as a clerk reads it, ``when`` over the features of the comparison."""

    name: str
    label: str
    chance: float
    when: pl.Expr | None = None


@dataclass(frozen=True)
class Comparison:
    """Columns that are compared together.

    ``features`` measures pairs; ``levels`` (without *missing*) in their order; ``value`` is what its
    agreement is worth by: rare values more than frequent ones. None: all are alike rare.
    """

    name: str
    columns: tuple[str, ...]
    features: Callable[[pl.DataFrame, pl.DataFrame], pl.DataFrame]
    levels: tuple[Level, ...]
    value: pl.Expr | None = None

    def codes(self, left: pl.DataFrame, right: pl.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
        """The level of each pair: 0 is missing, then the place in ``levels`` from 1."""
        measured = self.features(left, right)
        code = pl.lit(len(self.levels), pl.Int8)
        for place, level in reversed(list(enumerate(self.levels, start=1))):
            if level.when is not None:
                code = pl.when(level.when).then(pl.lit(place, pl.Int8)).otherwise(code)
        missing = pl.all_horizontal(pl.all().is_null())
        return measured.select(pl.when(missing).then(pl.lit(0, pl.Int8)).otherwise(code))[:, 0].to_numpy()


def comparisons(settings: LinkSettings) -> list[Comparison]:
    """The comparisons that the kinds of columns need."""
    found = []
    given, surname = settings.of_kind("given_name"), settings.of_kind("surname")
    if given and surname:
        found.append(_two_names(given[0][0], surname[0][0]))
    else:
        found += [_graded_text(name) for name, _ in (*given, *surname)]
    found += [_full_name(name) for name, _ in settings.of_kind("full_name")]
    found += [_birth(name) for name, _ in settings.of_kind("birth_date")]
    found += [_number(name) for name, _ in settings.of_kind("identity_number")]
    addresses = [name for name, _ in settings.of_kind("address")]
    if addresses:
        found.append(_addresses(addresses))
    found += [_code(name, 0.002) for name, _ in settings.of_kind("phone")]
    found += [_code(name, 0.02) for name, _ in settings.of_kind("postcode", "code")]
    found += [_graded_text(name) for name, _ in settings.of_kind("text")]
    found += [_exact(name, 0.1) for name, _ in settings.of_kind("exact")]
    found += [_exact(name, 0.5) for name, _ in settings.of_kind("sex")]
    return found


_JOINT = "\x1f"
_F = pl.col


def _two_names(given: str, surname: str) -> Comparison:
    def features(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        both = pl.concat_str(_F(surname), _F(given))
        return pl.DataFrame(
            {
                "given": likeness(left[given], right[given]),
                "surname": likeness(left[surname], right[surname]),
                "given_surname": likeness(left[given], right[surname]),
                "surname_given": likeness(left[surname], right[given]),
                "chinese": chinese(left.select(both)[:, 0], right.select(both)[:, 0]),
            }
        )

    straight = (_F("given"), _F("surname"))
    crossed = (_F("given_surname"), _F("surname_given"))
    best, least = pl.max_horizontal, pl.min_horizontal
    both_there = _F("given").is_not_null() & _F("surname").is_not_null()
    return Comparison(
        "name",
        (given, surname),
        features,
        (
            Level("equal", "一致", 0.0005, (_F("given") == 100) & (_F("surname") == 100)),
            Level("swapped", "姓名颠倒", 1e-5, (crossed[0] == 100) & (crossed[1] == 100)),
            Level("same reading", "同音", 0.001, _F("chinese") == names.READING),
            Level("look-alike", "形近", 0.0005, _F("chinese") == names.GLYPH),
            Level(
                "one equal, one alike", "一项一致，一项相近", 0.001,
                both_there & (best(*straight) == 100) & (least(*straight) >= 80),
            ),
            Level(
                "swapped, one alike", "姓名颠倒，一项相近", 1e-5,
                crossed[0].is_not_null() & crossed[1].is_not_null()
                & (best(*crossed) == 100) & (least(*crossed) >= 80),
            ),
            Level("both alike", "两项相近", 0.001, both_there & (least(*straight) >= 80)),
            Level("surname equal", "姓一致", 0.01, _F("surname") == 100),
            Level("given name equal", "名一致", 0.01, _F("given") == 100),
            Level("one equal, in the other place", "一项一致，位置颠倒", 0.002, best(*crossed) == 100),
            Level("one alike", "一项相近", 0.02, best(*straight, *crossed) >= 88),
            Level("different", "不一致", 0.95),
        ),
        pl.concat_str(_F(surname), pl.lit(_JOINT), _F(given)),
    )  # fmt: skip


def _full_name(name: str) -> Comparison:
    def features(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        words = [side[name].str.split(" ").list.sort().list.join(" ") for side in (left, right)]
        return pl.DataFrame(
            {
                "likeness": likeness(left[name], right[name]),
                "words": likeness(*words),
                "chinese": chinese(left[name], right[name]),
            }
        )

    latin = _F("chinese").is_null()
    alike = pl.max_horizontal("likeness", "words")
    return Comparison(
        "name",
        (name,),
        features,
        (
            Level("equal", "一致", 0.0005, _F("likeness") == 100),
            Level("in another order", "次序不同", 1e-5, latin & (_F("words") == 100)),
            Level("same reading", "同音", 0.001, _F("chinese") == names.READING),
            Level("look-alike", "形近", 0.0005, _F("chinese") == names.GLYPH),
            Level("gap", "缺字或倒字", 0.002, _F("chinese") == names.GAP),
            Level("alike", "相近", 0.002, latin & (alike >= 92)),
            Level("one differs", "差一字", 0.02, _F("chinese") == names.ONE_OFF),
            Level("alike in part", "部分相近", 0.02, latin & (alike >= 80)),
            Level("surname", "仅姓氏一致", 0.05, _F("chinese") == names.SURNAME),
            Level("different", "不一致", 0.9),
        ),
        _F(name),
    )


def _birth(name: str) -> Comparison:
    def features(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        other = right[name]
        swapped = other.str.head(4) + other.str.tail(2) + other.str.slice(4, 2)
        return pl.DataFrame({"edits": edits(left[name], other), "swapped": left[name] == swapped})

    return Comparison(
        "birth date",
        (name,),
        features,
        (
            Level("equal", "一致", 0.0001, _F("edits") == 0),
            Level("day and month swapped", "月日颠倒", 0.0001, _F("swapped")),
            Level("one slip", "一处之差", 0.001, _F("edits") == 1),
            Level("two slips", "两处之差", 0.01, _F("edits") == 2),
            Level("differs", "不一致", 0.99),
        ),
    )


def _number(name: str) -> Comparison:
    return Comparison(
        "number",
        (name,),
        lambda left, right: pl.DataFrame({"edits": edits(left[name], right[name])}),
        (
            Level("equal", "一致", 1e-5, _F("edits") == 0),
            Level("one slip", "一处之差", 1e-5, _F("edits") == 1),
            Level("two slips", "两处之差", 0.0001, _F("edits") == 2),
            Level("differs", "不一致", 1.0),
        ),
    )


def _addresses(columns: Sequence[str]) -> Comparison:
    def features(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        crosswise = [
            likeness(left[one], right[other]).alias(f"{one}{_JOINT}{other}")
            for place, one in enumerate(columns)
            for at, other in enumerate(columns)
            if place == 0 or at == 0
        ]
        return pl.DataFrame(crosswise).select(pl.max_horizontal(pl.all()).alias("likeness"))

    return Comparison("address", tuple(columns), features, _LIKENESS, _F(columns[0]))


_LIKENESS = (
    Level("equal", "一致", 0.01, _F("likeness") == 100),
    Level("alike", "相近", 0.02, _F("likeness") >= 88),
    Level("differs", "不一致", 0.97),
)


def _graded_text(name: str) -> Comparison:
    return Comparison(
        name,
        (name,),
        lambda left, right: pl.DataFrame({"likeness": likeness(left[name], right[name])}),
        _LIKENESS,
        _F(name),
    )


def _code(name: str, chance: float) -> Comparison:
    return Comparison(
        name,
        (name,),
        lambda left, right: pl.DataFrame({"edits": edits(left[name], right[name])}),
        (
            Level("equal", "一致", chance, _F("edits") == 0),
            Level("one slip", "一处之差", chance, _F("edits") == 1),
            Level("differs", "不一致", 1 - 2 * chance),
        ),
        _F(name),
    )


def _exact(name: str, chance: float) -> Comparison:
    return Comparison(
        name,
        (name,),
        lambda left, right: pl.DataFrame({"equal": left[name] == right[name]}),
        (Level("equal", "一致", chance, _F("equal")), Level("differs", "不一致", 1 - chance)),
        _F(name),
    )


def likeness(left: pl.Series, right: pl.Series) -> pl.Series:
    """Jaro-Winkler similarity of each pair of texts in whole hundredths; 100 only of equal ones."""
    return _scored(
        left,
        right,
        lambda a, b: np.floor(
            process.cpdist(a, b, scorer=JaroWinkler.normalized_similarity, dtype=np.float64) * 100
        ).astype(np.uint8),
    )


def edits(left: pl.Series, right: pl.Series) -> pl.Series:
    """Fewest edits (wrong, lost, surplus character, swapped neighbours) between each pair of texts."""
    return _scored(left, right, lambda a, b: process.cpdist(a, b, scorer=OSA.distance, dtype=np.uint8))


def chinese(left: pl.Series, right: pl.Series) -> pl.Series:
    """The night's level of two Chinese names (``outreach.identity.names``); NULL: one is not Chinese."""
    is_chinese = left.str.contains(r"^\p{Han}") & right.str.contains(r"^\p{Han}")
    one, other = (
        side.to_frame("t").select(pl.when(is_chinese).then(pl.col("t")))["t"] for side in (left, right)
    )
    return _scored(
        one,
        other,
        lambda a, b: names.name_level(
            pl.Series(a, dtype=pl.String).to_arrow().cast("string"),
            pl.Series(b, dtype=pl.String).to_arrow().cast("string"),
        ).to_numpy(zero_copy_only=False),
    )


def _scored(left: pl.Series, right: pl.Series, score: Callable[[list[str], list[str]], Any]) -> pl.Series:
    """Each distinct pair of texts scored once; NULL where one of the two is."""
    pairs = pl.DataFrame({"l": left, "r": right}, schema={"l": pl.String, "r": pl.String})
    distinct = pairs.drop_nulls().unique()
    scores = score(distinct["l"].to_list(), distinct["r"].to_list())
    scored = distinct.with_columns(pl.Series("score", scores, dtype=pl.UInt8))
    return pairs.join(scored, on=["l", "r"], how="left", maintain_order="left")["score"]
