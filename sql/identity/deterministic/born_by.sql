-- The last year in which somebody may be born whom a row is about: nobody registers a marriage before the age of 15,
-- and nobody registered one before 1950: an earlier date is a stopgap.
-- grain: source row of the marriage register (extract 2, two roles)
-- columns: row_key, born_by
-- from: intake.marriage_register
-- materialized: view
SELECT CAST(2 AS BIGINT) * 10000000000 + m.row_number * 10 + s.role AS row_key, year(m.event_date) - $marriage_age_min AS born_by
FROM intake.marriage_register m
CROSS JOIN (SELECT unnest([1, 2]) AS role) s
WHERE m.event_date >= $marriage_register_begins
