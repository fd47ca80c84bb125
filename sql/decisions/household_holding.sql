-- Members of a household for whom a benefit of one to a household holds, on each day that matters to the household.
-- One row: a person, a day and such a programme. On a coming day the others stand as today.
SELECT
    h.person_key,
    h.on_day,
    h.programme,
    coalesce('h' || p.household_id, 'p' || CAST(h.person_key AS VARCHAR)) AS household,
    p.birth_date
FROM decisions.holding AS h
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
FROM decisions.holding AS h
INNER JOIN run.context AS c ON c.as_of = h.on_day
INNER JOIN facts.person AS p ON p.person_key = h.person_key
INNER JOIN (
    SELECT DISTINCT
        f.programme,
        f.on_day,
        fp.household_id
    FROM decisions.forecast AS f
    INNER JOIN decisions.programme AS fd ON fd.programme = f.programme
    INNER JOIN facts.person AS fp ON fp.person_key = f.person_key
    WHERE fd.household AND f.today = FALSE AND fp.household_id IS NOT NULL
) AS y ON y.programme = h.programme AND y.household_id = p.household_id
LEFT JOIN decisions.forecast AS g
    ON g.person_key = h.person_key AND g.on_day = y.on_day AND g.programme = h.programme
WHERE g.person_key IS NULL
