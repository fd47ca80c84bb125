"""A clerk's word and a wish for new weights reach the region's state by the command line."""

import json
import shutil
from pathlib import Path

import pytest
from command import Night, call, outreach


@pytest.fixture
def home(night: Night, tmp_path: Path) -> Path:
    """A home of its own that holds the published snapshot."""
    published = (night.home / "warehouse" / night.region / "latest.duckdb").resolve()
    folder = tmp_path / "warehouse" / night.region
    folder.mkdir(parents=True)
    shutil.copy(published, folder / published.name)
    (folder / "latest.duckdb").symlink_to(published.name)
    return tmp_path


def test_a_decision_names_what_the_next_night_looks_for(night: Night, home: Path) -> None:
    pairs = night.query(
        "SELECT pair_id, subject, proposed_person_id, other_subject FROM mart.identity_review"
    )
    assert pairs, "the samples hold rows for a clerk"
    pair, subject, person, other = pairs[0]
    asked: list[str | Path] = [
        "identity",
        "decide",
        "--region",
        night.region,
        "--home",
        home,
        "--by",
        "王核对",
    ]
    ran = outreach(*asked, "--pair", str(pair), "--same")
    assert (ran.status, "从下一晚起生效" in ran.out) == (0, True)
    ran = call(*asked, "--pair", str(pair), "--different")
    assert ran.status == 0
    lines = (home / "state" / night.region / "clerical.jsonl").read_text(encoding="utf-8").splitlines()
    words = [json.loads(line) for line in lines if line]
    assert [word["same"] for word in words] == [True, False]
    for word in words:
        assert word["subject"] == subject
        assert word["by"] == "王核对"
        assert (word["person_id"], word["other_subject"]) == (None if other else person, other)
    ran = call(*asked, "--pair", "no/such/pair", "--same")
    assert (ran.status, "没有编号" in ran.err) == (2, True)


def test_the_pairs_for_a_clerk_are_listed_by_their_ids_without_personal_data(
    night: Night, home: Path
) -> None:
    pairs = [pair for (pair,) in night.query("SELECT pair_id FROM mart.identity_review")]
    ran = call("identity", "review", "list", "--region", night.region, "--home", home)
    assert ran.status == 0
    assert [pair for pair in pairs if str(pair)[:8] not in ran.out] == []
    assert f"{len(pairs)} 对" in ran.out
    people = night.query("SELECT name, id_number FROM mart.person WHERE length(name) > 1")
    assert [1 for name, number in people if name in ran.out or (number and number in ran.out)] == []


def test_weights_are_shown_and_learned_again_on_demand(night: Night, home: Path) -> None:
    asked: list[str | Path] = ["identity", "weights", "--region", night.region, "--home", home]
    ran = call(*asked)
    assert ran.status == 0
    assert "一处之差" in ran.out
    assert not (home / "state").exists()
    assert call(*asked, "--learn").status == 0
    line = (home / "state" / night.region / "weights.jsonl").read_text(encoding="utf-8")
    assert json.loads(line) == {"version": None}


def test_a_region_never_published_is_reported_so(tmp_path: Path) -> None:
    ran = call("identity", "weights", "--region", "yaohai", "--home", tmp_path)
    assert (ran.status, "还没有发布过" in ran.err) == (2, True)
