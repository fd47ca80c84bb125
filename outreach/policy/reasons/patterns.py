"""A pattern of condition values in words: the reasons of a decision, made once for all who share it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from contracts.extracts.registry import EXTRACT_BY_NAME
from contracts.facts import DERIVED_FROM, FACT_BY_NAME
from outreach.policy.language.citations import cited
from outreach.policy.language.policy import Condition, Policy, Programme

PATTERN_SCHEMA = pa.schema(
    [
        ("programme", pa.string()),
        ("pattern", pa.int64()),
        (
            "conditions",
            pa.list_(pa.struct([("name", pa.string()), ("label", pa.string()), ("value", pa.bool_())])),
        ),
        ("missing", pa.list_(pa.struct([("fact", pa.string()), ("extract", pa.string())]))),
        ("has_unknown", pa.bool_()),
        ("needs_ability", pa.bool_()),
        ("only_window_false", pa.bool_()),
        ("holds_text", pa.string()),
        ("due_text", pa.string()),
        ("fails_text", pa.string()),
        ("missing_text", pa.string()),
        ("citation", pa.string()),
        ("citation_short", pa.string()),
    ]
)
FALSE_SCHEMA = pa.schema(
    [
        ("programme", pa.string()),
        ("pattern", pa.int64()),
        ("position", pa.int32()),
        ("name", pa.string()),
        ("label", pa.string()),
        ("extract_mask", pa.int64()),
    ]
)

_ABILITY = {"ability_level", "disabled_old", "unable_to_self_care", "partly_unable"}
_SAID_ELSEWHERE = {"alive", "age"}
"""Conditions that a sentence does not repeat: the age itself is in it."""


@dataclass(frozen=True)
class Reading:
    """A pattern read back: each condition with its value, the facts that were NULL, and the marks that hold.

    ``marks``: of ``Programme.marks``, whether each is true.
    """

    programme: Programme
    values: tuple[tuple[Condition, bool | None], ...]
    gaps: frozenset[str]
    marks: tuple[bool, ...] = ()

    def citation(self) -> tuple[str, str]:
        """In full and in short: the grounds that hold for the person, else the programme's own clause."""
        grounds = self.programme.grounds
        hold = self.marks[len(self.marks) - len(grounds) :]
        found = [citation for (_, citation), holds in zip(grounds, hold, strict=True) if holds]
        return cited(found or [self.programme.citation])

    def holding(self) -> list[str]:
        """The conditions that hold, in words; of alternatives those that are true. Of one that is not known
        what it may be, where a part of it holds (低保且失能)."""
        words, place = [], 0
        for condition, value in self.values:
            held = len(condition.alternatives)
            true = self.marks[place : place + held]
            unknown = self.marks[place + held : place + len(condition.marks)]
            place += len(condition.marks)
            if value and condition.name not in _SAID_ELSEWHERE:
                labels = [
                    label for (label, _), mark in zip(condition.alternatives, true, strict=True) if mark
                ]
                words.append(_together(labels) or condition.label)
            elif value is None and any(unknown):
                possible = [label for label, mark in zip(condition.joint, unknown, strict=True) if mark]
                words.append("可能属于" + _together(possible))
        return words

    def due(self) -> str | None:
        """Why the service is due, in words: of several ways the first that is true; None: no reason."""
        rule, labels = self.programme.rule.due_when, self.programme.due_labels
        place = len(self.marks) - len(self.programme.grounds) - len(labels)
        true = [label for (label, _), mark in zip(labels, self.marks[place:], strict=False) if mark]
        return true[0] if true else None if rule is None else rule.label

    def missing(self, delivered: Collection[str]) -> list[tuple[str, str | None]]:
        """(fact, extract that would supply it) of every unknown condition; None where no extract does."""
        found: list[tuple[str, str | None]] = []
        for condition, value in self.values:
            if value is not None:
                continue
            gaps = [fact for fact in condition.expression.facts if fact in self.gaps]
            for fact in gaps:
                extracts = FACT_BY_NAME[fact].extracts
                absent = [extract for extract in extracts if extract not in delivered]
                found += [(fact, extract) for extract in absent or extracts[-1:]]
            if not gaps and condition.asks:
                found.append((condition.asks, None))
        return list(dict.fromkeys(found))


def read_pattern(programme: Programme, pattern: int, word: str | None = None) -> Reading:
    """The meaning of a pattern (see ``compile``); ``word`` spells it out where the number does not."""
    conditions, facts = len(programme.conditions), len(programme.facts)
    if word is None:
        trits = [(pattern >> (2 * i)) & 3 for i in range(conditions)]
        bits = [(pattern >> (2 * conditions + j)) & 1 for j in range(facts + len(programme.marks))]
    else:
        trits, bits = [int(c) for c in word[:conditions]], [int(c) for c in word[conditions:]]
    bits, marks = bits[:facts], bits[facts:]
    values = zip(programme.conditions, (None if trit == 2 else trit == 1 for trit in trits), strict=True)
    gaps = frozenset(fact for fact, bit in zip(programme.facts, bits, strict=True) if bit)
    return Reading(programme, tuple(values), gaps, tuple(map(bool, marks)))


def pattern_tables(
    found: Iterable[tuple[str, int, str | None]], policy: Policy, delivered: Collection[str]
) -> tuple[pa.Table, pa.Table]:
    """``decisions.pattern`` and ``decisions.pattern_false`` (every false condition, its extracts' bits).

    ``found``: programme, pattern and word (see ``compile``) of all that was found.
    """
    rows: list[dict[str, Any]] = []
    false_rows: list[dict[str, Any]] = []
    for programme_id, pattern, word in found:
        programme = policy.programme(programme_id)
        reading = read_pattern(programme, pattern, word)
        rows.append({"programme": programme_id, "pattern": pattern, **_row(reading, delivered)})
        false_rows += [
            {
                "programme": programme_id,
                "pattern": pattern,
                "position": position,
                "name": c.name,
                "label": failing(c),
                "extract_mask": c.extract_mask,
            }
            for position, (c, value) in enumerate(reading.values)
            if value is False
        ]
    return pa.Table.from_pylist(rows, PATTERN_SCHEMA), pa.Table.from_pylist(false_rows, FALSE_SCHEMA)


def texts(reading: Reading, delivered: Collection[str]) -> tuple[str, str, str]:
    """The conditions that hold, those that do not, and what is missing, each in words."""
    missing = [
        f"{_fact_label(fact)}（{EXTRACT_BY_NAME[extract].title}）" if extract else _fact_label(fact)
        for fact, extract in reading.missing(delivered)
    ]
    return (
        "，".join(reading.holding()),
        "、".join(failing(c) for c, value in reading.values if value is False),
        "、".join(dict.fromkeys(missing)),
    )


def failing(condition: Condition) -> str:
    """What is so where the condition does not hold, in words."""
    return condition.fails or condition.label


def _row(reading: Reading, delivered: Collection[str]) -> dict[str, Any]:
    false = [c for c, value in reading.values if value is False]
    holds, fails, missing = texts(reading, delivered)
    full, short = reading.citation()
    return {
        "conditions": [{"name": c.name, "label": c.label, "value": value} for c, value in reading.values],
        "missing": [{"fact": fact, "extract": extract} for fact, extract in reading.missing(delivered)],
        "has_unknown": any(value is None for _, value in reading.values),
        "needs_ability": bool(_ABILITY & {fact for fact, _ in reading.missing(delivered)}),
        "only_window_false": bool(false) and all(c.window for c in false),
        "holds_text": holds,
        "due_text": reading.due(),
        "fails_text": fails,
        "missing_text": missing,
        "citation": full,
        "citation_short": short,
    }


def _fact_label(fact: str) -> str:
    """What is missing, in words: of a fact derived from one other fact that one, so that it is named once."""
    (base, *others) = DERIVED_FROM.get(fact, (fact,))
    return FACT_BY_NAME[fact if others else base].label if fact in FACT_BY_NAME else fact


def _together(labels: Sequence[str]) -> str:
    """Alternatives that hold, in words: what several of them begin with (before 且) is written once."""
    parts: dict[str, list[str]] = {}
    for label in labels:
        first, joined, second = label.rpartition("且")
        parts.setdefault(first + joined, []).append(second)
    return ("，" if len(parts) > 1 else "").join(
        first + "、".join(dict.fromkeys(seconds)) for first, seconds in parts.items()
    )
