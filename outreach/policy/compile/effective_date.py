"""Since when a condition holds: a date expression built from the condition itself.

``AND`` begins when its last part begins, and is not known (NULL) if a part's day is missing of this person;
``OR`` begins with the first of the parts that hold and whose day is known. A part whose beginning no extract
gives for anybody (not to have been assessed, to live alone) is passed over: it moves nothing; an ``OR`` that
holds by such parts alone began, for all that is known, with the person.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

from contracts.facts import FACT_BY_NAME

_SINCE = {
    "hardship_roll": "hardship_since",
    "disability_certificate": "certificate_since",
    "ability_assessment": "ability_since",
    "family_planning": "family_planning_since",
    "preferential_treatment": "preferential_since",
    "rescue_register": "rescued_on",
}
PENSION_AGE_SINCE = "employee_age_since"
"""The day from which the statutory age is surely reached; ``compile`` brings it in from facts.pension_age."""

_OTHER_PEOPLE = {"household_has_carer", "household_carers"}

_TURNED = "turned_"
_BIRTHDAY = """
CASE WHEN month(birth_date) = 2 AND day(birth_date) = 29
      AND NOT ((year(birth_date) + {n}) % 4 = 0
               AND ((year(birth_date) + {n}) % 100 <> 0 OR (year(birth_date) + {n}) % 400 = 0))
     THEN make_date(year(birth_date) + {n}, 3, 1)
     ELSE make_date(year(birth_date) + {n}, month(birth_date), day(birth_date)) END
"""


def birthday(years: int) -> exp.Expr:
    """The day on which somebody completes ``years``, as a column that ``birthdays_sql`` gives."""
    return exp.column(f"{_TURNED}{years}")


def birthdays_sql(trees: Iterable[exp.Expr]) -> str | None:
    """Every birthday that ``trees`` name, of every birth date that occurs; None: they name none.

    Columns: birth_date and the days. Born 29 February: 1 March in common years.
    """
    names = {column.name for tree in trees for column in tree.find_all(exp.Column)}
    days = [
        f"{_BIRTHDAY.format(n=name.removeprefix(_TURNED))} AS {name}"
        for name in sorted(names)
        if name.startswith(_TURNED)
    ]
    if not days:
        return None
    return f"SELECT birth_date, {', '.join(days)} FROM (SELECT DISTINCT birth_date FROM facts.person)"


def since(tree: exp.Expr) -> exp.Expr | None:
    """A DATE expression: since when ``tree`` holds, for a person for whom it holds; None = not known.

    ``tree`` is over facts alone (``Expression.tree``).
    """
    if isinstance(tree, exp.Paren):
        return since(tree.this)
    if isinstance(tree, exp.And):
        return _combine(exp.Greatest, [since(tree.this), since(tree.expression)])
    if isinstance(tree, exp.Or):
        parts = [part for part in _parts(tree) if since(part) is not None]
        undated = [part.copy() for part in _parts(tree) if since(part) is None]
        known = _combine(exp.Least, [_where(part) for part in parts])
        if known is None or not undated:
            return known
        alone = exp.case().when(exp.or_(*undated), exp.column("birth_date"))
        return exp.Coalesce(this=known, expressions=[alone])
    if isinstance(tree, exp.Coalesce):
        begins = since(tree.this)
        unknown = exp.Is(this=exp.paren(tree.this.copy()), expression=exp.null())
        return None if begins is None else exp.case().when(unknown, exp.column("birth_date")).else_(begins)
    if isinstance(tree, exp.GTE) and _is_age(tree.this) and isinstance(tree.expression, exp.Literal):
        return birthday(int(tree.expression.this))
    if isinstance(tree, exp.Case):
        return _of_branches(tree)
    if isinstance(tree, exp.Not):
        return None
    if isinstance(tree, exp.Column) and tree.name == "employee_age_reached":
        return exp.column(PENSION_AGE_SINCE)
    facts = [column for column in tree.find_all(exp.Column) if column.name not in _OTHER_PEOPLE]
    columns = {_SINCE[e] for fact in facts for e in FACT_BY_NAME[fact.name].extracts if e in _SINCE}
    return exp.column(columns.pop()) if len(columns) == 1 else None


def _of_branches(tree: exp.Case) -> exp.Expr | None:
    """Of a CASE the beginning of the branch that applies; a branch of unknown beginning is left out."""
    moves_nothing = exp.column("birth_date")
    case, found = exp.case(), False
    for branch in tree.args["ifs"]:
        result = branch.args["true"]
        begins = since(branch.this if isinstance(result, exp.Boolean) else result)
        found |= begins is not None
        case = case.when(branch.this.copy(), begins or moves_nothing.copy(), copy=False)
    default = tree.args.get("default")
    begins = None if default is None else since(default)
    return case.else_(begins or moves_nothing, copy=False) if found or begins is not None else None


def _is_age(node: exp.Expr) -> bool:
    return isinstance(node, exp.Column) and node.name == "age"


def _parts(tree: exp.Expr) -> list[exp.Expr]:
    """The alternatives of an ``OR``, however it is nested."""
    if isinstance(tree, exp.Paren):
        return _parts(tree.this) if isinstance(tree.this, exp.Or | exp.Paren) else [tree]
    return [*_parts(tree.this), *_parts(tree.expression)] if isinstance(tree, exp.Or) else [tree]


def _where(tree: exp.Expr) -> exp.Expr | None:
    begins = since(tree)
    return None if begins is None else exp.case().when(tree.copy(), begins)


def _combine(kind: type[exp.Func], parts: list[exp.Expr | None]) -> exp.Expr | None:
    known = [part for part in parts if part is not None]
    if not known:
        return None
    if len(known) == 1:
        return known[0]
    # An OR passes over the parts that do not hold; an AND of which a day is missing is not known.
    return kind(this=known[0], expressions=known[1:], ignore_nulls=kind is exp.Least)
