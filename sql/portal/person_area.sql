-- The person $person_id, if within the areas $area.
-- grain: the person
-- columns: person_id, area_code, alive
-- from: mart.person
SELECT person_id, area_code, alive
FROM mart.person
WHERE person_id = $person_id AND regexp_matches(coalesce(area_code, ''), $area)
