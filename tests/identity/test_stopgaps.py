"""Values that clerks type where they know none must neither tie people together nor slow the night."""

from __future__ import annotations

from identity_nights import MakeNight, number, resident

STOPGAP = number("19900101", 123)


def test_a_number_that_everybody_bears_ties_nobody_and_households_without_end_point_at_nobody(
    night: MakeNight,
) -> None:
    surnames, given = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋"
    crowd = [
        resident(
            f"{a}{b}{c}",
            "19500101",
            311,
            id_number=STOPGAP,
            household_no="集体户",
            phone="13800000000",
            registered_address="福利院",
            residence_address="福利院",
        )
        for a in surnames
        for b in given
        for c in given
    ]
    rows = [{**row, "sex": None} for row in crowd[::2]]
    n = night(
        household_register=crowd,
        care_survey=[{**row, "address": "福利院"} for row in rows],
        visit_log=[
            {"name": f"某{row['name'][1:]}", "id_number": STOPGAP, "phone": "13800000000"} for row in rows
        ],
        hardship_roll=[{"family_no": "1", "name": row["name"], "address": "福利院"} for row in rows],
    )
    assert n.one("SELECT count(*) FROM identity.person WHERE in_register") == len(crowd)
    assert n.one("SELECT count(*) FROM identity.block_pair") < 20 * 3 * len(rows)
