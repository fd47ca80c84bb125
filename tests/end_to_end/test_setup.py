"""``outreach policies setup``: the first week of a locality, guided by its own last night."""

from __future__ import annotations

from pathlib import Path

from command import SAMPLE_DAY, Night, call


def test_without_a_night_it_lists_and_writes_what_is_open(tmp_path: Path) -> None:
    ran = call("policies", "setup", "shiyan", "--home", tmp_path, "--date", SAMPLE_DAY)
    assert ran.status == 0, ran.err
    assert "还没有发布的结果" in ran.out
    assert "care_subsidy  经济困难老年人养老服务补贴" in ran.out
    text = (tmp_path / "parameters" / "shiyan.yaml").read_text(encoding="utf-8")
    assert "#   care_subsidy:" in text
    assert call("policies", "check", "--home", tmp_path, "--date", SAMPLE_DAY).status == 0


def test_a_night_shows_what_each_choice_would_change_and_nothing_set_is_overwritten(night: Night) -> None:
    arguments = ("policies", "setup", night.region, "--home", night.home, "--date", night.day)
    before = {path: path.read_bytes() for path in night.home.glob("parameters/*")}
    ran = call(*arguments, "--dry-run", "--set", "care_voucher=on")
    assert ran.status == 0, ran.err
    assert "没有写任何文件" in ran.out
    assert {path: path.read_bytes() for path in night.home.glob("parameters/*")} == before
    assert "符合而金额待定的" in ran.out
    assert "打开后" in ran.out
    assert "没有名称的乡镇街道和社区" in ran.out
    assert "care_voucher  " not in ran.out


def test_settings_are_checked_before_they_are_written(tmp_path: Path) -> None:
    def setup(*settings: str) -> tuple[int, str]:
        options = [part for setting in settings for part in ("--set", setting)]
        ran = call("policies", "setup", "yanling", "--home", tmp_path, "--date", SAMPLE_DAY, *options)
        return ran.status, ran.err

    assert setup("nursing_subsidy.widened=on", "bereaved_aid=590")[0] == 0
    path = tmp_path / "parameters" / "yanling.yaml"
    written = path.read_bytes()
    status, output = setup("age_allowance_80_89=40")
    assert status == 1
    assert "不低于" in output
    status, output = setup("bereaved_aid=600")
    assert status == 1
    assert "已经设定" in output
    assert setup("bereavd_aid=600")[0] != 0
    assert path.read_bytes() == written
    assert setup()[0] == 0
    assert path.read_bytes() == written
