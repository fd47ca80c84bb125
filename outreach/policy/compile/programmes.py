"""A policy as SQL: one SELECT a programme, over one row a profile, that keeps every condition's value.

A *pattern* is what the values of a programme's conditions and the gaps among its facts come to, as one
number: two bits a condition (0 false, 1 true, 2 unknown), then one bit a fact (1 = NULL), then one bit a mark
(1 = true), in the order of ``Programme.conditions``, ``Programme.facts`` and ``Programme.marks``. Patterns
are few, so reasons are made once a pattern (``patterns``). Of a programme whose values do not fit into the
number (``is_wide``) they are spelled out in ``word``, a character each, and the number only names the word.
"""

from __future__ import annotations

from functools import lru_cache

from sqlglot import exp

from outreach.policy.compile.amounts import amount_since_sql, amount_sql
from outreach.policy.compile.effective_date import PENSION_AGE_SINCE, birthdays_sql, since
from outreach.policy.compile.service import recurs
from outreach.policy.language.policy import Policy, Programme

OWN_AGE = ("age", "employee_age_reached")
"""The facts that a person's own growing older changes."""

_BITS = 62
"""Bits of a pattern."""


def is_wide(programme: Programme) -> bool:
    """Whether the values of its conditions are too many for the bits of a pattern."""
    return 2 * len(programme.conditions) + len(programme.facts) + len(programme.marks) > _BITS


@lru_cache(maxsize=16)
def findings_sql(policy: Policy, dialect: str = "duckdb") -> str | None:
    """What every programme comes to for every row of ``decisions.profile``; None: there is no programme.

    Columns: profile, programme, applicability BOOLEAN (FALSE = no decision at all), verdict BOOLEAN (NULL =
    unknown), pattern BIGINT, word VARCHAR, amount_monthly (where the verdict is true), noticed BOOLEAN, due
    BOOLEAN (a periodic service; NULL = not known), recurs BOOLEAN (it is due again and again), switch (the
    switch that is off and alone would entitle, where nothing else does).
    """
    if not policy.programmes:
        return None
    return " UNION ALL ".join(_finding(p, policy).sql(dialect, copy=False) for p in policy.programmes)


def _finding(programme: Programme, policy: Policy) -> exp.Select:
    applicability, notice, due = programme.applicability, programme.notice, programme.due_when
    inner = _values(programme).select(
        _named(exp.true() if applicability is None else applicability.tree.copy(), "applicability"),
        _named(amount_sql(programme, policy), "amount"),
        _named(exp.false() if notice is None else notice.tree.copy(), "noticed"),
        _named(exp.true() if due is None else due.tree.copy(), "due"),
        _named(recurs(programme), "recurs"),
        _named(_switch(programme), "switch"),
        copy=False,
    )
    verdict = f"({' AND '.join(f'c{i}' for i in range(len(programme.conditions)))})"
    return exp.select(
        "profile",
        _named(exp.Literal.string(programme.id), "programme"),
        "applicability",
        f"{verdict} AS verdict",
        *(_word(programme) if is_wide(programme) else _pattern(programme)),
        f"CASE WHEN {verdict} THEN amount END AS amount_monthly",
        "coalesce(noticed, FALSE) AS noticed",
        "due",
        "recurs",
        "switch",
    ).from_(inner.from_("decisions.profile").subquery("e", copy=False), copy=False)


def _switch(programme: Programme) -> exp.Expr:
    case = exp.case()
    for switch, only in programme.off:
        case = case.when(only.tree.copy(), exp.Literal.string(switch), copy=False)
    return exp.cast(case if programme.off else exp.null(), "VARCHAR")


@lru_cache(maxsize=16)
def beginnings_sql(policy: Policy) -> str | None:
    """Since when everybody's programmes hold; None: of no programme is it ever known.

    Columns: person_key, programme, since DATE and amount_since DATE; one row a row of
    ``decisions.actionable_case`` whose verdict is true, of programmes whose beginning some data show.
    """
    begins = {p.id: begin for p in policy.programmes if (begin := begin_sql(p)) is not None}
    amounts = {p.id: begin for p in policy.programmes if (begin := amount_since_sql(p, policy)) is not None}
    known = [p for p in policy.programmes if p.id in begins or p.id in amounts]
    if not known:
        return None
    by_pension = [p.id for p in known if "employee_age_reached" in p.facts]
    pensions = (
        exp.select("c.person_key", "c.programme", "a.last_day")
        .from_("decisions.actionable_case AS c")
        .join("facts.person AS o", on="o.person_key = c.person_key")
        .join("facts.pension_age AS a", on="a.birth_date = o.birth_date AND a.sex IS NOT DISTINCT FROM o.sex")
        .where(exp.column("programme", "c").isin(*by_pension) if by_pension else exp.false())
    )
    rows = (
        exp.select("f.programme", "p.*", f"y.last_day AS {PENSION_AGE_SINCE}")
        .from_("decisions.actionable_case AS f")
        .join("facts.person AS p", on="p.person_key = f.person_key")
        .join(
            pensions.subquery("y"),
            on="y.person_key = f.person_key AND y.programme = f.programme",
            join_type="left",
        )
        .where("f.verdict", exp.column("programme", "f").isin(*(p.id for p in known)))
    )
    birthdays = birthdays_sql([*begins.values(), *amounts.values()])
    if birthdays is not None:
        rows = rows.select("b.* EXCLUDE (birth_date)", dialect="duckdb").join(
            exp.maybe_parse(birthdays, dialect="duckdb").subquery("b"),
            on="b.birth_date = p.birth_date",
            join_type="left",
        )
    dated = exp.select(
        "person_key",
        "programme",
        _named(_by_programme(begins), "since"),
        _named(_by_programme(amounts), "amount_since"),
    )
    return dated.from_(rows.subquery("p", copy=False), copy=False).sql("duckdb", copy=False)


def _by_programme(trees: dict[str, exp.Expr]) -> exp.Expr:
    case = exp.case()
    for programme, tree in trees.items():
        case = case.when(exp.column("programme").eq(programme), tree, copy=False)
    return exp.cast(case if trees else exp.null(), "DATE")


def _named(tree: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(tree, name, copy=False)


def _values(programme: Programme) -> exp.Select:
    """Each condition's value as c0, c1, …, each fact's being NULL as n0, n1, …, each mark's value as m0, …"""
    conditions = [
        _named(condition.expression.tree.copy(), f"c{i}") for i, condition in enumerate(programme.conditions)
    ]
    gaps = [f"{fact} IS NULL AS n{j}" for j, fact in enumerate(programme.facts)]
    marks = [_named(mark.tree.copy(), f"m{k}") for k, mark in enumerate(programme.marks)]
    return exp.select("profile", *conditions, *gaps, *marks)


def _pattern(programme: Programme) -> tuple[exp.Expr, exp.Expr]:
    terms = []
    for i in range(len(programme.conditions)):
        terms.append(f"CASE WHEN c{i} THEN {1 << 2 * i} WHEN c{i} IS NULL THEN {2 << 2 * i} ELSE 0 END")
    offset = 2 * len(programme.conditions)
    terms += [f"CASE WHEN n{j} THEN {1 << offset + j} ELSE 0 END" for j in range(len(programme.facts))]
    offset += len(programme.facts)
    terms += [f"CASE WHEN m{k} THEN {1 << offset + k} ELSE 0 END" for k in range(len(programme.marks))]
    number = exp.cast(exp.maybe_parse(" + ".join(terms), dialect="duckdb"), "BIGINT")
    return _named(number, "pattern"), _named(exp.cast(exp.null(), "VARCHAR"), "word")


def _word(programme: Programme) -> tuple[exp.Expr, exp.Expr]:
    """The pattern, and the word of which it is the digest: the same on every night."""
    letters = [
        f"CASE WHEN c{i} THEN '1' WHEN c{i} IS NULL THEN '2' ELSE '0' END"
        for i in range(len(programme.conditions))
    ]
    letters += [f"CASE WHEN n{j} THEN '1' ELSE '0' END" for j in range(len(programme.facts))]
    letters += [f"CASE WHEN m{k} THEN '1' ELSE '0' END" for k in range(len(programme.marks))]
    word = " || ".join(letters)
    number = f"CAST(md5_number_lower({word}) // 2 AS BIGINT)"
    return exp.maybe_parse(f"{number} AS pattern", dialect="duckdb"), exp.maybe_parse(
        f"{word} AS word", dialect="duckdb"
    )


def begin_sql(programme: Programme) -> exp.Expr | None:
    """Since when the programme holds, a DATE expression; None: it is not known from any data."""
    if programme.rule.mode == "universal":
        return None
    parts = [since(condition.expression.tree) for condition in programme.conditions]
    known = [part for part in parts if part is not None]
    if len(known) < 2:
        return known[0] if known else None
    return exp.Greatest(this=known[0], expressions=known[1:])
