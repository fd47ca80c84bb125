-- Rows that read as on the night compared with (`compared_fingerprint`: the last published one), but were linked to
-- another person or at another grade then.
-- grain: a source row
-- columns: extract, row_number, role, person_key, person_id_before, grade, grade_before
-- from: identity.compared_fingerprint, identity.fingerprint, identity.link, identity.register_profile,
--   identity.row_content, registry.person
WITH moved AS (
    SELECT tonight.content, before.born, before.grade
    FROM identity.fingerprint AS tonight
    JOIN identity.compared_fingerprint AS before ON tonight.content = before.content
    WHERE tonight.born <> before.born OR tonight.grade <> before.grade
),
moved_row AS (
    SELECT row_content.row_key, moved.born, moved.grade
    FROM moved
    JOIN identity.row_content ON moved.content = row_content.content
    UNION ALL
    SELECT registered.row_key, moved.born, moved.grade
    FROM moved
    JOIN identity.register_profile AS registered ON moved.content = registered.content
)
SELECT
    link.extract,
    link.row_number,
    link.role,
    link.person_key,
    registry_person.person_id AS person_id_before,
    link.grade,
    moved_row.grade AS grade_before
FROM moved_row
JOIN identity.link ON moved_row.row_key = link.row_key
JOIN registry.person AS registry_person ON moved_row.born = registry_person.born
