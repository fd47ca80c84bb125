-- The low-income roll that leads (`lead` of facts.roll, 1 the first), by our name for it; `none` without one.
-- grain: a value
-- columns: hardship_name
-- from: nothing
SELECT
    CASE $lead
        WHEN 1 THEN 'destitute_central'
        WHEN 2 THEN 'destitute_dispersed'
        WHEN 3 THEN 'minimum_living'
        WHEN 4 THEN 'margin'
        WHEN 5 THEN 'expenditure'
        WHEN 6 THEN 'poverty_watch'
        ELSE 'none'
    END AS hardship_name
