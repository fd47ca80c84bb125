-- Rows that read as on the last published night, but were linked to another person or at another grade then.
-- grain: source row
-- columns: extract, row_number, role, person_key, person_id_before, grade, grade_before
-- from: identity.compared_fingerprint, identity.fingerprint, identity.link, identity.register_profile,
--   identity.row_content, registry.person
WITH moved AS (
    SELECT f.content, k.born, k.grade
    FROM identity.fingerprint f
    JOIN identity.compared_fingerprint k ON f.content = k.content
    WHERE f.born <> k.born OR f.grade <> k.grade
),
moved_row AS (
    SELECT c.row_key, m.born, m.grade FROM moved m JOIN identity.row_content c ON m.content = c.content
    UNION ALL
    SELECT r.row_key, m.born, m.grade FROM moved m JOIN identity.register_profile r ON m.content = r.content
)
SELECT l.extract, l.row_number, l.role, l.person_key, p.person_id AS person_id_before, l.grade, m.grade AS grade_before
FROM moved_row m
JOIN identity.link l ON m.row_key = l.row_key
JOIN registry.person p ON m.born = p.born
