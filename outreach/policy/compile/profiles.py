"""Profiles: people equal in every fact that the policy uses are decided once.

A *profile* is what the conditions distinguish: of an age only between which of the policy's thresholds it
is, of a text only which of the compared values it is. Each such fact is a digit, all digits make one number
(a *key*) a person, and the keys that occur are the profiles, few however many people there are. A row of
``decisions.profile`` looks like a person: it has the columns of the facts, each with a value that represents
all of its digit, so rules are evaluated on profiles exactly as they would be on people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import duckdb
from sqlglot import exp

from contracts.facts import ENDING_FACTS, FACT_BY_NAME
from outreach.engine import uncompressed
from outreach.policy.compile.amounts import amount_sql
from outreach.policy.compile.programmes import OWN_AGE
from outreach.policy.language.policy import Policy

_EXACT = 1 << 53
"""Below it a DOUBLE holds every whole number. Keys are DOUBLE: its sums, unlike those of integers, are not
checked for overflow row by row, which takes half the time; the largest possible key is known here."""

_MIRRORED: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
}
_NOTHING_ELSE = "?"

LAPSING = ("hardship_rolls", *ENDING_FACTS)
"""The facts that end with a roll, a certificate or an assessment."""


@dataclass(frozen=True)
class Digit:
    """A fact as a digit: one value for each of ``cases``, one for all else (not BOOLEAN), one for NULL.

    ``cases``: of an INTEGER the thresholds, ascending; of a VARCHAR the values compared with; of a BOOLEAN
    none, as it has just two values.
    """

    fact: str
    sql_type: str
    cases: tuple[int | str, ...] = ()

    @property
    def size(self) -> int:
        """How many values the digit has."""
        return 3 if self.sql_type == "BOOLEAN" else len(self.cases) + 2

    def encode(self, weight: int) -> str:
        """The digit times its weight, over a row of facts."""
        if self.sql_type == "BOOLEAN":
            return f"CASE WHEN {self.fact} IS NULL THEN 2e0 ELSE CAST({self.fact} AS DOUBLE) END * {weight}e0"
        operator = "<" if self.sql_type == "INTEGER" else "="
        known = "".join(
            f" WHEN {self.fact} {operator} {_quoted(case)} THEN {place * weight}e0"
            for place, case in enumerate(self.cases)
        )
        rest, null = len(self.cases) * weight, (len(self.cases) + 1) * weight
        return f"CASE{known} WHEN {self.fact} IS NULL THEN {null}e0 ELSE {rest}e0 END"

    def decode(self, digit: str) -> str:
        """A value that represents all of its digit; ``digit`` is an integer expression."""
        values = "".join(f" WHEN {place} THEN {value}" for place, value in enumerate(self._values()))
        return f"CAST(CASE {digit}{values} END AS {self.sql_type})"

    def _values(self) -> list[str]:
        if self.sql_type == "BOOLEAN":
            return ["FALSE", "TRUE"]
        if self.sql_type == "INTEGER":
            numbers = [int(case) for case in self.cases]
            return [str(number) for number in [min(numbers, default=0) - 1, *numbers]]
        if self.sql_type == "VARCHAR":
            other = _NOTHING_ELSE * (1 + max((len(str(case)) for case in self.cases), default=0))
            return [_quoted(case) for case in (*self.cases, other)]
        return ["DATE '2000-01-01'"]


@dataclass(frozen=True)
class Coding:
    """How the facts that a policy uses become keys.

    ``keys``: the digits of each key with their weights. ``whole``: facts used in a way that no digit can
    represent (as in ``coalesce(age, 0) >= 60``); each is a key by itself.
    """

    keys: tuple[tuple[tuple[Digit, int], ...], ...]
    whole: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that distinguish profiles."""
        return (*(f"key_{i}" for i in range(len(self.keys))), *self.whole)

    def thresholds(self, fact: str) -> tuple[int, ...] | None:
        """The values of an INTEGER fact at which decisions may turn; None: any value may be one."""
        cases = [digit.cases for key in self.keys for digit, _ in key if digit.fact == fact]
        if not cases:
            return None if fact in self.whole else ()
        return tuple(int(case) for case in cases[0])

    def encode(self) -> str:
        """A select list over facts: the columns of ``columns``."""
        keys = [
            f"{' + '.join(digit.encode(weight) for digit, weight in key) or '0e0'} AS key_{i}"
            for i, key in enumerate(self.keys)
        ]
        return ", ".join([*keys, *self.whole])

    def decode(self) -> str:
        """A select list over profile, people and ``columns``: these, and a value for every fact."""
        facts = [
            f"{digit.decode(f'(CAST(key_{i} AS BIGINT) // {weight}) % {digit.size}')} AS {digit.fact}"
            for i, key in enumerate(self.keys)
            for digit, weight in key
        ]
        return ", ".join(["profile", "people", *self.columns, *facts])


@lru_cache(maxsize=16)
def coding(policy: Policy) -> Coding:
    """The coding of every fact on which a decision or amount of ``policy`` rests."""
    trees = []
    for programme in policy.programmes:
        used = (*(c.expression for c in programme.conditions), programme.applicability, programme.notice)
        used = (*used, programme.due_when, *programme.marks, *(only for _, only in programme.off))
        trees += [expression.tree for expression in used if expression is not None]
        trees.append(amount_sql(programme, policy))
    return code_facts([*trees, *(holds.tree for holds in policy.need_classes)])


def code_facts(trees: Iterable[exp.Expr]) -> Coding:
    """The coding of every fact that occurs in ``trees``, conditions over facts."""
    cases: dict[str, set[int | str] | None] = {}
    for tree in trees:
        for column in tree.find_all(exp.Column):
            found, known = _cases(column), cases.get(column.name, set())
            cases[column.name] = None if found is None or known is None else {*known, *found}
    digits = [
        Digit(name, FACT_BY_NAME[name].sql_type, tuple(sorted(found, key=_in_order)))
        for name, found in sorted(cases.items())
        if found is not None
    ]
    keys: list[list[tuple[Digit, int]]] = [[]]
    weight = 1
    for digit in digits:
        if weight * digit.size > _EXACT:
            keys.append([])
            weight = 1
        keys[-1].append((digit, weight))
        weight *= digit.size
    return Coding(
        tuple(map(tuple, keys)), tuple(sorted(name for name, found in cases.items() if found is None))
    )


def _cases(column: exp.Column) -> Collection[int | str] | None:
    """The thresholds or values that the place of a fact in a condition distinguishes; None: it may be any."""
    sql_type = FACT_BY_NAME[column.name].sql_type
    if sql_type == "BOOLEAN":
        return ()
    node: exp.Expr = column
    while isinstance(node.parent, exp.Paren):
        node = node.parent
    parent = node.parent
    if isinstance(parent, exp.Is):
        return ()
    if sql_type == "INTEGER":
        return _thresholds(parent, node)
    if sql_type == "VARCHAR" and isinstance(parent, exp.EQ | exp.NEQ | exp.In):
        others = [_other(parent, node)]
        if isinstance(parent, exp.In):
            others = parent.expressions if parent.this is node else []
        if others and all(isinstance(other, exp.Literal) and other.is_string for other in others):
            return [str(other.this) for other in others]
    return None


def _thresholds(parent: exp.Expr | None, node: exp.Expr) -> list[int] | None:
    """Values from which on a comparison of ``node`` may turn out otherwise."""
    if isinstance(parent, exp.Between) and parent.this is node:
        low, high = _number(parent.args["low"]), _number(parent.args["high"])
        return None if low is None or high is None else [low, high + 1]
    if isinstance(parent, exp.In) and parent.this is node:
        values = [_number(value) for value in parent.expressions]
        return None if None in values else [v + up for v in values if v is not None for up in (0, 1)]
    if not isinstance(parent, exp.EQ | exp.NEQ | exp.LT | exp.LTE | exp.GT | exp.GTE):
        return None
    value = _number(_other(parent, node))
    if value is None:
        return None
    kind = type(parent) if parent.this is node else _MIRRORED.get(type(parent), type(parent))
    if kind in (exp.GTE, exp.LT):
        return [value]
    return [value + 1] if kind in (exp.GT, exp.LTE) else [value, value + 1]


def _other(parent: exp.Expr, node: exp.Expr) -> exp.Expr:
    other: exp.Expr = parent.expression if parent.this is node else parent.this
    return other


def _number(node: exp.Expr) -> int | None:
    if isinstance(node, exp.Neg | exp.Paren):
        value = _number(node.this)
        return None if value is None else -value if isinstance(node, exp.Neg) else value
    return int(node.this) if isinstance(node, exp.Literal) and node.is_int else None


def _in_order(case: int | str) -> tuple[int, str]:
    return (case, "") if isinstance(case, int) else (0, case)


def _quoted(case: int | str) -> str:
    return str(case) if isinstance(case, int) else exp.Literal.string(case).sql("duckdb")


def make_profiles(
    con: duckdb.DuckDBPyConnection, code: Coding, *, coming: str | None = None, lapsing: str | None = None
) -> None:
    """Find the profile of everybody in ``facts.person``.

    - ``decisions.profile``: profile INTEGER, people (how many have it today), every fact used;
    - ``decisions.person_profile``: person_key, profile; one row a person;
    - ``decisions.coming_profile``: person_key, on_day, profile; one row a row of the table ``coming``
      (columns person_key, on_day and ``OWN_AGE``): the profile on a coming day, by the person's age alone;
    - ``decisions.lapsed_profile``: person_key, profile; one row a row of the table ``lapsing`` (columns
      person_key and ``LAPSING``): the profile once what is about to run out has.
    """
    keys = ", ".join(code.columns)
    alike = " AND ".join(f"f.{column} IS NOT DISTINCT FROM p.{column}" for column in code.columns)
    with uncompressed(con):
        con.execute(
            "CREATE OR REPLACE TEMP TABLE person_keys AS "
            f"SELECT person_key, {code.encode()} FROM facts.person"
        )
        con.execute(f"CREATE OR REPLACE TEMP TABLE coming_keys AS {_coming(code, coming)}")
        con.execute(f"CREATE OR REPLACE TEMP TABLE lapsed_keys AS {_lapsed(code, lapsing)}")
        con.execute(
            f"CREATE OR REPLACE TABLE decisions.profile AS SELECT {code.decode()} FROM ("
            f"SELECT CAST(row_number() OVER (ORDER BY {keys}) AS INTEGER) AS profile, "
            f"count(person_key) AS people, {keys} FROM ("
            f"SELECT person_key, {keys} FROM person_keys UNION ALL SELECT NULL, {keys} FROM coming_keys "
            f"UNION ALL SELECT NULL, {keys} FROM lapsed_keys) GROUP BY {keys})"
        )
        for table, columns in (
            ("person", "p.person_key"),
            ("coming", "p.person_key, p.on_day"),
            ("lapsed", "p.person_key"),
        ):
            con.execute(
                f"CREATE OR REPLACE TABLE decisions.{table}_profile AS SELECT {columns}, f.profile "
                f"FROM {table}_keys AS p INNER JOIN decisions.profile AS f ON {alike}"
            )
            con.execute(f"DROP TABLE {table}_keys")


def _coming(code: Coding, coming: str | None) -> str:
    """A SELECT of person_key, on_day and the keys on that day."""
    if coming is None:
        return f"SELECT person_key, NULL::DATE AS on_day, {code.encode()} FROM facts.person LIMIT 0"
    own = ", ".join(OWN_AGE)
    then = ", ".join(f"t.{fact}" for fact in OWN_AGE)
    return (
        f"SELECT person_key, on_day, {code.encode()} FROM (SELECT p.* EXCLUDE ({own}), t.on_day, {then} "
        f"FROM {coming} AS t INNER JOIN facts.person AS p ON p.person_key = t.person_key)"
    )


def _lapsed(code: Coding, lapsing: str | None) -> str:
    """A SELECT of person_key and the keys once what is about to run out has."""
    if lapsing is None:
        return f"SELECT person_key, {code.encode()} FROM facts.person LIMIT 0"
    then = ", ".join(f"t.{fact}" for fact in LAPSING)
    return (
        f"SELECT person_key, {code.encode()} FROM (SELECT p.* EXCLUDE ({', '.join(LAPSING)}), {then} "
        f"FROM {lapsing} AS t INNER JOIN facts.person AS p ON p.person_key = t.person_key)"
    )
