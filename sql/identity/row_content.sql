-- What the rows of departments say, as numbers (row_link). One row of: source row of another extract than the register.
-- From: identity.row_link, intake.benefit_roll (extract 5 of identity.source_row's row keys).
-- materialized: view
-- `roll`: where a person's other rows are looked for: the extract, on the benefit roll the programme.
SELECT
    s.row_key,
    s.content,
    CASE WHEN b.row_number IS NULL THEN hash(s.row_key // 10000000000) ELSE hash(b.programme) END AS roll
FROM identity.row_link s
LEFT JOIN intake.benefit_roll b
    ON s.row_key // 10000000000 = 5 AND s.row_key % 10000000000 // 10 = b.row_number
WHERE s.row_key IS NOT NULL
