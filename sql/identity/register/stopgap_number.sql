-- Numbers that stand, now or before, on more than 20 register rows: clerks typed them where they had none.
-- grain: number
-- columns: number_no
-- from: identity.repeated_number
SELECT number_no
FROM identity.repeated_number
WHERE mentions > $number_rows_max
