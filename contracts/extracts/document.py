"""``docs/data-dictionary.md`` from the contracts of the extracts (``python -m contracts.generate``)."""

from __future__ import annotations

import polars as pl

from contracts.extracts import CODE_SETS, DEPARTMENTS, EXTRACTS, CodeSet, Column, Extract, derived_names

_TYPES = {
    pl.String: "VARCHAR",
    pl.Int32: "INTEGER",
    pl.Date: "DATE",
    pl.Boolean: "BOOLEAN",
    pl.Decimal: "DECIMAL(12,2)",
}
_HEAD = """\
# Data dictionary

What the departments deliver, column by column, and what it becomes. Written from `contracts/extracts` by
`python -m contracts.generate`; do not edit by hand.

- **Bold** header: the file is refused without this column. ‡: a row without a readable value goes to
  quarantine; elsewhere a value that cannot be read counts as missing and the cell is reported.
- `intake.<extract>` begins with `row_number BIGINT`, counted from 1 over the parts in name order.
- An identity number `X` is followed by `X18` (18 characters where it is valid, else NULL) and `X_state`
  (`valid`, `valid15`, `checksum`, `scientific`, `malformed`, `missing`); a name `N` has `N_key`, for
  comparing.
- "not before `X`": a day before that of the column `X` of the same row (of `birth_date`: also before the
  birth in its number) cannot be and counts as a value that cannot be read. So does, there and wherever a day
  may be missing, one that a database writes for none (1900-01-01, 1970-01-01, …; a birth date only where the
  row's own number has another). An instant with a zone is its day in Asia/Shanghai.
- A household number that a spreadsheet has cut (`3.40102E+12`) or that is a placeholder (`0`, one figure
  repeated) is no household: NULL and reported; the row stays, in a column marked ‡, too.
"""
_CODE_SETS = """\
## Code sets

A code or a label is accepted, a label with or without its part in brackets.
"""


def markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for department in DEPARTMENTS:
        parts.append(f"## {department.title} ({department.english})\n")
        parts += [_extract(extract) for extract in EXTRACTS if extract.department is department]
    parts.append(_CODE_SETS)
    parts += [_code_set(codes) for codes in CODE_SETS]
    return "\n".join(parts)


def _extract(extract: Extract) -> str:
    lines = [
        f"### `{extract.name}` {extract.title}\n",
        f"One row is {extract.row}.\n",
        "| header | column | type | kind | code set | meaning |",
        "|---|---|---|---|---|---|",
        *(_row(column, extract) for column in extract.columns),
        "",
    ]
    return "\n".join(lines)


def _row(column: Column, extract: Extract) -> str:
    header = f"**{column.header}**" if column.required_header else column.header
    names = ", ".join(f"`{name}`" for name in (column.name, *derived_names(column)))
    dtype = _TYPES[type(extract.table[column.name])]
    codes = "" if column.codes is None else f"[{column.codes.name}](#{column.codes.name})"
    mark = " ‡" if column.required_value else ""
    meaning = column.meaning + ("" if column.not_before is None else f"; not before `{column.not_before}`")
    return f"| {header}{mark} | {names} | {dtype} | {column.kind} | {codes} | {meaning} |"


def _code_set(codes: CodeSet) -> str:
    source = f" ({codes.standard})" if codes.standard else ""
    lines = [
        f"### {codes.name}\n",
        f"{codes.title}{source}\n",
        "| code | label | also accepted | stored as |",
        "|---|---|---|---|",
        *(
            f"| {entry.code} | {entry.label} | {'、'.join(entry.also)} | `{entry.value}` |"
            for entry in codes.entries
        ),
        "",
    ]
    return "\n".join(lines)
