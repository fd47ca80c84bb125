"""Everything that departments get wrong, in one batch: the bad stays out, the rest goes on."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from command import Night, run_night
from small_world import (
    DAY,
    FILLERS,
    FORMULA,
    GRANDMOTHER,
    WIDOWER,
    deliver,
    person,
    text,
    world,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2048)
"""How a password-protected workbook begins: a compound file, not a zip."""


def words_and_formulas(workbook: Path) -> tuple[str, bool]:
    """All text of an XLSX file, and whether any cell is a formula."""
    with zipfile.ZipFile(workbook) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return text, "<f>" in text or "<f " in text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Night:
    root = tmp_path_factory.mktemp("hostile")
    extracts = world()
    folder = deliver(root / "landing", extracts)

    survey = text([person(WIDOWER, 独居="是", 空巢="否", 留守="否")])
    survey += f"{FILLERS[0][0]},{FILLERS[0][1]},是,否,否,多一格,再多一格\n"  # row 2: ragged
    survey += f'{FILLERS[1][0]},"{FILLERS[1][1]},否,是,否\n'  # row 3: a quote left open
    survey += f",{FILLERS[2][1]},是,否,否\n"  # row 4: no name
    broken = survey.encode() + FILLERS[3][0].encode() + b"\xff\xfe" + b",x,\xe6,1,1\n"  # row 5: wrong bytes
    broken += f"{GRANDMOTHER[0]},{GRANDMOTHER[1]},否,否,否\n".encode()  # row 6: good
    (folder / "care_survey.csv").write_bytes(broken)

    assessed = [
        {
            **person(GRANDMOTHER, 评估日期="2026-02-01", 能力等级="重度失能"),
            "性别": "女性的",  # unknown code, not a required value
            "有效期至": "2027-02-31",  # impossible date, not a required value
        }
    ]
    (folder / "ability_assessment.csv").write_text(text(assessed), encoding="utf-8")

    lacking = [
        {k: v for k, v in row.items() if k != "残疾等级"} for row in extracts["disability_certificate"]
    ]
    (folder / "disability_certificate.csv").write_text(text(lacking), encoding="utf-8")
    pension = "二〇二六年十一月养老保险明细\n\n社会保障号码,姓名,险种,待遇状态\n"
    (folder / "pension_roll.csv").write_text(pension, encoding="utf-8")
    (folder / "health_management.xlsx").write_text(text([person(WIDOWER, 管理日期=DAY)]), encoding="utf-8")
    (folder / "long_term_care.xlsx").write_bytes(OLE)
    (folder / "family_planning.xlsx").write_bytes(b"PK\x03\x04" + bytes(500))
    (folder / "preferential_treatment.parquet").write_bytes(b"PAR1 not at all PAR1")
    return run_night(root / "home", root / "landing")


REFUSED = {
    "disability_certificate",
    "family_planning",
    "health_management",
    "long_term_care",
    "pension_roll",
    "preferential_treatment",
}


def test_the_night_is_published_and_names_what_was_refused(hostile: Night) -> None:
    assert hostile.ran.status == 3, hostile.ran.err
    refused = hostile.query("SELECT DISTINCT extract FROM mart.delivery WHERE status = 'refused'")
    assert {name for (name,) in refused} == REFUSED
    for name in REFUSED:
        assert f"（{name}）拒收" in hostile.ran.out


def test_bad_rows_are_quarantined_by_number_and_the_rest_is_accepted(hostile: Night) -> None:
    quarantined = hostile.query(
        "SELECT row_number FROM mart.quarantine WHERE extract = 'care_survey' AND severity = 'row' ORDER BY 1"
    )
    assert [row for (row,) in quarantined] == [2, 3, 4, 5]
    assert hostile.query(
        "SELECT rows_read, rows_accepted, status FROM mart.delivery WHERE extract = 'care_survey'"
    ) == [(6, 2, "accepted_with_quarantine")]


def test_a_value_that_cannot_be_read_is_missing_and_reported(hostile: Night) -> None:
    reported = hostile.query(
        "SELECT row_number, column_name FROM mart.quarantine "
        "WHERE extract = 'ability_assessment' AND severity = 'value' ORDER BY 2"
    )
    assert len(reported) == 2
    assert {row for row, _ in reported} == {1}
    assert hostile.query(f"SELECT ability_level FROM mart.person WHERE id_number = '{GRANDMOTHER[1]}'") == [
        (3,)
    ]


def test_what_rests_on_a_refused_extract_is_unknown(hostile: Night) -> None:
    facts = hostile.query(
        "SELECT DISTINCT disability_category, severely_disabled, family_planning, long_term_care, "
        "preferential, last_health_check_on FROM mart.person"
    )
    assert facts == [(None,) * 6]


def test_nobody_is_stopped_for_it(hostile: Night) -> None:
    receiving = hostile.query("SELECT action, programme FROM mart.candidate WHERE current_amount IS NOT NULL")
    assert receiving
    assert "stop" not in {action for action, _ in receiving}
    missing = hostile.query(
        "SELECT DISTINCT m.extract FROM mart.decision, unnest(missing) AS u(m) "
        "WHERE programme = 'disability_nursing_subsidy' AND decision = 'unknown'"
    )
    assert ("disability_certificate",) in missing


def test_a_formula_is_only_a_name(hostile: Night) -> None:
    assert hostile.query(f"SELECT name FROM mart.person WHERE id_number = '{FORMULA[1]}'") == [(FORMULA[0],)]
    root = hostile.home / "lists" / hostile.region / hostile.day
    seen = 0
    for path in root.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        seen += sum("cmd|" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))], path
    assert seen > 0


def test_a_formula_is_text_in_a_workbook(hostile: Night) -> None:
    root = hostile.home / "lists" / hostile.region / hostile.day
    workbooks = [words_and_formulas(path) for path in root.rglob("*.xlsx")]
    assert any("cmd|" in words for words, _ in workbooks)
    assert not any(formulas for _, formulas in workbooks)


def test_no_output_names_anybody(hostile: Night) -> None:
    output = hostile.ran.out + hostile.ran.err
    messages = hostile.query(
        "SELECT message FROM mart.quarantine UNION ALL SELECT message FROM mart.delivery"
    )
    output += "".join(str(message) for (message,) in messages)
    for name, number in (GRANDMOTHER, FORMULA, WIDOWER, *FILLERS):
        assert name not in output
        assert number not in output


def test_the_landing_files_are_left_as_they_were(hostile: Night) -> None:
    folder = Path(hostile.home).parent / "landing" / hostile.region / hostile.day
    assert (folder / "long_term_care.xlsx").read_bytes() == OLE
