-- Birth dates that more than 500 register rows share: stopgaps of clerks, mostly.
-- grain: date
-- columns: birth_date
-- from: identity.register_row
SELECT birth_date
FROM identity.register_row
WHERE birth_date IS NOT NULL
GROUP BY birth_date
HAVING count(*) > $birth_date_rows_max
