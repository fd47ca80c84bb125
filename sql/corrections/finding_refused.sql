-- Extracts that were refused as a whole: one question each, whatever the number of rows.
-- grain: a refused extract
-- columns: extract, row_number, role, kind, detail
-- from: run.delivery
SELECT
    extract,
    CAST(NULL AS BIGINT) AS row_number,
    '' AS role,
    '整份拒收' AS kind,
    concat(min(message), '；请更正后重新送达') AS detail
FROM run.delivery
WHERE status = 'refused'
GROUP BY extract
