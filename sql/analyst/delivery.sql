-- What came in, by extract; counts of one to four rows are empty, and the rows read where either part of them is: the
-- rows accepted follow from analyst.link_quality, too.
-- grain: an extract
-- columns: extract, extract_name, status, status_name, rows_read, rows_accepted, rows_quarantined
-- from: mart.code, mart.delivery
SELECT
    delivered.extract,
    extract.name AS extract_name,
    delivered.status,
    status.name AS status_name,
    CASE
        WHEN rows_accepted NOT BETWEEN 1 AND 4 AND rows_quarantined NOT BETWEEN 1 AND 4 THEN rows_read
    END AS rows_read,
    CASE WHEN rows_accepted NOT BETWEEN 1 AND 4 THEN rows_accepted END AS rows_accepted,
    CASE WHEN rows_quarantined NOT BETWEEN 1 AND 4 THEN rows_quarantined END AS rows_quarantined
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
LEFT JOIN mart.code AS extract ON extract.column_name = 'extract' AND extract.code = delivered.extract
LEFT JOIN mart.code AS status ON status.column_name = 'delivery.status' AND status.code = delivered.status
ORDER BY delivered.extract
