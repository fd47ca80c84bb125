-- What came in with each extract, over its files.
-- grain: an extract
-- columns: extract, status, delivered, rows_read, rows_accepted, rows_quarantined
-- from: mart.delivery, run.extract
SELECT
    extract.extract,
    extract.status,
    extract.delivered,
    CAST(coalesce(sum(delivery.rows_read), 0) AS BIGINT) AS rows_read,
    CAST(coalesce(sum(delivery.rows_accepted), 0) AS BIGINT) AS rows_accepted,
    CAST(coalesce(sum(delivery.rows_quarantined), 0) AS BIGINT) AS rows_quarantined
FROM run.extract AS extract
LEFT JOIN mart.delivery AS delivery ON delivery.extract = extract.extract
GROUP BY extract.extract, extract.status, extract.delivered
