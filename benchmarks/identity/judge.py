"""Answers of the contenders against the truth of a prepared world."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.identity.calibration import Bin, calibration
from benchmarks.identity.figures import Counts, b_cubed, best_threshold, count
from outreach.sample.names import RARE

OURS, EXACT = "this project", "exact join"
AUTOMATIC, WITH_REVIEW, EVEN_ODDS, BEST = "automatic", "with review", "p ≥ 0.5", "best threshold"

ROWS = """
SELECT r.*, p.register_rows, p.twin, p.namesake, p.similar_sibling, p.minority_name, p.name
FROM world.truth.row r LEFT JOIN world.truth.person p ON r.true_person = p.true_person
ORDER BY r.row_key
"""
REGISTER = "SELECT row_key AS register_key, true_person AS owner FROM world.truth.register"


@dataclass(frozen=True)
class Reading:
    """One way of reading a contender's answer: which rows are linked, and what follows from it.

    ``every`` counts all departmental rows, ``hard`` those whose number and name alone do not decide,
    ``slices`` parts of them. ``threshold`` is a match weight in bits, where there is one.
    """

    contender: str
    name: str
    every: Counts
    hard: Counts
    b_cubed: tuple[float, float]
    slices: dict[str, Counts]
    threshold: float | None = None


@dataclass(frozen=True)
class Verdict:
    """All readings of a contender's answer, and how its probabilities agree with what is right."""

    readings: list[Reading]
    calibration: list[Bin] = field(default_factory=list)


class Judge:
    """Reads answers against one world.

    Register rows are linked to persons for every contender as this project links them, and rows that find
    nobody by equal number and name: what a link of two tables leaves open is so the same for all.
    """

    def __init__(self, world: Path, ours: pl.DataFrame) -> None:
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{world}' AS world (READ_ONLY)")
            self.rows = con.sql(ROWS).pl()
            self.register = con.sql(REGISTER).pl()
        self.persons = ours.join(self.register, left_on="row_key", right_on="register_key").select(
            "person_key", register_key="row_key"
        )
        self.registered = self.rows["registered"].to_numpy()
        self.hard = self.rows["hard"].to_numpy()
        self.slices = _slices(self.rows)

    def exact(self) -> Verdict:
        """The floor: the valid number and the name are one register row's."""
        table = self._against(self.rows.select("row_key", register_key="exact_key"))
        linked = table["register_key"].is_not_null().to_numpy()
        return Verdict([self._read(EXACT, "number and name", table, linked)])

    def ours(self, answer: pl.DataFrame) -> Verdict:
        """This project: its automatic links; those with what clerks are shown as proposed; and by weight."""
        table = self._against(answer)
        automatic = table["grade"].is_in(["exact", "strong"]).to_numpy()
        proposed = table["grade"].is_in(["exact", "strong", "review"]).to_numpy()
        readings = [
            self._read(OURS, AUTOMATIC, table, automatic),
            self._read(OURS, WITH_REVIEW, table, proposed),
            *self._by_weight(OURS, table),
        ]
        return Verdict(readings, self._calibration(table))

    def splink(self, contender: str, answer: pl.DataFrame) -> Verdict:
        """Splink: the best candidate of each row, from even odds on, and from its best threshold on."""
        table = self._against(answer)
        return Verdict(self._by_weight(contender, table), self._calibration(table))

    def _against(self, answer: pl.DataFrame) -> pl.DataFrame:
        table: pl.DataFrame = (
            self.rows.join(
                answer.drop("person_key", strict=False), on="row_key", how="left", maintain_order="left"
            )
            .join(self.register, on="register_key", how="left", maintain_order="left")
            .with_columns(right=(pl.col("owner") == pl.col("true_person")).fill_null(False))
        )
        return table

    def _by_weight(self, contender: str, table: pl.DataFrame) -> list[Reading]:
        found = table["register_key"].is_not_null().to_numpy()
        weight = table["weight"].fill_null(-math.inf).to_numpy()
        probability = table["probability"].fill_null(0.0).to_numpy()
        judged = found & self.hard
        threshold = best_threshold(weight[judged], table["right"].to_numpy()[judged])
        return [
            self._read(contender, EVEN_ODDS, table, found & (probability >= 0.5)),
            self._read(contender, BEST, table, found & (weight >= threshold), threshold),
        ]

    def _calibration(self, table: pl.DataFrame) -> list[Bin]:
        found = table.filter(pl.col("hard") & pl.col("register_key").is_not_null())
        return calibration(found["probability"].to_numpy(), found["right"].to_numpy())

    def _read(
        self, contender: str, name: str, table: pl.DataFrame, linked: Any, threshold: float | None = None
    ) -> Reading:
        right, registered = table["right"].to_numpy(), self.registered

        def counted(rows: Any) -> Counts:
            return count(linked[rows], right[rows], registered[rows])

        slices = {name: counted(rows) for name, rows in self.slices.items()}
        every = count(linked, right, registered)
        return Reading(
            contender, name, every, counted(self.hard), self._b_cubed(table, linked), slices, threshold
        )

    def _b_cubed(self, table: pl.DataFrame, linked: Any) -> tuple[float, float]:
        linked_to = table.join(self.persons, on="register_key", how="left", maintain_order="left")
        rows = linked_to.with_columns(pl.Series("linked", linked)).select(
            cluster=pl.when("linked")
            .then(pl.format("person {}", "person_key"))
            .otherwise(pl.coalesce("newcomer", pl.format("row {}", "row_key"))),
            truth="true_person",
        )
        register_rows = self.register.join(self.persons, on="register_key").select(
            cluster=pl.format("person {}", "person_key"), truth="owner"
        )
        every = pl.concat([rows, register_rows]).with_columns(pl.col("cluster").rank("dense"))
        return b_cubed(every["cluster"].to_numpy(), every["truth"].to_numpy())

    def register_splits_and_merges(self) -> tuple[int, int]:
        """Registered people whose register rows are several persons; persons made of several people."""
        linked_rows = self.register.join(self.persons, on="register_key")
        split = (
            linked_rows.group_by("owner")
            .agg(pl.col("person_key").n_unique())
            .filter(pl.col("person_key") > 1)
        )
        merged = (
            linked_rows.group_by("person_key").agg(pl.col("owner").n_unique()).filter(pl.col("owner") > 1)
        )
        return split.height, merged.height


def _slices(rows: pl.DataFrame) -> dict[str, Any]:
    """Rows of each slice, as booleans: hard rows only, where the slice does not make them so."""
    hard, kinds = pl.col("hard"), pl.col("damage_kinds")
    conditions: dict[str, pl.Expr] = {
        "twin": hard & pl.col("twin"),
        "sibling of a similar name": hard & pl.col("similar_sibling"),
        "namesake of the same birth date": hard & pl.col("namesake"),
        "minority name": hard & pl.col("minority_name"),
        "rare character in the name": hard & pl.col("name").str.contains(f"[{''.join(RARE)}]"),
        "number missing": pl.col("number_missing"),
        "relative's number": pl.col("relative_number"),
        "two register rows": hard & (pl.col("register_rows") > 1),
        "not in the register": ~pl.col("registered"),
        "only a name, of several bearers": pl.col("undecidable"),
        "hard, without those": hard & ~pl.col("undecidable"),
    }
    for extract in rows["extract"].unique().sort():
        conditions[f"extract {extract}"] = hard & (pl.col("extract") == extract)
    # A column's name may follow a kind (value_unreadable:status): one slice for the kind.
    kind_names = kinds.list.eval(pl.element().str.split(":").list.first())
    for kind in (
        rows.filter("hard").select(kind_names.list.explode()).to_series().drop_nulls().unique().sort()
    ):
        conditions[f"damage {kind}"] = hard & kind_names.list.contains(kind)
    found = rows.select(condition.fill_null(False).alias(name) for name, condition in conditions.items())
    return {name: found[name].to_numpy() for name in conditions}
