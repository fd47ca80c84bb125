-- Rows that read as they did on the last published night, but were linked to another person or at another grade then.
-- One row of: source row. From: identity.link_state, register_state, row_content, register_profile, link,
-- last_night.register, last_night.link, unpublished (how contents stood on that night which nights not published have
-- moved since), registry.person.
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
    SELECT content, born, grade FROM identity.link_state
    UNION ALL
    SELECT content, born, 'exact' FROM identity.register_state
),
moved AS (
    SELECT b.content, b.born, b.grade
    FROM before b
    JOIN tonight t ON b.content = t.content
    WHERE t.born <> b.born OR t.grade <> b.grade
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
