-- Accepted register rows with their true persons. One row of: register row. From: identity.source_row, truth.delivered.
SELECT s.row_key, t.true_person, s.household_no, s.name_key, s.name, s.birth_date, s.number_no
FROM identity.source_row s
JOIN truth.delivered t ON s.extract = t.extract AND s.row_number = t.row_number AND s.role = t.role
WHERE s.extract = 'household_register' AND t.true_person IS NOT NULL
