-- What came in, with the rows that the earlier parts of an extract hold: in which file, and where, a row number is.
-- grain: a delivered file, or an extract that is absent (file NULL)
-- columns: extract, file, status, rows_read, rows_before
-- from: mart.delivery
SELECT
    extract,
    file,
    status,
    rows_read,
    coalesce(
        sum(rows_read) OVER (
            PARTITION BY extract ORDER BY file ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ),
        0
    ) AS rows_before
FROM mart.delivery
ORDER BY extract, file
