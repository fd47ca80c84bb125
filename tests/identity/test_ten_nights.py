"""Ten nights of one village: a person keeps the id, whatever becomes of the papers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from identity_nights import MakeNight, Night, number, resident

from outreach.identity import clerical
from outreach.identity import registry as ids

pytestmark = pytest.mark.soak
DAY = [dt.date(2026, 11, 20) + dt.timedelta(days=k) for k in range(10)]
MORNING = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
FORMERLY = number("19450312", 511)


class Village:
    """Rows by the name of their true person; a night's ids are asked by that name."""

    def __init__(self) -> None:
        self.register = {
            "li": resident("李国强", "19450312", 511, household_no="L"),
            "li's wife": resident("王芳", "19480101", 220, household_no="L"),
            "zhang": resident("张建国", "19500505", 111, household_no="Z", residence_address="柳村1号"),
            "zhang's twin": resident(
                "张建军", "19500505", 113, household_no="Z", residence_address="柳村1号"
            ),
            "namesake": resident("张建国", "19500606", 115, household_no="N", residence_address="柳村9号"),
            "chen": resident("陈秀英", "19600202", 222, household_no="C", phone="13800001111"),
            "unnumbered": resident("赵四", "19330303", 101, household_no="U") | {"id_number": None},
        }
        self.survey = {
            "li": {"name": "李国强", "id_number": FORMERLY, "birth_date": "1945-03-12"},
            "chen": {"name": "陈秀英", "birth_date": "1960-02-02", "sex": "F", "phone": "13800001111"},
            "from elsewhere": {"name": "何云", "id_number": number("19510101", 100, "420300")},
            "nobody known": {"name": "无名氏", "address": "桥下"},
        }
        self.marriages: list[dict[str, str]] = []

    def rows(self) -> dict[str, list[dict[str, object]]]:
        return {
            "household_register": list(self.register.values()),
            "care_survey": list(self.survey.values()),
            "marriage_register": self.marriages,
        }

    def ids(self, night: Night) -> dict[str, str]:
        found = {
            who: night.person_id("household_register", row) for row, who in enumerate(self.register, start=1)
        }
        for row, who in enumerate(self.survey, start=1):
            assert found.setdefault(who, night.person_id("care_survey", row)) == night.person_id(
                "care_survey", row
            ), who
        return found


def test_a_person_keeps_the_id_through_corrections_moves_merges_and_splits(
    night: MakeNight, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    village = Village()
    first = night(**village.rows(), as_of=DAY[0])
    kept = village.ids(first)
    assert len(set(kept.values())) == len(kept) == 9

    def tonight(as_of: dt.date) -> Night:
        found = night(**village.rows(), as_of=as_of)
        assert village.ids(found) == kept
        return found

    # 2: a number is corrected; the department still has the old one.
    village.register["li"] |= {"id_number": number("19450312", 613), "former_id_number": FORMERLY}
    tonight(DAY[1])
    # 3: a name is changed; another person moves to another town; the file is in another order.
    village.register["chen"] |= {"name": "陈秀兰", "former_name": "陈秀英"}
    village.register["namesake"] |= {
        "household_no": "M",
        "area_code": "340102002002",
        "residence_address": "桃村1号",
    }
    village.register = dict(reversed(village.register.items()))
    tonight(DAY[2])
    # 4: the widower marries; the bride moves to his household.
    village.register["chen"] |= {"household_no": "U"}
    village.marriages.append(
        {
            "husband_name": "赵四",
            "wife_name": "陈秀兰",
            "wife_id_number": village.register["chen"]["id_number"],
            "event": "1",
            "event_date": "2026-11-22",
        }
    )
    wed = tonight(DAY[3])
    assert wed.person_id("marriage_register", role="wife") == kept["chen"]
    # 5: nothing happens, and the same date is run again.
    assert tonight(DAY[3]).one("SELECT count(*) FROM identity.relinked") == 0
    # 6: an earlier date is run late.
    tonight(DAY[1])

    # 7: a run is killed as it writes; then it is run again.
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    village.register["zhang"]["phone"] = "13900002222"
    village.survey = {"newcomer": {"name": "钱七", "birth_date": "1940-04-04"}, **village.survey}
    for step in (ids, "_record_events"), (ids, "_record_fingerprints"):
        with monkeypatch.context() as patch:
            patch.setattr(*step, killed)
            with pytest.raises(KeyboardInterrupt):
                night(**village.rows(), as_of=DAY[4])
    seventh = night(**village.rows(), as_of=DAY[4])
    kept |= {"newcomer": village.ids(seventh)["newcomer"]}
    assert village.ids(seventh) == kept

    # 8: a clerk finds that a second row under one number is the same man.
    village.register["zhang again"] = village.register["zhang"] | {"name": "章大海", "household_no": "Q"}
    double = night(**village.rows(), as_of=DAY[5])
    younger = village.ids(double)["zhang again"]
    assert village.ids(double) == {**kept, "zhang again": younger}
    assert younger not in kept.values()
    pair = {
        c: double.one(f"SELECT {c} FROM identity.review WHERE other_subject IS NOT NULL")
        for c in ("subject", "other_subject")
    }
    clerical.decide(state / clerical.FILE_NAME, **pair, same=True, by="c1", at=MORNING)
    merged = night(**village.rows(), as_of=DAY[6])
    assert village.ids(merged) == {**kept, "zhang again": kept["zhang"]}
    assert merged.con.execute("SELECT person_id_before FROM identity.relinked").fetchall() == [(younger,)]

    # 9: another clerk finds that he is not; the id that was merged is his again.
    clerical.decide(state / clerical.FILE_NAME, **pair, same=False, by="c2", at=MORNING)
    parted = night(**village.rows(), as_of=DAY[7])
    assert village.ids(parted) == {**kept, "zhang again": younger}
    assert parted.con.execute("SELECT person_id_before FROM identity.relinked").fetchall() == [
        (kept["zhang"],)
    ]

    # 10: without fingerprints of an earlier night all are found again by their records alone.
    with duckdb.connect(str(state / "registry.duckdb")) as registry:
        registry.execute("DELETE FROM fingerprint")
    last = night(**village.rows(), as_of=DAY[8])
    assert village.ids(last) == {**kept, "zhang again": younger}
    events = _events(last, state)
    assert events == [("merge", kept["zhang"], younger), ("split", kept["zhang"], younger)]


def _events(night: Night, state: Path) -> list[tuple[str, str, str]]:
    con: duckdb.DuckDBPyConnection = night.con
    con.execute(f"ATTACH '{state / 'registry.duckdb'}' AS kept (READ_ONLY)")
    return con.execute("SELECT kind, person_id, other_id FROM kept.event ORDER BY kind").fetchall()
