"""Models of ``sql/`` that name every extract, or every extract of a kind, written from the contracts."""

from __future__ import annotations

from contracts.extracts.columns import Kind
from contracts.extracts.registry import EXTRACTS, Extract
from contracts.model_text import UNION, model
from contracts.vocabulary import Role, Sex

_SOURCE = "contracts/extracts"
_ROW_KEY = 10_000_000_000
"""A row key is the extract's number times this, plus ten times the row number, plus the role."""

_ADDRESSES = ("address", "residence_address", "registered_address")
"""Columns that hold where somebody lives, the best first."""
_COMPANIONS = ("guardian_name",)
"""Columns that name another person than the one whom the row is about."""
_SEX_OF_ROLE = {Role.HUSBAND: Sex.MALE, Role.WIFE: Sex.FEMALE}

RECORD_COLUMNS = {
    "row_key": "BIGINT",
    "extract": "VARCHAR",
    "row_number": "BIGINT",
    "role": "VARCHAR",
    "id_number": "VARCHAR",
    "id_number18": "VARCHAR",
    "id_number_state": "VARCHAR",
    "number_no": "BIGINT",
    "name": "VARCHAR",
    "name_key": "VARCHAR",
    "former_name_key": "VARCHAR",
    "former_id_number18": "VARCHAR",
    "sex": "VARCHAR",
    "birth_date": "DATE",
    "area_code": "VARCHAR",
    "address": "VARCHAR",
    "other_address": "VARCHAR",
    "phone": "VARCHAR",
    "household_no": "VARCHAR",
    "person_id": "VARCHAR",
    "companion_name_key": "VARCHAR",
    "content": "UBIGINT",
}
"""Columns of ``identity.source_row`` with their types; what an extract does not have is NULL."""


def _record(extract: Extract, role: Role | None, place: int) -> str:
    """The SELECT that gives the record of everybody, or of everybody in a role, whom a row is about."""
    table = extract.table
    prefix = f"{role.value}_" if role else ""
    found = {
        "row_key": f"CAST({extract.number} AS BIGINT) * {_ROW_KEY} + row_number * 10 + {place}",
        "extract": f"'{extract.name}'",
        "row_number": "row_number",
        "role": f"'{role.value if role else ''}'",
        "number_no": f"CAST(left({prefix}id_number18, 17) AS BIGINT)",
        "content": "content",
    }
    for name in ("id_number", "id_number18", "id_number_state", "name", "name_key"):
        found[name] = prefix + name
    names = ("former_name_key", "former_id_number18", "sex", "birth_date", "area_code", "phone", "person_id")
    found |= {name: name for name in names if name in table}
    addresses = [f"{name}_key" for name in _ADDRESSES if name in table]
    if addresses:
        found["address"] = addresses[0] if len(addresses) == 1 else f"coalesce({', '.join(addresses)})"
    if len(addresses) > 1:
        found["other_address"] = addresses[-1]
    households = [column.name for column in extract.columns if column.kind is Kind.HOUSEHOLD]
    companions = [name for name in _COMPANIONS if name in table]
    if role is not None:
        found["sex"] = f"'{_SEX_OF_ROLE[role].value}'"
        companions = [f"{other.value}_name" for other in extract.roles if other is not role]
    found |= {"household_no": households[0]} if households else {}
    found |= {"companion_name_key": f"{companions[0]}_key"} if companions else {}
    items = []
    for name, sql_type in RECORD_COLUMNS.items():
        value = found.get(name, f"CAST(NULL AS {sql_type})")
        items.append(f"    {value}" if value == name else f"    {value} AS {name}")
    return "SELECT\n" + ",\n".join(items) + f"\nFROM intake.{extract.name}"


def source_row() -> str:
    """``identity.source_row``: whom every row is about, in one shape."""
    records = [
        _record(extract, role, place)
        for extract in EXTRACTS
        for place, role in (enumerate(extract.roles, 1) if extract.roles else ((0, None),))
    ]
    return model(
        "Every person named by an accepted row, in one shape: the rows that identity links. `row_key` "
        "numbers them for this run: the number of the extract, the row number, the role. `number_no`: the 17 "
        "digits of the number (the 18th follows from them), quicker to join on. `companion_name_key`: the "
        "other person whom the row names (spouse, guardian). `content`: the fingerprint of the delivered "
        "line. `address`: as addresses are compared (`address_key` of the standards). As a table it would "
        "copy every extract once more.",
        source=_SOURCE,
        grain="a source row (a marriage row gives two, one a role, also when a side is empty)",
        columns=list(RECORD_COLUMNS),
        tables=[f"intake.{extract.name}" for extract in EXTRACTS],
        select=UNION.join(records),
        view=True,
    )


def extract_name() -> str:
    """``identity.extract_name``: the numbers in row keys."""
    named = ",\n".join(f"    ({extract.number}, '{extract.name}')" for extract in EXTRACTS)
    return model(
        "The extracts by the number with which their row keys begin, as in `source_row`.",
        source=_SOURCE,
        grain="an extract",
        columns=["extract_no", "extract"],
        tables=[],
        select="SELECT CAST(number AS BIGINT) AS extract_no, extract\n"
        f"FROM (VALUES\n{named}\n) AS named (number, extract)",
        view=True,
    )


def stated_contact() -> str:
    """``facts.stated_contact``: the addresses and phones by which departments reach people."""
    trusted = sorted((e for e in EXTRACTS if e.contact), key=lambda e: e.contact.priority if e.contact else 0)
    parts = []
    for extract in trusted:
        assert extract.contact is not None
        columns = [name if name in extract.table else f"NULL AS {name}" for name in ("address", "phone")]
        parts.append(
            f"SELECT '{extract.name}' AS source, {extract.contact.priority} AS priority, row_number, "
            f"{extract.contact.day} AS stated_on, {', '.join(columns)}\nFROM intake.{extract.name}"
        )
    return model(
        "Addresses and phones as departments recorded them, each with the day for which it holds as far "
        "as is known. `priority`: of two with one day that of the smaller number is trusted more.",
        source=_SOURCE,
        grain="a row of an extract whose contacts are used",
        columns=["source", "priority", "row_number", "stated_on", "address", "phone"],
        tables=[f"intake.{extract.name}" for extract in trusted],
        select=UNION.join(parts),
        view=True,
    )


def delivered() -> str:
    """``facts.delivered``: which extracts were delivered tonight."""
    items = ",\n".join(
        f"    coalesce(bool_or(delivered) FILTER (WHERE extract = '{extract.name}'), FALSE) AS {extract.name}"
        for extract in EXTRACTS
    )
    return model(
        "Which extracts were delivered tonight. An extract that is absent or was refused makes what "
        "rests on it NULL (unknown), never false.",
        source=_SOURCE,
        grain="one row in all, a column an extract, TRUE or FALSE",
        columns=[extract.name for extract in EXTRACTS],
        tables=["run.extract"],
        select=f"SELECT\n{items}\nFROM run.extract",
    )
