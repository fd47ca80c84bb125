-- Rows whose person a clerk has confirmed or denied. A row with nothing but a name is bound only while no other row
-- reads the same.
-- grain: a source row × person
-- columns: row_key, person_key, same
-- from: identity.clerical, identity.known_id, identity.unmatched
WITH recurring AS (
    SELECT subject
    FROM identity.unmatched
    WHERE id_number IS NULL AND birth_date IS NULL AND phone IS NULL AND address IS NULL
    GROUP BY subject
    HAVING count(*) > 1
)
SELECT record.row_key, known_id.person_key, clerical.same
FROM identity.unmatched AS record
JOIN identity.clerical ON record.subject = clerical.subject
JOIN identity.known_id ON clerical.person_id = known_id.person_id
WHERE record.subject NOT IN (SELECT subject FROM recurring)
