-- What the rows of departments say of whom they are about, as one number (`content`): by it a row is found again on
-- another night, wherever in its file it is; rows that say the same have the same number. `roll`: where a person's
-- other rows are looked for: the extract, on the benefit roll the programme.
-- grain: source row of another extract than the register
-- columns: row_key, content, roll
-- from: identity.source_row, intake.benefit_roll
-- materialized: view
SELECT
    s.row_key,
    hash(s.content, s.row_key // 10000000000, s.row_key % 10) AS content,
    CASE WHEN b.row_number IS NULL THEN hash(s.row_key // 10000000000) ELSE hash(b.programme) END AS roll
FROM identity.source_row s
LEFT JOIN intake.benefit_roll b
    ON s.row_key // 10000000000 = 5 AND s.row_key % 10000000000 // 10 = b.row_number
WHERE s.extract <> 'household_register'
