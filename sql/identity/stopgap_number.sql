-- Numbers that stand, now or before, on more than 20 register rows: clerks typed them where they had none.
-- One row of: number. From: identity.register_row.
SELECT number_no
FROM (
    SELECT number_no FROM identity.register_row WHERE number_no IS NOT NULL
    UNION ALL
    SELECT former_number_no FROM identity.register_row WHERE former_number_no IS NOT NULL
)
GROUP BY number_no
HAVING count(*) > 20
