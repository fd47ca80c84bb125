"""Whose rows these are: every source row of a person with the weight of its evidence, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.facts import FACT_GROUPS
from outreach.explain.release_reader import Release, Row, SourceRow

EVEN_ODDS = 0.5
"""Proposals less likely than this feed no fact (``sql/facts/link.sql``)."""

FIELDS = {
    "number": "号码",
    "name": "姓名",
    "birth_date": "出生日期",
    "sex": "性别",
    "phone": "电话",
    "address": "住址",
    "relation": "关系",
    "standing": "人群",
    "place": "前后行",
}
_METHODS = {
    "register": "户籍登记本身",
    "number and name": "号码和姓名",
    "former number and name": "曾用号码和姓名",
    "person id": "人员编号",
    "clerk": "人工核对",
    "evidence": "综合比对",
    "number of another name": "号码属于另一姓名",
    "nobody": "户籍中没有此人",
}
_REASONS = {
    "near-miss number": "号码相近",
    "number of another name": "号码相同，姓名不同",
    "same phone": "电话相同",
    "same address": "住址相同",
    "name": "姓名相符",
    "name alone": "只有姓名可比，姓名相符",
    "birth date and surname": "出生日期和姓氏相符，没有本人号码",
    "birth date and household": "出生日期相符，与号码持有人等同户",
    "address and surname": "住址和姓氏相符，没有本人号码",
    "under review": "待人工核对",
    "quarantined, id": "该行被隔离，人员编号是此人的",
    "quarantined, number": "该行被隔离，号码是此人的",
    "quarantined, damaged number": "该行被隔离，号码与此人的相差一位",
    "quarantined, name": "该行被隔离，姓名等与此人相符，相符的不超过三人",
    "register row": "户籍中另有一行，可能是同一人",
    "row of such a register row": "该行属于户籍中可能是同一人的另一行",
}
_GROUP_LABEL = {group.name: group.label for group in FACT_GROUPS}


@dataclass(frozen=True)
class Step:
    """A field of a comparison: its level in words; its weight in bits, positive for one person, or None."""

    field: str
    level: str
    weight: float | None


@dataclass(frozen=True)
class Waterfall:
    """How a match weight comes about: ``prior`` and the steps add up to ``total`` (bits)."""

    prior: float
    steps: tuple[Step, ...]
    total: float
    probability: float | None


@dataclass(frozen=True)
class LinkedRow:
    """A source row of the person, or one under review that is proposed for the person.

    ``feeds``: the facts that rest on it. ``counts``: whether it may feed any: a proposal below even odds
    does not. ``pair``: the pair before a clerk.
    """

    place: SourceRow
    grade: str
    score: float | None
    method: str
    reasons: str | None
    feeds: tuple[str, ...]
    counts: bool
    pair: str | None
    waterfall: Waterfall | None


@dataclass(frozen=True)
class PossibleRow:
    """A row that is not, or not clearly, linked to the person and could belong: it guards against a stop."""

    place: SourceRow
    why: str


@dataclass(frozen=True)
class OpenPair:
    """Two register rows before a clerk: is the other one this person, too?"""

    pair: str
    rows: tuple[SourceRow, SourceRow]
    other_person: str | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Identity:
    """Everything that shows which rows are the person's."""

    rows: tuple[LinkedRow, ...]
    possible: tuple[PossibleRow, ...]
    pairs: tuple[OpenPair, ...]


def read_identity(release: Release, person_id: str, sources: Sequence[Row]) -> Identity:
    """The rows of a person; ``sources`` name the facts that rest on each row (``sources_of``)."""
    feeds: dict[tuple[str, int, str], list[str]] = {}
    for source in sources:
        feeds.setdefault(_key(source), []).append(_GROUP_LABEL[source["fact_group"]])
    reviews = release.rows("review", person_id=person_id)
    links = release.rows("link", person_id=person_id)
    own = {_key(link) for link in links}
    pair_of = {(r["left_extract"], r["left_row_number"], r["left_role"]): r["pair_id"] for r in reviews}
    return Identity(
        rows=tuple(
            _linked(release, link, tuple(feeds.get(_key(link), ())), pair_of.get(_key(link)))
            for link in links
        ),
        possible=tuple(
            PossibleRow(
                release.place(row["extract"], row["row_number"], row["role"]),
                _REASONS.get(row["reason"]) or str(row["reason"]),
            )
            for row in release.rows("possible", person_id=person_id)
            if _key(row) not in own
        ),
        pairs=tuple(
            _open_pair(release, review, person_id)
            for review in reviews
            if review["left_extract"] == "household_register"
        ),
    )


def doubtful_rows(identity: Identity) -> tuple[SourceRow, ...]:
    """Rows that could be the person's and feed no fact."""
    unused = [row.place for row in identity.rows if row.grade == "review" and not row.feeds]
    return (*unused, *(row.place for row in identity.possible))


def _key(row: Row) -> tuple[str, int, str]:
    return row["extract"], row["row_number"], row["role"]


def _linked(release: Release, link: Row, feeds: tuple[str, ...], pair: str | None) -> LinkedRow:
    waterfall = None
    if link["comparison"] is not None:
        waterfall = Waterfall(
            prior=link["prior_weight"],
            steps=_steps(link["comparison"]),
            total=link["weight"],
            probability=link["score"] if link["probability"] is None else link["probability"],
        )
    return LinkedRow(
        place=release.place(*_key(link)),
        grade=link["grade"],
        score=link["score"],
        method=_METHODS.get(link["method"], link["method"] or ""),
        reasons=link["reasons"],
        feeds=feeds,
        counts=link["grade"] != "review" or link["score"] is None or link["score"] >= EVEN_ODDS,
        pair=pair if link["grade"] == "review" else None,
        waterfall=waterfall,
    )


def _steps(comparison: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The fields that are evidence; a field missing on one side weighs nothing and is left out."""
    return tuple(
        Step(
            FIELDS.get(str(part["field"]), str(part["field"])),
            str(part["label"] or part["level"]),
            part["weight"],
        )
        for part in comparison
        if part["level"] not in ("missing", "none") or part["weight"]
    )


def _open_pair(release: Release, review: Row, person_id: str) -> OpenPair:
    other = (
        review["left_person_id"]
        if review["proposed_person_id"] == person_id
        else review["proposed_person_id"]
    )
    return OpenPair(
        pair=review["pair_id"],
        rows=(
            release.place(review["left_extract"], review["left_row_number"]),
            release.place(review["right_extract"], review["right_row_number"]),
        ),
        other_person=other,
        steps=_steps(review["comparison"] or ()),
    )
