"""Full-width characters of a Chinese keyboard in a policy file: found, named, and where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_files import spoil
from world import AS_OF

from outreach.errors import LANGUAGE_VARIABLE
from outreach.policy import PolicyError, load_policy
from outreach.policy.language import full_width
from outreach.policy.language.files import SHIPPED
from outreach.policy.language.model import Part, PolicyFile


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """A set of its own, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "policies"))


def refusal(policies: Path) -> str:
    with pytest.raises(PolicyError) as error:
        load_policy("yanling", policies, as_of=AS_OF)
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "later", "expected"),
    [
        # the file's structure
        ("region: yanling", "region：yanling", 0, "全角标点“：”，请改用半角“:”"),
        ("    mode: confirm", "    mode：confirm", 0, "全角标点“：”"),
        ("    name: 高龄津贴\n", "    name: 高龄津贴\n    note：由社区办理\n", 1, "全角标点“：”"),
        ("  - id: age_allowance\n", "  － id: age_allowance\n", 0, "全角标点“－”，请改用半角“-”"),
        ("  - id: age_allowance\n", "　　- id: age_allowance\n", 0, "全角空格"),
        ("    item: 清单第5项", "\u00a0\u00a0\u00a0\u00a0item: 清单第5项", 0, "看不见的空格"),
        ("groups:\n", "＃ 分组\ngroups:\n", 0, "全角标点“＃”，请改用半角“#”"),
        ("[disability_nursing_subsidy, nursing", "［disability_nursing_subsidy, nursing", 0, "“［”"),
        ("{from: 80, upto: 89", "｛from: 80, upto: 89", 0, "全角标点“｛”"),
        ("label: 年满80周岁, sql: aged", "label: 年满80周岁，sql: aged", 0, "全角标点“，”"),
        ('code: "411024"', 'code: "411024”', 0, "全角标点“””，请改用半角“\"”"),
        # what no people read
        ("    mode: auto\n", "    mode: “auto”\n", 0, "全角标点““””"),
        ("    mode: auto\n", "    mode: auto，\n", 0, "全角标点“，”，请改用半角“,”"),
        ("    mode: auto\n", "    mode: ａｕｔｏ\n", 0, "全角字母“ａｕｔｏ”，请改用半角“auto”"),
        ("id: age_allowance\n", "id: age＿allowance\n", 0, "全角标点“＿”，请改用半角“_”"),
        ("in_force_from: 2024-08-01", "in_force_from: 2024－08－01", 0, "全角标点“－”，请改用半角“-”"),
        ("in_force_from: 2024-08-01", "in_force_from: ２０２４-08-01", 0, "全角数字“２０４”"),
        ("value: 50", "value: ５０", 0, "全角数字“５０”，请改用半角“50”"),
        ("value: 50", "value: 50．5", 0, "全角标点“．”，请改用半角“.”"),
        ("value: 50", "value: 50。5", 0, "全角标点“。”，请改用半角“.”"),
        ("from: 80", "from: ８０", 0, "全角数字“８０”"),
        ("name: age, label: 年满80周岁", "name: age（1）, label: 年满80周岁", 0, "全角标点“（）”"),
        ("unit: 元/人·月", "unit: 元／人·月", 0, "全角标点“／”，请改用半角“/”"),
        ("floor: true", "floor: ｔｒｕｅ", 0, "全角字母"),
        ("[disability_nursing_subsidy, nursing", "[disability_nursing_subsidy，nursing", 0, "全角标点“，”"),
        # conditions
        ("sql: aged}", 'sql: "age ＞＝ 80"}', 0, "全角标点“＞＝”，请改用半角“>=”"),
        ("sql: aged}", 'sql: "age ≥ 80"}', 0, "符号“≥”，请改用半角“>=”"),
        ("sql: aged}", "sql: age >= ８０}", 0, "全角数字“８０”"),
        ("sql: aged}", "sql: （aged）}", 0, "全角标点“（）”"),
        ("sql: aged}", 'sql: "aged　AND　hard_up"}', 0, "全角空格"),
        ("family_planning = 'bereaved'", "family_planning = ‘bereaved’", 0, "全角标点“‘’”"),
        ("family_planning = 'bereaved'", "family_planning ＝ “bereaved”", 0, "全角标点“＝“”"),
        ("audience: NOT destitute\n", "audience: >\n      NOT\n      destitute。\n", 2, "全角标点“。”"),
    ],
)  # fmt: skip
def test_a_full_width_slip_is_named_at_its_line(
    policies: Path, old: str, new: str, later: int, expected: str
) -> None:
    line = spoil(policies, old, new) + later
    message = refusal(policies)
    assert "此处用了" in message
    assert expected in message
    assert f"yanling.yaml 第{line}行" in message


def test_every_slip_of_a_file_is_named_at_once(policies: Path) -> None:
    first = spoil(policies, "value: 50", "value: ５０")
    second = spoil(policies, "    mode: auto\n", "    mode: auto；\n")
    message = refusal(policies)
    assert f"第{first}行" in message
    assert f"第{second}行" in message


def test_the_figures_of_a_locality_are_read_as_strictly(tmp_path: Path) -> None:
    for text in ("parameters：\n", "parameters: {care_subsidy: [{from: 2027-01-01, value: ６０}]}\n"):
        local = tmp_path / "local.yaml"
        local.write_text(text, encoding="utf-8")
        with pytest.raises(PolicyError, match=r"local.yaml 第1行.*此处用了全角"):
            load_policy("yanling", parameters=local, as_of=AS_OF)


def test_a_change_to_try_out_is_read_as_strictly() -> None:
    with pytest.raises(PolicyError, match="此处用了全角标点“＝”"):
        load_policy("yanling", as_of=AS_OF, changes=["care_subsidy＝80"])


def test_prose_keeps_its_full_width_punctuation(policies: Path) -> None:
    prose = "80—89岁：每人每月（不低于）50元；“分档”发放，详见《办法》　第３条"
    spoil(policies, "    clause: 80—89岁", f"    note: {prose}\n    clause: 80—89岁")
    assert load_policy("yanling", policies, as_of=AS_OF).programme("age_allowance").rule.note == prose


def test_in_english_for_who_reads_english(policies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE_VARIABLE, "en")
    line = spoil(policies, "    mode: auto\n", "    mode: auto，\n")
    assert refusal(policies).startswith(f"yanling.yaml, line {line}, programmes.4.mode: here is full-width")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "文件是空的"),
        (b"- a\n", "不是“键: 值”的形式"),
        ("region: yanling\nname: 鄢陵县\n".encode("gb18030"), "第2行：不是 UTF-8 编码"),
        (b"region: yanling\n\tname: x\n", "无法按 YAML 读取"),
        (b"region: yanling\nname: [a, b\n", "不成对"),
        (b"region: yanling\nname: 'abc\n", "引号或括号没有成对"),
        (b"region: yanling\n name: x\n", "缩进"),
        (b"a: &a [*a]\n", "无法按 YAML 读取"),
        (b"region: yanling\nregion: yaohai\n", "第2行：`region` 出现了两次"),
        (b"region: Yan Ling\n", "此处应为标识：小写英文字母开头"),
        (b"region: yanling\ncode: 411024\n", "code：此处应为文字"),
        (b"region: yanling\ncode: '41'\n", "此处应为6位行政区划代码"),
    ],
)
def test_a_file_that_is_no_policy_is_reported_in_chinese(
    policies: Path, content: bytes, expected: str
) -> None:
    (policies / "yanling.yaml").write_bytes(content)
    message = refusal(policies)
    assert expected in message
    assert message.startswith("yanling.yaml")


def test_every_text_of_a_policy_file_is_prose_or_is_checked() -> None:
    """A new text field has to be put on one side: prose, where full-width is right, or machine text."""
    machine = {"sql", "when", "switch", "audience", "denominator", "numerator", "code", "switches"}
    plain = {
        info.alias or name
        for part in Part.__subclasses__()
        for name, info in part.model_fields.items()
        if info.annotation in (str, str | None) and not any("pattern" in str(m) for m in info.metadata)
    }
    assert PolicyFile in Part.__subclasses__()
    assert plain - full_width.PROSE <= machine
