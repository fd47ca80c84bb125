"""One person's case, whole."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from outreach.explain.identity_evidence import Identity, read_identity
from outreach.explain.known_facts import KnownFact, read_facts, sources_of
from outreach.explain.masking import masked_date, masked_number
from outreach.explain.programme_cases import ProgrammeCase, Published, read_programmes
from outreach.explain.release_reader import ExplainError, Release, UnknownProgrammeError
from outreach.policy import Policy
from outreach.policy.reasons.judge import Judged, judge
from outreach.standards.identity_number import to_18


@dataclass(frozen=True)
class Bearer:
    """A person with a given number: just enough to choose from; the number masked unless requested in
    full."""

    person_id: str
    name: str | None
    id_number: str | None
    sex: str | None
    age: int | None
    alive: bool
    registered: bool
    area_code: str | None


@dataclass(frozen=True)
class Who:
    """The person. Unless in full, birth date and number are masked, phone and address left out."""

    person_id: str
    name: str | None
    sex: str | None
    age: int | None
    birth_date: str | None
    id_number: str | None
    phone: str | None
    phone_source: str | None
    address: str | None
    address_source: str | None
    area_code: str | None
    alive: bool
    died_on: dt.date | None
    death_evidence: str | None
    registered: bool
    in_register: bool
    identity_grade: str


@dataclass(frozen=True)
class Made:
    """The release that is explained, and the policy in force when it was made."""

    region: str
    as_of: dt.date
    run_id: str
    code_version: str | None
    policy_version: str
    policy_sha256: str


@dataclass(frozen=True)
class Explanation:
    """Everything that a release knows about one person's case.

    ``same_policy``: the policy at hand is that of the night. Where it is not, ``programmes`` hold only what
    was published, and ``policy_note`` gives the reason. ``document``: the document's title; ``draft``: it was
    a draft for comment when it was read.
    """

    region_name: str
    made: Made
    who: Who
    identity: Identity
    facts: tuple[KnownFact, ...]
    programmes: tuple[ProgrammeCase, ...]
    same_policy: bool
    policy_note: str | None
    document: str | None = None
    draft: bool = False


def find_bearers(snapshot: Path, number: str, *, full: bool = False) -> list[Bearer]:
    """Everybody in a release who has an identity number, of 18 or 15 digits, now or formerly.

    Raises:
        ExplainError: the release cannot be read.
    """
    cleaned = "".join(unicodedata.normalize("NFKC", number).split()).upper()
    whole = pl.select(to_18(pl.lit(cleaned))).item() or cleaned
    with Release(snapshot) as release:
        rows = release.rows("bearer", number=whole)
    return [
        Bearer(**{**row, "id_number": row["id_number"] if full else masked_number(row["id_number"])})
        for row in rows
    ]


def explain(
    snapshot: Path,
    person_id: str,
    policy: Policy | str,
    *,
    programme: str | None = None,
    full: bool = False,
    all_facts: bool = False,
) -> Explanation:
    """The case of one person of a published ``mart.duckdb``.

    Args:
        policy: the policy of the region and date; a text, where there is none, gives the reason.
        programme: only this one; else all.
        full: personal data unmasked.
        all_facts: every fact, not just those that the conditions shown use.

    Raises:
        UnknownProgrammeError: no such programme.
        ExplainError: no such person, or the release cannot be read.
    """
    with Release(snapshot) as release:
        found = release.rows("person", person_id=person_id)
        if not found:
            night = f"{release.run['region']} {release.run['as_of']}"
            raise ExplainError(f"{night} 的发布结果中没有人员编号为“{person_id}”的人。")
        person = found[0]
        made = Made(**{name: release.run[name] for name in Made.__dataclass_fields__})
        judged, note = _judged(snapshot, made, person_id, policy)
        names = {} if isinstance(policy, str) else {p.id: p.rule.name for p in policy.programmes}
        sources = sources_of(release, person_id, release.rows("link", person_id=person_id))
        cases = read_programmes(Published.read(release, person, sources), judged, names)
        if programme is not None:
            cases = _only(cases, programme)
        used = None if judged is None or all_facts else _facts_used(judged, cases)
        identity = read_identity(release, person_id, sources)
        return Explanation(
            region_name=made.region if isinstance(policy, str) else policy.name,
            made=made,
            who=_who(person, full),
            identity=identity,
            facts=read_facts(release, person, sources, identity, used, full),
            programmes=cases,
            same_policy=judged is not None,
            policy_note=note,
            document=None if isinstance(policy, str) else policy.file.document.title,
            draft=not isinstance(policy, str) and policy.file.document.draft,
        )


def _judged(
    snapshot: Path, made: Made, person_id: str, policy: Policy | str
) -> tuple[list[Judged] | None, str | None]:
    if isinstance(policy, str):
        return None, f"政策文件无法使用（{policy}）。以下只列出发布结果中已有的内容。"
    if policy.sha256 != made.policy_sha256:
        hashes = f"当晚 {made.policy_sha256[:12]}，现有 {policy.sha256[:12]}"
        return None, (
            f"现有的政策文件与当晚所用的不是同一套（{hashes}），不能据此重新判定。"
            "以下只列出发布结果中已有的内容；要看其余项目，请用 --policies 指向当晚的政策文件。"
        )
    return judge(snapshot, policy, person_id), None


def _only(cases: Sequence[ProgrammeCase], programme: str) -> tuple[ProgrammeCase, ...]:
    chosen = tuple(case for case in cases if programme in (case.programme, case.name))
    if not chosen:
        known = "、".join(f"{case.programme}（{case.name}）" for case in cases)
        raise UnknownProgrammeError(f"没有“{programme}”这个项目，或发布结果没有提到它。可查的项目：{known}")
    return chosen


def _facts_used(judged: Sequence[Judged], cases: Sequence[ProgrammeCase]) -> frozenset[str]:
    """The facts that the programmes shown use, in conditions, amounts and for when they are due."""
    shown = {case.programme for case in cases}
    facts: set[str] = {"alive", "registered", "age"}
    for programme in (j.programme for j in judged if j.programme.id in shown):
        facts.update(programme.facts)
        due = programme.due_when
        for expression in (programme.applicability, due, *programme.cases.values()):
            facts.update(expression.facts if expression is not None else ())
    return frozenset(facts)


def _who(person: Any, full: bool) -> Who:
    values = {name: person[name] for name in Who.__dataclass_fields__}
    values["birth_date"] = str(person["birth_date"]) if full and person["birth_date"] else None
    if not full:
        values |= {
            "birth_date": masked_date(person["birth_date"]),
            "id_number": masked_number(person["id_number"]),
            **dict.fromkeys(("phone", "phone_source", "address", "address_source")),
        }
    return Who(**values)
