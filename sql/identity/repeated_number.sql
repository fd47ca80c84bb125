-- Numbers that the register says more than once. One row of: number. From: identity.counted_number (mentioned_number; where the
-- register is carried over, only of the numbers of open_number). `bearers`: rows that bear it now.
SELECT
    number_no,
    count(*) FILTER (is_current) AS bearers,
    count(*) AS mentions
FROM identity.counted_number
GROUP BY number_no
HAVING count(*) > 1
