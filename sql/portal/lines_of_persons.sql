-- The list lines of the persons $persons within the areas $area: what an answer to them can be about.
-- grain: a line of a list (person × programme × action)
-- columns: person_id, programme, action, rule
-- from: mart.candidate
SELECT person_id, programme, action, rule
FROM mart.candidate
WHERE list_contains($persons, person_id) AND regexp_matches(coalesce(area_code, ''), $area)
ORDER BY person_id, programme, action
