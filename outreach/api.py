"""What another program may call: decide one person, link two tables.

    import outreach

    outreach.decide_person(facts, "yanling", as_of)    # every programme of the region, with reasons
    outreach.known_facts()                              # which facts there are, with type and meaning
    outreach.link_tables(left, right, settings)         # which rows of two tables are about one person

Errors are :class:`outreach.OutreachError`; a wrong argument is :class:`outreach.ArgumentError`. Nothing here
writes a file. ``docs/library.md`` is the guide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from outreach.errors import ArgumentError, OutreachError, Text
from outreach.linkage import Linkage, LinkSettings, link_tables
from outreach.policy import Policy, PolicyError, load_policy
from outreach.policy.person import ProgrammeDecision, Reason
from outreach.policy.person import decide_person as _decide_person
from outreach.policy.person_facts import KNOWN, day

__all__ = [
    "ArgumentError",
    "LinkSettings",
    "Linkage",
    "OutreachError",
    "Policy",
    "PolicyError",
    "ProgrammeDecision",
    "Reason",
    "decide_person",
    "known_facts",
    "link_tables",
    "load_policy",
]

NO_DAY = Text(
    "as_of 应为日期，如 date(2026, 11, 20) 或 2026-11-20", "as_of is a date, such as date(2026, 11, 20)"
)
OTHER_DAY = Text(
    "这份政策是 {policy} 有效的，不能用来判定 {as_of}：请按该日重新读取，或只给地区名",
    "this policy is the one in force on {policy}, not on {as_of}: load it as of that day, or name the region",
)


def decide_person(
    facts: Mapping[str, Any],
    policy: str | Policy,
    as_of: date | str,
    *,
    household: Sequence[Mapping[str, Any]] | None = None,
) -> list[ProgrammeDecision]:
    """Every programme of a region decided for one person, exactly as a night decides it.

    The same models and the same compiled policy run as in a night, so decision, action, amount and reason are
    those of the lists. What is not given is unknown, and unknown stays unknown to the last line.

    >>> from datetime import date
    >>> import outreach
    >>> facts = {"registered": True, "birth_date": date(1941, 3, 12), "receiving": {}}
    >>> decided = outreach.decide_person(facts, "yanling", date(2026, 11, 20))
    >>> allowance = next(d for d in decided if d.programme == "age_allowance")
    >>> allowance.decision, allowance.action, allowance.amount, allowance.since
    ('eligible', 'add', Decimal('50.00'), datetime.date(2024, 8, 1))
    >>> [(reason.label, reason.value) for reason in allowance.conditions]
    [('在世', True), ('本地户籍', True), ('年满80周岁', True)]
    >>> subsidy = next(d for d in decided if d.programme == "care_service_subsidy")
    >>> subsidy.decision, subsidy.conditions[3].value, subsidy.conditions[3].missing[0]
    ('unknown', None, ('on_minimum_living', 'hardship_roll'))

    Args:
        facts: by name, as :func:`known_facts` lists them; missing or None = not known. What follows from
            other facts (age from the birth date, ``hard_up`` from ``hardship_rolls``, …) need not be given.
        policy: a region's name (its shipped policy is read), or a policy that is loaded.
        as_of: the day as of which is decided.
        household: the facts of the other members of the household, [] = there are none; for programmes of
            one to a household, which are verified where it is not known (None, and no ``household_id``).

    Raises:
        ArgumentError: there is no fact, programme or extract of that name (the nearest is suggested), or a
            value is of another type; ``policy`` is in force on another day.
        PolicyError: the region has no policy in force on that day.
    """
    on = day(as_of)
    if on is None:
        raise ArgumentError(NO_DAY())
    in_force = policy if isinstance(policy, Policy) else load_policy(policy, as_of=on)
    if in_force.as_of != on:
        raise ArgumentError(OTHER_DAY(policy=in_force.as_of, as_of=on))
    return _decide_person(facts, in_force, household)


def known_facts() -> pl.DataFrame:
    """The facts that :func:`decide_person` takes: one row a fact, name, type, label, meaning, extracts.

    >>> import outreach
    >>> facts = outreach.known_facts()
    >>> facts.filter(facts["name"] == "hard_up").row(0)
    ('hard_up', 'BOOLEAN', '经济困难', 'on any of 11 12 13 21 22', ['hardship_roll'])
    """
    return pl.DataFrame(
        {
            "name": list(KNOWN),
            "type": [fact.sql_type for fact in KNOWN.values()],
            "label": [fact.label for fact in KNOWN.values()],
            "meaning": [fact.meaning for fact in KNOWN.values()],
            "extracts": [list(fact.extracts) for fact in KNOWN.values()],
        }
    )
