-- Rows of other extracts than the register.
-- grain: a source row
-- columns: row_key, extract, row_number, role, id_number, id_number18, id_number_state, number_no, name, name_key,
--   former_name_key, former_id_number18, sex, birth_date, area_code, address, other_address, phone, household_no,
--   person_id, companion_name_key, content
-- from: identity.source_row
-- materialized: view
SELECT *
FROM identity.source_row
WHERE extract <> 'household_register'
