"""Why a condition is false: until when it held, whether it never could, whether only an absence shows it.

Expressions built from the condition itself, over the columns of ``facts.person`` and ``decisions.last_day``,
for a person for whom the condition is false. ``AND`` is false by any of its parts, ``OR`` by all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from sqlglot import exp

from contracts.extracts.registry import EXTRACT_BY_NAME
from contracts.facts import ENDING_FACTS, FACT_BY_NAME, LOOKED_UP_EXTRACTS
from outreach.policy.compile.effective_date import birthday, birthdays_sql, since
from outreach.policy.language.policy import Policy

_OTHER_PEOPLE = {"household_has_carer", "household_carers", "no_supporter"}
"""Facts that other people decide: whether an extract names the person does not decide them."""
_DEAD_ON = "CASE WHEN NOT alive THEN died_on END"
_LEFT_ON = "CASE WHEN NOT registered AND last_register_status IS DISTINCT FROM 2 THEN deregistered_on END"
_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between)

Rule = Callable[[exp.Expr], exp.Expr | None]


def ended(tree: exp.Expr) -> exp.Expr | None:
    """A DATE expression: the last day on which ``tree`` is known to have held; None = never known."""
    if isinstance(tree, exp.Paren):
        return ended(tree.this)
    if isinstance(tree, exp.Case):
        return _of_default(tree, ended)
    if isinstance(tree, exp.And):
        return _extreme(exp.Least, [_where_false(part, ended) for part in (tree.this, tree.expression)])
    if isinstance(tree, exp.Or):
        return _extreme(exp.Greatest, [ended(tree.this), ended(tree.expression)])
    if isinstance(tree, exp.Not):
        return since(tree.this)
    if isinstance(tree, exp.Coalesce):
        return ended(tree.this)
    if isinstance(tree, exp.LT | exp.LTE) and _is_age(tree.this) and isinstance(tree.expression, exp.Literal):
        return birthday(int(tree.expression.this) + isinstance(tree, exp.LTE))
    if isinstance(tree, exp.Column):
        if tree.name == "alive":
            return exp.maybe_parse(_DEAD_ON, dialect="duckdb")
        if tree.name == "registered":
            return exp.maybe_parse(_LEFT_ON, dialect="duckdb")
    if isinstance(tree, (exp.Column, *_COMPARISONS)):
        facts = {column.name for column in tree.find_all(exp.Column)}
        if len(facts) == 1 and facts <= set(ENDING_FACTS):
            return exp.column(f"ended_{facts.pop()}")
    return None


def never_aged(tree: exp.Expr) -> exp.Expr | None:
    """A BOOLEAN expression: ``tree`` is false because an age has never been reached; None = it cannot be."""
    if isinstance(tree, exp.Paren):
        return never_aged(tree.this)
    if isinstance(tree, exp.Case):
        return _of_default(tree, never_aged)
    if isinstance(tree, exp.And):
        return _either([_where_false(part, never_aged) for part in (tree.this, tree.expression)])
    if isinstance(tree, exp.Or):
        parts = [never_aged(tree.this), never_aged(tree.expression)]
        return None if None in parts else exp.and_(*parts)
    if isinstance(tree, exp.GT | exp.GTE) and _is_age(tree.this):
        return exp.true()
    if isinstance(tree, exp.Column) and tree.name == "employee_age_reached":
        return exp.true()
    return None


def absent(tree: exp.Expr) -> exp.Expr | None:
    """A BOOLEAN expression: ``tree`` is false only because a delivered extract does not name the person."""
    if isinstance(tree, exp.Paren):
        return absent(tree.this)
    if isinstance(tree, exp.Case):
        return _of_default(tree, absent)
    if isinstance(tree, exp.And):
        parts = [(part, absent(part)) for part in (tree.this, tree.expression)]
        if all(rule is None for _, rule in parts):
            return None
        not_false = [exp.func("coalesce", part.copy(), exp.true()) for part, _ in parts]
        return exp.and_(
            *(exp.or_(holds, rule or exp.false()) for holds, (_, rule) in zip(not_false, parts, strict=True))
        )
    if isinstance(tree, exp.Or):
        return _either([absent(tree.this), absent(tree.expression)])
    if isinstance(tree, exp.Coalesce):
        return absent(tree.this)
    if isinstance(tree, (exp.Column, *_COMPARISONS)):
        unnamed = [exp.not_(exp.column(f"in_{extract}")) for extract in _looked_in(tree)]
        return exp.and_(*unnamed) if unnamed else None
    return None


def not_found_in(tree: exp.Expr) -> exp.Expr | None:
    """A text expression: the titles of the extracts of ``tree`` that do not name the person."""
    extracts = list(dict.fromkeys(_looked_in(tree)))
    if not extracts:
        return None
    parts = [
        exp.case().when(exp.not_(exp.column(f"in_{e}")), exp.Literal.string(EXTRACT_BY_NAME[e].title))
        for e in extracts
    ]
    return exp.func("concat_ws", exp.Literal.string("、"), *parts, dialect="duckdb")


@lru_cache(maxsize=16)
def endings_sql(policy: Policy) -> str | None:
    """What is known of every false condition of ``decisions.lost``; None: there is no programme.

    Columns: person_key, programme, name (of the condition), ended_on DATE, never_aged, absent BOOLEAN,
    not_found_in VARCHAR (titles of extracts).
    """
    trees = {(p.id, c.name): c.expression.tree for p in policy.programmes for c in p.conditions}
    if not trees:
        return None
    days, ages, absences, places = (
        _by_condition(trees, rule) for rule in (ended, never_aged, absent, not_found_in)
    )
    rows = (
        exp.select("l.programme", "f.name", "p.*", "y.* EXCLUDE (person_key)", dialect="duckdb")
        .from_("decisions.lost AS l")
        .join("decisions.pattern_false AS f", on="f.programme = l.programme AND f.pattern = l.pattern")
        .join("facts.person AS p", on="p.person_key = l.person_key")
        .join("decisions.last_day AS y", on="y.person_key = l.person_key")
    )
    birthdays = birthdays_sql(tree for tree in (ended(tree) for tree in trees.values()) if tree is not None)
    if birthdays is not None:
        rows = rows.select("b.* EXCLUDE (birth_date)", dialect="duckdb").join(
            exp.maybe_parse(birthdays, dialect="duckdb").subquery("b"),
            on="b.birth_date = p.birth_date",
            join_type="left",
        )
    return (
        exp.select(
            "person_key",
            "programme",
            "name",
            exp.alias_(exp.cast(days, "DATE"), "ended_on"),
            exp.alias_(exp.func("coalesce", ages, exp.false()), "never_aged"),
            exp.alias_(exp.func("coalesce", absences, exp.false()), "absent"),
            exp.alias_(exp.func("nullif", places, exp.Literal.string("")), "not_found_in"),
        )
        .from_(rows.subquery("p", copy=False), copy=False)
        .sql("duckdb", copy=False)
    )


def _by_condition(trees: dict[tuple[str, str], exp.Expr], rule: Rule) -> exp.Expr:
    """One expression for all conditions: the same rule is written once, for all that read alike."""
    keys: dict[str, list[str]] = {}
    rules: dict[str, exp.Expr] = {}
    for (programme, name), tree in trees.items():
        made = rule(tree)
        if made is not None:
            text = made.sql("duckdb")
            rules[text] = made
            keys.setdefault(text, []).append(f"{programme}.{name}")
    case = exp.case()
    for text, made in rules.items():
        condition: exp.Expr = exp.maybe_parse("concat(programme, '.', name)", dialect="duckdb")
        case = case.when(condition.isin(*keys[text]), made, copy=False)
    return case if rules else exp.null()


def _looked_in(tree: exp.Expr) -> Iterable[str]:
    facts = [column.name for column in tree.find_all(exp.Column) if column.name not in _OTHER_PEOPLE]
    return [e for fact in facts for e in FACT_BY_NAME[fact].extracts if e in LOOKED_UP_EXTRACTS]


def _of_default(tree: exp.Case, rule: Rule) -> exp.Expr | None:
    """Of a CASE that is false: the losses of its ELSE, where no branch itself can be false."""
    results = [branch.args["true"] for branch in tree.args["ifs"]]
    default = tree.args.get("default")
    if default is None or not all(r == exp.true() or isinstance(r, exp.Null) for r in results):
        return None
    return rule(default)


def _is_age(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and node.name == "age"


def _where_false(part: exp.Expr, rule: Rule) -> exp.Expr | None:
    made = rule(part)
    return None if made is None else exp.case().when(exp.not_(exp.paren(part.copy())), made)


def _extreme(kind: type[exp.Func], parts: list[exp.Expr | None]) -> exp.Expr | None:
    known = [part for part in parts if part is not None]
    if len(known) < 2:
        return known[0] if known else None
    return kind(this=known[0], expressions=known[1:], ignore_nulls=True)


def _either(parts: list[exp.Expr | None]) -> exp.Expr | None:
    known = [exp.func("coalesce", part, exp.false()) for part in parts if part is not None]
    return exp.or_(*known) if known else None
