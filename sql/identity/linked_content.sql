-- Whose each department's row is tonight, by what it says, so that the next night finds it wherever it stands.
-- One row of: source row of another extract than the register. From: identity.row_content, number_link, residual_link,
-- assigned_id.
WITH linked AS (
    SELECT row_key, person_key, grade FROM identity.number_link
    UNION ALL
    SELECT row_key, person_key, grade FROM identity.residual_link
)
SELECT c.content, a.born, l.grade
FROM linked l
JOIN identity.row_content c ON l.row_key = c.row_key
JOIN identity.assigned_id a ON l.person_key = a.person_key
