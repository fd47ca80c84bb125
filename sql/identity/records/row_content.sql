-- The fingerprint of each departmental row (`content`): by it a row is found again on another night, wherever in its
-- file it is; rows that read the same have the same number. `roll`: where a person's other rows are looked for: the
-- extract, for the benefit roll the programme.
-- grain: a source row of another extract than the register
-- columns: row_key, content, roll
-- from: identity.source_row, intake.benefit_roll
-- materialized: view
SELECT
    source.row_key,
    hash(source.content, source.row_key // 10000000000, source.row_key % 10) AS content,
    CASE
        WHEN benefit.row_number IS NULL THEN hash(source.row_key // 10000000000)
        ELSE hash(benefit.programme)
    END AS roll
FROM identity.source_row AS source
LEFT JOIN intake.benefit_roll AS benefit
    ON source.row_key // 10000000000 = 5 AND source.row_key % 10000000000 // 10 = benefit.row_number
WHERE source.extract <> 'household_register'
