-- Registered people who are alive, from an age on, by the first age of their five-year band.
-- grain: a band
-- columns: first_age, people
-- from: analyst.person
WITH elder AS (
    SELECT try_cast(regexp_extract(age_group, '^[0-9]+') AS INTEGER) AS first_age
    FROM analyst.person
    WHERE alive AND registered
)

SELECT first_age, count(*) AS people
FROM elder
WHERE first_age >= $from_age
GROUP BY first_age
ORDER BY first_age
