"""A night as upstream leaves it in the working warehouse, of any size, for tests of delivery.

Every person is one register row; three programmes give lines of every action; one payee roll, one death
record and one visit log complete the register. Everything is made by the database, so a large night
costs seconds.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sql_cases import TABLES, create, intake_columns

from contracts.extracts import EXTRACTS
from outreach.engine import Warehouse, build
from outreach.intake.run_tables import put_words

AS_OF = dt.date(2026, 11, 20)
PEOPLE = 120
"""People of a night on which nothing depends but that every action occurs."""

_REGISTER = """
INSERT INTO intake.household_register BY NAME
SELECT i + 1 AS row_number, 'H' || (i // 3) AS household_no,
    printf('340102%s%03d1', strftime(b, '%Y%m%d'), i // 25000 * 2 + i % 2) AS id_number,
    id_number AS id_number18, 'valid' AS id_number_state, 'missing' AS former_id_number_state,
    '王' || chr(CAST(19968 + i % 5000 AS INTEGER)) AS name, name AS name_key,
    CASE i % 2 WHEN 1 THEN 'M' ELSE 'F' END AS sex, b AS birth_date,
    '幸福路' || (i // 3 % 97) || '号' AS registered_address,
    printf('340102%03d%03d', i % 2 + 1, i % 3 + 1) AS area_code, 1 AS status,
    '138' || lpad(CAST(i AS VARCHAR), 8, '0') AS phone
FROM (SELECT i, DATE '1925-01-01' + CAST(i % 25000 AS INTEGER) AS b FROM range({people}) AS t(i))
"""
_PROGRAMMES = """
INSERT INTO decisions.programme BY NAME
SELECT programme, programme_name, mode, '《清单》第' || item || '项' AS citation, item, '1' AS policy_version,
    programme = 'age_allowance' AS has_amount, FALSE AS household, FALSE AS amount_is_floor
FROM (VALUES ('age_allowance', '高龄津贴', 'auto', '9'), ('visit', '探访服务', 'due', '23'),
    ('transport', '城市公共交通', 'universal', '8')) AS t(programme, programme_name, mode, item)
"""
_CANDIDATES = """
INSERT INTO decisions.candidate BY NAME
SELECT person_key, programme, action, CASE action WHEN 'stop' THEN 'one source' END AS stop_evidence,
    CASE WHEN action IN ('add', 'adjust', 'keep') THEN 100.00 END AS amount_monthly,
    CASE WHEN action IN ('adjust', 'keep', 'stop') THEN 120.00 END AS current_amount,
    DATE '2026-11-01' AS effective_on, DATE '2026-12-01' AS first_payment_month,
    '80 周岁，本地户籍；依据《清单》第9项' AS reason_text, '《清单》第9项' AS citation,
    'exact' AS identity_grade, 4 AS need_class
FROM (
    SELECT person_key, 'age_allowance' AS programme,
        (['add', 'adjust', 'keep', 'stop', 'verify', 'declined'])[person_key // 4 % 6 + 1] AS action
    FROM identity.person WHERE person_key % 4 = 0
    UNION ALL
    SELECT person_key, 'visit' AS programme, 'due' AS action FROM identity.person WHERE person_key % 3 = 0
    UNION ALL
    SELECT person_key, 'transport' AS programme, (['inform', 'upcoming'])[person_key // 5 % 2 + 1] AS action
    FROM identity.person WHERE person_key % 5 = 0
)
"""


def make_night(
    path: Path, people: int, region: str = "yaohai", as_of: dt.date = AS_OF, run_id: str = "run-1"
) -> Warehouse:
    """A working warehouse with ``people`` persons, decided and with every ``mart`` table made."""
    warehouse = Warehouse(path)
    con = warehouse.con
    for extract in EXTRACTS:
        create(con, f"intake.{extract.name}", intake_columns(extract))
    for table, columns in TABLES.items():
        create(con, table, columns)
    con.execute("INSERT INTO run.context VALUES (?, ?, '340102', ?, now())", [run_id, region, as_of])
    put_words(con)
    con.execute("INSERT INTO run.provenance VALUES ('test', '1', 'sha', 'duckdb', '瑶海区')")
    con.execute(_REGISTER.format(people=people))
    con.execute(
        "INSERT INTO identity.person "
        "SELECT row_number, 'P' || row_number, TRUE FROM intake.household_register"
    )
    con.execute(
        "INSERT INTO identity.link BY NAME SELECT 'household_register' AS extract, row_number, '' AS role, "
        "row_number AS person_key, 'exact' AS grade, 1.0 AS score, 'register' AS method, "
        "'户籍登记' AS reasons FROM intake.household_register"
    )
    con.execute(_PROGRAMMES)
    con.execute(_CANDIDATES)
    con.execute(
        "INSERT INTO decisions.pattern BY NAME SELECT programme, 1 AS pattern, [] AS missing, citation, "
        "[{'name': 'age', 'label': '年满 80 周岁', 'value': TRUE}] AS conditions FROM decisions.programme"
    )
    con.execute(
        "INSERT INTO decisions.decision BY NAME SELECT person_key, programme, 1 AS pattern, "
        "'eligible' AS decision, amount_monthly FROM decisions.candidate WHERE action <> 'stop'"
    )
    con.execute(
        "INSERT INTO intake.benefit_roll BY NAME "
        "SELECT row_number() OVER (ORDER BY person_key) AS row_number, programme, "
        "r.name, r.name_key, r.id_number, r.id_number18, 'valid' AS id_number_state, "
        "current_amount AS monthly_amount, DATE '2020-01-01' AS start_month, 1 AS status "
        "FROM decisions.candidate AS c JOIN intake.household_register AS r ON r.row_number = c.person_key "
        "WHERE current_amount IS NOT NULL"
    )
    con.execute(
        "INSERT INTO identity.link BY NAME SELECT 'benefit_roll' AS extract, b.row_number, '' AS role, "
        "r.row_number AS person_key, 'exact' AS grade, 1.0 AS score, 'number' AS method, "
        "'公民身份号码一致' AS reasons FROM intake.benefit_roll AS b "
        "JOIN intake.household_register AS r USING (id_number18, name)"
    )
    deliver(warehouse)
    rebuild(warehouse)
    return warehouse


def deliver(warehouse: Warehouse, absent: tuple[str, ...] = ()) -> None:
    """Say of every extract that it came, with the rows that its intake table has."""
    con = warehouse.con
    con.execute("DELETE FROM run.extract; DELETE FROM run.delivery")
    for extract in EXTRACTS:
        row = con.execute(f"SELECT count(*) FROM intake.{extract.name}").fetchone()
        rows = row[0] if row else 0
        status = "absent" if extract.name in absent else "accepted"
        con.execute(
            "INSERT INTO run.extract VALUES (?, ?, ?, ?)", [extract.name, status == "accepted", status, rows]
        )
        con.execute(
            "INSERT INTO run.delivery BY NAME SELECT ? AS extract, ? AS rows_read, ? AS rows_accepted, "
            "0 AS rows_quarantined, ? AS status",
            [extract.name, rows, rows, status],
        )


def rebuild(warehouse: Warehouse) -> None:
    """Make everything that follows from the tables a test has changed."""
    build(warehouse.con, "identity", only=["source_row"])
    build(warehouse.con, "facts")
    build(warehouse.con, "indicators")
    build(warehouse.con, "mart")
