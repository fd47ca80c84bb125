"""An invented region's landing batch with its truth."""

from __future__ import annotations

import hashlib
import json
import shutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from contracts.extracts import EXTRACTS, Extract
from outreach.errors import ArgumentError, Text
from outreach.sample import benefits, forms, insurance, registers, relief, rows, truth
from outreach.sample.damage import HARMLESS_NUMBER_KINDS, Damage
from outreach.sample.dates import epoch_days
from outreach.sample.desk import World
from outreach.sample.places import area_names
from outreach.sample.population import make_people
from outreach.sample.regions import read_region

TOO_SMALL = Text("样本至少要有 20 人，不能是 {people}", "a world needs at least 20 people, not {people}")
NO_SEED = Text(
    "种子不能是负数，夜次应在 0 至 30 之间", "a seed is not negative, and a night is between 0 and 30"
)

Progress = Callable[[str], None]


@dataclass(frozen=True)
class SampleReport:
    """What was written: the batch folder, the truth folder, and for every extract its rows and its form."""

    batch: Path
    truth: Path
    people: int
    rows: dict[str, int] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)


def write_world(
    out: Path,
    region: str,
    date: date,
    people: int,
    seed: int,
    damage: str = "ordinary",
    progress: Progress | None = None,
    night: int = 0,
    readable: bool = False,
    policies: Path | None = None,
) -> SampleReport:
    """Write ``<out>/<region>/<date>/`` (a complete batch) and ``<out>/truth/<region>/<date>/``.

    The names of the region's towns and communities are written to ``<out>/areas/<region>.csv``.

    An extract of which the generator knows nothing is left out, a column of which it knows nothing is empty.

    The same arguments give the same world. Night ``k`` of a seed, requested with the date ``k`` days after
    that of night 0, is the same world a little later: deaths, moves, new phones, new and corrected rows,
    about one row in a hundred; ``true_person`` stays.

    The truth folder holds ``row.parquet`` (extract, row_number, role, true_person, damage_kinds,
    quarantined), ``person.parquet`` (:func:`outreach.sample.truth.person_facts` of everybody who is in a
    readable row, and ``number_told``: some row has the number undamaged, so birth date and sex can be
    known), ``declined.parquet`` and ``payee.parquet`` (why a benefit row is there).

    Args:
        out: the landing directory; a batch that is there already is replaced.
        region: any region that has a policy file.
        date: batch date, which is the as-of date.
        people: registered people, at least 20.
        seed: any whole number from 0.
        damage: ``light``, ``ordinary`` or ``dirty``.
        progress: called with a short line for each extract written.
        night: nights since the world began, 0 to 30.
        readable: mostly forms that a person opens by hand.
        policies: the folder of policy files; None: the shipped ones.

    Raises:
        ArgumentError: an argument is out of bounds; the message names it.
    """
    place = read_region(region, policies)
    if people < 20:
        raise ArgumentError(TOO_SMALL(people=people))
    if seed < 0 or not 0 <= night <= 30:
        raise ArgumentError(NO_SEED())
    profile = Damage(damage)
    notify = progress or (lambda _: None)

    def streams(purpose: str) -> np.random.Generator:
        return np.random.default_rng([seed, zlib.crc32(region.encode()), zlib.crc32(purpose.encode())])

    base = date - timedelta(days=night)
    notify(f"{region}：{people} 人")
    population = make_people(streams, place, people, base)
    world = World(place, population, epoch_days(base), epoch_days(date), streams)
    frames = _department_frames(world)
    start = world if night == 0 else World(place, population, epoch_days(base), epoch_days(base), streams)
    at_start = frames if night == 0 else _department_frames(start)
    facts_at_start = truth.person_facts(
        {name: _present(frame) for name, frame in at_start.items()}, population, base
    )
    frames["benefit_roll"] = benefits.benefit_roll(start, facts_at_start)
    frames["outreach_outcome"] = benefits.outreach_outcome(world, facts_at_start)
    del facts_at_start, at_start

    known = tuple(extract for extract in EXTRACTS if extract.name in frames)
    dealt = forms.deal(known, streams("forms"), readable)
    dealt = {name: forms.for_size(form, frames[name].height) for name, form in dealt.items()}
    for extract in known:
        frames[extract.name] = rows.spoil(
            world, extract, frames[extract.name], profile, dealt[extract.name].lines, night
        )
    readable_rows = {
        name: _present(frame).filter(pl.col("row_kind").is_null()) for name, frame in frames.items()
    }
    facts = truth.person_facts(readable_rows, population, date)
    refusals = benefits.declined(readable_rows["outreach_outcome"], date)
    del readable_rows

    batch, truth_folder = out / region / date.isoformat(), out / "truth" / region / date.isoformat()
    for folder in (batch, truth_folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    report = SampleReport(batch, truth_folder, people)
    manifest: dict[str, dict[str, int | str]] = {}
    row_truth: list[pl.DataFrame] = []
    for extract in known:
        form = dealt[extract.name]
        frame = rows.identify(world, extract, frames.pop(extract.name), profile, form.ending == "xlsx", night)
        # ``place`` stays with a row from night to night; its number does not.
        frame = _present(frame.with_row_index("place")).with_row_index("row_number", offset=1)
        row_truth.append(_row_truth(extract, frame))
        if extract.name == "benefit_roll":
            payees = frame.select(
                pl.col("row_number").cast(pl.Int64), "programme", "why", true_person="person"
            )
        for path, count in forms.write(extract, frame, form, batch, streams(f"write {extract.name}")):
            manifest[path.name] = {"rows": count, "sha256": _sha256(path)}
        report.rows[extract.name], report.forms[extract.name] = frame.height, form.describe()
        notify(f"{extract.title}：{frame.height} 行（{form.describe()}）")
    every_row = pl.concat(row_truth)
    seen = _seen(every_row)
    every_row.write_parquet(truth_folder / "row.parquet", compression="zstd")
    facts.join(seen, on="true_person", how="inner", maintain_order="left").write_parquet(
        truth_folder / "person.parquet", compression="zstd"
    )
    refusals.write_parquet(truth_folder / "declined.parquet")
    payees.write_parquet(truth_folder / "payee.parquet")
    areas = out / "areas" / f"{region}.csv"
    areas.parent.mkdir(exist_ok=True)
    area_names(place, people).write_csv(areas, include_bom=True)
    (batch / "_SUCCESS").write_text(
        json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return report


def _department_frames(world: World) -> dict[str, pl.DataFrame]:
    ability = relief.ability_assessment(world)
    return {
        "household_register": registers.household_register(world).with_columns(present=pl.lit(True)),
        "marriage_register": registers.marriage_register(world),
        "hardship_roll": relief.hardship_roll(world),
        "ability_assessment": ability,
        "death_record": registers.death_record(world),
        "visit_log": relief.visit_log(world),
        "care_survey": relief.care_survey(world),
        "rescue_register": relief.rescue_register(world),
        "disability_certificate": insurance.disability_certificate(world),
        "pension_roll": insurance.pension_roll(world),
        "long_term_care": insurance.long_term_care(world, ability),
        "family_planning": insurance.family_planning(world),
        "health_management": insurance.health_management(world),
        "preferential_treatment": insurance.preferential_treatment(world),
    }


def _present(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter("present")


def _row_truth(extract: Extract, frame: pl.DataFrame) -> pl.DataFrame:
    if extract.name == "marriage_register":
        roles = [("husband", "husband", "husband_damage_kinds"), ("wife", "wife", "wife_damage_kinds")]
    else:
        roles = [("", "person", "damage_kinds")]
    return pl.concat(
        [
            frame.select(
                extract=pl.lit(extract.name),
                row_number=pl.col("row_number").cast(pl.Int64),
                role=pl.lit(role),
                true_person=pl.col(person).cast(pl.Int64),
                damage_kinds=pl.col(kinds),
                quarantined=pl.col("row_kind").is_not_null(),
            )
            for role, person, kinds in roles
        ]
    )


def _seen(every_row: pl.DataFrame) -> pl.DataFrame:
    """true_person of the readable rows, and whether one of them has the person's own number as it is."""
    kinds = pl.element()
    other = kinds.str.starts_with("number_") & ~kinds.is_in(HARMLESS_NUMBER_KINDS)
    return (
        every_row.filter(~pl.col("quarantined"))
        .group_by("true_person")
        .agg(number_told=(~pl.col("damage_kinds").list.eval(other).list.any()).any())
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
