-- Whose each department's row is tonight, by what it says, so that the next night finds it wherever it stands: all whose
-- link is not carried over. One row of: source row of another extract than the register.
-- From: identity.row_content, live_link, residual_link, assigned_id.
-- `person_key` is NULL where more than number and name was needed; `clear_no`, `door_key`, `line_key` as in live_link.
WITH linked AS (
    SELECT row_key, person_key, person_key AS linked_key, grade, clear_no, birth_agrees, sex_agrees, door_key, line_key
    FROM identity.live_link
    UNION ALL
    SELECT row_key, person_key, NULL, grade, NULL, NULL, NULL, NULL, NULL
    FROM identity.residual_link
)
SELECT
    c.content,
    c.roll,
    a.born,
    l.grade,
    l.linked_key AS person_key,
    l.clear_no,
    l.birth_agrees,
    l.sex_agrees,
    l.door_key,
    l.line_key
FROM linked l
JOIN identity.row_content c ON l.row_key = c.row_key
JOIN identity.assigned_id a ON l.person_key = a.person_key
