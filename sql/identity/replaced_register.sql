-- Register rows as they stood last night, and do not tonight. One row of: register row. `person_key`: whose they were.
-- From: identity.gone_register_row, regrouped_row, new_line (rows that are new were not there to be another's).
SELECT row_key, number_no, content, person_key FROM identity.gone_register_row
UNION ALL
SELECT row_key, number_no, content, person_before
FROM identity.regrouped_row
WHERE row_key NOT IN (SELECT row_key FROM identity.new_line)
