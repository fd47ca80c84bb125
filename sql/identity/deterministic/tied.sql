-- Rows of other extracts that bear the number and the name of a registered person. Not with a number that was found in
-- the cell of a name (id_number_state swapped): a clerk has to see it. What may speak against it (doubtful_tie):
-- `birth_date` beside `her_birth_date`, and the name, where they differ; `born`, her year; and `door_key` and
-- `line_key`, name and address, name and phone of the row as numbers, by which namesakes are found. Of an address what
-- its short forms keep: from three characters before the first digit on (石桥村3组120号).
-- grain: source row
-- columns: row_key, person_key, number_no, birth_agrees, sex_agrees, born, name_key, birth_date, her_birth_date,
--   door_key, line_key
-- from: identity.department_row, identity.register_profile, identity.shared_number
SELECT
    s.row_key,
    r.person_key,
    r.number_no,
    s.birth_date = r.birth_date AS birth_agrees,
    s.sex = r.sex AS sex_agrees,
    year(r.birth_date) AS born,
    CASE WHEN s.birth_date <> r.birth_date THEN s.name_key END AS name_key,
    CASE WHEN s.birth_date <> r.birth_date THEN s.birth_date END AS birth_date,
    CASE WHEN s.birth_date <> r.birth_date THEN r.birth_date END AS her_birth_date,
    CASE
        WHEN s.address IS NOT NULL
            THEN hash(s.name_key, coalesce(nullif(regexp_extract(s.address, '.{3}[0-9].*$'), ''), s.address))
    END AS door_key,
    CASE WHEN s.phone IS NOT NULL THEN hash(s.name_key, s.phone) END AS line_key
FROM identity.department_row s
JOIN identity.register_profile r ON s.number_no = r.number_no AND s.name_key = r.name_key
WHERE
    r.leads
    AND s.id_number_state <> 'swapped'
    AND r.number_no NOT IN (SELECT number_no FROM identity.shared_number WHERE one_name)
