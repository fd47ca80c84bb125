-- mart.delivery: what came in. One row: a delivered file, or an extract that is absent. From run.delivery.
SELECT
    extract,
    file,
    sha256,
    encoding,
    rows_read,
    rows_accepted,
    rows_quarantined,
    status,
    message
FROM run.delivery
