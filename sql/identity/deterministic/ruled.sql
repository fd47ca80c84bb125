-- Rows whose person a clerk has decided, or denied. A row that says nothing but a name is bound only while no other row
-- reads the same.
-- grain: source row × person
-- columns: row_key, person_key, same
-- from: identity.clerical, identity.known_id, identity.unmatched
WITH recurring AS (
    SELECT subject
    FROM identity.unmatched
    WHERE id_number IS NULL AND birth_date IS NULL AND phone IS NULL AND address IS NULL
    GROUP BY subject
    HAVING count(*) > 1
)
SELECT u.row_key, a.person_key, c.same
FROM identity.unmatched u
JOIN identity.clerical c ON u.subject = c.subject
JOIN identity.known_id a ON c.person_id = a.person_id
WHERE u.subject NOT IN (SELECT subject FROM recurring)
