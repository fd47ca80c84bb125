"""What a locality has not settled yet, and what each choice would change for the people of a night."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from outreach.policy.language import model
from outreach.policy.language.policy import Policy, Programme
from outreach.policy.simulation.simulate import simulate

Kind = Literal["amount", "switch", "working setting", "list"]
_TRIED = "100"
"""A figure by which it is seen whom an unset amount concerns; which one does not matter."""

Change = Callable[[str], Policy]
"""The policy with one change on top: ``<name>=<figure>`` or ``<switch>=on``."""


@dataclass(frozen=True)
class Choice:
    """Something that the locality decides.

    kind: ``amount`` (元/人·月), ``switch`` (off), ``working setting`` (a parameter of another unit) or
    ``list``. programmes: names of those that it concerns. moves: people of the published night by what it
    would do to them (``contracts.vocabulary.Impact``); None: there is no night to try it on. waiting: of an
    amount, people who are entitled and whose amount is not known. permitted: of a switch, people who are
    paid by nothing else, and so are neither decided nor stopped.
    """

    kind: Kind
    name: str
    label: str
    unit: str
    programmes: tuple[str, ...]
    moves: Mapping[str, int] | None = None
    waiting: int | None = None
    permitted: int | None = None


def open_choices(policy: Policy, changed: Change, snapshot: Path | None) -> list[Choice]:
    """All that is unset or off under ``policy``, in the order of its file.

    Args:
        policy: of the region, with what the locality has set.
        changed: makes the policy with one change on top.
        snapshot: ``mart.duckdb`` of a published night to try each on; None: there is none.
    """
    choices = []
    for name, parameter in policy.file.parameters.items():
        if policy.amount(name) is None:
            kind: Kind = "amount" if parameter.unit == model.MONTHLY else "working setting"
            users = [p for p in _all(policy) if name in p.rule.parameters()]
            choices.append(Choice(kind, name, parameter.label, parameter.unit, _names(users)))
    for name, is_on in policy.switches.items():
        if not is_on:
            users = [p for p in _all(policy) if p.rule.switch == name or name in dict(p.off)]
            choices.append(Choice("switch", name, policy.file.switches[name], "", _names(users)))
    for name, given in policy.file.lists.items():
        if not policy.lists[name]:
            users = [p for p in _all(policy) if name in {c.none_of for c in p.rule.conditions}]
            choices.append(Choice("list", name, given.label, "", _names(users)))
    if snapshot is None:
        return choices
    return [_tried(choice, policy, changed, snapshot) for choice in choices]


def _tried(choice: Choice, policy: Policy, changed: Change, snapshot: Path) -> Choice:
    """The choice with what it would change; lists and working settings cannot be tried without a value."""
    moves: Mapping[str, int] | None = None
    waiting = permitted = None
    if choice.kind in ("amount", "switch"):
        value = "on" if choice.kind == "switch" else _TRIED
        people = simulate(snapshot, policy, changed(f"{choice.name}={value}")).people
        moves = dict(people.group_by("kind").len().sort("kind").iter_rows())
    with duckdb.connect(str(snapshot), read_only=True) as con:
        if choice.kind == "amount":
            users = [p.id for p in policy.programmes if choice.name in p.rule.parameters()]
            ((waiting,),) = con.execute(
                "SELECT count(*) FROM mart.decision_row WHERE decision = 'eligible' "
                "AND amount_monthly IS NULL AND list_contains(?, programme)",
                [users],
            ).fetchall()
        if choice.kind == "switch":
            ((permitted,),) = con.execute(
                "SELECT coalesce(sum(people), 0)::BIGINT FROM mart.switched_off WHERE switch = ?",
                [choice.name],
            ).fetchall()
    return Choice(
        choice.kind, choice.name, choice.label, choice.unit, choice.programmes, moves, waiting, permitted
    )


def _all(policy: Policy) -> tuple[Programme, ...]:
    return (*policy.programmes, *policy.dormant)


def _names(programmes: list[Programme]) -> tuple[str, ...]:
    return tuple(programme.rule.name for programme in programmes)
