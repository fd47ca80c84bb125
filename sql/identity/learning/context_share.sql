-- Who stands on which roll: kinds of people among the clear rows of a context beside those of the whole register.
-- `row_share`: of the rows that number and name tie, how many are of such a person; `people_share`: how many registered
-- people are such. Few people are on a roll again, so only those are numbered beside their rows.
-- grain: context × standing
-- columns: context, standing, row_count, row_share, people_share
-- from: identity.clear_context, identity.kind
WITH person AS (
    SELECT person_key, kind FROM identity.kind WHERE leads
),
people AS (
    SELECT kind, count(*) AS people FROM person GROUP BY kind
),
population AS (
    SELECT count(*) AS people FROM person
),
repeated AS (
    SELECT roll, person_key
    FROM identity.clear_context
    GROUP BY roll, person_key
    HAVING count(*) > 1
),
found AS (
    SELECT
        c.context,
        c.roll,
        p.kind,
        count(*) FILTER (WHERE a.person_key IS NOT NULL) AS rows_again,
        count(*) FILTER (WHERE a.person_key IS NULL) AS rows_first
    FROM identity.clear_context c
    JOIN person p ON c.person_key = p.person_key
    LEFT JOIN repeated a ON c.roll = a.roll AND c.person_key = a.person_key
    GROUP BY c.context, c.roll, p.kind
),
present AS (
    SELECT roll, kind, sum(people) AS people
    FROM (
        SELECT roll, kind, rows_first AS people FROM found
        UNION ALL
        SELECT a.roll, p.kind, 1 FROM repeated a JOIN person p ON a.person_key = p.person_key
    )
    GROUP BY roll, kind
),
context AS (
    SELECT context, roll, sum(rows_again + rows_first) AS row_count FROM found GROUP BY context, roll
),
counted AS (
    SELECT
        c.context,
        k.kind,
        c.row_count,
        k.people,
        coalesce(p.people, 0) AS present,
        coalesce(f.rows_again, 0) AS rows_again,
        coalesce(f.rows_first, 0) AS rows_first
    FROM context c
    CROSS JOIN people k
    LEFT JOIN present p ON c.roll = p.roll AND k.kind = p.kind
    LEFT JOIN found f ON c.context = f.context AND k.kind = f.kind
)
SELECT
    context,
    kind || '|again' AS standing,
    row_count,
    rows_again / row_count AS row_share,
    present / n.people AS people_share
FROM counted
CROSS JOIN population n
UNION ALL
SELECT
    context,
    kind || '|first',
    row_count,
    rows_first / row_count,
    (counted.people - present) / n.people
FROM counted
CROSS JOIN population n
