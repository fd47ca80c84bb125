-- What each department's row says, as one number: by it the row is found again on another night, wherever in its file
-- it stands. One row of: source row of another extract than the register (there: delivered_register).
-- From: identity.source_row. Rows that say the same have the same number. `roll`: where a person's other rows are looked for.
-- Columns that follow from others (number_no, name) are left out, and those that identity does not read.
SELECT
    row_key,
    hash(
        extract, role, part, id_number, id_number18, id_number_state, name_key, sex, birth_date, address, phone,
        household_no, person_id, companion_name_key
    ) AS content,
    hash(extract, CASE WHEN extract = 'benefit_roll' THEN part END) AS roll
FROM identity.source_row
WHERE extract <> 'household_register'
