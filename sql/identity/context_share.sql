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
present AS (
    SELECT
        c.context,
        p.kind,
        count(*) AS people,
        sum(c.row_count) FILTER (WHERE c.row_count > 1) AS rows_again,
        count(*) FILTER (WHERE c.row_count = 1) AS rows_first
    FROM identity.clear_row c
    JOIN person p ON c.person_key = p.person_key
    GROUP BY c.context, p.kind
),
context AS (
    SELECT context, sum(coalesce(rows_again, 0) + rows_first) AS row_count FROM present GROUP BY context
),
counted AS (
    SELECT c.context, k.kind, c.row_count, k.people, p.people AS present, p.rows_again, p.rows_first
    FROM context c
    CROSS JOIN people k
    LEFT JOIN present p ON c.context = p.context AND k.kind = p.kind
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
