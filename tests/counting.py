"""An attack on the analyst file: everything that plain counting gives, and which of it is a small group.

It knows nothing of how the file was made. Counted are people by every single column of every table and view
of people, by programme with decision, receipt and action, the same by town and district, and by town what
the views count there; the figures of tables and views that are counts already; and what subtracting them
gives, as far as docs/analyst.md promises.
"""

from __future__ import annotations

import itertools

import duckdb

SMALL = 5
PEOPLE = ("person", "decision_row", "candidate", "decision")
"""Tables and views of which a row is a person's."""
_NOT_COUNTED = {"key"}
_FIGURES = {
    "delivery": ("rows_read", "rows_accepted", "rows_quarantined"),
    "link_quality": ("links",),
    "change": ("people",),
    "indicator": ("numerator", "denominator", "unknown"),
    "coverage": ("eligible", "receiving"),
    "elders_in_need": ("elders", "hard_up", "disabled_old", "severely_disabled", "lives_alone", "fp_special"),
    **dict.fromkeys(
        ("programme_overview", "work_by_town", "missing_facts", "age_structure", "visits", "stops"),
        ("people",),
    ),
}
_STATISTIC = "measure NOT IN ('coverage', 'monthly_amount')"
_LINKED = """
    SELECT d.extract, d.rows_read, d.rows_accepted, count(*) - count(l.links) AS hidden,
        coalesce(sum(l.links), 0) AS linked, CASE d.extract WHEN 'marriage_register' THEN 2 ELSE 1 END AS each
    FROM analyst.delivery AS d JOIN analyst.link_quality AS l USING (extract)
    GROUP BY d.extract, d.rows_read, d.rows_accepted
"""
_SUBTRACTIONS = {
    "an area less its parts": f"""
        SELECT w.area_code, w.programme, w.measure, w.value - coalesce(sum(p.value), 0) AS rest
        FROM (SELECT * FROM analyst.statistic WHERE {_STATISTIC} AND value IS NOT NULL) AS w
        LEFT JOIN analyst.area AS a ON a.parent = w.area_code
        LEFT JOIN analyst.statistic AS p
            ON p.area_code = a.area_code AND p.programme = w.programme AND p.measure = w.measure
        WHERE length(w.area_code) < 12
        GROUP BY w.area_code, w.programme, w.measure, w.value
        HAVING NOT coalesce(bool_or(p.suppressed), FALSE) AND rest BETWEEN 1 AND {SMALL - 1}""",
    "rows accepted less their links": f"""
        SELECT extract, rows_accepted * each - linked AS rest FROM ({_LINKED})
        WHERE rest BETWEEN 1 AND {SMALL - 1}""",
    "rows read less all their links": f"""
        SELECT extract, rows_read - linked / each AS rest FROM ({_LINKED})
        WHERE hidden = 0 AND rest BETWEEN 1 AND {SMALL - 1}""",
}
"""What is got by subtracting figures of `statistic`, or of what came in and how it was linked."""
LINES = """
SELECT key, programme, max(decision) AS decision, bool_or(received) AS received, max(action) AS action
FROM (
    SELECT key, programme, decision, FALSE AS received, NULL AS action FROM analyst.decision_row
    UNION ALL SELECT key, programme, NULL, FALSE, action FROM analyst.candidate
    UNION ALL SELECT key, unnest(receiving), NULL, TRUE, NULL FROM analyst.person
) GROUP BY key, programme
"""
_PLACES = ("town_code", "substr(town_code, 1, 6)")
_RESIDENTS = "alive AND registered"
_AGED = "sex IS NOT NULL AND age_group IS NOT NULL"
_ELDERS = f"{_RESIDENTS} AND (age_group >= '60' OR age_group = '100+')"
MEASURES = {
    "eligible": "decision = 'eligible'",
    "receiving": "received",
    "due": "action = 'due'",
    **{f"to_{action}": f"action = '{action}'" for action in ("add", "adjust", "stop", "verify")},
}


def small_groups(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Every way of counting that gives one to four: what was counted, the values, how many."""
    found: list[str] = []

    def count(what: str, source: str, by: str, where: str = "TRUE") -> None:
        rows = con.execute(
            f"SELECT *, count(*) FROM (SELECT {by} FROM ({source}) WHERE {where}) GROUP BY ALL "
            f"HAVING count(*) < {SMALL}"
        ).fetchall()
        found.extend(f"{what} by {by}: {row}" for row in rows)

    for table in PEOPLE:
        columns = [name for name, *_ in con.execute(f"DESCRIBE analyst.{table}").fetchall()]
        for column in set(columns) - _NOT_COUNTED:
            count(table, f"FROM analyst.{table}", column)
    placed = f"SELECT * FROM ({LINES}) JOIN (SELECT key, town_code FROM analyst.person) USING (key)"
    lines = ("decision", "received", "action")
    for size in range(len(lines) + 1):
        for columns_of_line in itertools.combinations(lines, size):
            for place in ("''", *_PLACES):
                count("lines", placed, ", ".join(("programme", f"{place} AS place", *columns_of_line)))
    for evidence in ("stop_evidence", "identity_grade", "effective_year", "amount_monthly", "current_amount"):
        count("candidate", "FROM analyst.candidate", f"programme, action, {evidence}")
    for column in ("amount_monthly", "gives_way_to", "conditions"):
        count("decision", "FROM analyst.decision", f"programme, decision, {column}")
    for place in _PLACES:
        for here in ("TRUE", f"{_RESIDENTS} AS here"):
            count("ages", "FROM analyst.person", f"{place} AS place, sex, age_group, {here}", _AGED)
        for flag in _FIGURES["elders_in_need"][1:]:
            count(
                "elders",
                "FROM analyst.person",
                f"{place} AS place, {flag}",
                _ELDERS,
            )
    for table, figures in _FIGURES.items():
        for figure in figures:
            rows = con.execute(
                f"SELECT {figure} FROM analyst.{table} WHERE {figure} BETWEEN 1 AND {SMALL - 1}"
            ).fetchall()
            found.extend(f"{table}.{figure}: {value}" for (value,) in rows)
    rows = con.execute(
        f"SELECT * FROM analyst.statistic WHERE {_STATISTIC} AND value BETWEEN 1 AND {SMALL - 1}"
    ).fetchall()
    found += [f"statistic: {row}" for row in rows]
    for what, query in _SUBTRACTIONS.items():
        found.extend(f"{what}: {row}" for row in con.execute(query).fetchall())
    return found


def recovered(con: duckdb.DuckDBPyConnection, mart: str, region_code: str) -> list[str]:
    """Suppressed cells of the whole region whose true value counting rows gives; small ones of every place.

    ``mart``: the path of the release's full snapshot, attached to know what is true.
    """
    con.execute(f"ATTACH '{mart}' AS truth (READ_ONLY)")
    con.execute(f"CREATE OR REPLACE TEMP TABLE line AS SELECT * FROM ({LINES})")
    hidden = con.execute(
        "SELECT s.area_code, s.programme, s.measure, t.value FROM analyst.statistic AS s "
        "JOIN truth.mart.statistic AS t USING (area_code, programme, measure) WHERE s.suppressed"
    ).fetchall()
    found = []
    for area, programme, measure, true in hidden:
        if measure not in MEASURES or (area != region_code and true >= SMALL) or len(area) == 12:
            continue
        place = "TRUE" if area == region_code else f"starts_with(town_code, '{area}')"
        ((seen,),) = con.execute(
            f"SELECT count(*) FROM line JOIN analyst.person USING (key) "
            f"WHERE programme = ? AND {MEASURES[measure]} AND {place}",
            [programme],
        ).fetchall()
        if seen == true:
            found.append(f"{area} {programme} {measure}: {true}")
    con.execute("DETACH truth")
    return found
