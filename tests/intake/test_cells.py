"""Cells that are not what they look like: invisible marks, signs for nothing, names and numbers swapped."""

from __future__ import annotations

import polars as pl
import pytest
import xlsxwriter
from landing_zone import HEADER, ROW, VALID, Landing, line

NOTHING = (
    *(
        "/",
        "／",
        "-",
        "—",
        "——",
        "–",
        "－－",
        "―",
        "\\",
        "...",
        "。",
        "_",
        "无",
        "（无）",
        "暂无",
        " 无 ",
        "NULL",
        "\\N",
    ),
    *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#n/a", " #N/A "),
    *(
        "＃Ｎ／Ａ",
        "＃ＲＥＦ！",
        "#N/A N/A",
        "#WERT!",
        "#NV",
        "Err:502",
        "########",
        "\u200b/\u200b",
        "\ufeff",
    ),
)
SOMETHING = ("#甲", "A/B", "王-李", "无名氏", "吴", "#1号楼", "?", "□", "*")
FORMER = f"{','.join(HEADER)},曾用身份号码"


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_signs_for_nothing_mean_missing_in_every_column(landing: Landing, form: str) -> None:
    header = [*HEADER, "曾用身份号码", "居住地址", "状态变更日期", "联系电话"]
    rows = [[*(ROW | {"公民身份号码": sign, "与户主关系": sign}).values(), *[sign] * 4] for sign in NOTHING]
    rows += [
        [*(ROW | {column: NOTHING[at % 30]}).values(), "", "", "", ""]
        for at, column in enumerate(("户号", "姓名", "人员状态") * 20)
    ]
    put(landing, form, header, rows)
    delivery = landing.take(allowed=["household_register"])
    assert delivery.quarantine == {"missing_value": 60}
    assert delivery.values == {}
    columns = "id_number, relation_to_head, former_id_number, residence_address, status_date, phone"
    assert set(landing.rows(columns)) == {(None,) * 6}


def put(landing: Landing, form: str, header: list[str], rows: list[list[str]]) -> None:
    path = landing.folder / f"household_register.{form}"
    if form == "csv":
        landing.put(path.name, ["\t".join(row) for row in [header, *rows]])
    elif form == "xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([header, *rows]):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, cell)
    else:
        pl.DataFrame(rows, schema=header, orient="row").write_parquet(path)


def test_what_is_no_sign_stays(landing: Landing) -> None:
    landing.register(*(line(姓名=name) for name in SOMETHING))
    landing.take()
    assert [row[0] for row in landing.rows("name")] == list(SOMETHING)


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("mark", ["\u200b", "\u202e", "\u00ad", "\ufeff", "\u200d", "\ufe0f", "\x1a", "\x00"])
def test_invisible_characters_are_nothing_in_any_field(landing: Landing, form: str, mark: str) -> None:
    if form == "xlsx" and mark < " ":
        # XML 1.0 has no control characters: no workbook can hold one, so there is nothing to read.
        pytest.skip("no character of XML")

    def spread(text: str) -> str:
        return mark + mark.join(text) + mark

    put(landing, form, [spread(name) for name in HEADER], [[spread(cell) for cell in ROW.values()]])
    assert landing.take().status == "accepted"
    assert landing.rows("household_no, id_number18, name, sex, birth_date::VARCHAR, area_code, status") == [
        ("H1", VALID, "王秀英", "F", "1949-12-31", "340102001001", 1)
    ]


def test_private_characters_of_names(landing: Landing) -> None:
    names = ["朱\ue863", "朱䶮", "朱\ue001", "朱", "\ue81e秀"]
    rows = [[*(ROW | {"姓名": name}).values()] for name in names]
    for form in ("csv", "xlsx", "parquet"):
        put(landing, form, HEADER, rows)
        landing.take()
        assert [row[0] for row in landing.rows("name")] == ["朱䶮", "朱䶮", "朱?", "朱", "龴秀"]
        assert [row[0] for row in landing.rows("name_key")] == ["朱䶮", "朱䶮", "朱?", "朱", "龴秀"]
        (landing.folder / f"household_register.{form}").unlink()
    # as bytes of a GBK file: 0xFE9F is 䶮, 0xFE59 龴; 0xAAA1 is a user's own character
    gbk = [
        line(姓名=f"朱{mark}").encode("gbk").replace(b"~", code)
        for mark, code in (
            ("~", b"\xfe\x9f"),
            ("~", b"\xfe\x59"),
            ("~", b"\xaa\xa1"),
            ("~", b"\x83\x36\xcf\x39"),
        )
    ]
    landing.put("household_register.csv", b"\n".join([",".join(HEADER).encode("gbk"), *gbk]))
    landing.take()
    assert [row[0] for row in landing.rows("name")] == ["朱䶮", "朱龴", "朱?", "朱䶮"]


def test_name_and_number_in_each_others_cells(landing: Landing) -> None:
    landing.put(
        "visit_log.csv",
        [
            "姓名,身份证号,探访日期",
            f"{VALID},王秀英,2026-01-02",
            f"{VALID},{VALID},2026-01-02",
            f"{VALID},,2026-01-02",
            f"{VALID.lower()} ,买买提·艾力,2026-01-02",
            f"{VALID[:-1]}1,王秀英,2026-01-02",
            f"王秀英,{VALID},2026-01-02",
            f"{VALID},无身份证,2026-01-02",
        ],
    )
    delivery = landing.take("visit_log")
    assert landing.rows("row_number, name, name_key, id_number18, id_number_state", "visit_log") == [
        (1, "王秀英", "王秀英", VALID, "swapped"),
        (4, "买买提·艾力", "买买提艾力", VALID, "swapped"),
        (6, "王秀英", "王秀英", VALID, "valid"),
    ]
    assert landing.quarantine() == [
        (1, "value", "swapped_name_and_number", "姓名"),
        (2, "row", "number_as_name", "姓名"),
        (3, "row", "number_as_name", "姓名"),
        (4, "value", "swapped_name_and_number", "姓名"),
        (5, "row", "number_as_name", "姓名"),
        (7, "row", "number_as_name", "姓名"),
    ]
    identifiers = landing.warehouse.con.sql(
        "SELECT row_number, number18 FROM run.quarantined_identifier WHERE number18 IS NOT NULL"
    )
    assert {(row, number) for row, number in identifiers.fetchall()} == {(2, VALID), (3, VALID), (7, VALID)}
    assert VALID not in delivery.message


def test_a_number_in_a_name_that_may_be_missing(landing: Landing) -> None:
    landing.put(
        "marriage_register.csv",
        [
            "男方姓名,男方身份证件号,女方姓名,女方身份证件号,登记类别,登记日期",
            f"李四,,{VALID},王秀英,1,2020-01-02",
            f"李四,,{VALID},,1,2020-01-02",
            f"李四,,{VALID},{VALID},1,2020-01-02",
            f"{VALID},李四,{VALID},王秀英,1,2020-01-02",
        ],
    )
    delivery = landing.take("marriage_register")
    columns = "husband_name, husband_id_number18, wife_name, wife_id_number18, wife_id_number_state"
    assert landing.rows(columns, "marriage_register") == [
        ("李四", None, "王秀英", VALID, "swapped"),
        ("李四", None, None, VALID, "swapped"),
        ("李四", None, None, VALID, "swapped"),
        ("李四", VALID, "王秀英", VALID, "swapped"),
    ]
    assert delivery.values == {"swapped_name_and_number": 4, "number_as_name": 1}
    assert delivery.quarantine == {}


def test_a_certificate_number_in_the_cell_of_the_name(landing: Landing) -> None:
    header = "残疾人证号,姓名,残疾类别,残疾等级,发证日期,有效期至,证件状态,监护人姓名"
    row = f"王秀英,{VALID}43B1,4,3,2020-01-02,2030-01-02,1,{VALID}"
    landing.put("disability_certificate.csv", [header, row])
    delivery = landing.take("disability_certificate")
    columns = "certificate_no, name, id_number18, id_number_state, guardian_name"
    assert landing.rows(columns, "disability_certificate") == [
        (f"{VALID}43B1", "王秀英", VALID, "swapped", None)
    ]
    assert delivery.values == {"swapped_name_and_number": 1, "number_as_name": 1}


@pytest.mark.parametrize(
    ("elsewhere", "here", "refused"), [(3, 3, False), (4, 3, True), (1, 9, False), (3, 0, True)]
)
def test_a_register_of_another_region_is_refused(
    landing: Landing, elsewhere: int, here: int, refused: bool
) -> None:
    rows = [
        line(户号=f"H{n}", 行政区划代码="340103001001" if n < elsewhere else "340102")
        for n in range(elsewhere + here)
    ]
    landing.register(*rows)
    for allowed in ([], ["household_register"]):
        delivery = landing.take(allowed=allowed)
        assert (delivery.status == "refused") is refused
        assert ("其他地区" in delivery.message) is refused


@pytest.mark.parametrize(
    ("region", "code", "refused"),
    [("340100", "340103", False), ("340200", "340103", True), ("340000", "340103", False)],
)
def test_a_city_is_its_counties(landing: Landing, region: str, code: str, refused: bool) -> None:
    landing.warehouse.con.execute("UPDATE run.context SET region_code = ?", [region])
    landing.register(line(行政区划代码=code))
    assert (landing.take().status == "refused") is refused
