-- How each content of a department's row is linked tonight, where it is linked in one way: what the next night remembers
-- of it. One row of: content. From: identity.link, row_content, assigned_id.
-- Rows that read the same and are persons of their own cannot be told apart, so they are not remembered.
SELECT
    c.content,
    min(a.born) AS born,
    min(l.grade) AS grade
FROM identity.row_content c
JOIN (SELECT row_key, person_key, grade FROM identity.link WHERE extract <> 'household_register') l ON c.row_key = l.row_key
JOIN identity.assigned_id a ON l.person_key = a.person_key
GROUP BY c.content
HAVING min(a.born) = max(a.born) AND min(l.grade) = max(l.grade)
