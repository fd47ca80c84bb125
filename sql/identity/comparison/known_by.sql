-- How far a row's name agrees with names that other rows of a candidate say (known_name). 8: the same name; else as
-- `name_level` of the functions.
-- grain: residual row × person
-- columns: row_key, person_key, grade
-- from: identity.known_name, identity.residual, identity.side_by_side
SELECT
    p.row_key,
    p.person_key,
    max(CASE WHEN s.name_key = k.name_key THEN 8 ELSE name_level(s.name_key, k.name_key) END) AS grade
FROM (SELECT DISTINCT row_key, person_key FROM identity.side_by_side) p
JOIN identity.known_name k ON p.person_key = k.person_key
JOIN identity.residual s ON p.row_key = s.row_key
WHERE s.name_key IS NOT NULL
GROUP BY p.row_key, p.person_key
