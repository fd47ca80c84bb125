-- What came in, for the closing words of a run: the parts of a file together.
-- grain: an extract
-- columns: extract, status, rows_read, rows_accepted, rows_quarantined, message
-- from: mart.delivery
SELECT
    extract,
    any_value(status) AS status,
    CAST(sum(rows_read) AS BIGINT) AS rows_read,
    CAST(sum(rows_accepted) AS BIGINT) AS rows_accepted,
    CAST(sum(rows_quarantined) AS BIGINT) AS rows_quarantined,
    any_value(message) AS message
FROM mart.delivery
GROUP BY extract
