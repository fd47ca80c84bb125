"""An unusual number of stops or cuts waits for an operator's word; ordinary nights do not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from delivery.conftest import BuildRelease, build_release
from delivery.test_publication import YESTERDAY, shown
from delivery.world import AS_OF, deliver
from outreach.delivery import (
    DeliveryError,
    approve,
    hold,
    hold_reasons,
    list_releases,
    plan_release,
    prune,
    publish,
)
from outreach.engine import Warehouse
from outreach.settings import ReleaseSettings, Settings

SETTINGS = Settings(release=ReleaseSettings(unusual_rows=5, unusual_share=0.02))


def set_night(
    night: Warehouse, stops: int, cuts: int = 0, receiving: int = 1000, programme: str = "age_allowance"
) -> None:
    """Give the night so many stops and cuts of a programme among so many who receive it."""
    con = night.con
    con.execute("DELETE FROM mart.candidate WHERE programme = ?", [programme])
    con.execute("DELETE FROM facts.receiving WHERE programme = ?", [programme])
    con.execute(
        "INSERT INTO facts.receiving BY NAME SELECT i AS person_key, ? AS programme FROM range(?) AS t(i)",
        [programme, receiving],
    )
    con.execute(
        "INSERT INTO mart.candidate BY NAME SELECT 'X' || i AS person_id, ? AS programme, "
        "CASE WHEN i < ? THEN 'stop' ELSE 'adjust' END AS action, 50 AS amount_monthly, "
        "100 AS current_amount FROM range(?) AS t(i)",
        [programme, stops, stops + cuts],
    )


def publish_nights(night: Warehouse, home: Path, *stops: int, cuts: int = 0) -> None:
    """Publish nights before the as-of date with so many stops each."""
    for number, count in enumerate(stops, start=1):
        set_night(night, count, cuts)
        as_of = AS_OF - dt.timedelta(days=len(stops) + 1 - number)
        publish(build_release(night, home, f"night-{number}", as_of=as_of))
    night.con.execute("UPDATE run.context SET as_of = ?", [AS_OF])


def kinds(night: Warehouse, home: Path, settings: Settings = SETTINGS) -> set[tuple[str, str | None]]:
    return {(reason.kind, reason.programme) for reason in hold_reasons(night, home, settings)}


def test_an_ordinary_first_night_is_published(night: Warehouse, home: Path) -> None:
    """Dead and departed payees gather on a roll that nobody has reconciled yet."""
    set_night(night, stops=450)
    assert kinds(night, home) == set()


def test_a_first_night_that_stops_most_payees_is_held(night: Warehouse, home: Path) -> None:
    set_night(night, stops=550)
    assert kinds(night, home) == {("stop", None)}


def test_a_first_night_that_stops_nearly_a_whole_programme_is_held(night: Warehouse, home: Path) -> None:
    set_night(night, stops=0, receiving=10_000)
    set_night(night, stops=98, receiving=100, programme="visit")
    assert kinds(night, home) == {("stop", "visit")}


def test_the_usual_number_is_published_and_an_unusual_one_held(night: Warehouse, home: Path) -> None:
    publish_nights(night, home, 40, 44)
    set_night(night, stops=62)
    assert kinds(night, home) == set()
    set_night(night, stops=63)
    assert kinds(night, home) == {("stop", None), ("stop", "age_allowance")}


def test_cuts_count_like_stops_and_a_raised_amount_does_not(night: Warehouse, home: Path) -> None:
    publish_nights(night, home, 0)
    set_night(night, stops=0, cuts=60)
    assert kinds(night, home) == {("cut", None), ("cut", "age_allowance")}
    night.con.execute("UPDATE mart.candidate SET amount_monthly = 200 WHERE action = 'adjust'")
    assert kinds(night, home) == set()


def test_a_small_programme_is_seen_in_a_large_region(night: Warehouse, home: Path) -> None:
    publish_nights(night, home, 10)
    set_night(night, stops=10, receiving=100_000)
    set_night(night, stops=30, receiving=100, programme="visit")
    assert ("stop", "visit") in kinds(night, home)
    assert ("stop", None) not in kinds(night, home)


def test_small_numbers_never_hold(night: Warehouse, home: Path) -> None:
    set_night(night, stops=5, receiving=5)
    assert kinds(night, home) == set()
    publish_nights(night, home, 0)
    set_night(night, stops=5, receiving=5)
    assert kinds(night, home) == set()


def test_an_extract_that_comes_back_is_no_accident(night: Warehouse, home: Path) -> None:
    """While death_record was away nobody was stopped; its return stops as many as before."""
    publish_nights(night, home, 60)
    deliver(night, absent=("death_record",))
    set_night(night, stops=0)
    publish(build_release(night, home, "poor", as_of=AS_OF))
    deliver(night)
    night.con.execute("UPDATE run.context SET as_of = ?", [AS_OF + dt.timedelta(days=1)])
    set_night(night, stops=62)
    assert kinds(night, home) == set()
    set_night(night, stops=90)
    assert ("stop", None) in kinds(night, home)


def test_a_rerun_is_not_compared_with_itself(night: Warehouse, home: Path) -> None:
    publish_nights(night, home, 0)
    set_night(night, stops=60)
    publish(build_release(night, home, "wrongly-approved"))
    assert ("stop", None) in kinds(night, home)


def test_the_reasons_contain_numbers(night: Warehouse, home: Path) -> None:
    publish_nights(night, home, 40)
    set_night(night, stops=100)
    messages = [reason.message for reason in hold_reasons(night, home, SETTINGS)]
    assert "全区停发 100 人次，在享受 1000 人次，近期各夜平均 40.0 人次" in messages


@pytest.fixture
def held(night: Warehouse, release: BuildRelease, home: Path) -> Path:
    """Yesterday is published, tonight is held back."""
    publish(release("yesterday", as_of=YESTERDAY))
    set_night(night, stops=900)
    reasons = hold_reasons(night, home, SETTINGS)
    assert reasons
    hold(release("tonight"), reasons)
    return home


def test_a_held_release_is_kept_and_not_published(held: Path) -> None:
    assert shown(held, "2026-11-20") == set()
    assert shown(held, "latest") == {"yesterday"}
    tonight = list_releases(held, "yaohai", AS_OF)
    assert [(r.run_id, r.status) for r in tonight] == [("tonight", "held")]
    assert "停发 900 人次" in "".join(tonight[0].reasons)
    prune(held, Settings(), now=dt.datetime.now(dt.UTC) + dt.timedelta(days=5))
    assert list_releases(held, "yaohai", AS_OF) == tonight


def test_an_operator_approves_it_by_name(held: Path) -> None:
    with pytest.raises(DeliveryError, match="name of who"):
        approve(held, "yaohai", AS_OF, who=" ", why="已核实")
    with pytest.raises(DeliveryError, match="a reason"):
        approve(held, "yaohai", AS_OF, who="李主任", why=" ")
    approve(held, "yaohai", AS_OF, who="李主任", why="已与民政核实")
    assert shown(held, "2026-11-20") == shown(held, "latest") == {"tonight"}
    release = list_releases(held, "yaohai", AS_OF)[0]
    assert (release.status, release.approved_by) == ("published", "李主任")
    assert release.approved_why == "已与民政核实"
    with pytest.raises(DeliveryError, match="no release"):
        approve(held, "yaohai", AS_OF, who="李主任", why="已核实")


def test_a_later_release_is_not_replaced_by_an_older_held_one_unasked(
    held: Path, release: BuildRelease
) -> None:
    later = release("later")
    later.manifest.chmod(0o640)
    later.manifest.write_bytes(later.manifest.read_bytes())
    publish(later)
    with pytest.raises(DeliveryError, match="later release"):
        approve(held, "yaohai", AS_OF, who="李主任", why="已核实")
    assert shown(held, "2026-11-20") == {"later"}
    approve(held, "yaohai", AS_OF, who="李主任", why="已核实", run_id="tonight")
    assert shown(held, "2026-11-20") == {"tonight"}


def test_a_held_run_cannot_be_built_again(held: Path) -> None:
    with pytest.raises(DeliveryError, match="never written again"):
        plan_release(held, "yaohai", AS_OF, "tonight")


def test_the_reason_gives_the_causes_of_the_new_stops(night: Warehouse, home: Path) -> None:
    publish_nights(night, home, 10)
    set_night(night, stops=60)
    night.con.execute(
        "INSERT INTO mart.change BY NAME SELECT person_id, programme, 'keep' AS action_before, action, "
        "CASE WHEN person_id IN ('X0', 'X1') THEN 'data' ELSE 'policy' END AS cause "
        "FROM mart.candidate WHERE action = 'stop' AND person_id <> 'X9'"
    )
    messages = {r.programme: r.message for r in hold_reasons(night, home, SETTINGS) if r.kind == "stop"}
    assert messages["age_allowance"].endswith("较上次发布新出现 59 人次：政策变化 57、数据变化 2")
    assert messages[None].endswith("较上次发布新出现 59 人次：政策变化 57、数据变化 2")
