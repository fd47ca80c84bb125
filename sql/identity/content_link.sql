-- How each content of departments' rows is linked tonight, unless its link is carried over. One row of: content.
-- From: identity.linked_content. Not those that several rows say alike and that are linked in different ways (rows that
-- are persons of their own cannot be told apart). Most contents are one row's, and need no comparison with others.
WITH several AS (
    SELECT content FROM identity.linked_content GROUP BY content HAVING count(*) > 1
)
SELECT l.*
FROM identity.linked_content l
ANTI JOIN several s ON l.content = s.content
UNION ALL
SELECT
    l.content,
    min(l.roll),
    min(l.born),
    min(l.grade),
    min(l.person_key),
    min(l.clear_no),
    min(l.birth_agrees),
    min(l.sex_agrees),
    min(l.door_key),
    min(l.line_key)
FROM identity.linked_content l
SEMI JOIN several s ON l.content = s.content
GROUP BY l.content
HAVING min(l.born) = max(l.born) AND min(l.grade) = max(l.grade)
