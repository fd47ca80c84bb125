-- The persons within the areas $area who have work and whose name begins with $name, or whose identity number ends in
-- $digits.
-- grain: a person
-- columns: person_id
-- from: portal.worklist
SELECT DISTINCT person_id
FROM portal.worklist
WHERE
    regexp_matches(area_code, $area)
    AND ($name IS NULL OR starts_with(name, $name))
    AND ($digits IS NULL OR id_end = $digits)
ORDER BY person_id
LIMIT 1000
