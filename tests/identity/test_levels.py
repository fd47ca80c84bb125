"""Comparison levels are said once: what is written from them is up to date, and none is without a weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlglot
from identity_nights import Night, resident
from sqlglot import exp

from outreach.engine import build
from outreach.engine.models import SQL_DIR
from outreach.identity import level_files, levels, weights
from outreach.identity.functions import registered
from outreach.identity.levels import BY_FIELD, COMPARISONS, Also, Comparison, Level
from outreach.identity.weights import LevelError

Nights = Callable[..., Night]
TOWN = [resident("王秀英", "19410312", 124, phone="13800000001")]
VISIT = [{"name": "王秀瑛", "phone": "13955555555", "address": "青山镇柳村1号"}]


@pytest.mark.parametrize("name", level_files.GENERATED)
def test_what_is_written_from_the_levels_is_as_it_would_be_written_now(name: str) -> None:
    written = (level_files.ROOT / name).read_text(encoding="utf-8")
    assert level_files.GENERATED[name]() == written, "run python -m outreach.identity.level_files"


def test_a_level_cannot_be_made_without_a_weight() -> None:
    with pytest.raises(TypeError, match="weight"):
        Level("one slip", "一处之差")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("ladder", "reason"),
    [
        ((Level("a", "", 1.0, "x"), Level("a", "", 2.0)), "defined twice"),
        ((Also("b", "x"), Level("a", "", 1.0)), "not defined"),
        ((Level("a", "", 1.0), Level("b", "", 2.0)), "no other"),
        ((Level("a", "", 1.0, "x"),), "no other"),
        ((Level("a", "", 1.0, roles=("kind",)),), "no such role"),
    ],
)
def test_a_field_of_which_a_pair_could_have_no_level_is_refused(
    ladder: tuple[Level | Also, ...], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        Comparison("phone", "电话", ladder)


def test_every_role_has_levels() -> None:
    assert all(each.levels and each.reason for each in levels.level_sets())


def test_a_level_without_a_weight_fails_the_night_and_is_named(
    learning_night: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    priors = {field: dict(named) for field, named in weights.PRIORS.items()}
    del priors["phone"]["differs"]
    monkeypatch.setattr(weights, "PRIORS", priors)
    with pytest.raises(LevelError, match="phone: differs"):
        learning_night(household_register=TOWN, visit_log=VISIT)


def test_a_level_that_a_model_invents_fails_the_night_and_is_named(night: Nights) -> None:
    con = night(household_register=TOWN, visit_log=VISIT).con
    weights.require_every_pair(con)
    for level, named in (("invented", "phone: invented"), (None, "phone: NULL")):
        con.execute("UPDATE identity.comparison SET phone_level = ?", [level])
        with registered(con):
            build(con, "identity", ["level_pattern", "unweighed_level"])
        with pytest.raises(LevelError, match=named):
            weights.require_every_pair(con)


def test_a_pair_that_is_lost_fails_the_night(night: Nights) -> None:
    con = night(household_register=TOWN, visit_log=VISIT).con
    ((pairs,),) = con.execute("SELECT compared FROM identity.pair_account").fetchall()
    assert pairs == 1
    con.execute("DELETE FROM identity.roll_profile")
    build(con, "identity", ["score", "pair_account"])
    with pytest.raises(LevelError, match="1 对，计分 0 对"):
        weights.require_every_pair(con)


def test_a_new_level_is_written_from_its_one_object(monkeypatch: pytest.MonkeyPatch) -> None:
    phone = BY_FIELD["phone"]
    toy = Level("toy", "玩具", 6.0, "osa_distance(left_phone, right_phone) = 1", roles=("leads_home",))
    more = replace(phone, ladder=(*phone.ladder[:-1], toy, phone.ladder[-1]))
    fields = tuple(more if each is phone else each for each in COMPARISONS)
    for module in (levels, level_files):
        monkeypatch.setattr(module, "COMPARISONS", fields)
    leads_home = ", ".join(f'"{level.name}"' for level in more.levels if "leads_home" in level.roles)
    assert f"= 1 THEN 'toy'\n        ELSE '{phone.ladder[-1].name}'" in level_files.comparison()
    assert '"toy"' in leads_home
    assert f"[phone_leads_home]\nvalues = [{leads_home}]" in level_files.sets()
    assert (
        "| phone | toy | 玩具 | +6.0 | no | `phone_leads_home` |"
        in level_files.GENERATED["docs/identity.md"]()
    )


def test_a_field_is_called_in_words_as_the_levels_call_it() -> None:
    sql = (SQL_DIR / "identity" / "decision" / "evidence.sql").read_text(encoding="utf-8")
    case = next(
        case
        for case in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Case)
        if isinstance(case.this, exp.Dot | exp.Column) and case.this.name == "field"
    )
    said = {branch.this.name: branch.args["true"].name for branch in case.args["ifs"]}
    assert {each.field: each.chinese for each in COMPARISONS if each.chinese}.items() <= said.items()


def test_the_levels_of_every_field_are_in_the_page() -> None:
    page = (level_files.ROOT / "docs" / "identity.md").read_text(encoding="utf-8")
    for each in COMPARISONS:
        for level in each.levels:
            assert f"| {each.field} | {level.name} | {level.label} |" in page
