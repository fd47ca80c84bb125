-- changes.subject: the persons whose lines differ, tonight and on the previous night. subject: a number for this
-- comparison only; person_key NULL: no longer there; person_id_before NULL: was not there.
-- grain: a person
-- columns: subject, person_id, person_key, person_id_before
-- from: changes.former_id, changes.line, previous.person
SELECT
    row_number() OVER (ORDER BY d.person_id) AS subject,
    d.person_id,
    d.person_key,
    coalesce(e.person_id, f.person_id) AS person_id_before
FROM (SELECT DISTINCT person_id, person_key FROM changes.line) AS d
LEFT JOIN (SELECT person_id FROM previous.person) AS e ON e.person_id = d.person_id
LEFT JOIN (
    SELECT former.person_key, min(former.person_id) AS person_id
    FROM changes.former_id AS former
    INNER JOIN previous.person AS known ON known.person_id = former.person_id
    GROUP BY former.person_key
) AS f ON f.person_key = d.person_key
