-- What came in, by extract; counts of one to four rows, and what is left of the rows read without them, are empty.
-- grain: an extract
-- columns: extract, status, rows_read, rows_accepted, rows_quarantined
-- from: mart.delivery
SELECT
    extract,
    status,
    CASE WHEN rows_read NOT BETWEEN 1 AND 4 THEN rows_read END AS rows_read,
    CASE
        WHEN rows_accepted NOT BETWEEN 1 AND 4 AND rows_quarantined NOT BETWEEN 1 AND 4 THEN rows_accepted
    END AS rows_accepted,
    CASE
        WHEN rows_accepted NOT BETWEEN 1 AND 4 AND rows_quarantined NOT BETWEEN 1 AND 4 THEN rows_quarantined
    END AS rows_quarantined
FROM (
    SELECT
        extract,
        min(status) AS status,
        CAST(sum(rows_read) AS BIGINT) AS rows_read,
        CAST(sum(rows_accepted) AS BIGINT) AS rows_accepted,
        CAST(sum(rows_quarantined) AS BIGINT) AS rows_quarantined
    FROM mart.delivery
    GROUP BY extract
) AS delivered
ORDER BY extract
