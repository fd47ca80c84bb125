"""A policy as SQL: one SELECT a programme, over one row a person, that keeps every condition's value.

A *pattern* is what the values of a programme's conditions and the gaps among its facts come to, as one
number: two bits a condition (0 false, 1 true, 2 unknown), then one bit a fact (1 = NULL), in the order of
``Programme.conditions`` and ``Programme.facts``. There are few patterns however many people there are, so
reasons are made once a pattern (``patterns``), not once a person.
"""

from __future__ import annotations

from functools import lru_cache

from sqlglot import exp

from outreach.policy.amounts import amount_since_sql, amount_sql
from outreach.policy.policy import Policy, Programme
from outreach.policy.since import PENSION_AGE_SINCE, since

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
    since DATE and amount_since DATE (where the verdict is true), noticed BOOLEAN,
    due BOOLEAN (a periodic service; NULL = not known).
    """
    person = (
        exp.select("p.*", "c.person_key IS NOT NULL AS considered")
        .from_("facts.person AS p")
        .join(
            "decisions.considered AS c",
            on=f"c.person_key = p.person_key AND c.programme = '{programme.id}'",
            join_type="left",
        )
    )
    if "employee_age_reached" in programme.facts:
        person = person.select(f"y.last_day AS {PENSION_AGE_SINCE}").join(
            "facts.pension_age AS y",
            on="y.birth_date = p.birth_date AND y.sex IS NOT DISTINCT FROM p.sex",
            join_type="left",
        )
    inner = _values(programme, "considered").select(
        _named(amount_sql(programme, policy), "amount"),
        _named(_begin(programme), "begun"),
        _named(amount_since_sql(programme, policy) or _no_day(), "amount_begun"),
        _named(exp.false() if programme.notice is None else programme.notice.tree.copy(), "noticed"),
        _named(exp.true() if programme.due_when is None else programme.due_when.tree.copy(), "due"),
        copy=False,
    )
    inner.from_(person.subquery("p", copy=False), copy=False)
    if programme.audience is not None:
        inner.where(exp.Coalesce(this=programme.audience.tree.copy(), expressions=[exp.true()]), copy=False)
    verdict = _verdict(programme)
    return (
        exp.select(
            "person_key",
            _named(exp.Literal.string(programme.id), "programme"),
            f"{verdict} AS verdict",
            _named(_pattern(programme), "pattern"),
            f"CASE WHEN {verdict} THEN amount END AS amount_monthly",
            f"CASE WHEN {verdict} THEN begun END AS since",
            f"CASE WHEN {verdict} THEN amount_begun END AS amount_since",
            "coalesce(noticed, FALSE) AS noticed",
            "due",
        )
        .from_(inner.subquery("e", copy=False), copy=False)
        .where(f"coalesce({verdict}, TRUE) OR considered")
    )


def forecast_sql(programme: Programme, policy: Policy) -> exp.Select | None:
    """Everybody for whom it will hold on a day of ``facts.threshold``; None: age is nothing to it.

    Columns: person_key, on_day, programme, today BOOLEAN (NULL = unknown), pattern, amount_monthly. Rows
    are those not already true today, and all of a programme that only one may have (group, household).
    """
    if not set(programme.facts) & set(OWN_AGE):
        return None
    today = exp.and_(*(_aged(c.expression.tree, "today_") for c in programme.conditions), copy=False)
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
    inner = _values(programme, "on_day").select(
        _named(today, "today"), _named(amount_sql(programme, policy), "amount_monthly"), copy=False
    )
    inner.from_(person.subquery("p", copy=False), copy=False)
    if programme.audience is not None:
        inner.where(programme.audience.tree.copy(), copy=False)
    kept = exp.select(
        "person_key",
        "on_day",
        _named(exp.Literal.string(programme.id), "programme"),
        "today",
        _named(_pattern(programme), "pattern"),
        "amount_monthly",
    )
    kept.from_(inner.subquery("e", copy=False), copy=False)
    return kept.where(_verdict(programme) if sole else f"{_verdict(programme)} AND today = FALSE")


def _named(tree: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(tree, name, copy=False)


def _values(programme: Programme, *more: str) -> exp.Select:
    """Each condition's value as c0, c1, … and each fact's being NULL as n0, n1, …"""
    conditions = [
        _named(condition.expression.tree.copy(), f"c{i}") for i, condition in enumerate(programme.conditions)
    ]
    gaps = [f"{fact} IS NULL AS n{j}" for j, fact in enumerate(programme.facts)]
    return exp.select("person_key", *more, *conditions, *gaps)


def _verdict(programme: Programme) -> str:
    return f"({' AND '.join(f'c{i}' for i in range(len(programme.conditions)))})"


def _aged(tree: exp.Expr, prefix: str) -> exp.Expr:
    def rename(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and node.name in OWN_AGE:
            return exp.column(f"{prefix}{node.name}")
        return node

    return tree.transform(rename)


def _pattern(programme: Programme) -> exp.Expr:
    terms = []
    for i in range(len(programme.conditions)):
        terms.append(f"CASE WHEN c{i} THEN {1 << 2 * i} WHEN c{i} IS NULL THEN {2 << 2 * i} ELSE 0 END")
    offset = 2 * len(programme.conditions)
    terms += [f"CASE WHEN n{j} THEN {1 << offset + j} ELSE 0 END" for j in range(len(programme.facts))]
    return exp.maybe_parse(f"CAST({' + '.join(terms)} AS BIGINT)", dialect="duckdb")


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
