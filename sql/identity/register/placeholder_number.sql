-- Numbers on so many register rows, now or before, that clerks typed them where they had none.
-- grain: a number
-- columns: number_no
-- from: identity.repeated_number
SELECT number_no
FROM identity.repeated_number
WHERE all_count > $number_rows_max
