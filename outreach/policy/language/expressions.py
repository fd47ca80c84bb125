"""Conditions as checked expressions: parsed by sqlglot, terms put in, facts and types known.

An expression that passes is built of a small set of nodes only (comparisons, logic, ``coalesce``,
``nullif``, ``CASE``), so it means the same on every engine and to the solver.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import sqlglot
from sqlglot import exp

from contracts.entitlements import ENTITLEMENT_FACT_BY_NAME
from contracts.extracts.codes import DISABILITY_CATEGORY, PREFERENTIAL, CodeSet
from contracts.facts import FACT_BY_NAME, Fact
from contracts.vocabulary import DisabilityGrade, FamilyPlanning, Hardship, Sex
from outreach.errors import OutreachError
from outreach.policy.language import full_width, messages
from outreach.policy.language.model import Term


def _codes(codes: CodeSet) -> tuple[str, ...]:
    return tuple(entry.code for entry in codes.entries)


TEXT_VALUES: dict[str, tuple[str, ...]] = {
    "sex": Sex.codes(),
    "hardship": (*Hardship.codes(), "none"),
    "disability_category": (*_codes(DISABILITY_CATEGORY), "none"),
    "disability_grade": (*DisabilityGrade.codes(), "none"),
    "family_planning": (*FamilyPlanning.codes(), "none"),
    "preferential": (*_codes(PREFERENTIAL), "none"),
}
"""The values that a text fact may have; a comparison with any other is a slip of the pen."""

ALL_FACTS: Mapping[str, Fact] = {**FACT_BY_NAME, **ENTITLEMENT_FACT_BY_NAME}
"""Facts about a person, and those between a person and a programme that only indicators may name."""

_TYPES = {"BOOLEAN": "boolean", "INTEGER": "number", "VARCHAR": "text", "DATE": "date"}
_NAMES = {
    "boolean": messages.BOOLEAN,
    "number": messages.NUMBER,
    "text": messages.TEXT,
    "date": messages.DATE,
    "null": messages.NULL,
}


class ExpressionError(OutreachError, ValueError):
    """The expression cannot be used; the message names the part and what was meant."""


@dataclass(frozen=True)
class Expression:
    """A checked boolean: its tree over facts alone and the facts it names, in order of appearance."""

    tree: exp.Expr
    facts: tuple[str, ...]

    def sql(self, dialect: str = "duckdb") -> str:
        return self.tree.sql(dialect=dialect)

    @property
    def extracts(self) -> tuple[str, ...]:
        """The extracts that the facts rest on."""
        return tuple(dict.fromkeys(e for fact in self.facts for e in ALL_FACTS[fact].extracts))


def parse_condition(
    sql: str, terms: Mapping[str, Term], known: Mapping[str, Fact] = FACT_BY_NAME
) -> Expression:
    """Parse and check one boolean over terms and the ``known`` facts.

    Raises:
        ExpressionError: not readable, an unknown name, a type that does not fit, or a construct
            outside the allowed set.
    """
    tree = _expand(sql, terms, known, ())
    kind = _type(tree)
    if kind not in ("boolean", "null"):
        raise ExpressionError(messages.NO_CONDITION(sql=sql, kind=_NAMES[kind]()))
    facts = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column, bfs=False)))
    return Expression(tree, facts)


def _expand(
    sql: str, terms: Mapping[str, Term], known: Mapping[str, Fact], inside: tuple[str, ...]
) -> exp.Expr:
    slip = full_width.named(sql)
    if slip is not None:
        raise ExpressionError(messages.AT(place=f"`{sql}`", message=slip))
    try:
        tree = sqlglot.parse_one(sql, read="duckdb")
    except sqlglot.errors.SqlglotError as error:
        where = error.errors[0] if isinstance(error, sqlglot.errors.ParseError) and error.errors else {}
        near = where.get("highlight") or where.get("start_context") or sql
        raise ExpressionError(messages.UNREADABLE_CONDITION(sql=sql, near=near)) from error

    def put_in(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column):
            return node
        name = node.name
        if node.table:
            raise ExpressionError(messages.NO_TABLE(sql=node.sql()))
        if name in terms and name not in inside:
            return exp.paren(_expand(terms[name].sql, terms, known, (*inside, name)), copy=False)
        if name in known:
            return exp.column(name)
        near = get_close_matches(name, dict.fromkeys([*known, *terms]), n=3)
        hint = messages.DID_YOU_MEAN(names=messages.OR().join(near)) if near else ""
        raise ExpressionError(messages.UNKNOWN_NAME(name=name, hint=hint))

    return tree.transform(put_in, copy=False)


def _type(node: exp.Expr) -> str:
    """The type of a node; raises for what is not allowed or does not fit."""
    if isinstance(node, exp.Paren):
        return _type(node.this)
    if isinstance(node, exp.Column):
        sql_type = ALL_FACTS[node.name].sql_type
        if sql_type not in _TYPES:
            raise ExpressionError(messages.IS_A_LIST(name=node.name))
        return _TYPES[sql_type]
    if isinstance(node, exp.Boolean):
        return "boolean"
    if isinstance(node, exp.Null):
        return "null"
    if isinstance(node, exp.Literal):
        return "text" if node.is_string else "number"
    if isinstance(node, exp.And | exp.Or):
        for side in (node.this, node.expression):
            _must_be_boolean(side)
        return "boolean"
    if isinstance(node, exp.Not):
        _must_be_boolean(node.this)
        return "boolean"
    if isinstance(node, exp.EQ | exp.NEQ | exp.GT | exp.GTE | exp.LT | exp.LTE):
        _must_agree(node.this, node.expression)
        return "boolean"
    if isinstance(node, exp.In):
        if node.args.get("query") is not None or not node.expressions:
            raise ExpressionError(messages.IN_A_LIST(sql=node.sql()))
        for value in node.expressions:
            _must_agree(node.this, value)
        return "boolean"
    if isinstance(node, exp.Between):
        _must_agree(node.this, node.args["low"])
        _must_agree(node.this, node.args["high"])
        return "boolean"
    if isinstance(node, exp.Is):
        _type(node.this)
        _type(node.expression)
        return "boolean"
    if isinstance(node, exp.Coalesce | exp.Nullif):
        return _one_type([node.this, *(node.expressions or [node.expression])])
    if isinstance(node, exp.Case):
        if node.this is not None:
            raise ExpressionError(messages.CASE_FORM())
        for branch in node.args["ifs"]:
            _must_be_boolean(branch.this)
        results = [branch.args["true"] for branch in node.args["ifs"]]
        default = node.args.get("default")
        return _one_type([*results, default] if default is not None else results)
    raise ExpressionError(messages.NOT_ALLOWED(sql=node.sql()))


def _must_be_boolean(node: exp.Expr) -> None:
    kind = _type(node)
    if kind not in ("boolean", "null"):
        raise ExpressionError(messages.BOOLEAN_NEEDED(sql=node.sql(), kind=_NAMES[kind]()))


def _one_type(nodes: list[exp.Expr]) -> str:
    kinds = {kind for kind in map(_type, nodes) if kind != "null"}
    if len(kinds) > 1:
        raise ExpressionError(messages.TYPES_DIFFER(left=nodes[0].sql(), right=nodes[-1].sql()))
    return kinds.pop() if kinds else "null"


def _must_agree(left: exp.Expr, right: exp.Expr) -> None:
    kind = _one_type([left, right])
    if kind != "text":
        return
    column, literal = (left, right) if isinstance(left, exp.Column) else (right, left)
    if isinstance(column, exp.Column) and isinstance(literal, exp.Literal):
        values = TEXT_VALUES.get(column.name)
        if values and literal.this not in values:
            known = messages.COMMA().join(values)
            raise ExpressionError(messages.NEVER_IS(name=column.name, value=literal.this, values=known))
