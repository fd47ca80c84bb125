-- Birth dates that too many register rows share: mostly placeholders typed by clerks.
-- grain: a date
-- columns: birth_date
-- from: identity.register_row
SELECT birth_date
FROM identity.register_row
WHERE birth_date IS NOT NULL
GROUP BY birth_date
HAVING count(*) > $birth_date_rows_max
