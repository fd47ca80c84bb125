-- Who is on which roll: kinds of people among the clear rows of a context, against the whole register. `row_share`:
-- share of the clear rows that are of such a person; `people_share`: share of registered people who are such. Few
-- people are on a roll twice, so only those are counted person by person.
-- grain: a context × roll profile
-- columns: context, roll_profile, row_count, row_share, people_share
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
        clear_row.context,
        clear_row.roll,
        person.kind,
        count(*) FILTER (WHERE repeated.person_key IS NOT NULL) AS rows_again,
        count(*) FILTER (WHERE repeated.person_key IS NULL) AS rows_first
    FROM identity.clear_context AS clear_row
    JOIN person ON clear_row.person_key = person.person_key
    LEFT JOIN repeated ON clear_row.roll = repeated.roll AND clear_row.person_key = repeated.person_key
    GROUP BY clear_row.context, clear_row.roll, person.kind
),
present AS (
    SELECT roll, kind, sum(people) AS people
    FROM (
        SELECT roll, kind, rows_first AS people FROM found
        UNION ALL
        SELECT repeated.roll, person.kind, 1 FROM repeated JOIN person ON repeated.person_key = person.person_key
    )
    GROUP BY roll, kind
),
context AS (
    SELECT context, roll, sum(rows_again + rows_first) AS row_count FROM found GROUP BY context, roll
),
counted AS (
    SELECT
        context.context,
        people.kind,
        context.row_count,
        people.people,
        coalesce(present.people, 0) AS present,
        coalesce(found.rows_again, 0) AS rows_again,
        coalesce(found.rows_first, 0) AS rows_first
    FROM context
    CROSS JOIN people
    LEFT JOIN present ON context.roll = present.roll AND people.kind = present.kind
    LEFT JOIN found ON context.context = found.context AND people.kind = found.kind
)
SELECT
    context,
    kind || '|again' AS roll_profile,
    row_count,
    rows_again / row_count AS row_share,
    present / population.people AS people_share
FROM counted
CROSS JOIN population
UNION ALL
SELECT
    context,
    kind || '|first',
    row_count,
    rows_first / row_count,
    (counted.people - present) / population.people
FROM counted
CROSS JOIN population
