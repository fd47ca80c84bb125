-- Registered people who are alive, from an age on, by when they were last visited.
-- grain: an interval of days
-- columns: label, people
-- from: analyst.person
SELECT days_since_visit AS label, count(*) AS people
FROM analyst.person
WHERE
    alive
    AND registered
    AND try_cast(regexp_extract(age_group, '^[0-9]+') AS INTEGER) >= $from_age
    AND days_since_visit IS NOT NULL
GROUP BY days_since_visit
ORDER BY days_since_visit
