-- The people of the latest published night within the areas $area.
-- grain: a person
-- columns: person_id
-- from: mart.person
SELECT person_id
FROM latest.mart.person
WHERE regexp_matches(coalesce(area_code, ''), $area)
