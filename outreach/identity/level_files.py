"""Files written from the comparison levels, and nowhere by hand: ``python -m outreach.identity.level_files``.

A test holds that every file is as it would be written now.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from inspect import cleandoc
from pathlib import Path
from textwrap import indent

from contracts.model_text import UNION, WIDTH, model
from outreach.engine.headers import read_header
from outreach.identity.levels import COMPARISONS, ROLES, Comparison, level_sets

ROOT = Path(__file__).resolve().parents[2]

_SOURCE = "outreach/identity/levels.py"
_COMMAND = "python -m outreach.identity.level_files"
_FIRST = ("number", "name")
"""Fields whose levels come first: they decide which pairs are compared any further."""
_KEYS = ("row_key", "register_key", "person_key")
_BEGIN = f"<!-- written by {_COMMAND} from {_SOURCE} -->\n"
_END = "<!-- end of what is written -->\n"


def case(comparison: Comparison) -> str:
    """The CASE that gives a pair its level of a field, as a column ``<prefix>_level`` of a SELECT."""
    lines = ["    CASE"]
    for step in comparison.ladder:
        result = _text(step.name)
        if step.when is None:
            lines.append(f"        ELSE {result}")
            continue
        condition = cleandoc(step.when)
        if len(line := f"        WHEN {condition} THEN {result}") <= WIDTH and "\n" not in condition:
            lines.append(line)
        else:
            lines += ["        WHEN", indent(condition, " " * 12), f"            THEN {result}"]
    return "\n".join([*lines, f"    END AS {comparison.prefix}_level"])


def number_name_level() -> str:
    """``identity.number_name_level``: the levels that decide whether a pair is compared any further."""
    features = read_header((ROOT / "sql/identity/comparison/pair_feature.sql").read_text(encoding="utf-8"))
    cases = ",\n".join(case(each) for each in COMPARISONS if each.field in _FIRST)
    return _model(
        "Candidate pairs with their levels of number and name: the first whose condition is true. Two "
        "valid numbers may be near by damage (digits swapped ten places apart keep the check "
        "character); but where only what follows the birth date differs, they are those of two people "
        "born on one day. Of a masked number the last four places distinguish people, a beginning "
        "proves no more than the birth date. Where all but the surname is masked, the name proves as "
        "much as the surname. What a spreadsheet or a short column left of a number is no other "
        "number, on either side: the digits that are left count.",
        grain="a candidate pair",
        columns=[*features.columns, *(f"{field}_level" for field in _FIRST)],
        tables=["identity.pair_feature"],
        select=f"SELECT\n    *,\n{cases}\nFROM identity.pair_feature",
        view=True,
    )


def comparison() -> str:
    """``identity.comparison``: the level of each field of each pair."""
    cases = ",\n".join(case(each) for each in COMPARISONS if each.field not in _FIRST)
    levels = [f"{each.prefix}_level" for each in COMPARISONS]
    bounds = [f"{each.prefix}_bound" for each in COMPARISONS if each.bounded]
    keys = ",\n".join(f"    {name}" for name in (*_KEYS, *(f"{name}_level" for name in _FIRST)))
    return _model(
        "Candidate pairs compared field by field in graded levels: of each field the first whose "
        "condition is true. An equal birth date that the near number already holds counts once (level "
        "`in the number`). An address agrees in part where one is the beginning of the other, or its "
        "end from the village or the estate on, or where all numbers agree and one edit makes the "
        "rest equal. The holder of a number is not also the spouse's housemate. What is rare here "
        "proves more: see `field_feature` for `*_bound`.",
        grain="an unlinked record × register row × related household, if any",
        columns=[*_KEYS, *levels, *bounds],
        tables=["identity.field_feature"],
        select=f"SELECT\n{keys},\n{cases},\n    " + ",\n    ".join(bounds) + "\nFROM identity.field_feature",
    )


def level_pattern() -> str:
    """``identity.level_pattern``: what each combination of levels weighs."""
    levels = [f"{each.prefix}_level" for each in COMPARISONS]
    columns = ", ".join(levels)
    long = "\n    UNION ALL\n".join(
        f"    SELECT {_text(each.field)} AS field, {each.prefix}_level AS level, combination.*\n"
        "    FROM combination"
        for each in COMPARISONS
    )
    found = [
        (f"{each.prefix}_{value}", f"max(weight.{value}) FILTER (WHERE level_of.field = {_text(each.field)})")
        for value in ("weight", "label", "code")
        for each in COMPARISONS
    ]
    return _model(
        "What each combination of levels weighs, as clerks read it, and its levels as numbers: the "
        "only place where levels meet their weights. Few combinations are many pairs': each is "
        "weighed once. All that occur in `comparison`, those of two register rows in doubt, and "
        "whatever number, name, birth date and sex alone can be. A level without a weight has NULL, "
        "and fails the night (`unweighed_level`).",
        grain="a combination of levels",
        columns=[*levels, *(name for name, _ in found)],
        tables=["identity.comparison", "identity.name_grade", "identity.register_doubt", "identity.weight"],
        select=f"""\
WITH combination AS (
    SELECT DISTINCT {columns}
    FROM identity.comparison
    UNION
    SELECT {columns.replace("relation_level", "'none'")}
    FROM identity.register_doubt
    UNION
    SELECT number.level, name.level, birth.level, sex.level, 'missing', 'missing', 'none'
    FROM (VALUES ('equal'), ('former'), ('missing')) AS number (level)
    CROSS JOIN (
        SELECT level FROM identity.name_grade
        UNION ALL
        SELECT 'missing'
    ) AS name
    CROSS JOIN (VALUES ('in the number'), ('differs'), ('missing')) AS birth (level)
    CROSS JOIN (VALUES ('equal'), ('differs'), ('missing')) AS sex (level)
),
level_of AS (
{long}
)
SELECT
{_items((f"level_of.{name}", "") for name in levels)},
{_items((value, name) for name, value in found)}
FROM level_of
LEFT JOIN identity.weight ON level_of.field = weight.field AND level_of.level = weight.level
GROUP BY
{_items((f"level_of.{name}", "") for name in levels)}""",
    )


def unweighed_level() -> str:
    """``identity.unweighed_level``: levels of pairs that have no weight; none may be."""
    return _model(
        "Levels that occur and have no weight: none. A pair at such a level could be given no person "
        "in silence; the night fails instead, and names field and level "
        "(`outreach.identity.weights.require_weights`).",
        grain="a field × level without a weight",
        columns=["field", "level"],
        tables=["identity.level_pattern"],
        select=UNION.replace("ALL", "")
        .replace(" \n", "\n")
        .join(
            f"SELECT {_text(each.field)} AS field, {each.prefix}_level AS level\n"
            f"FROM identity.level_pattern\nWHERE {each.prefix}_weight IS NULL"
            for each in COMPARISONS
        ),
    )


def _items(items: Iterable[tuple[str, str]]) -> str:
    return ",\n".join(f"    {value}" + (f" AS {name}" if name else "") for value, name in items)


def name_grade() -> str:
    """``identity.name_grade``: what the grades of likeness of two names are called."""
    graded = sorted(
        (level.grade, level.name) for each in COMPARISONS for level in each.levels if level.grade is not None
    )
    rows = ",\n".join(f"        ({grade}, {_text(name)})" for grade, name in graded)
    return _model(
        "What each grade of likeness of two names is called: up to 6 as `name_level` of the "
        "functions; 7 a former name; 8 a name that another row of the person has.",
        grain="a grade",
        columns=["grade", "level"],
        tables=[],
        select=f"SELECT grade, level\nFROM (\n    VALUES\n{rows}\n) AS named (grade, level)",
    )


def sets() -> str:
    """``sql/identity/sets.toml``: the sets of levels on which models decide."""
    parts = [f"# Written from {_SOURCE} by `{_COMMAND}`: not to be edited.\n"]
    for each in level_sets():
        names = ", ".join(f'"{name}"' for name in each.levels)
        parts.append(f'[{each.name}]\nvalues = [{names}]\nreason = "{each.reason}"\n')
    return "\n".join(parts)


def page(text: str) -> str:
    """``docs/identity.md`` with the tables of levels and of their sets as they are now."""
    before, rest = text.split(_BEGIN)
    _, after = rest.split(_END)
    return before + _BEGIN + "\n" + _tables() + "\n" + _END + after


def _tables() -> str:
    lines = ["| field | level | as a clerk reads it | weight | learned | sets |", "|---|---|---|---|---|---|"]
    for each in COMPARISONS:
        for level in each.levels:
            weight = f"log2(N) {level.weight:+.1f}" if level.of_size else f"{level.weight:+.1f}"
            learned = "no" if level.share is None else f"from {level.share}"
            roles = ", ".join(
                f"`{'level' if role in ROLES[''] else each.prefix}_{role}`" for role in level.roles
            )
            lines.append(f"| {each.field} | {level.name} | {level.label} | {weight} | {learned} | {roles} |")
    lines += ["", "| set | what its levels have in common |", "|---|---|"]
    lines += [f"| `{each.name}` | {each.reason} |" for each in level_sets()]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _model(
    text: str, *, grain: str, columns: list[str], tables: list[str], select: str, view: bool = False
) -> str:
    return model(
        text,
        source=_SOURCE,
        command=_COMMAND,
        grain=grain,
        columns=columns,
        tables=tables,
        select=select,
        view=view,
    )


GENERATED: Mapping[str, Callable[[], str]] = {
    "sql/identity/comparison/number_name_level.sql": number_name_level,
    "sql/identity/comparison/comparison.sql": comparison,
    "sql/identity/records/name_grade.sql": name_grade,
    "sql/identity/scoring/level_pattern.sql": level_pattern,
    "sql/identity/scoring/unweighed_level.sql": unweighed_level,
    "sql/identity/sets.toml": sets,
    "docs/identity.md": lambda: page((ROOT / "docs" / "identity.md").read_text(encoding="utf-8")),
}
"""Files by their path from the root of the repository, each with what writes it."""


def main() -> int:
    """Write what has changed and print the names of these files."""
    for name, write in GENERATED.items():
        path, text = ROOT / name, write()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
