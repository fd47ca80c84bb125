"""Words that people read for our codes are in ``contracts.vocabulary``, and in no second list."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from contracts.extracts import CODE_SETS
from contracts.extracts.codes import ABILITY_LEVEL, CONTACT_RESULT, DISABILITY_GRADE, HARDSHIP
from contracts.facts import HARDSHIP_NAMES
from contracts.generate import GENERATED, ROOT
from contracts.vocabulary import (
    HARDSHIP_ROLLS,
    VOCABULARY,
    WISHES,
    AbilityLevel,
    Action,
    ContactResult,
    Coverage,
    DisabilityGrade,
    Mode,
    Truth,
    Word,
)
from outreach.engine.models import SQL_DIR
from outreach.intake.run_tables import begin_run
from outreach.policy.language.model import Mode as ModeInPolicy
from outreach.policy.proofs.compare import Outcome

ALL = pytest.mark.parametrize("words", VOCABULARY, ids=lambda words: words.list_name())
PYTHON = sorted(
    path
    for folder in ("contracts", "outreach", "assets", "pipelines")
    for path in (ROOT / folder).rglob("*.py")
    if path != ROOT / "contracts" / "vocabulary.py"
)
SQL = sorted(SQL_DIR.rglob("*.sql"))
FEW = 3
"""So many codes in one literal are a list of its own if they are all that there are."""


@ALL
def test_every_word_has_a_chinese_and_an_english_name_of_its_own(words: type[Word]) -> None:
    assert words.__doc__
    for word in words:
        assert word.chinese
        assert word.english
        assert word == word.value == words(word.value)
    assert len({word.chinese for word in words}) == len(words)


def test_words_are_those_that_a_bureau_uses() -> None:
    names = {word.chinese for words in VOCABULARY for word in words}
    assert names >= {
        "人员比对归集",
        "数据规范",
        "暂缓发布待审批",
        "应服务",
        "继续享受",
        "本人放弃",
        "标准答案",
        "社区走访人员",
        "结果表",
        "无法判定",
    }


def test_codes_of_departments_and_of_policies_are_the_same_words() -> None:
    assert ABILITY_LEVEL.values == [int(level) for level in AbilityLevel]
    assert DISABILITY_GRADE.values == [int(grade) for grade in DisabilityGrade]
    assert CONTACT_RESULT.values == list(ContactResult)
    assert HARDSHIP.values == list(HARDSHIP_ROLLS) == list(HARDSHIP_NAMES)
    assert set(WISHES) < set(ContactResult)
    assert get_args(ModeInPolicy) == Mode.codes()
    assert get_args(Outcome) == Coverage.codes()
    assert len({codes.name for codes in CODE_SETS}) == len(CODE_SETS)


def test_what_is_not_known_is_not_no() -> None:
    assert [Truth.of(value) for value in (True, False, None)] == [Truth.TRUE, Truth.FALSE, Truth.UNKNOWN]
    assert not Action.KEEP.is_work
    assert Action.DUE.is_work


def test_models_find_every_word_in_run_word(tmp_path: Path) -> None:
    from datetime import date

    from outreach.engine import Warehouse

    with Warehouse(tmp_path / "night.duckdb") as warehouse:
        begin_run(warehouse, "R1", "yaohai", "340102", date(2026, 11, 20))
        rows = warehouse.con.execute("SELECT list, code, chinese FROM run.word ORDER BY list, position")
        found = rows.fetchall()
    wanted = [(words.list_name(), word.value, word.chinese) for words in VOCABULARY for word in words]
    assert sorted(found) == sorted(wanted)


def texts_of(tree: ast.AST) -> set[str]:
    """String literals of a module that are no docstrings."""
    documents = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documents
    }


def literal_lists(tree: ast.AST) -> Iterator[set[str]]:
    """The texts in each literal list, tuple or set of a module, and the keys of each dict.

    Not those of a type, ``Literal[…]``, which a type checker has to read: another test compares them.
    """
    types = {node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        if node in types:
            continue
        items: Collection[ast.expr | None] = ()
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            items = node.elts
        elif isinstance(node, ast.Dict):
            items = node.keys
        yield {item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)}


def lists_in_sql(tree: exp.Expr) -> Iterator[set[str]]:
    """The texts in each IN, VALUES and CASE … WHEN of a statement."""
    for node in tree.find_all(exp.In, exp.Values, exp.Case):
        parts = [branch.this for branch in node.args["ifs"]] if isinstance(node, exp.Case) else [node]
        literals = [literal for part in parts for literal in part.find_all(exp.Literal)]
        yield {literal.this for literal in literals if literal.is_string}


def second_lists(texts: Collection[str], lists: Collection[set[str]]) -> list[str]:
    """Lists of words that are written again: two or more Chinese names, or all the codes in one literal."""
    again = []
    for words in VOCABULARY:
        names = {word.chinese for word in words if word.chinese != word.value}
        if len(names & set(texts)) > 1:
            again.append(f"{words.__name__}: {sorted(names & set(texts))}")
        codes = set(words.codes())
        if len(codes) >= FEW and any(codes <= literal for literal in lists):
            again.append(f"{words.__name__}: all its codes")
    return again


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_has_a_second_list(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert second_lists(texts_of(tree), list(literal_lists(tree))) == []


@pytest.mark.parametrize("path", SQL, ids=lambda path: str(path.relative_to(SQL_DIR)))
def test_no_model_has_a_second_list(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")
    texts = {literal.this for literal in tree.find_all(exp.Literal) if literal.is_string}
    assert second_lists(texts, list(lists_in_sql(tree))) == []


@pytest.mark.parametrize(
    "source",
    [
        'ACTIONS = {"add": "新增", "stop": "停发"}',
        'names = ["拒收", "未送达"]',
        'MODES = ("auto", "confirm", "due", "universal", "occasion")',
    ],
)
def test_a_second_list_is_seen(source: str) -> None:
    tree = ast.parse(source)
    assert second_lists(texts_of(tree), list(literal_lists(tree)))


CODED = {
    "action": "action",
    "action_before": "action",
    "mode": "mode",
    "grade": "grade",
    "identity_grade": "grade",
    "result": "contact_result",
    "last_result": "contact_result",
    "decision": "decision",
    "cause": "cause",
    "stop_evidence": "stop_evidence",
    "death_evidence": "stop_evidence",
}
ALSO = {"grade": {"possible", "automatic"}}
"""Values that are no words: of a refusal that may be this person's; of all links that need no clerk."""


def compared(tree: exp.Expr) -> Iterator[tuple[str, str]]:
    """Column and text wherever a model compares the one with the other."""
    for node in tree.find_all(exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ, exp.In, exp.Case):
        column = node.this
        if not isinstance(column, exp.Column):
            continue
        if isinstance(node, exp.Case):
            values = [branch.this for branch in node.args["ifs"]]
        else:
            values = [*node.args.get("expressions", ()), node.args.get("expression")]
        literals = (value for value in values if isinstance(value, exp.Literal) and value.is_string)
        yield from ((column.name, literal.this) for literal in literals if literal.this)


@pytest.mark.parametrize("path", SQL, ids=lambda path: str(path.relative_to(SQL_DIR)))
def test_models_compare_with_words_that_exist(path: Path) -> None:
    codes = {words.list_name(): {*words.codes(), *ALSO.get(words.list_name(), ())} for words in VOCABULARY}
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), read="duckdb")
    for column, text in compared(tree):
        if column in CODED and not (path.parent.name == "decisions" and column == "decision"):
            assert text in codes[CODED[column]], f"{column} is never {text}"


@pytest.mark.parametrize("name", GENERATED)
def test_generated_file_is_current(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text == GENERATED[name](), "run: make generate"


def test_words_are_readable_by_the_engine() -> None:
    ((same,),) = duckdb.connect().execute("SELECT ? = 'add'", [Action.ADD]).fetchall()
    assert same
