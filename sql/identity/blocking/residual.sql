-- Rows of other extracts that number and name alone do not tie to one registered person. `taken`: its valid number is
-- known to the register, but under a name that does not fit. Rows that bear one number and one name are one person's,
-- whoever she is: the phone and the address of one of them are lent to those that have none. What a spreadsheet left of
-- a number (000 at its end) is borne by many.
-- grain: source row
-- columns: row_key, extract, name_key, id_number, id_number_state, number_no, sex, birth_date, birth, family_no,
--   person_id, companion_name_key, subject, taken, phone, address
-- from: identity.known_number, identity.number_link, identity.unmatched
WITH borne AS (
    SELECT DISTINCT k.number_no
    FROM identity.known_number k
    JOIN identity.unmatched s ON k.number_no = s.number_no
),
rest AS (
    SELECT s.*, n.number_no IS NOT NULL AND s.id_number_state <> 'swapped' AS taken
    FROM identity.unmatched s
    ANTI JOIN identity.number_link l ON s.row_key = l.row_key
    LEFT JOIN borne n ON s.number_no = n.number_no
),
lent AS (
    SELECT id_number, name_key, max(phone) AS phone, max(address) AS address
    FROM rest
    WHERE NOT taken AND length(id_number) >= $number_length_min AND id_number NOT LIKE '%000'
    GROUP BY id_number, name_key
    HAVING count(*) > 1
)
SELECT
    r.* EXCLUDE (phone, address),
    coalesce(r.phone, l.phone) AS phone,
    coalesce(r.address, l.address) AS address
FROM rest r
LEFT JOIN lent l ON r.id_number = l.id_number AND r.name_key = l.name_key
