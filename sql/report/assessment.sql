-- Registered people who are alive, from an age on, and were assessed, by the level of their ability.
-- grain: a level
-- columns: label, people
-- from: analyst.person
SELECT CAST(ability_level AS VARCHAR) AS label, count(*) AS people
FROM analyst.person
WHERE
    alive
    AND registered
    AND try_cast(regexp_extract(age_group, '^[0-9]+') AS INTEGER) >= $from_age
    AND has_assessment
    AND ability_level IS NOT NULL
GROUP BY ability_level
ORDER BY ability_level
