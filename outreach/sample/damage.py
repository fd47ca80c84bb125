"""What goes wrong on the way from a true person to a department's row, and how often.

Shares are per row. The register is kept with more care than the rolls: its number and name shares are a tenth
(``other_person`` excepted, which is the same everywhere).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from outreach.errors import ArgumentError, Text
from outreach.sample import names, numbers
from outreach.sample.dates import BoolArray, IntArray
from outreach.standards.lunar import lunar_as_written

Shares = dict[str, tuple[float, float, float]]
"""Kind of damage: its share in the profiles light, ordinary, dirty."""

NUMBER_SHARES: Shares = {
    "number_missing": (0.004, 0.012, 0.040),
    "number_15_digits": (0.002, 0.006, 0.025),
    "number_full_width": (0.001, 0.003, 0.010),
    "number_spaces": (0.002, 0.005, 0.015),
    "number_apostrophe": (0.002, 0.005, 0.015),
    "number_transposed": (0.0008, 0.003, 0.015),
    "number_one_digit": (0.001, 0.004, 0.020),
    "number_two_digits": (0.0003, 0.001, 0.006),
    "number_letter_o": (0.0002, 0.0008, 0.003),
    "number_scientific": (0.0005, 0.003, 0.010),
    "number_cut": (0.0002, 0.0008, 0.003),
    "number_other_person": (1 / 3000, 1 / 3000, 1 / 1200),
}
NAME_SHARES: Shares = {
    "name_same_sound": (0.0015, 0.006, 0.025),
    "name_look_alike": (0.001, 0.003, 0.012),
    "name_traditional": (0.001, 0.004, 0.012),
    "name_lost_character": (0.0003, 0.001, 0.005),
    "name_suffix": (0.0005, 0.002, 0.006),
    "name_spaces": (0.001, 0.004, 0.010),
    "name_character_missing": (0.0001, 0.0005, 0.002),
}
BIRTH_SHARES: Shares = {
    "birth_missing": (0.003, 0.01, 0.04),
    "birth_day_month_swapped": (0.0004, 0.0015, 0.006),
    "birth_year_off": (0.0005, 0.002, 0.008),
    "birth_one_digit": (0.0005, 0.002, 0.008),
    "birth_year_only": (0.0003, 0.001, 0.005),
    "birth_lunar": (0.001, 0.004, 0.012),
}
SEX_SHARES: Shares = {
    "sex_missing": (0.002, 0.006, 0.02),
    "sex_wrong": (0.0003, 0.001, 0.004),
}
# A row that must be quarantined; and a value, in a column the row can do without, that counts as missing.
ROW_SHARES: Shares = {
    "row_ragged": (0.0001, 0.0002, 0.0006),
    "row_open_quote": (0.00005, 0.0001, 0.0003),
    "row_wrong_byte": (0.00005, 0.0001, 0.0003),
    "row_value_missing": (0.0001, 0.0003, 0.001),
    "row_value_unreadable": (0.0001, 0.0003, 0.001),
}
VALUE_SHARES: Shares = {"value_unreadable": (0.0003, 0.001, 0.004)}

# The number is still there: written oddly, but every digit is there (or can be put back, in the old form).
HARMLESS_NUMBER_KINDS = (
    "number_15_digits",
    "number_full_width",
    "number_spaces",
    "number_apostrophe",
    "number_lower_x",
)

# Shares among those whom it can concern: a dotted name, a rare character, an X, a former name or number.
CONCERNED_SHARES: Shares = {
    "name_dot": (0.2, 0.4, 0.6),
    "name_rare_lost": (0.1, 0.3, 0.5),
    "number_lower_x": (0.01, 0.04, 0.12),
    "name_former": (0.08, 0.15, 0.25),
    "number_former": (0.2, 0.35, 0.5),
    "number_excel": (0.02, 0.05, 0.15),
}
PROFILES = ("light", "ordinary", "dirty")
NO_PROFILE = Text(
    "没有名为 `{profile}` 的损坏程度；可用：{known}", "no damage profile `{profile}`: one of {known}"
)
REGISTER_FACTOR = 0.1
NIGHTS_AHEAD = 30


@dataclass(frozen=True)
class Damage:
    """A damage profile: which column of the tables above holds."""

    profile: str

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise ArgumentError(NO_PROFILE(profile=self.profile, known=", ".join(PROFILES)))

    def share(self, table: Shares, kind: str) -> float:
        """The share of ``kind`` in this profile."""
        return table[kind][PROFILES.index(self.profile)]

    def draw(
        self,
        rng: np.random.Generator,
        count: int,
        table: Shares,
        night: int,
        factor: float = 1.0,
        leave_out: tuple[str, ...] = (),
    ) -> npt.NDArray[np.int64]:
        """For each row the index of its kind in ``table``, or -1.

        Most damage lasts; some is corrected, some new, as nights pass.
        """
        shares = np.array(
            [
                0.0
                if kind in leave_out
                else self.share(table, kind) * (1.0 if kind == "number_other_person" else factor)
                for kind in table
            ]
        )
        at = np.searchsorted(np.cumsum(shares), rng.random(count), side="right")
        kinds = np.where(at < len(shares), at, -1)
        turn, life = rng.integers(1, NIGHTS_AHEAD + 1, count), rng.random(count)
        corrected, not_yet = (life < 0.2) & (night >= turn), (life > 0.9) & (night < turn)
        return np.where(corrected | not_yet, -1, kinds)

    def concerned(self, rng: np.random.Generator, kind: str, mask: BoolArray) -> BoolArray:
        """Which of the rows of ``mask`` a kind of ``CONCERNED_SHARES`` befalls."""
        return np.asarray(mask & (rng.random(len(mask)) < self.share(CONCERNED_SHARES, kind)))


class RowDraws:
    """Random draws for some rows of a file, taken from draws for all of them.

    So what befalls a row does not hang on which other rows are damaged tonight.
    """

    def __init__(self, rng: np.random.Generator, count: int, at: IntArray) -> None:
        self._rng, self._count, self._at = rng, count, at

    def random(self) -> npt.NDArray[np.float64]:
        """Uniform draws between 0 and 1."""
        return self._rng.random(self._count)[self._at]

    def integers(self, low: int, high: int) -> IntArray:
        """Whole numbers from ``low`` to ``high`` - 1."""
        return np.asarray(self._rng.integers(low, high, self._count)[self._at], dtype=np.int64)

    def one_of(self, *values: int) -> IntArray:
        """One of the values for each row."""
        return np.asarray(np.array(values, dtype=np.int64)[self.integers(0, len(values))])

    def text(self, *values: str) -> pl.Series:
        """One of the texts for each row."""
        return pl.Series(list(values), dtype=pl.String).gather(self.integers(0, len(values)))


def replace_at(series: pl.Series, at: IntArray, values: pl.Series) -> pl.Series:
    """``series`` with ``values`` at the places ``at``."""
    return series.clone().scatter(at, values) if len(at) else series


def damaged_number(kind: str, text: pl.Series, draws: RowDraws) -> pl.Series:
    """Valid 18-character numbers with one kind of damage (another person's number is not made here)."""
    count = len(text)
    frame = pl.DataFrame({"n": text})
    if kind == "number_missing":
        return pl.Series([None] * count, dtype=pl.String)
    if kind == "number_15_digits":
        short = pl.col("n").str.slice(0, 6) + pl.col("n").str.slice(8, 9)
        # Only those born in the last century ever had one; the others keep theirs.
        return frame.select(pl.when(pl.col("n").str.slice(6, 2) == "19").then(short).otherwise("n"))["n"]
    if kind == "number_full_width":
        wide = {chr(c): chr(c + 0xFEE0) for c in b"0123456789X"}
        return frame.select(pl.col("n").str.replace_many(list(wide), list(wide.values())))["n"]
    if kind == "number_spaces":
        style = pl.Series("s", draws.integers(0, 3))
        n = pl.col("n")
        return frame.with_columns(style).select(
            pl.when(pl.col("s") == 0)
            .then(n.str.slice(0, 6) + " " + n.str.slice(6, 8) + " " + n.str.slice(14))
            .when(pl.col("s") == 1)
            .then(pl.lit("\u3000") + n)
            .otherwise(n + "  ")
            .alias("n")
        )["n"]
    if kind == "number_apostrophe":
        return frame.select(pl.lit("'") + pl.col("n"))["literal"]
    if kind == "number_scientific":
        return frame.select(
            (pl.col("n").str.slice(0, 1) + "." + pl.col("n").str.slice(1, 5) + "E+17").alias("n")
        )["n"]
    if kind == "number_cut":
        return frame.select(pl.col("n").str.slice(0, 17))["n"]
    matrix = numbers.to_matrix(text)
    row = np.arange(count)
    if kind == "number_letter_o":
        zero = matrix == ord("0")
        place = np.where(zero.any(axis=1), zero.argmax(axis=1), 0)
        matrix[row, place] = np.where(zero.any(axis=1), ord("O"), matrix[row, place])
        return numbers.to_series(matrix)
    if kind == "number_transposed":
        place = draws.integers(6, 16)
        for _ in range(12):  # neighbours that differ
            same = matrix[row, place] == matrix[row, place + 1]
            place = np.where(same, (place - 6 + 1) % 10 + 6, place)
        left, right = matrix[row, place].copy(), matrix[row, place + 1].copy()
        matrix[row, place], matrix[row, place + 1] = right, left
        return numbers.to_series(matrix)
    if kind in ("number_one_digit", "number_two_digits"):
        place = draws.integers(2, 17)
        places = (
            [place] if kind == "number_one_digit" else [place, 2 + (place - 2 + draws.integers(1, 15)) % 15]
        )
        for at in places:
            matrix[row, at] = (matrix[row, at] - ord("0") + draws.integers(1, 10)) % 10 + ord("0")
        return numbers.to_series(matrix)
    raise ValueError(f"unknown kind {kind}")


def lower_x(text: pl.Series) -> pl.Series:
    """The check character X as x."""
    return text.str.replace("X", "x", literal=True)


def damaged_name(kind: str, name: pl.Series, draws: RowDraws) -> pl.Series:
    """Names with one kind of damage; a name that the kind cannot befall comes back unchanged."""
    frame = pl.DataFrame({"n": name, "length": name.str.len_chars()}).with_columns(
        draw=pl.Series(draws.random()), pick=pl.Series(draws.integers(0, 1000))
    )
    n = pl.col("n")
    if kind == "name_suffix":
        suffixes = draws.text("(大)", "（低保）", "1", "（小）", "2")
        return frame.select((n + suffixes).alias("n"))["n"]
    if kind == "name_spaces":
        gap = pl.when(pl.col("draw") < 0.5).then(pl.lit(" ")).otherwise(pl.lit("\u3000"))
        return frame.select((n.str.slice(0, 1) + gap + n.str.slice(1)).alias("n"))["n"]
    if kind == "name_dot":
        forms = draws.text("•", "・", "‧", ".", " ", "", "．")
        parts = frame.with_columns(
            forms.alias("dot"), n.str.splitn("·", 2).struct.rename_fields(["a", "b"]).alias("p")
        )
        return parts.unnest("p").select((pl.col("a") + pl.col("dot") + pl.col("b").fill_null("")).alias("n"))[
            "n"
        ]
    if kind == "name_character_missing":
        return frame.select(
            pl.when(pl.col("length") > 2).then(n.str.slice(0, pl.col("length") - 1)).otherwise(n).alias("n")
        )["n"]
    if kind == "name_rare_lost":
        marks = draws.text("?", "□", "？", "*").alias("mark")
        groups = n.str.extract_groups(f"^(.*?)({'|'.join(names.RARE)})(.*)$").struct
        around = groups.rename_fields(["before", "character", "after"]).alias("parts")
        found = frame.with_columns(marks, around).unnest("parts")
        found = found.join(names.readings(), on="character", how="left", maintain_order="left")
        by = pl.when(pl.col("draw") < 0.4).then(pl.col("other").list.first()).otherwise("mark")
        return found.select(pl.coalesce(pl.col("before") + by + pl.col("after"), "n").alias("n"))["n"]
    if kind == "name_lost_character":
        frame = frame.with_columns(at=(pl.col("length") - 1))
        return frame.select((n.str.slice(0, pl.col("at")) + "?").alias("n"))["n"]
    tables = {
        "name_same_sound": names.same_sound,
        "name_look_alike": names.look_alike,
        "name_traditional": names.traditional,
    }
    variants = tables[kind]()
    result = frame
    # The last character first, then the ones before it: whichever has such a variant.
    for back in (1, 2, 3):
        at = pl.col("length") - back
        tried = result.with_columns(character=pl.when(at >= 0).then(n.str.slice(at.clip(0), 1)), at=at)
        tried = tried.join(variants, on="character", how="left", maintain_order="left")
        other = pl.col("other").list.get(pl.col("pick") % pl.col("other").list.len(), null_on_oob=True)
        changed = n.str.slice(0, pl.col("at").clip(0)) + other + n.str.slice(pl.col("at") + 1)
        result = tried.with_columns(
            done=pl.when(pl.col("done") if "done" in result.columns else pl.lit(False))
            .then(True)
            .otherwise(pl.col("other").is_not_null()),
            n=pl.when(pl.col("done") if "done" in result.columns else pl.lit(False))
            .then("n")
            .otherwise(pl.coalesce(changed, "n")),
        ).drop("character", "at", "other")
    return result["n"]


def damaged_birth(kind: str, birth: IntArray, draws: RowDraws) -> IntArray:
    """Birth dates (days) with one kind of damage; swaps that give no date leave it unchanged."""
    ymd = numbers.as_ymd(birth)
    year, month, day = ymd // 10000, ymd // 100 % 100, ymd % 100
    if kind == "birth_lunar":
        return lunar_as_written(birth)
    if kind == "birth_year_off":
        year = year + draws.one_of(-1, 1)
        day = np.minimum(day, 28)
    elif kind == "birth_day_month_swapped":
        swap = day <= 12
        month, day = np.where(swap, day, month), np.where(swap, month, day)
    elif kind == "birth_one_digit":
        in_year = draws.random() < 0.5
        year = np.where(in_year, year + draws.one_of(-10, 10), year)
        other = np.where(day >= 20, day - 10, np.where(day == 19, 9, day + 10))
        day = np.where(in_year, np.minimum(day, 28), other)
    start = ((year - 1970) * 12 + month - 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(start + day - 1)


def unreadable_date(draws: RowDraws) -> pl.Series:
    """Texts in date columns that are no date."""
    return draws.text("19450000", "2026-02-30", "不详", "2025/13/05", "####", "1958年")


def unreadable_code(draws: RowDraws) -> pl.Series:
    """Texts in code columns that no code set has."""
    return draws.text("99", "其它情况", "?", "待核")
