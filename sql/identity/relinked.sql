-- Rows that read as they did on the last published night, but were linked to another person or at another grade then.
-- One row of: source row. From: identity.link, row_content, register_profile, assigned_id, last_night.register, link,
-- unpublished (how contents stood on that night which nights not published have moved since), registry.person.
WITH before AS (
    SELECT content, born, grade FROM identity.unpublished WHERE born IS NOT NULL
    UNION ALL
    SELECT l.content, l.born, l.grade
    FROM (
        SELECT content, born, grade FROM last_night.link
        UNION ALL
        SELECT content, born, 'exact' FROM last_night.register
    ) l
    ANTI JOIN identity.unpublished u ON l.content = u.content
),
tonight AS (
    SELECT row_key, content FROM identity.row_content
    UNION ALL
    SELECT row_key, content FROM identity.register_profile
),
moved AS (
    SELECT l.extract, l.row_number, l.role, l.person_key, l.grade, b.born, b.grade AS grade_before
    FROM tonight t
    JOIN before b ON t.content = b.content
    JOIN identity.link l ON t.row_key = l.row_key
    JOIN identity.assigned_id a ON l.person_key = a.person_key
    WHERE a.born <> b.born OR l.grade <> b.grade
)
SELECT m.extract, m.row_number, m.role, m.person_key, p.person_id AS person_id_before, m.grade, m.grade_before
FROM moved m
JOIN registry.person p ON m.born = p.born
