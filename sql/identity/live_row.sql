-- Rows of other extracts than the register that have to be looked at tonight: all whose link is not last night's.
-- One row of: source row. From: identity.source_row, row_link.
SELECT
    row_key,
    extract,
    role,
    id_number,
    id_number18,
    id_number_state,
    number_no,
    name_key,
    sex,
    birth_date,
    address,
    phone,
    household_no,
    person_id,
    companion_name_key
FROM identity.source_row
WHERE
    extract <> 'household_register'
    AND row_key IN (SELECT row_key FROM identity.row_link WHERE row_key IS NOT NULL AND NOT stands)
