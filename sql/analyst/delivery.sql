-- What came in, by extract. One row: an extract. From mart.delivery.
SELECT
    extract,
    min(status) AS status,
    CAST(sum(rows_read) AS BIGINT) AS rows_read,
    CAST(sum(rows_accepted) AS BIGINT) AS rows_accepted,
    CAST(sum(rows_quarantined) AS BIGINT) AS rows_quarantined
FROM mart.delivery
GROUP BY extract
ORDER BY extract
