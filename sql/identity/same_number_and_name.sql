-- Rows of other extracts that bear the number and the name of a registered person: the bulk of all links.
-- One row of: source row. From: identity.source_row, register_profile, shared_number (without those of two of one name).
SELECT
    s.row_key,
    r.person_key,
    s.birth_date = r.birth_date AS birth_agrees,
    s.sex = r.sex AS sex_agrees
FROM identity.source_row s
JOIN identity.register_profile r ON s.number_no = r.number_no AND s.name_key = r.name_key
WHERE
    s.extract <> 'household_register'
    AND r.leads
    AND r.number_no NOT IN (SELECT number_no FROM identity.shared_number WHERE one_name)
