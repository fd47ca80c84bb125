-- The last year in which somebody on a marriage row can be born. An event before there was a register is a placeholder
-- and says nothing.
-- grain: a source row of the marriage register (extract 2, two roles)
-- columns: row_key, latest_birth_year
-- from: intake.marriage_register
-- materialized: view
SELECT
    CAST(2 AS BIGINT) * 10000000000 + marriage.row_number * 10 + side.role AS row_key,
    year(marriage.event_date) - $marriage_age_min AS latest_birth_year
FROM intake.marriage_register AS marriage
CROSS JOIN (SELECT unnest([1, 2]) AS role) AS side
WHERE marriage.event_date >= $marriage_register_begins
