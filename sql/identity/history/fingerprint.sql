-- Whose each row is tonight, by what it says, so that another night can see which rows moved. Not contents that several
-- rows share and that are linked in different ways (rows that are persons of their own cannot be told apart). `alone`:
-- the only register row of its person.
-- grain: content
-- columns: content, born, grade, alone
-- from: identity.assigned_id, identity.number_link, identity.register_profile, identity.residual_link,
--   identity.row_content
WITH linked AS (
    SELECT row_key, person_key, grade FROM identity.number_link
    UNION ALL
    SELECT row_key, person_key, grade FROM identity.residual_link
),
whose AS (
    SELECT content, person_key, 'exact' AS grade, alone
    FROM identity.register_profile
    WHERE content IS NOT NULL
    UNION ALL
    SELECT c.content, l.person_key, l.grade, FALSE
    FROM linked l
    JOIN identity.row_content c ON l.row_key = c.row_key
)
SELECT w.content, min(a.born) AS born, min(w.grade) AS grade, bool_or(w.alone) AS alone
FROM whose w
JOIN identity.assigned_id a ON w.person_key = a.person_key
GROUP BY w.content
HAVING min(a.born) = max(a.born) AND min(w.grade) = max(w.grade)
