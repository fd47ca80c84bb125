"""Comparison levels as data: of each field, in what ways two rows can agree, and what that means.

A level is one object. Whatever needs it is written from it (``python -m outreach.identity.level_files``):
the CASE that gives a pair its level (``sql/identity/comparison``), the sets of levels on which later models
decide (``sql/identity/sets.toml``: ``number_level IN ($number_near_miss)``), the table of
``docs/identity.md``. From it come the weights (``weights.py``), what of them is learned (``learning.py``) and
the levels of the benchmark against Splink. What does not belong here: how features are measured
(``sql/identity/comparison/pair_feature.sql`` and ``field_feature.sql``, by hand).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True)
class Level:
    """A comparison level.

    Attributes:
        name: as it is in tables, for good.
        label: as a clerk reads it.
        weight: log2(m/u) in bits: how much it proves for, or against, one and the same person.
        when: SQL over the features: the level of a pair is the first whose condition is true. None: what
            else there is, the last of its field.
        share: m, the share of rows of one person that are at this level where the field is filled on both
            sides, as seen on samples: where the learning of a region's weights begins. None: the weight is
            never learned (it protects against a false link, or is too rare).
        of_size: the weight is relative to log2 of the register's size.
        roles: the sets of levels (:data:`ROLES`) to which it belongs.
        grade: of names: the grade of likeness (``outreach.identity.names``) that is called so.
    """

    name: str
    label: str
    weight: float
    when: str | None = None
    share: float | None = None
    of_size: bool = False
    roles: tuple[str, ...] = ()
    grade: int | None = None

    def bits(self, size: float) -> float:
        """The weight in a register of 2 to the power of ``size`` rows."""
        return self.weight + size if self.of_size else self.weight


@dataclass(frozen=True)
class Also:
    """Another condition, farther down, under which a pair is at a level that is defined above (or below)."""

    name: str
    when: str


@dataclass(frozen=True)
class Comparison:
    """A field that is compared.

    Attributes:
        field: its name in ``identity.weight``.
        chinese: as a clerk reads it; empty where its labels need no name.
        ladder: the levels in the order in which their conditions are tried.
        bounded: an agreement weighs no more than its rarity allows (``<column>_bound``).
        column: the column ``<column>_level`` of the models; None: the field's name.
    """

    field: str
    chinese: str
    ladder: tuple[Level | Also, ...]
    bounded: bool = False
    column: str | None = None

    def __post_init__(self) -> None:
        names = [level.name for level in self.levels]
        if len(names) != len(set(names)):
            raise ValueError(f"{self.field}: a level is defined twice")
        if unknown := {step.name for step in self.ladder} - set(names):
            raise ValueError(f"{self.field}: Also of a level that is not defined: {sorted(unknown)}")
        if [step for step in self.ladder if step.when is None] != [self.ladder[-1]]:
            raise ValueError(f"{self.field}: the last level, and no other, has no condition")
        known = ROLES[self.prefix].keys() | ROLES[ANY].keys()
        for level in self.levels:
            if strange := set(level.roles) - known:
                raise ValueError(f"{self.field}, {level.name}: no such role: {sorted(strange)}")

    @property
    def levels(self) -> tuple[Level, ...]:
        """Each level once, in the order of the ladder."""
        return tuple(step for step in self.ladder if isinstance(step, Level))

    @property
    def prefix(self) -> str:
        """How the field's columns (``<prefix>_level``, ``<prefix>_weight``) and sets begin."""
        return self.column or self.field


ANY = ""
"""In :data:`ROLES`: the roles that levels of every field may have."""

ROLES: Mapping[str, Mapping[str, str]] = {
    ANY: {"silent": "nothing is known, or nothing follows: not put in words."},
    "number": {
        "same": "the number itself, or a former one.",
        "copied": "the whole number is on the row: it may have been looked up in a list, for a namesake.",
        "proves": "the person's own number, even where the register has two birth dates for the person.",
        "pairs": "two rows are compared whatever their names are.",
        "holds_birth": "the birth date is in the number: an equal one counts once.",
        "supports": "a damaged number that still speaks for the person, though the name is hardly there.",
        "one_edit": "one error away: nobody is nearer.",
        "some_edits": "several errors away: somebody whose number is one error away is nearer.",
        "two_edits": "at most two errors away: a row in quarantine of the same name and day is no nearer.",
        "near_miss": "an error, or a place that is hidden, away from the person's number.",
        "tolerant": "a birth date that differs may be the error in the number: the person stays possible.",
        "contradicts": "another person's number: never a clear link.",
    },
    "name": {
        "same": "the name, or a former one.",
        "sounds_same": "the name, or one that is read alike.",
        "fits": "the person's name, damaged at most: a link may be clear.",
        "may_fit": "nothing of the name that is shown contradicts the person's.",
        "weak": "hardly a name: only other fields can make the person possible.",
    },
    "birth": {
        "same": "the birth date.",
        "confirms": "the birth date, or its day and month swapped: not a housemate's.",
        "fits": "the birth date, or none.",
        "unlike": "no date that is near the person's.",
        "contradicts": "a date that no common error makes of the person's: no equal number makes it clear.",
    },
    "sex": {},
    "phone": {
        "unlike": "not the person's phone.",
        "leads_home": "the phone of the person, or of the household.",
    },
    "address": {
        "unlike": "not the person's address.",
        "leads_home": "the address of the person or of the household, whole or in part.",
    },
    "relation": {},
}
"""What a set of levels means, by the field's prefix. In SQL it is ``$<prefix>_<role>``; ``$level_<role>`` is
the set over all fields."""

_NUMBER = Comparison(
    "number",
    "号码",
    (
        Level("missing", "缺失", 0.0, "left_number IS NULL", roles=("silent",)),
        Level(
            "equal", "一致", 11.5, "left_no = right_no", of_size=True,
            roles=("same", "copied", "proves", "pairs", "holds_birth"),
        ),
        Level(
            "former", "与曾用号码一致", 8.0, "left_no = right_former_no", of_size=True,
            roles=("same", "copied", "proves", "pairs", "holds_birth"),
        ),
        Level("held by another", "属于他人", 0.0, "other_persons_number"),
        Also("missing", "right_number IS NULL"),
        Also("first 15", "is_rounded"),
        Level(
            "near, both valid", "两处之差（均有效）", 13.0,
            """both_valid
            AND number_distance <= 2
            AND left(left_number, 14) <> left(right_number, 14)""",
            share=0.07,
            roles=("holds_birth", "some_edits", "two_edits", "near_miss", "tolerant"),
        ),
        Also("missing", "both_valid AND doubtful"),
        Level("other, both valid", "不一致（均有效）", -9.0, "both_valid", roles=("contradicts",)),
        Level(
            "letters for digits", "更正字符后一致", 22.0, "number_distance = 0", share=0.15,
            roles=("copied", "proves", "pairs", "holds_birth", "supports", "one_edit", "near_miss"),
        ),
        Level(
            "one slip", "一处之差", 18.0, "number_distance = 1", share=0.38,
            roles=("proves", "pairs", "holds_birth", "supports", "one_edit", "two_edits", "near_miss"),
        ),
        Level(
            "first 15", "前15位一致", 15.0,
            "length(left_number) >= $number_length_min AND left(left_number, 15) = left(right_number, 15)",
            share=0.12,
            roles=("proves", "pairs", "holds_birth", "supports", "some_edits", "two_edits", "near_miss"),
        ),
        Level(
            "two slips", "两处之差", 14.0,
            "number_distance = 2 AND length(left_number) >= $dated_number_length_min",
            share=0.13,
            roles=("proves", "pairs", "holds_birth", "supports", "some_edits", "two_edits", "near_miss"),
        ),
        Also(
            "one slip",
            """length(left_number) BETWEEN $number_length_min - 1 AND $number_length_min + 1
            AND osa_distance(left_number, substr(right_number, 1, 6) || substr(right_number, 9, 9)) <= 1""",
        ),
        Level(
            "scientific", "仅余开头数位", 1.0,
            """(
                id_number_state = 'scientific'
                AND left(replace(left_number, '.', ''), 4) = left(right_number, 4)
            )
            OR (
                contains(right_number, 'E')
                AND left(replace(right_number, '.', ''), 4) = left(left_number, 4)
            )
            OR (
                length(left_number) BETWEEN $truncated_length_min AND $truncated_length_max
                AND starts_with(right_number, left_number)
            )
            OR (
                length(right_number) BETWEEN $truncated_length_min AND $truncated_length_max
                AND starts_with(left_number, right_number)
            )""",
            share=0.12,
        ),
        Level(
            "masked", "隐去数位，其余一致", 10.0,
            "shown_digits_agree AND length(shown_digits.tail) >= $masked_tail_min",
            roles=("pairs", "supports", "near_miss", "tolerant"),
        ),
        Also(
            "scientific",
            """shown_digits_agree
            AND length(shown_digits.head) + length(shown_digits.tail) >= $masked_digits_min""",
        ),
        Level(
            "some slips", "数处之差", 3.0,
            "number_distance <= $some_edits_max AND left(left_number, 14) <> left(right_number, 14)",
            share=0.02,
            roles=("some_edits", "near_miss", "tolerant"),
        ),
        Also(
            "masked",
            """length(left_number) BETWEEN $masked_tail_min AND $masked_tail_max
            AND ends_with(right_number, left_number)""",
        ),
        Level(
            "unreadable", "不可辨认", -1.0,
            """doubtful
            OR length(left_number) < $measured_number_length_min
            OR length(right_number) < $measured_number_length_min""",
            share=0.01,
        ),
        Level("other, damaged", "不一致（已损）", -10.0, roles=("contradicts",)),
    ),
)  # fmt: skip
"""An equal number is compared here only where the name contradicts its holder; one row in some 3,000 has
another's number, so against "somebody else's row" an equal number is worth log2(N) + log2(3000)."""


def _named(grade: int, name: str, label: str, weight: float, share: float | None, *roles: str) -> Level:
    """A level of names that is called so wherever names have the grade."""
    return Level(name, label, weight, f"name_grade = {grade}", share, roles=roles, grade=grade)


_NAME = Comparison(
    "name",
    "姓名",
    (
        Level(
            "surname shown", "仅见姓氏", 8.0, "name_grade = $alike_name AND surname_bound IS NOT NULL",
            roles=("may_fit",),
        ),
        _named(6, "equal", "一致", 18.0, 0.93, "same", "sounds_same", "fits", "may_fit"),
        _named(7, "former", "与曾用名一致", 15.0, 0.005, "same", "sounds_same", "fits", "may_fit"),
        _named(8, "of another row", "与其他数据中本人姓名一致", 12.0, None, "sounds_same", "fits", "may_fit"),
        _named(5, "reading", "同音", 9.0, 0.03, "sounds_same", "fits", "may_fit"),
        _named(4, "look-alike", "形近", 9.0, 0.005, "fits", "may_fit"),
        _named(3, "gap", "缺字或倒字", 7.0, 0.03, "fits", "may_fit"),
        _named(2, "one differs", "差一字", 0.0, None, "weak"),
        _named(1, "surname", "仅姓氏一致", -6.0, None, "weak"),
        _named(0, "different", "不一致", -16.0, None),
        Level("missing", "缺失", 0.0, roles=("weak", "silent")),
    ),
    bounded=True,
)  # fmt: skip

_BIRTH_DATE = Comparison(
    "birth_date",
    "出生日期",
    (
        Level(
            "too young", "登记婚姻时不满15周岁", -14.0,
            "left_birth IS NULL AND year(right_birth) > latest_birth_year",
            roles=("contradicts",),
        ),
        Level(
            "missing", "缺失", 0.0, "left_birth IS NULL OR right_birth IS NULL",
            roles=("fits", "unlike", "silent"),
        ),
        Level(
            "in the number", "一致（号码已含）", 1.0,
            "left_birth = right_birth AND number_level IN ($number_holds_birth)",
            roles=("same", "fits"),
        ),
        Level("equal", "一致", 14.0, "left_birth = right_birth", 0.9, roles=("same", "confirms", "fits")),
        Level("lunar", "农历同日", 9.0, "left_cell_birth = right_lunar OR right_birth = left_lunar", 0.02),
        Level(
            "swapped", "月日颠倒", 8.0,
            """year(left_birth) = year(right_birth)
            AND month(left_birth) = day(right_birth)
            AND day(left_birth) = month(right_birth)""",
            0.015,
            roles=("confirms",),
        ),
        Level(
            "one part differs", "年月日差一项", 3.0,
            """CAST(year(left_birth) = year(right_birth) AS INTEGER)
            + CAST(month(left_birth) = month(right_birth) AS INTEGER)
            + CAST(day(left_birth) = day(right_birth) AS INTEGER) = 2
            OR abs(datediff('day', left_birth, right_birth)) = 1""",
            0.05,
        ),
        Level(
            "year only", "仅年份一致", 3.0,
            "month(left_birth) = 1 AND day(left_birth) = 1 AND year(left_birth) = year(right_birth)",
            0.01,
        ),
        Level(
            "about a lunar month", "相差如农历", 2.5,
            "abs(datediff('day', left_birth, right_birth)) BETWEEN $lunar_days_min AND $lunar_days_max",
            0.005,
        ),
        Level("differs", "不一致", -7.0, roles=("unlike", "contradicts")),
    ),
    column="birth",
)  # fmt: skip

_SEX = Comparison(
    "sex",
    "性别",
    (
        Level("missing", "缺失", 0.0, "left_sex IS NULL OR right_sex IS NULL", roles=("silent",)),
        Level("equal", "一致", 1.0, "left_sex = right_sex"),
        Level("differs", "不一致", -5.0),
    ),
)

_PHONE = Comparison(
    "phone",
    "电话",
    (
        Level("equal", "一致", 14.0, "phone_is_known", 0.62, roles=("leads_home",)),
        Level("of the household", "同户人员所有", 8.0, "phone_in_household", 0.03, roles=("leads_home",)),
        Level(
            "missing", "缺失", 0.0, "left_phone IS NULL OR right_phone IS NULL", roles=("unlike", "silent")
        ),
        Level("differs", "不一致", -1.5, share=0.35, roles=("unlike",)),
    ),
    bounded=True,
)

_ADDRESS = Comparison(
    "address",
    "住址",
    (
        Level("equal", "一致", 10.0, "address_is_known", 0.5, roles=("leads_home",)),
        Level("of the household", "同户人员所有", 8.0, "address_in_household", 0.02, roles=("leads_home",)),
        Level(
            "missing", "缺失", 0.0, "left_address IS NULL OR right_address IS NULL",
            roles=("unlike", "silent"),
        ),
        Level(
            "in part", "部分一致", 7.0,
            """(
                (starts_with(right_address, left_address) OR starts_with(left_address, right_address))
                AND regexp_matches(left_address, '[0-9]')
                AND regexp_matches(right_address, '[0-9]')
            )
            OR (
                ends_with(right_address, left_address)
                AND regexp_matches(left_address, '^[^0-9]{2}.*[0-9]')
            )
            OR (
                ends_with(left_address, right_address)
                AND regexp_matches(right_address, '^[^0-9]{2}.*[0-9]')
            )
            OR (
                length(left_address) >= $address_length_min
                AND abs(length(left_address) - length(right_address)) <= 1
                AND (
                    left(left_address, 4) = left(right_address, 4)
                    OR right(left_address, 4) = right(right_address, 4)
                )
                AND regexp_replace(left_address, '[^0-9-]', '', 'g')
                = regexp_replace(right_address, '[^0-9-]', '', 'g')
                AND osa_distance(left_address, right_address) <= 1
            )""",
            0.06,
            roles=("leads_home",),
        ),
        Level(
            "same street", "同村同路", 3.0,
            """starts_with(right_address, left(left_address, 4))
            AND length(regexp_replace(left_address, '[0-9].*$', '')) >= $street_length_min
            AND regexp_replace(left_address, '[0-9].*$', '')
            = regexp_replace(right_address, '[0-9].*$', '')""",
            0.07,
        ),
        Level("differs", "不一致", -1.5, share=0.35, roles=("unlike",)),
    ),
    bounded=True,
)  # fmt: skip

_RELATION = Comparison(
    "relation",
    "",
    (
        Also("none", "relation_kind = 'holder of the number' AND left_no IN (right_no, right_former_no)"),
        Level(
            "a generation from the spouse", "与配偶同户而年龄差一代", -9.0,
            """relation_kind = 'spouse on the row'
            AND abs(year(right_birth) - year(related_birth_date)) > $spouse_years_max""",
            of_size=True,
        ),
        Level("spouse on the row", "与配偶同户", -2.5, "relation_kind = 'spouse on the row'", of_size=True),
        Level(
            "family on the roll", "与同一救助家庭成员同户", -2.5, "relation_kind = 'family on the roll'",
            of_size=True,
        ),
        Level(
            "holder of the number", "与号码持有人同户", -1.6, "relation_kind = 'holder of the number'",
            of_size=True,
        ),
        Level("companion's name", "同户有配偶或监护人姓名", 9.0, "relation_kind = 'companion''s name'"),
        Level(
            "not of the spouse's household", "与配偶不同户", -1.5, "row_relation_kind = 'spouse on the row'"
        ),
        Level("none", "", 0.0, roles=("silent",)),
    ),
)  # fmt: skip

COMPARISONS = (_NUMBER, _NAME, _BIRTH_DATE, _SEX, _PHONE, _ADDRESS, _RELATION)
"""The compared fields, in the order in which a clerk reads them."""

BY_FIELD: Mapping[str, Comparison] = {comparison.field: comparison for comparison in COMPARISONS}


@dataclass(frozen=True)
class LevelSet:
    """Levels on which models decide together: ``$name`` in SQL."""

    name: str
    levels: tuple[str, ...]
    reason: str


def level_sets() -> Iterator[LevelSet]:
    """The sets of levels, by field and role.

    Raises:
        ValueError: a role that no level has.
    """
    everywhere = (
        ("level", role, chain.from_iterable(each.levels for each in COMPARISONS), reason)
        for role, reason in ROLES[ANY].items()
    )
    of_field = (
        (each.prefix, role, iter(each.levels), reason)
        for each in COMPARISONS
        for role, reason in ROLES[each.prefix].items()
    )
    for prefix, role, levels, reason in chain(of_field, everywhere):
        names = dict.fromkeys(level.name for level in levels if role in level.roles)
        if not names:
            raise ValueError(f"{prefix}: no level has the role {role}")
        yield LevelSet(f"{prefix}_{role}", tuple(names), reason)
