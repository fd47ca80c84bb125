"""A policy as SQL: one SELECT a programme, over one row a person, that keeps every condition's value.

A *pattern* is what the values of a programme's conditions and the gaps among its facts come to, as one
number: two bits a condition (0 false, 1 true, 2 unknown), then one bit a fact (1 = NULL), in the order of
``Programme.conditions`` and ``Programme.facts``. There are few patterns however many people there are, so
reasons are made once a pattern (``patterns``), not once a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlglot import exp

from outreach.policy.amounts import amount_since_sql, amount_sql
from outreach.policy.policy import Policy, Programme
from outreach.policy.since import since

OWN_AGE = ("age", "employee_age_reached")
"""The facts that a person's own growing older changes."""


@lru_cache(maxsize=16)
def statements(policy: Policy, dialect: str = "duckdb") -> tuple[tuple[str, str | None], ...]:
    """``evaluate_sql`` and ``forecast_sql`` of every programme, as text."""
    texts = []
    for programme in policy.programmes:
        forecast = forecast_sql(programme, policy)
        texts.append(
            (
                evaluate_sql(programme, policy).sql(dialect, copy=False),
                None if forecast is None else forecast.sql(dialect, copy=False),
            )
        )
    return tuple(texts)


def evaluate_sql(programme: Programme, policy: Policy) -> exp.Select:
    """Everybody for whom the programme holds or is unknown, and who is in ``decisions.considered``.

    Columns: person_key, programme, verdict BOOLEAN (NULL = unknown), pattern BIGINT, amount_monthly,
    since DATE and amount_since DATE (where the verdict is true), noticed BOOLEAN.
    """
    kept = exp.or_(
        "(verdict IS NULL OR verdict)",
        exp.column("considered"),
    )
    conditions = _conditions(programme)
    audience = [] if programme.audience is None else [programme.audience.tree.copy()]
    person = exp.select(
        "p.*",
        _named(exp.not_(exp.Is(this=exp.column("person_key", "c"), expression=exp.null())), "considered"),
    ).from_("facts.person AS p")
    person = person.join(
        "decisions.considered AS c",
        on=f"c.person_key = p.person_key AND c.programme = '{programme.id}'",
        join_type="left",
    )
    inner = exp.select(
        "person_key",
        "considered",
        _named(_all(conditions), "verdict"),
        _named(_pattern(programme), "pattern"),
        _named(amount_sql(programme, policy), "amount"),
        _named(_begin(programme), "begun"),
        _named(amount_since_sql(programme, policy) or _no_day(), "amount_begun"),
        _named(exp.false() if programme.notice is None else programme.notice.tree.copy(), "noticed"),
    ).from_(person.subquery("p", copy=False), copy=False)
    for outside in audience:
        inner = inner.where(exp.or_(outside, exp.Is(this=exp.paren(outside.copy()), expression=exp.null())))
    return (
        exp.select(
            "person_key",
            _named(exp.Literal.string(programme.id), "programme"),
            "verdict",
            "pattern",
            "CASE WHEN verdict THEN amount END AS amount_monthly",
            "CASE WHEN verdict THEN begun END AS since",
            "CASE WHEN verdict THEN amount_begun END AS amount_since",
            "coalesce(noticed, FALSE) AS noticed",
        )
        .from_(inner.subquery("e", copy=False), copy=False)
        .where(kept)
    )


def forecast_sql(programme: Programme, policy: Policy) -> exp.Select | None:
    """Everybody for whom it will hold on a day of ``facts.threshold``; None: age is nothing to it.

    Columns: person_key, on_day, programme, today BOOLEAN (NULL = unknown), pattern, amount_monthly. Rows
    are those not already true today, and all of a programme that only one may have (group, household).
    """
    if not set(programme.facts) & set(OWN_AGE):
        return None
    today = _all([_aged(condition, "today_") for condition in _conditions(programme)])
    sole = programme.group is not None or programme.rule.household
    person = (
        exp.select(
            "p.* EXCLUDE (age, employee_age_reached)",
            "t.on_day",
            "t.age",
            "t.employee_age_reached",
            "p.age AS today_age",
            "p.employee_age_reached AS today_employee_age_reached",
        )
        .from_("facts.threshold AS t")
        .join("facts.person AS p", on="p.person_key = t.person_key")
    )
    inner = exp.select(
        "person_key",
        "on_day",
        _named(_all(_conditions(programme)), "verdict"),
        _named(today, "today"),
        _named(_pattern(programme), "pattern"),
        _named(amount_sql(programme, policy), "amount_monthly"),
    ).from_(person.subquery("p", copy=False), copy=False)
    if programme.audience is not None:
        inner = inner.where(programme.audience.tree.copy())
    return (
        exp.select(
            "person_key",
            "on_day",
            _named(exp.Literal.string(programme.id), "programme"),
            "today",
            "pattern",
            "amount_monthly",
        )
        .from_(inner.subquery("e", copy=False), copy=False)
        .where("verdict")
        .where(exp.true() if sole else "today = FALSE")
    )


def _conditions(programme: Programme) -> list[exp.Expr]:
    return [condition.expression.tree.copy() for condition in programme.conditions]


def _all(conditions: Sequence[exp.Expr]) -> exp.Expr:
    return exp.and_(*conditions, copy=False)


def _named(tree: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(tree, name, copy=False)


def _aged(tree: exp.Expr, prefix: str) -> exp.Expr:
    def rename(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name in OWN_AGE:
            return exp.column(f"{prefix}{node.name}")
        return node

    return tree.transform(rename)


def _pattern(programme: Programme) -> exp.Expr:
    terms: list[exp.Expr] = []
    for i, tree in enumerate(_conditions(programme)):
        unknown = exp.Is(this=exp.paren(tree.copy()), expression=exp.null())
        terms.append(
            exp.case()
            .when(tree, _bits(1, 2 * i), copy=False)
            .when(unknown, _bits(2, 2 * i), copy=False)
            .else_(_bits(0, 0), copy=False)
        )
    offset = 2 * len(programme.conditions)
    for j, fact in enumerate(programme.facts):
        unknown = exp.Is(this=exp.column(fact), expression=exp.null())
        terms.append(
            exp.case().when(unknown, _bits(1, offset + j), copy=False).else_(_bits(0, 0), copy=False)
        )
    total = terms[0]
    for term in terms[1:]:
        total = exp.Add(this=total, expression=term)
    return total


def _bits(value: int, shift: int) -> exp.Expr:
    return exp.cast(exp.Literal.number(value << shift), "BIGINT")


def _no_day() -> exp.Expr:
    return exp.cast(exp.null(), "DATE")


def _begin(programme: Programme) -> exp.Expr:
    if programme.rule.mode == "universal":
        return _no_day()
    parts = [since(condition.expression.tree) for condition in programme.conditions]
    known = [part for part in parts if part is not None]
    if not known:
        return _no_day()
    return known[0] if len(known) == 1 else exp.Greatest(this=known[0], expressions=known[1:])
