-- Birth dates that more than 500 register rows share: stopgaps of clerks, mostly. One row of: date.
-- From: identity.register_row.
SELECT birth_date
FROM identity.register_row
WHERE birth_date IS NOT NULL
GROUP BY birth_date
HAVING count(*) > $birth_date_rows_max
