"""The landing zone holds what is in the truth: read again by hand, row by row."""

from __future__ import annotations

import hashlib
import json

import polars as pl
import pytest
from plain_reading import as_date, read_extract
from sample_worlds import Written

from contracts.extracts import EXTRACTS, Extract
from outreach.sample import region_names

NUMBER_HEADERS = {"household_register": "公民身份号码", "pension_roll": "社会保障号码"}
WITHOUT_NUMBER = ("marriage_register", "disability_certificate")


def extracts_of(world: Written) -> list[Extract]:
    """Those of which the generator knows how to write them."""
    return [extract for extract in EXTRACTS if extract.name in world.report.rows]


@pytest.mark.parametrize("region", region_names())
def test_every_row_of_the_files_has_its_truth_and_every_truth_its_row(
    worlds: dict[str, Written], region: str
) -> None:
    world = worlds[region]
    for extract in extracts_of(world):
        rows = read_extract(world.report.batch, extract.name)
        truth = world.rows.filter(pl.col("extract") == extract.name)
        roles = {"husband", "wife"} if extract.name == "marriage_register" else {""}
        assert rows, extract.name
        assert len(rows) == world.report.rows[extract.name]
        assert set(truth["role"]) == roles
        for role in roles:
            numbers = truth.filter(pl.col("role") == role)["row_number"].to_list()
            assert numbers == list(range(1, len(rows) + 1)), extract.name
        headers = set().union(*(row.keys() for row in rows))
        assert {column.header for column in extract.columns} <= headers


@pytest.mark.parametrize("region", region_names())
def test_the_manifest_holds_rows_and_digest_of_every_file(worlds: dict[str, Written], region: str) -> None:
    batch = worlds[region].report.batch
    manifest = json.loads((batch / "_SUCCESS").read_text(encoding="utf-8"))
    assert set(manifest) == {path.name for path in batch.iterdir()} - {"_SUCCESS"}
    for name, entry in manifest.items():
        assert entry["sha256"] == hashlib.sha256((batch / name).read_bytes()).hexdigest()
    for extract in extracts_of(worlds[region]):
        counted = sum(entry["rows"] for name, entry in manifest.items() if name.split(".")[0] == extract.name)
        assert counted == worlds[region].report.rows[extract.name]


@pytest.mark.parametrize("region", region_names())
def test_an_undamaged_row_has_the_persons_own_number_name_and_birth_date(
    worlds: dict[str, Written], region: str
) -> None:
    world = worlds[region]
    persons = {row["true_person"]: row for row in world.persons.iter_rows(named=True)}
    checked = 0
    for extract in extracts_of(world):
        if extract.name in WITHOUT_NUMBER:
            continue
        delivered = read_extract(world.report.batch, extract.name)
        header = NUMBER_HEADERS.get(extract.name, "身份证号")
        clean = world.rows.filter(
            (pl.col("extract") == extract.name) & (pl.col("damage_kinds").list.len() == 0)
        )
        for number, true_person in clean.select("row_number", "true_person").iter_rows():
            row, person = delivered[number - 1], persons[true_person]
            # A person with two rows in the register has the other number on one of them.
            if extract.name != "household_register":
                assert str(row[header]).strip("'\t") == person["id_number"], (extract.name, number)
            assert str(row["姓名"]).strip() == person["name"], (extract.name, number)
            if "出生日期" in row:
                assert as_date(row["出生日期"]) == person["birth_date"], (extract.name, number)
            checked += 1
    assert checked > 500


@pytest.mark.parametrize("region", region_names())
def test_a_row_to_be_quarantined_is_visibly_broken(worlds: dict[str, Written], region: str) -> None:
    world = worlds[region]
    kinds = set()
    for extract, number, damage in (
        world.rows.filter("quarantined").select("extract", "row_number", "damage_kinds").iter_rows()
    ):
        (kind,) = (kind for kind in damage if kind.startswith("row_"))
        kinds.add(kind)
        row = read_extract(world.report.batch, extract)[number - 1]
        if kind in ("row_ragged", "row_open_quote"):
            assert row["__cells"] < row["__width"]
        elif kind == "row_wrong_byte":
            assert any("\ufffd" in str(cell) for cell in row.values())
    assert len(kinds) >= 2


def test_every_form_of_delivery_is_present(worlds: dict[str, Written]) -> None:
    forms = {form for world in worlds.values() for form in world.report.forms.values()}
    for ending in ("parquet", "xlsx", "csv utf-8 ", "csv utf-8-sig ", "csv utf-16 ", "csv gb18030 "):
        assert any(form.startswith(ending) for form in forms), ending
    for mark in ("','", "'\\t'", "'|'", "parts"):
        assert any(mark in form for form in forms), mark


def test_dates_codes_and_missing_values_come_in_every_spelling(worlds: dict[str, Written]) -> None:
    cells: dict[str, set[str]] = {"dates": set(), "sex": set(), "missing": set(), "months": set()}
    for world in worlds.values():
        for extract in extracts_of(world):
            for row in read_extract(world.report.batch, extract.name):
                cells["dates"].add(_shape(row.get("出生日期")))
                cells["months"].add(_shape(row.get("起发年月")))
                cells["sex"].add(str(row.get("性别")))
                cells["missing"] |= {str(row.get("联系电话"))}
    assert {"9999-99-99", "9999/9/9", "99999999", "9999.99.99", "9999年9月9日", "99999"} <= cells["dates"]
    assert {"9999-99", "999999", "9999年9月"} <= cells["months"]
    assert {"1", "2", "男", "女"} <= cells["sex"]
    assert {"", "-", "无", "NULL", "null", "N/A"} <= cells["missing"]


def _shape(value: object) -> str:
    return "".join("9" if character.isdigit() else character for character in str(value))


def test_limits_of_quarantine_are_not_reached_by_accident(worlds: dict[str, Written], town: Written) -> None:
    for world in (*worlds.values(), town):
        share = world.rows.group_by("extract").agg(
            pl.col("quarantined").mean(), n=pl.col("quarantined").sum()
        )
        assert share.filter((pl.col("quarantined") > 0.1) & (pl.col("n") > 50)).is_empty()
