"""Every kind of list as a printer gets it: converted by LibreOffice, then measured in the PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from delivery.world import AS_OF, make_night
from outreach.delivery import plan_release, write_lists
from outreach.delivery.lists.qr_codes import QUIET_MODULES
from outreach.engine import Warehouse, build
from outreach.outcomes import ask_departments
from outreach.settings import Settings
from outreach.standards.person_page import person_page

KINDS = {
    "programme": "age_allowance.add.xlsx",
    "service": "visit.due.xlsx",
    "walk": "by_household/340102001001.xlsx",
    "ledger": "ledger.xlsx",
    "changes": "changes.xlsx",
    "waiting": "waiting/visit.xlsx",
    "corrections": "corrections/civil_affairs.xlsx",
}
CODED = {"programme with codes": KINDS["service"], "walk with codes": KINDS["walk"]}
"""Lists of a deployment that has a portal."""
HEADERS = {
    "programme": ["姓名", "身份证号", "金额", "联系日期", "备注"],
    "service": ["姓名", "身份证号", "理由", "联系日期", "备注"],
    "walk": ["户序", "姓名", "待办事项", "联系日期", "备注"],
    "ledger": ["姓名", "失能和残疾", "本人意愿", "同户其"],
    "changes": ["原因说明", "现处理", "姓名", "身份证号"],
    "waiting": ["轮候序", "姓名", "排序理由"],
    "corrections": ["问题编号", "不一致之处", "答复日期"],
    "programme with codes": ["姓名", "身份证号", "理由", "联系日期", "网页"],
    "walk with codes": ["户序", "姓名", "待办事项", "联系日期", "网页"],
}
"""Titles of columns that an officer looks for on every page."""
A4 = (842, 595)
LEAST_POINTS = 9


@dataclass(frozen=True)
class Printed:
    """A list on paper: the text of each page; size in points and words of every piece; the papers.

    ``pictures``: the least side of each picture, in millimetres.
    """

    pages: list[str]
    sizes: list[tuple[float, str]]
    paper: set[tuple[int, int]]
    pictures: list[float]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """One of each kind of list of a night that has them all, converted in one call."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail(
            "LibreOffice is missing, so nobody knows how the lists print: scripts/install-test-tools.sh"
        )
    folder = tmp_path_factory.mktemp("print")
    with make_night(folder / "working.duckdb", 120) as night:
        _fill(night)
        lists = plan_release(folder / "home", "yaohai", AS_OF, "run-1")
        write_lists(night, lists)
        night.settings = Settings(portal_url="https://yanglao.example.gov.cn")
        coded = plan_release(folder / "coded", "yaohai", AS_OF, "run-1")
        write_lists(night, coded)
    for paths, kinds in ((lists, KINDS), (coded, CODED)):
        for kind, name in kinds.items():
            there = [paths.lists / name, paths.lists / "340102001" / name]
            shutil.copy(next(path for path in there if path.exists()), folder / f"{kind}.xlsx")
    books = [str(folder / f"{kind}.xlsx") for kind in HEADERS]
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *books,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {kind: _measured(folder / f"{kind}.pdf") for kind in HEADERS}


def _fill(night: Warehouse) -> None:
    """Names, addresses, reasons as long as real ones, and what an ordinary night has not: queue, changes."""
    con = night.con
    con.execute(
        "UPDATE facts.person SET area_code = '340102001001', town_code = '340102001', address = concat("
        "'安徽省合肥市瑶海区胜利街道前李社区人民路', person_key % 7 + 1, '号', person_key % 23, '栋', "
        "person_key % 4 + 1, '单元', person_key % 9 + 1, '02室'), "
        "name = CASE WHEN person_key % 40 = 0 THEN '阿卜杜热西提·买买提' ELSE name END"
    )
    for table in ("identity.person", "facts.person"):
        con.execute(f"UPDATE {table} SET person_id = concat('phrgznmi3oqr2id4n', lpad(person_id, 4, '0'))")
    con.execute("INSERT INTO run.area_name VALUES ('340102001001', '前李社区'), ('340102001', '胜利街道')")
    con.execute(
        "UPDATE decisions.candidate SET reason_text = '61周岁，本区户籍，失能、残疾，应探访而尚未探访；"
        "没有见到本人的探访记录；依据《清单》第23项', need_class = 1 + person_key % 4, "
        "due_by = CASE WHEN action = 'due' THEN DATE '2026-11-22' END"
    )
    build(con, "mart")
    con.execute(
        "CREATE OR REPLACE TABLE mart.ledger AS SELECT person_id, 3 AS ability_level, "
        "'ability_assessment' AS ability_source, '2' AS disability_grade, "
        "[{'programme': 'visit', 'amount': CAST(NULL AS DECIMAL(12, 2))}, "
        "{'programme': 'transport', 'amount': NULL}] AS entitled, "
        "[{'programme': 'age_allowance', 'amount': CAST(100 AS DECIMAL(12, 2))}] AS receiving, "
        "[{'programme': 'visit', 'result': '同意', 'said_on': DATE '2026-11-02'}] AS wishes, "
        "DATE '2026-11-03' AS last_visit_on, ['P1', 'P2'] AS at_home, town_code, area_code, "
        "'自2026-10-20以来：新探访：2026-11-03' AS changed_since FROM mart.person"
    )
    con.execute(
        "CREATE OR REPLACE TABLE mart.waiting_list AS SELECT person_id, 'visit' AS programme, "
        "'first' AS class, row_number() OVER (ORDER BY person_id) AS place, DATE '2026-11-02' AS agreed_on, "
        "'重度失能、无人照料，先于其他对象；同意较早' AS reason_text FROM mart.person"
    )
    con.execute("INSERT INTO changes.night BY NAME SELECT 'run-0' AS run_id, DATE '2026-11-19' AS as_of")
    con.execute(
        "INSERT INTO changes.line BY NAME SELECT person_id, person_key, 'visit' AS programme, "
        "'探访服务' AS programme_name, 'appeared' AS change, 'due' AS action FROM identity.person"
    )
    con.execute(
        "INSERT INTO changes.cause BY NAME SELECT person_id, programme, 'policy' AS cause, "
        "['policy'] AS causes, '政策新增本项目，自2026年11月起执行' AS text FROM changes.line"
    )
    con.execute("UPDATE intake.benefit_roll SET id_number_state = 'checksum', id_number18 = NULL")
    build(con, "identity", only=["source_row"])
    build(con, "mart", only=["change"])
    ask_departments(night, {}, 15)


def _measured(file: Path) -> Printed:
    pages, sizes, paper = [], [], set()
    pictures: list[float] = []
    for page in PdfReader(file).pages:
        words: list[str] = []

        def note(
            text: str, cm: list[float], tm: list[float], font: Any, points: float, words: list[str] = words
        ) -> None:
            if text.strip():
                words.append(text)
                sizes.append((round(points * abs(tm[3] * cm[3]), 1), text.strip()))

        def see(operator: bytes, _: list[Any], cm: list[float], tm: list[float]) -> None:
            if operator == b"Do":
                pictures.append(min(abs(cm[0]), abs(cm[3])) * 25.4 / 72)

        page.extract_text(visitor_text=note, visitor_operand_before=see)
        pages.append(re.sub(r"\s", "", "".join(words)))
        paper.add((round(page.mediabox.width), round(page.mediabox.height)))
    return Printed(pages, sizes, paper, pictures)


@pytest.mark.parametrize("kind", HEADERS)
def test_a_list_is_read_on_paper_without_glasses(printed: dict[str, Printed], kind: str) -> None:
    small = {text for points, text in printed[kind].sizes if points < LEAST_POINTS}
    # Only the number by which the machine knows a person is in small print.
    assert not small - {"\n"} or set("".join(small)) <= set("phrgznmi3oqr2id4n0P123456789\n "), small


@pytest.mark.parametrize("kind", HEADERS)
def test_a_list_is_one_a4_page_wide_with_its_header_and_signature_on_each(
    printed: dict[str, Printed], kind: str
) -> None:
    pages, header = printed[kind].pages, HEADERS[kind]
    assert printed[kind].paper == {A4}
    assert len(pages) > 1 or kind == "programme"
    for number, text in enumerate(pages, 1):
        assert f"第{number}页，共{len(pages)}页" in text
        assert "签名" in text
        for title in header:
            assert text.count(title) == 1, (number, title)


def test_the_ground_and_the_words_to_fill_in_are_said_once(printed: dict[str, Printed]) -> None:
    for kind in ("programme", "service"):
        assert sum(text.count("依据：《清单》") for text in printed[kind].pages) == 1
    for kind in ("programme", "service", "walk"):
        assert sum(text.count("结果请填：") for text in printed[kind].pages) == 1


def test_no_day_and_no_number_is_torn_apart(printed: dict[str, Printed]) -> None:
    lines = "\n".join(text for kind in printed for _, text in printed[kind].sizes)
    assert "2026-11-22" in lines
    assert not [line for line in lines.split("\n") if line.endswith("2026-11-")]


@pytest.mark.parametrize("kind", CODED)
def test_a_code_is_printed_so_large_that_a_phone_reads_it(printed: dict[str, Printed], kind: str) -> None:
    sides = printed[kind].pictures
    assert len(sides) >= len(printed[kind].pages)
    modules = len(segno.make(person_page("https://yanglao.example.gov.cn", "p" * 21), error="m").matrix)
    # A third of a millimetre a module and more is read from a hand's breadth by any phone.
    assert min(sides) / (modules + 2 * QUIET_MODULES) >= 0.33
    assert not printed["walk"].pictures
