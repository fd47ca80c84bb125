-- Who stands on which roll: kinds of people among the clear rows of a context beside those of the whole register.
-- One row of: context × standing. `row_share`: of the rows that number and name tie, how many are of such a person;
-- `people_share`: how many registered people are such. From: identity.clear_row, kind.
WITH person AS (
    SELECT person_key, kind FROM identity.kind WHERE leads
),
people AS (
    SELECT kind, count(*) AS people FROM person GROUP BY kind
),
population AS (
    SELECT count(*) AS people FROM person
),
found AS (
    SELECT
        c.context,
        c.roll,
        p.kind,
        sum(c.row_count) FILTER (WHERE c.roll_rows > 1) AS rows_again,
        sum(c.row_count) FILTER (WHERE c.roll_rows = 1) AS rows_first
    FROM identity.clear_row c
    JOIN person p ON c.person_key = p.person_key
    GROUP BY c.context, c.roll, p.kind
),
present AS (
    SELECT c.roll, p.kind, count(DISTINCT c.person_key) AS people
    FROM identity.clear_row c
    JOIN person p ON c.person_key = p.person_key
    GROUP BY c.roll, p.kind
),
context AS (
    SELECT context, roll, sum(coalesce(rows_again, 0) + coalesce(rows_first, 0)) AS row_count
    FROM found
    GROUP BY context, roll
),
counted AS (
    SELECT c.context, k.kind, c.row_count, k.people, p.people AS present, f.rows_again, f.rows_first
    FROM context c
    CROSS JOIN people k
    LEFT JOIN present p ON c.roll = p.roll AND k.kind = p.kind
    LEFT JOIN found f ON c.context = f.context AND k.kind = f.kind
)
SELECT
    context,
    kind || '|again' AS standing,
    row_count,
    coalesce(rows_again, 0) / row_count AS row_share,
    coalesce(present, 0) / n.people AS people_share
FROM counted
CROSS JOIN population n
UNION ALL
SELECT
    context,
    kind || '|first',
    row_count,
    coalesce(rows_first, 0) / row_count,
    (counted.people - coalesce(present, 0)) / n.people
FROM counted
CROSS JOIN population n
