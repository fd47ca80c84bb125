-- Accepted rows of the other extracts with their true persons.
-- One row of: source row outside the register. From: identity.source_row, truth.delivered, truth.register,
-- cleaned.department.
-- `hard`: the valid number and the name together are no register row's. `exact_key`: the register row whose they are.
-- `undecidable`: the row has nothing but a name that several registered people have (a number truncated by a spreadsheet
-- identifies nobody); by itself it is any of theirs.
-- `relative_number`: the valid number is that of a registered housemate of the true person.
WITH valid_register AS (
    SELECT row_key, number_no, name_key
    FROM identity.source_row
    WHERE extract = 'household_register' AND number_no IS NOT NULL
),
same AS (
    SELECT s.row_key, min(r.row_key) AS exact_key
    FROM identity.source_row s
    JOIN valid_register r ON s.number_no = r.number_no AND s.name_key = r.name_key
    WHERE s.extract <> 'household_register'
    GROUP BY s.row_key
),
registered AS (
    SELECT true_person, min(household_no) AS household_no FROM truth.register GROUP BY true_person
),
shared_name AS (
    SELECT name_key
    FROM truth.register
    GROUP BY name_key
    HAVING count(DISTINCT true_person) > 1
),
relative AS (
    SELECT DISTINCT s.row_key
    FROM identity.source_row s
    JOIN truth.delivered t ON s.extract = t.extract AND s.row_number = t.row_number AND s.role = t.role
    JOIN truth.register r ON s.number_no = r.number_no AND r.true_person <> t.true_person
    JOIN registered p ON t.true_person = p.true_person AND p.household_no = r.household_no
    WHERE s.extract <> 'household_register'
)
SELECT
    s.row_key,
    s.extract,
    t.true_person,
    p.true_person IS NOT NULL AS registered,
    m.row_key IS NULL AS hard,
    m.exact_key,
    s.id_number IS NULL AS number_missing,
    l.row_key IS NOT NULL AS relative_number,
    n.name_key IS NOT NULL
    AND (s.id_number IS NULL OR (s.id_number LIKE '%E+%' AND length(s.id_number) < 16))
    AND s.birth_date IS NULL
    AND s.phone IS NULL
    AND s.address IS NULL
    AND c.household IS NULL AS undecidable,
    t.damage_kinds,
    CASE WHEN s.number_no IS NOT NULL AND s.name_key IS NOT NULL THEN CAST(s.number_no AS VARCHAR) || s.name_key END AS newcomer
FROM identity.source_row s
JOIN truth.delivered t ON s.extract = t.extract AND s.row_number = t.row_number AND s.role = t.role
LEFT JOIN same m ON s.row_key = m.row_key
JOIN cleaned.department c ON s.row_key = c.unique_id
LEFT JOIN shared_name n ON s.name_key = n.name_key
LEFT JOIN registered p ON t.true_person = p.true_person
LEFT JOIN relative l ON s.row_key = l.row_key
WHERE s.extract <> 'household_register' AND t.true_person IS NOT NULL
