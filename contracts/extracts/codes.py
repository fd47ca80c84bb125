"""The code sets of the departments' extracts: code, label, other spellings, and the value we store."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.vocabulary import (
    AbilityLevel,
    ContactResult,
    DisabilityGrade,
    FamilyPlanning,
    Hardship,
    Sex,
    Truth,
    Word,
)


@dataclass(frozen=True)
class Code:
    """One entry: ``code`` and ``label`` as departments write them, ``value`` as our tables hold it.

    ``also`` are further accepted labels: the part in brackets in the code list, and everyday longer forms.
    """

    code: str
    label: str
    value: int | str | bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeSet:
    """A named list of codes. ``standard`` is where it comes from, empty for the departments' own."""

    name: str
    title: str
    entries: tuple[Code, ...]
    standard: str = ""

    @property
    def values(self) -> list[int | str | bool]:
        """The values that a column of this set may hold, in code order."""
        return [entry.value for entry in self.entries]


def _numbered(
    *labels: str, start: int = 1, also: dict[int, tuple[str, ...]] | None = None
) -> tuple[Code, ...]:
    return tuple(
        Code(str(number), label, number, (also or {}).get(number, ()))
        for number, label in enumerate(labels, start)
    )


def _chinese(words: type[Word]) -> tuple[str, ...]:
    return tuple(word.chinese for word in words)


SEX = CodeSet(
    "sex",
    "性别",
    (
        Code("1", Sex.MALE.chinese, Sex.MALE.value, ("男性",)),
        Code("2", Sex.FEMALE.chinese, Sex.FEMALE.value, ("女性",)),
    ),
    "GB/T 2261.1",
)
YES_NO = CodeSet(
    "yes_no",
    "是否",
    (Code("1", Truth.TRUE.chinese, True, ("有",)), Code("0", Truth.FALSE.chinese, False)),
)
REGISTER_STATUS = CodeSet(
    "register_status", "人员状态", _numbered("正常", "死亡注销", "迁出注销", "其他注销")
)
MARRIAGE_EVENT = CodeSet("marriage_event", "登记类别", _numbered("结婚", "离婚", "撤销"))
HARDSHIP = CodeSet(
    "hardship",
    "救助类别",
    (
        Code("11", Hardship.MINIMUM_LIVING.chinese, 11),
        Code("12", "特困人员分散供养", 12),
        Code("13", "特困人员集中供养", 13),
        Code("21", "最低生活保障边缘家庭", 21),
        Code("22", Hardship.EXPENDITURE.chinese, 22),
        Code("31", Hardship.POVERTY_WATCH.chinese, 31),
    ),
)
_DISABILITIES = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
DISABILITY_CATEGORY = CodeSet(
    "disability_category",
    "残疾类别",
    _numbered(*_DISABILITIES, also={n: (f"{label}残疾",) for n, label in enumerate(_DISABILITIES, 1)}),
)
DISABILITY_GRADE = CodeSet("disability_grade", "残疾等级", _numbered(*_chinese(DisabilityGrade)))
CERTIFICATE_STATUS = CodeSet("certificate_status", "证件状态", _numbered("有效", "注销", "冻结"))
ABILITY_LEVEL = CodeSet(
    "ability_level",
    "能力等级",
    _numbered(
        *_chinese(AbilityLevel),
        start=0,
        also={1: ("能力轻度受损",), 2: ("能力中度受损",), 3: ("能力重度受损",), 4: ("能力完全丧失",)},
    ),
    "GB/T 42195-2022",
)
PENSION_SCHEME = CodeSet(
    "pension_scheme",
    "险种",
    (
        Code("110", "企业职工基本养老保险", 110),
        Code("120", "机关事业单位基本养老保险", 120),
        Code("170", "城乡居民基本养老保险", 170),
    ),
)
PENSION_STATUS = CodeSet(
    "pension_status", "待遇状态", _numbered("未到龄", "正常领取", "到龄未领", "暂停", "终止")
)
BENEFIT_STATUS = CodeSet("benefit_status", "发放状态", _numbered("发放中", "暂停", "停发"))
FAMILY_PLANNING = CodeSet(
    "family_planning",
    "扶助类别",
    _numbered(*_chinese(FamilyPlanning), also={1: ("失独",)}),
)
PREFERENTIAL = CodeSet(
    "preferential",
    "优抚类别",
    _numbered("烈士遗属", "因公牺牲军人遗属", "病故军人遗属", "残疾军人", "复员军人", "退伍军人"),
)
CONTACT_RESULT = CodeSet(
    "contact_result",
    "联系结果",
    tuple(Code(result.value, result.chinese, result.value) for result in ContactResult),
)

CODE_SETS: tuple[CodeSet, ...] = (
    SEX,
    YES_NO,
    REGISTER_STATUS,
    MARRIAGE_EVENT,
    HARDSHIP,
    DISABILITY_CATEGORY,
    DISABILITY_GRADE,
    CERTIFICATE_STATUS,
    ABILITY_LEVEL,
    PENSION_SCHEME,
    PENSION_STATUS,
    BENEFIT_STATUS,
    FAMILY_PLANNING,
    PREFERENTIAL,
    CONTACT_RESULT,
)
