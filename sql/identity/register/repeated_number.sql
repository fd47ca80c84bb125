-- Numbers that several register rows have, now (`current_count`) or now and before (`all_count`).
-- grain: a number
-- columns: number_no, current_count, all_count
-- from: identity.register_row
WITH mentioned_number AS (
    SELECT number_no, TRUE AS is_current FROM identity.register_row WHERE number_no IS NOT NULL
    UNION ALL
    SELECT former_number_no, FALSE FROM identity.register_row WHERE former_number_no IS NOT NULL
)
SELECT
    number_no,
    count(*) FILTER (is_current) AS current_count,
    count(*) AS all_count
FROM mentioned_number
GROUP BY number_no
HAVING count(*) > 1
