"""Parquet files: of any size, and those made to break the reader."""

from __future__ import annotations

import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from landing_zone import ROW, Landing

from outreach.settings import IntakeSettings, Settings


def columns(count: int = 3) -> dict[str, pa.Array]:
    return {header: pa.array([value] * count) for header, value in ROW.items()}


def repeated(value: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([value]))


def nested_deep(levels: int) -> pa.Array:
    array = pa.array([1, 2, 3])
    for _ in range(levels):
        array = pa.ListArray.from_arrays(pa.array(range(len(array) + 1), pa.int32()), array)
    return array


@pytest.mark.parametrize(
    "table",
    [
        columns(200_000) | {"姓名": repeated("王" * 300_000, 200_000)},
        columns(1) | {"姓名": pa.array(["王" * 2_000_000])},
        columns() | {"注": nested_deep(300)},
    ],
    ids=["one long string for every row", "a long row", "nested deep"],
)
def test_a_parquet_file_made_to_break_the_reader_is_refused(
    landing: Landing, table: dict[str, pa.Array]
) -> None:
    landing.warehouse.settings = Settings(intake=IntakeSettings(reading_memory_gib=0.5))
    pq.write_table(pa.table(table), landing.folder / "household_register.parquet", compression="zstd")
    delivery = landing.take()
    assert delivery.status == "refused"
    assert delivery.message.startswith("拒收：")


@pytest.mark.parametrize("count", [6_000, 50_000, 130_000])
def test_a_parquet_file_of_any_size_is_read_whole(landing: Landing, count: int) -> None:
    """Batches of 1 MB, of more than a frame holds, and several."""
    names = pa.array([f"李{place}" for place in range(count)])
    addresses = pa.array(["长淮镇" + "幸福路" * 20] * count)
    table = pa.table(columns(count) | {"姓名": names, "户籍地址": addresses})
    pq.write_table(table, landing.folder / "household_register.parquet")
    assert table.nbytes > 1 << 20
    delivery = landing.take()
    assert (delivery.rows_read, delivery.rows_accepted) == (count, count)
    stored = landing.warehouse.con.execute(
        "SELECT count(DISTINCT name), count(DISTINCT row_number), max(row_number) "
        "FROM intake.household_register"
    ).fetchone()
    assert stored == (count, count, count)


def test_damage_to_a_parquet_footer_never_makes_fewer_rows(landing: Landing) -> None:
    path = landing.folder / "household_register.parquet"
    pq.write_table(pa.table(columns(100)), path, row_group_size=40)
    data = path.read_bytes()
    end = len(data) - 8
    footer = end - int.from_bytes(data[end : end + 4], "little")
    chance = random.Random(4)
    for _ in range(12):
        changed = bytearray(data)
        changed[chance.randrange(footer, end)] = chance.choice((0, 1, 0x7F, 0x80, 0xFF))
        path.write_bytes(changed)
        delivery = landing.take()
        assert delivery.status == "refused" or delivery.rows_read == 100


def test_text_of_a_dictionary_that_is_none_is_quarantined(landing: Landing) -> None:
    wrong = pa.array([b"\xff\xfe", "李".encode()]).cast(pa.binary()).view(pa.string())
    names = pa.DictionaryArray.from_arrays(pa.array([0, 1, 1], pa.int32()), wrong)
    pq.write_table(pa.table(columns() | {"姓名": names}), landing.folder / "household_register.parquet")
    delivery = landing.take()
    assert delivery.status in ("refused", "accepted_with_quarantine")
    assert "1 行" in delivery.message or delivery.rows_accepted == 0
