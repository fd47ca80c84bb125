-- The lines about people outside the areas $area. Who is in no row of the latest night has no area, and is of the whole
-- region.
-- grain: a line of a filled-in list
-- columns: line
-- from: mart.person, returns.judged
SELECT j.line
FROM returns.judged AS j
LEFT JOIN latest.mart.person AS p ON p.person_id = j.person_id
WHERE j.person_id IS NOT NULL AND NOT regexp_matches(coalesce(p.area_code, ''), $area)
