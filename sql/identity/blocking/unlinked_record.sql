-- Rows of other extracts that number and name do not link to one registered person. `other_persons_number`: the valid
-- number is known to the register, under a name that does not fit; `number_unregistered`: nobody here has it. Rows with
-- one number and one name are one person's, whoever that is: the phone and address of one are used for those that have
-- none. What a spreadsheet left of a number (000 at its end) is excepted: many rows have it. `context`: the roll on
-- which the row is, that is its extract, for the benefit roll with the programme, for marriages with the event.
-- grain: a source row
-- columns: row_key, extract, name_key, id_number, id_number_state, number_no, sex, birth_date, birth, family_no,
--   person_id, companion_name_key, subject, other_persons_number, number_unregistered, phone, address, context,
--   latest_birth_year
-- from: identity.deterministic_link, identity.known_number, identity.latest_birth_year, identity.unmatched,
--   intake.benefit_roll, intake.marriage_register
WITH known AS (
    SELECT DISTINCT known_number.number_no
    FROM identity.known_number
    JOIN identity.unmatched AS record ON known_number.number_no = record.number_no
),
remaining AS (
    SELECT record.*, known.number_no IS NOT NULL AND record.id_number_state <> 'swapped' AS other_persons_number
    FROM identity.unmatched AS record
    ANTI JOIN identity.deterministic_link AS link ON record.row_key = link.row_key
    LEFT JOIN known ON record.number_no = known.number_no
),
shared_contact AS (
    SELECT id_number, name_key, max(phone) AS phone, max(address) AS address
    FROM remaining
    WHERE NOT other_persons_number AND length(id_number) >= $number_length_min AND id_number NOT LIKE '%000'
    GROUP BY id_number, name_key
    HAVING count(*) > 1
)
SELECT
    remaining.* EXCLUDE (phone, address),
    remaining.number_no IS NOT NULL AND NOT remaining.other_persons_number AS number_unregistered,
    coalesce(remaining.phone, shared_contact.phone) AS phone,
    coalesce(remaining.address, shared_contact.address) AS address,
    concat_ws('/', remaining.extract, benefit.programme, CAST(marriage.event AS VARCHAR)) AS context,
    latest.latest_birth_year
FROM remaining
LEFT JOIN shared_contact
    ON remaining.id_number = shared_contact.id_number AND remaining.name_key = shared_contact.name_key
LEFT JOIN intake.benefit_roll AS benefit
    ON remaining.row_key // 10000000000 = 5 AND remaining.row_key % 10000000000 // 10 = benefit.row_number
LEFT JOIN intake.marriage_register AS marriage
    ON remaining.row_key // 10000000000 = 2 AND remaining.row_key % 10000000000 // 10 = marriage.row_number
LEFT JOIN identity.latest_birth_year AS latest ON remaining.row_key = latest.row_key
