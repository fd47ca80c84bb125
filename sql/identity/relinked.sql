-- Rows that read as they did on the last published night, but were linked to another person or at another grade then.
-- One row of: source row. From: identity.link_change, register_change, linked_content, carried_link, row_content,
-- register_profile, register_line, assigned_id, link, last_night.link, unpublished (how contents stood on that night which
-- nights not published have moved since), registry.person.
WITH changed AS (
    SELECT content, born, grade, born_before, grade_before FROM identity.link_change
    UNION ALL
    SELECT content, born, 'exact', born_before, 'exact' FROM identity.register_change
),
-- what an unpublished night moved may have been moved back since
standing AS (
    SELECT content, min(born) AS born, min(grade) AS grade
    FROM identity.linked_content
    SEMI JOIN identity.unpublished USING (content)
    GROUP BY content
    HAVING min(born) = max(born) AND min(grade) = max(grade)
    UNION ALL
    SELECT content, born, grade
    FROM last_night.link
    SEMI JOIN identity.unpublished USING (content)
    SEMI JOIN identity.carried_link USING (content)
    UNION ALL
    SELECT r.content, min(a.born), 'exact'
    FROM identity.register_profile r
    SEMI JOIN identity.unpublished u ON r.content = u.content
    JOIN identity.assigned_id a ON r.person_key = a.person_key
    GROUP BY r.content
    HAVING count(*) = 1
),
moved AS (
    SELECT content, born_before AS born, grade_before AS grade
    FROM changed
    ANTI JOIN identity.unpublished USING (content)
    WHERE born <> born_before OR grade <> grade_before
    UNION ALL
    SELECT b.content, b.born, b.grade
    FROM identity.unpublished b
    JOIN standing s ON b.content = s.content
    WHERE s.born <> b.born OR s.grade <> b.grade
),
moved_row AS (
    SELECT c.row_key, m.born, m.grade FROM moved m JOIN identity.row_content c ON m.content = c.content
    UNION ALL
    SELECT CAST(1 AS BIGINT) * 10000000000 + n.row_number * 10, m.born, m.grade
    FROM moved m
    JOIN identity.register_profile r ON m.content = r.content
    JOIN identity.register_line n ON r.row_key = n.row_key
)
SELECT l.extract, l.row_number, l.role, l.person_key, p.person_id AS person_id_before, l.grade, m.grade AS grade_before
FROM moved_row m
JOIN identity.link l ON m.row_key = l.row_key
JOIN registry.person p ON m.born = p.born
