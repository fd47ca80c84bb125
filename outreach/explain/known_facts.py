"""What is known of a person, in words: each fact, what it was reckoned from, the source rows it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from contracts.extracts import EXTRACT_BY_NAME
from contracts.extracts import codes as code_sets
from contracts.facts import DERIVED_FROM, FACT_BY_NAME, FACTS, GROUP_OF_FACT, HARDSHIP_NAMES
from contracts.vocabulary import DisabilityGrade, FamilyPlanning, Sex, Truth
from outreach.explain.identity_evidence import Identity, doubtful_rows
from outreach.explain.masking import masked_date
from outreach.explain.release_reader import Release, Row, SourceRow

UNKNOWN = Truth.UNKNOWN.chinese
REGISTER = "household_register"
ADULT = 18

_HARDSHIP_LABEL = {HARDSHIP_NAMES[int(entry.code)]: entry.label for entry in code_sets.HARDSHIP.entries}


def _labels(codes: code_sets.CodeSet) -> dict[Any, str]:
    return {entry.value: entry.label for entry in codes.entries}


_CODES: dict[str, Mapping[Any, str]] = {
    "sex": Sex.names(),
    "hardship": _HARDSHIP_LABEL,
    "hardship_rolls": _HARDSHIP_LABEL,
    "disability_category": {str(k): v for k, v in _labels(code_sets.DISABILITY_CATEGORY).items()},
    "disability_grade": DisabilityGrade.names(),
    "ability_level": _labels(code_sets.ABILITY_LEVEL),
    "family_planning": FamilyPlanning.names(),
    "preferential": {str(k): v for k, v in _labels(code_sets.PREFERENTIAL).items()},
    "pension_scheme": _labels(code_sets.PENSION_SCHEME),
    "pension_status": _labels(code_sets.PENSION_STATUS),
}
_DETAIL: dict[str, Mapping[str, str]] = {
    "hardship": {str(k): v for k, v in _labels(code_sets.HARDSHIP).items()},
    "pension": {str(k): v for k, v in _labels(code_sets.PENSION_SCHEME).items()},
}
_ONE_ROLL = {f"on_{name}": str(code) for code, name in HARDSHIP_NAMES.items()}
_ONE_SCHEME = {
    "employee_pension_open": ("110", "120"),
    "employee_pension_drawn": ("110", "120"),
    "resident_pension_open": ("170",),
    "resident_pension_drawn": ("170",),
}
_WHERE_NOT_GIVEN = {"work_injury_care": "pension", "periodic_pension": "preferential"}
"""Facts of which only the rows that mean yes are a group of their own; a no rests on the rows of the other
group."""
_ENDED = {
    "hardship": "hardship ended",
    "certificate": "certificate ended",
    "ability": "ability ended",
}
_UNKNOWN_THOUGH_DELIVERED = {
    "birth_date": "各行的出生日期缺失，或互相矛盾",
    "age": "出生日期未知",
    "sex": "各行的性别缺失，或互相矛盾",
    "employee_age_reached": "女性的法定退休年龄有两种，现有数据不能判断是哪一种",
    "household_id": "没有正常状态的户籍登记，或户号不可用（损坏、占位号、集体户）",
    "household_has_carer": "同户有成员的出生日期不详",
    "no_supporter": "没有做过居住状况调查，或该项未填",
    "married_to": "没有找到配偶",
    "last_visit_on": "没有探访记录",
    "days_since_visit": "没有探访记录",
    "last_health_check_on": "没有健康管理记录",
}
_UNKNOWN_OF_EXTRACT = {
    "ability_assessment": "没有有效的能力评估",
    "care_survey": "没有做过居住状况调查，或该项未填",
}


@dataclass(frozen=True)
class Source:
    """A source row that a fact rests on; ``detail`` in words: which roll or scheme, or when it ran out.

    ``under_review``: that the row is the person's is not sure.
    """

    place: SourceRow
    detail: str | None
    under_review: bool


@dataclass(frozen=True)
class KnownFact:
    """A fact about the person. ``value`` for machines, ``text`` in Chinese (未知 where it is not known).

    ``derived_from``: labels of the facts it was reckoned from. ``note``: why it is unknown, or what its
    being false rests on where no row states it.
    """

    name: str
    label: str
    value: Any
    text: str
    derived_from: tuple[str, ...]
    sources: tuple[Source, ...]
    note: str | None


def sources_of(release: Release, person_id: str, links: Sequence[Row]) -> list[Row]:
    """The rows that the facts rest on: ``mart.fact_source`` with its rule for the register row put in."""
    sources = release.rows("fact_source", person_id=person_id)
    groups = {source["fact_group"] for source in sources}
    own = [link for link in links if link["extract"] == REGISTER]
    counting = [source for source in sources if source["fact_group"] == "register"] or own[:1]
    for group in ("register", "birth"):
        if group not in groups:
            sources += [
                {
                    "fact_group": group,
                    "extract": REGISTER,
                    "row_number": row["row_number"],
                    "role": "",
                    "detail": None,
                }
                for row in counting
            ]
    return sources


def read_facts(
    release: Release,
    person: Row,
    sources: Sequence[Row],
    identity: Identity,
    wanted: Collection[str] | None,
    full: bool,
) -> tuple[KnownFact, ...]:
    """The facts of a person, in the order of the contract: those ``wanted``, or all (None)."""
    review = frozenset(_key(row.place) for row in identity.rows if row.grade == "review")
    doubtful = doubtful_rows(identity)
    facts = (
        _fact(release, fact.name, person, sources, review, full)
        for fact in FACTS
        if wanted is None or fact.name in wanted
    )
    return tuple(_with_more(release, person, fact, doubtful) for fact in facts)


def _key(place: SourceRow) -> tuple[str, int, str]:
    return place.extract, place.row_number, place.role


def _with_more(release: Release, person: Row, fact: KnownFact, doubtful: Sequence[SourceRow]) -> KnownFact:
    """The fact with what its note should not leave out: who lives there; rows that might contradict it."""
    notes = [fact.note] if fact.note else []
    if fact.name == "household_has_carer" and person["household_id"] is not None:
        notes.append(_housemates(release, person["person_id"]))
    extracts = set(FACT_BY_NAME[fact.name].extracts) - {REGISTER}
    if fact.value in (None, False, "none", []) or fact.name == "alive":
        rows = [f"{place.title}第{place.row_number}行" for place in doubtful if place.extract in extracts]
        notes += [f"{'、'.join(rows)}可能是此人的，核实前不作数"] if rows else []
    return replace(fact, note="；".join(notes) or None)


def _housemates(release: Release, person_id: str) -> str:
    """Who lives there, with what decides whether one of them could look after an elder."""
    housemates = [
        f"{mate['person_id']}（{fact_text('age', mate['age'])}周岁，"
        f"能力等级{fact_text('ability_level', mate['ability_level'])}）"
        for mate in release.rows("housemate", person_id=person_id)
        if mate["registered"] and (mate["age"] is None or mate["age"] >= ADULT)
    ]
    return f"同户其他18周岁及以上的人：{'，'.join(housemates) or '没有'}"


def _fact(
    release: Release,
    name: str,
    person: Row,
    sources: Sequence[Row],
    review: Collection[tuple[str, int, str]],
    full: bool,
) -> KnownFact:
    value = person[name]
    shown = masked_date(value) if name == "birth_date" and not full else value
    group = GROUP_OF_FACT.get(name)
    if group in _WHERE_NOT_GIVEN and all(source["fact_group"] != group for source in sources):
        sources = [
            {**s, "fact_group": group, "detail": None}
            for s in sources
            if s["fact_group"] == _WHERE_NOT_GIVEN[group]
        ]
    supplying = [source for source in sources if _supplies(name, source)]
    supplying = supplying or [source for source in sources if _supplied_once(name, source)]
    rows = tuple(_source(release, source, review) for source in supplying)
    return KnownFact(
        name=name,
        label=FACT_BY_NAME[name].label,
        value=shown,
        text=fact_text(name, shown),
        derived_from=tuple(FACT_BY_NAME[root].label for root in DERIVED_FROM.get(name, ())),
        sources=rows,
        note=_unknown(release, name) if value is None else _from_absence(release, name, rows),
    )


def groups_of(fact: str) -> frozenset[str]:
    """The groups of source rows that a fact rests on, be it by other facts."""
    if fact in DERIVED_FROM:
        return frozenset(group for root in DERIVED_FROM[fact] for group in groups_of(root))
    return frozenset({GROUP_OF_FACT[fact]})


def _supplies(fact: str, source: Row) -> bool:
    group, detail = source["fact_group"], source["detail"]
    groups = groups_of(fact)
    if group in groups:
        if fact in _ONE_ROLL:
            return bool(detail == _ONE_ROLL[fact])
        return detail in _ONE_SCHEME[fact] if fact in _ONE_SCHEME else True
    return False


def _supplied_once(fact: str, source: Row) -> bool:
    """Whether the fact came from the row until it ran out: why it is no longer so."""
    return any(_ENDED.get(group) == source["fact_group"] for group in groups_of(fact))


def _source(release: Release, source: Row, review: Collection[tuple[str, int, str]]) -> Source:
    group, detail = source["fact_group"], source["detail"]
    words = _DETAIL.get(group, {}).get(detail, detail)
    if group in _ENDED.values():
        words = f"已于 {detail} 到期"
    place = release.place(source["extract"], source["row_number"], source["role"])
    return Source(place, words, _key(place) in review)


def fact_text(name: str, value: Any) -> str:
    """A fact's value as an officer reads it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return Truth.of(value).chinese
    if isinstance(value, list):
        return "、".join(fact_text(name, item) for item in value) or "无"
    if value == "none":
        return "无"
    if isinstance(value, dt.date):
        return value.isoformat()
    return _CODES.get(name, {}).get(value, str(value))


def _unknown(release: Release, name: str) -> str:
    missing = [e for e in FACT_BY_NAME[name].extracts if not release.delivered(e)]
    if missing:
        return "，".join(f"{EXTRACT_BY_NAME[e].title}{_absence(release, e)}" for e in missing)
    if name in _UNKNOWN_THOUGH_DELIVERED:
        return _UNKNOWN_THOUGH_DELIVERED[name]
    (*_, extract) = FACT_BY_NAME[name].extracts
    return _UNKNOWN_OF_EXTRACT.get(extract, "该行未填写，或无法读取")


def _absence(release: Release, extract: str) -> str:
    return "被拒收" if release.status.get(extract) == "refused" else "未送达"


def _from_absence(release: Release, name: str, rows: Sequence[Source]) -> str | None:
    """The note of a fact without a row: the closed world, in which the absence of a row is the source."""
    if rows:
        return None
    if not groups_of(name) - {"register", "birth"}:
        return f"{EXTRACT_BY_NAME[REGISTER].title}中没有此人"
    extracts = [e for e in FACT_BY_NAME[name].extracts if e != REGISTER]
    kind = "的这一类" if name in _ONE_ROLL or name in _ONE_SCHEME else ""
    return "；".join(
        f"{EXTRACT_BY_NAME[e].title}中没有此人{kind}"
        if release.delivered(e)
        else f"{EXTRACT_BY_NAME[e].title}{_absence(release, e)}，仅凭户籍登记"
        for e in extracts
    )
