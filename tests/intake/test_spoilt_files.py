"""Random damage to good files: nothing crashes, and every row that was read is accounted for."""

from __future__ import annotations

import random

import pytest
import xlsxwriter
from landing_zone import HEADER, ROW, Landing, line

STATUSES = {"accepted", "accepted_with_quarantine", "refused"}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, lost, doubled or put in."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(len(result))
        match chance.randrange(6):
            case 0:
                result[place] = chance.randrange(256)
            case 1:
                del result[place : place + chance.choice((1, 1, 7))]
            case 2:
                result[place:place] = chance.choice((b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\x81", b"|"))
            case 3:
                result[place:place] = result[place : place + 40]
            case 4:
                del result[place:]
            case _:
                result[place:place] = chance.randbytes(5)
        result = result or bytearray(b" ")
    return bytes(result)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-be"])
def test_damaged_csv(landing: Landing, encoding: str) -> None:
    chance = random.Random(encoding)
    rows = [line(户号=f"H{n}", 姓名=chance.choice(("王秀英", '"李,四"', "張偉", ""))) for n in range(20)]
    data = "\r\n".join([",".join(HEADER), *rows, ""]).encode(encoding)
    seen = set()
    for _ in range(10):
        landing.put("household_register.csv", damaged(data, chance))
        delivery = landing.take()
        seen.add(delivery.status)
        if delivery.delivered:
            assert abs(delivery.rows_read - 20) <= 20
    assert seen <= STATUSES
    assert len(seen) > 1


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_damaged_containers(landing: Landing, form: str) -> None:
    import polars as pl

    path = landing.folder / f"household_register.{form}"
    if form == "xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate([HEADER, *[list(ROW.values())] * 20]):
                sheet.write_row(number, 0, row)
    else:
        pl.DataFrame({key: [value] * 20 for key, value in ROW.items()}).write_parquet(path)
    data = path.read_bytes()
    chance = random.Random(form)
    for _ in range(10):
        path.write_bytes(damaged(data, chance))
        assert landing.take().status in STATUSES
