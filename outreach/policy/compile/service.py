"""Periodic services: whether a service that was given shows in the facts, whether it recurs, when it was last
given, and the present period. What is given is a visit or a check; an assessment waits for its extract."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from sqlglot import exp

from outreach.policy.language.policy import Programme

_GIVEN = frozenset(
    {
        "ever_visited",
        "last_visit_on",
        "days_since_visit",
        "visited_this_week",
        "visited_this_month",
        "last_health_check_on",
        "health_checked_this_year",
    }
)
_SERVED = (
    *((fact, "last_visit_on") for fact in sorted(_GIVEN) if "visit" in fact),
    ("last_health_check_on", "last_health_check_on"),
    ("health_checked_this_year", "last_health_check_on"),
    ("has_assessment", "last_assessed_on"),
)
_PERIODS = ("visited_this_week", "visited_this_month")


def shows_when_given(programme: Programme) -> bool:
    """Whether a visit or a check that was given changes, by itself, what the programme comes to."""
    return bool(_GIVEN & _due_facts(programme))


def recurs(programme: Programme) -> exp.Expr:
    """Whether the service is due to a person again and again: also to one who was visited, long ago."""
    if programme.due_when is None:
        return exp.false()

    def visited(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name == "ever_visited":
            return exp.true()
        if isinstance(node, exp.Column) and node.name in _PERIODS:
            return exp.false()
        return node

    return programme.due_when.tree.copy().transform(visited)


def period_began(programme: Programme, as_of: date) -> date | None:
    """The first day of the present period of a visit: the Monday of the week, or the first of the month.

    None: the programme is not due by a week or month.
    """
    if programme.due_when is None:
        return None
    if "visited_this_week" in programme.due_when.facts:
        return as_of - timedelta(days=as_of.weekday())
    return as_of.replace(day=1) if "visited_this_month" in programme.due_when.facts else None


def period_ends(programme: Programme, as_of: date) -> date | None:
    """The last day of the present period of a service: Sunday, the month's last day, or 31 December.

    None: the programme is not due by a week, month or year.
    """
    due_by = _due_facts(programme)
    if "visited_this_week" in due_by:
        return as_of + timedelta(days=6 - as_of.weekday())
    if "visited_this_month" in due_by:
        return as_of.replace(day=monthrange(as_of.year, as_of.month)[1])
    return as_of.replace(month=12, day=31) if "health_checked_this_year" in due_by else None


def served_fact(programme: Programme) -> str | None:
    """The column of ``facts.person`` with the day the service was last given; None: there is none."""
    due_by = _due_facts(programme)
    return next((served for fact, served in _SERVED if fact in due_by), None)


def _due_facts(programme: Programme) -> frozenset[str]:
    """The facts by which a recurring service is due; of another programme none."""
    due = programme.due_when
    if programme.rule.mode != "due":
        return frozenset()
    return frozenset({*programme.facts, *(due.facts if due is not None else ())})
