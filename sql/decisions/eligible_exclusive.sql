-- Where every condition holds, of programmes that only one may have (exclusive group, household): as of today, and on
-- each coming day on which the person's own age changes what holds. A programme that does not depend on age holds on
-- that day if it holds today.
-- grain: a person, a day and a programme
-- columns: person_key, on_day, programme, amount_monthly
-- from: decisions.evaluated, decisions.forecast, decisions.programme, run.context
SELECT
    e.person_key,
    c.as_of AS on_day,
    e.programme,
    e.amount_monthly
FROM decisions.evaluated AS e
INNER JOIN decisions.programme AS d ON d.programme = e.programme
CROSS JOIN run.context AS c
WHERE e.verdict AND (d.household OR d.exclusive_group IS NOT NULL)
UNION ALL
SELECT
    f.person_key,
    f.on_day,
    f.programme,
    f.amount_monthly
FROM decisions.forecast AS f
INNER JOIN decisions.programme AS d ON d.programme = f.programme
WHERE d.household OR d.exclusive_group IS NOT NULL
UNION ALL
SELECT
    e.person_key,
    y.on_day,
    e.programme,
    e.amount_monthly
FROM decisions.evaluated AS e
INNER JOIN decisions.programme AS d ON d.programme = e.programme
INNER JOIN (
    SELECT DISTINCT
        f.person_key,
        f.on_day,
        fd.exclusive_group
    FROM decisions.forecast AS f
    INNER JOIN decisions.programme AS fd ON fd.programme = f.programme
    WHERE fd.exclusive_group IS NOT NULL
) AS y ON y.person_key = e.person_key AND y.exclusive_group = d.exclusive_group
LEFT JOIN decisions.forecast AS g
    ON g.person_key = e.person_key AND g.on_day = y.on_day AND g.programme = e.programme
WHERE e.verdict AND g.person_key IS NULL
