-- What will begin to hold within the next 60 days because the person grows older.
-- grain: a person and a programme, ineligible today, not received, and holding on that day (the earliest)
-- columns: person_key, programme, on_day, pattern, amount_monthly, declined_on
-- from: decisions.displaced, decisions.forecast, decisions.programme, decisions.receipt, facts.declined
SELECT
    f.person_key,
    f.programme,
    f.on_day,
    f.pattern,
    f.amount_monthly,
    n.declined_on
FROM (
    SELECT
        a.person_key,
        a.programme,
        a.on_day,
        a.pattern,
        a.amount_monthly,
        row_number() OVER (PARTITION BY a.person_key, a.programme ORDER BY a.on_day ASC) AS place
    FROM decisions.forecast AS a
    LEFT JOIN decisions.displaced AS x
        ON x.person_key = a.person_key AND x.on_day = a.on_day AND x.programme = a.programme
    INNER JOIN decisions.programme AS d ON d.programme = a.programme
    WHERE a.today = FALSE AND x.person_key IS NULL AND d.mode <> 'occasion'
) AS f
LEFT JOIN decisions.receipt AS r ON r.person_key = f.person_key AND r.programme = f.programme
LEFT JOIN facts.declined AS n
    ON n.person_key = f.person_key AND n.programme = f.programme AND n.grade <> 'review'
WHERE f.place = 1 AND r.person_key IS NULL
