-- Members of a household for whom a benefit of one to a household holds, on each day that matters to the household. On
-- a coming day the others are as today. Of a work that is done once also everybody who has had it, entitled or not,
-- living or dead, by the last 户号.
-- grain: a person, a day and such a programme
-- columns: person_key, on_day, programme, household, birth_date
-- from: decisions.eligible_exclusive, decisions.forecast, decisions.programme, facts.person, facts.served, run.context
WITH coming AS (
    SELECT DISTINCT
        f.programme,
        f.on_day,
        fp.household_id
    FROM decisions.forecast AS f
    INNER JOIN decisions.programme AS fd ON fd.programme = f.programme
    INNER JOIN facts.person AS fp ON fp.person_key = f.person_key
    WHERE fd.household AND f.today = FALSE AND fp.household_id IS NOT NULL
),

served AS (
    SELECT
        s.person_key,
        s.programme,
        s.household_id,
        p.birth_date
    FROM facts.served AS s
    INNER JOIN decisions.programme AS d ON d.programme = s.programme
    INNER JOIN facts.person AS p ON p.person_key = s.person_key
    WHERE
        d.household AND d.one_off AND s.household_id IS NOT NULL
        AND NOT coalesce(s.served_on < d.renewed_before, FALSE)
)

SELECT
    h.person_key,
    h.on_day,
    h.programme,
    coalesce('h' || p.household_id, 'p' || CAST(h.person_key AS VARCHAR)) AS household,
    p.birth_date
FROM decisions.eligible_exclusive AS h
INNER JOIN decisions.programme AS d ON d.programme = h.programme
INNER JOIN facts.person AS p ON p.person_key = h.person_key
WHERE d.household
UNION ALL
SELECT
    h.person_key,
    y.on_day,
    h.programme,
    'h' || p.household_id AS household,
    p.birth_date
FROM decisions.eligible_exclusive AS h
INNER JOIN run.context AS c ON c.as_of = h.on_day
INNER JOIN facts.person AS p ON p.person_key = h.person_key
INNER JOIN coming AS y ON y.programme = h.programme AND y.household_id = p.household_id
LEFT JOIN decisions.forecast AS g
    ON g.person_key = h.person_key AND g.on_day = y.on_day AND g.programme = h.programme
WHERE g.person_key IS NULL
UNION ALL
SELECT
    s.person_key,
    y.on_day,
    s.programme,
    'h' || s.household_id AS household,
    s.birth_date
FROM (
    SELECT person_key, programme, household_id, birth_date, c.as_of
    FROM served
    CROSS JOIN run.context AS c
) AS s
INNER JOIN (
    SELECT programme, on_day, household_id
    FROM coming
    UNION
    SELECT z.programme, c.as_of AS on_day, z.household_id
    FROM served AS z
    CROSS JOIN run.context AS c
) AS y ON y.programme = s.programme AND y.household_id = s.household_id
LEFT JOIN decisions.eligible_exclusive AS h
    ON h.person_key = s.person_key AND h.on_day = y.on_day AND h.programme = s.programme
LEFT JOIN decisions.eligible_exclusive AS t
    ON t.person_key = s.person_key AND t.programme = s.programme AND t.on_day = s.as_of
WHERE h.person_key IS NULL AND t.person_key IS NULL
