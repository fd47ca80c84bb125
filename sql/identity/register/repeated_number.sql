-- Numbers that the register says more than once, now (`bearers`) or now and before (`mentions`).
-- grain: number
-- columns: number_no, bearers, mentions
-- from: identity.register_row
WITH mentioned_number AS (
    SELECT number_no, TRUE AS is_current FROM identity.register_row WHERE number_no IS NOT NULL
    UNION ALL
    SELECT former_number_no, FALSE FROM identity.register_row WHERE former_number_no IS NOT NULL
)
SELECT
    number_no,
    count(*) FILTER (is_current) AS bearers,
    count(*) AS mentions
FROM mentioned_number
GROUP BY number_no
HAVING count(*) > 1
