-- mart.quarantine: what was wrong in the delivered files. One row: a row kept out (severity row), or a cell whose value counts as
-- missing (severity value). From run.quarantine.
SELECT
    extract,
    row_number,
    file,
    severity,
    rule,
    column_name,
    message
FROM run.quarantine
ORDER BY extract, row_number
